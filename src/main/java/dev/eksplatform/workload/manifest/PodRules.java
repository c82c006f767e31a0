package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.kubernetes.Quantity;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the API server would refuse in the pods of a built-in kind, beyond their schema. */
final class PodRules {

    private static final Set<String> JOBS = Set.of("Job", "CronJob");
    private static final Set<String> RESTARTING =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController");
    private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    /** Source: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy. */
    private static final int CONTAINERS_WITH_RESTART_POLICY = 34;

    private final KubernetesDocument manifest;
    private final PodTemplates.PodTemplate template;
    private final TargetVersion target;
    private final Problems problems;
    private final Map<String, String> containers = new HashMap<>();

    private PodRules(
            KubernetesDocument manifest, PodTemplates.PodTemplate template, TargetVersion target, Problems problems) {
        this.manifest = manifest;
        this.template = template;
        this.target = target;
        this.problems = problems;
    }

    static void check(KubernetesDocument manifest, TargetVersion target, Problems problems) {
        if (ApiTypes.get().kind(manifest.apiVersion(), manifest.kind()) != null) {
            PodTemplates.of(manifest).ifPresent(template -> new PodRules(manifest, template, target, problems).check());
        }
    }

    private void check() {
        restartPolicy();
        volumes();
        for (String list : List.of("initContainers", "containers")) {
            List<?> items = BodyField.list(template.spec(), list);
            for (int i = 0; i < items.size(); i++) {
                container(items.get(i), list, FieldPath.item(template.path() + "." + list, i));
            }
        }
    }

    private void add(String path, String found, String allowed, String fix) {
        problems.add(manifest.source().where(path), found, allowed, fix);
    }

    /**
     * Source: https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template and
     * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template.
     */
    private void restartPolicy() {
        String policy = BodyField.text(template.spec(), "restartPolicy");
        String path = template.path() + ".restartPolicy";
        if (JOBS.contains(manifest.kind()) && (policy.isEmpty() || policy.equals("Always"))) {
            add(
                    path,
                    policy.isEmpty() ? "there is no restartPolicy, which means Always" : "the restartPolicy Always",
                    "Never or OnFailure for the pods of a " + manifest.kind(),
                    policy.isEmpty() ? "add restartPolicy: Never" : "use Never");
        } else if (RESTARTING.contains(manifest.kind()) && (policy.equals("Never") || policy.equals("OnFailure"))) {
            add(
                    path,
                    "the restartPolicy " + policy,
                    "Always for the pods of a " + manifest.kind(),
                    "remove it, or make the object a Job");
        }
    }

    private void volumes() {
        List<?> volumes = BodyField.list(template.spec(), "volumes");
        for (int i = 0; i < volumes.size(); i++) {
            if (volumes.get(i) instanceof Map<?, ?> volume && volume.size() > 2 && volume.containsKey("name")) {
                add(
                        FieldPath.item(template.path() + ".volumes", i),
                        "a volume of several types: "
                                + String.join(
                                        ", ",
                                        volume.keySet().stream()
                                                .map(String::valueOf)
                                                .filter(key -> !key.equals("name"))
                                                .toList()),
                        "one type a volume",
                        "make a volume of each");
            }
        }
    }

    private void container(Object container, String list, String path) {
        String name = BodyField.text(container, "name");
        String before = name.isEmpty() ? null : containers.putIfAbsent(name, list);
        // Duplicates within one list are found by its keys.
        if (before != null && !before.equals(list)) {
            add(
                    path + ".name",
                    "the name " + name + " is that of an init container too",
                    "each name once among containers and initContainers",
                    "give one of them another name");
        }
        if (list.equals("containers")
                && BodyField.of(container, "restartPolicy") != null
                && !target.mayBeFrom(CONTAINERS_WITH_RESTART_POLICY)) {
            add(
                    path + ".restartPolicy",
                    "a restartPolicy of a container, which Kubernetes has from 1." + CONTAINERS_WITH_RESTART_POLICY,
                    "restartPolicy of the pod, or of an init container",
                    "remove it, or raise cluster.version");
        }
        env(container, path);
        ports(container, path);
        mounts(container, path);
        resources(container, path + ".resources");
        for (String probe : PROBES) {
            if (BodyField.of(container, probe) instanceof Map<?, ?> written) {
                handler(written, path + "." + probe);
            }
        }
    }

    private void env(Object container, String path) {
        List<?> variables = BodyField.list(container, "env");
        for (int i = 0; i < variables.size(); i++) {
            boolean both = !BodyField.text(variables.get(i), "value").isEmpty()
                    && BodyField.of(variables.get(i), "valueFrom") != null;
            if (both) {
                add(
                        FieldPath.item(path + ".env", i),
                        "a variable with value and valueFrom",
                        "one of them",
                        "remove value or valueFrom");
            }
        }
    }

    private void ports(Object container, String path) {
        List<?> ports = BodyField.list(container, "ports");
        Map<String, Integer> names = new HashMap<>();
        for (int i = 0; i < ports.size(); i++) {
            String name = BodyField.text(ports.get(i), "name");
            if (!name.isEmpty() && names.putIfAbsent(name, i) != null) {
                add(
                        FieldPath.item(path + ".ports", i) + ".name",
                        "the name " + name + " is there twice in the ports of the container",
                        "each name once",
                        "give one of them another name");
            }
        }
    }

    private void mounts(Object container, String path) {
        List<String> volumes = new ArrayList<>();
        BodyField.list(template.spec(), "volumes").forEach(volume -> volumes.add(BodyField.text(volume, "name")));
        if (manifest.kind().equals("StatefulSet")) {
            BodyField.list(manifest.body(), "spec", "volumeClaimTemplates")
                    .forEach(claim -> volumes.add(BodyField.text(claim, "metadata", "name")));
        }
        List<?> mounts = BodyField.list(container, "volumeMounts");
        for (int i = 0; i < mounts.size(); i++) {
            String name = BodyField.text(mounts.get(i), "name");
            if (!name.isEmpty() && !volumes.contains(name)) {
                add(
                        FieldPath.item(path + ".volumeMounts", i) + ".name",
                        "the pod has no volume " + name,
                        volumes.isEmpty() ? "a name of " + template.path() + ".volumes" : String.join(", ", volumes),
                        Suggestion.nearest(name, volumes)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("add the volume, or remove the mount"));
            }
        }
    }

    /** Source: requests in https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#resources. */
    private void resources(Object container, String path) {
        Map<?, ?> limits = BodyField.map(container, "resources", "limits");
        BodyField.map(container, "resources", "requests").forEach((resource, request) -> {
            Quantity asked = quantity(request);
            Quantity limit = quantity(limits.get(resource));
            if (asked != null && limit != null && asked.value().compareTo(limit.value()) > 0) {
                add(
                        FieldPath.child(path + ".requests", String.valueOf(resource)),
                        "the request " + asked.text() + " is more than the limit " + limit.text(),
                        "requests up to the limits",
                        "use " + limit.text() + ", or raise limits." + resource);
            }
        });
    }

    /** An amount, or null for what is none, which the canonical form reports. */
    private static @Nullable Quantity quantity(@Nullable Object written) {
        try {
            return written == null ? null : Quantity.parse(String.valueOf(written));
        } catch (InvalidInputException e) {
            return null;
        }
    }

    private void handler(Map<?, ?> probe, String path) {
        List<String> handlers = HANDLERS.stream().filter(probe::containsKey).toList();
        if (handlers.size() != 1) {
            add(
                    path,
                    handlers.isEmpty()
                            ? "a probe that checks nothing"
                            : "a probe with " + String.join(" and ", handlers),
                    "one of " + String.join(", ", HANDLERS),
                    handlers.isEmpty() ? "add one of them" : "remove all but one");
        }
    }
}
