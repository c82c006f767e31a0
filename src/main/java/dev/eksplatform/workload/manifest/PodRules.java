package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.kubernetes.Quantity;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
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

    /** Source: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy. */
    private static final int CONTAINERS_WITH_RESTART_POLICY = 34;

    private final KubernetesDocument document;
    private final FieldValue pods;
    private final TargetVersion target;
    private final Problems problems;
    private final Set<String> initContainers = new HashSet<>();

    private PodRules(KubernetesDocument document, FieldValue pods, TargetVersion target, Problems problems) {
        this.document = document;
        this.pods = pods;
        this.target = target;
        this.problems = problems;
        pods.items("initContainers").forEach(container -> initContainers.add(container.text("name")));
    }

    static void check(KubernetesDocument document, TargetVersion target, Problems problems) {
        if (document.isBuiltIn()) {
            PodTemplates.of(document).ifPresent(template -> {
                PodRules rules = new PodRules(document, template.spec(), target, problems);
                rules.restartPolicy();
                rules.volumes();
                template.containers().forEach(rules::container);
            });
        }
    }

    /**
     * Source: https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template and
     * https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template.
     */
    private void restartPolicy() {
        FieldValue field = pods.get("restartPolicy");
        String policy = field.text();
        if (JOBS.contains(document.kind()) && (policy.isEmpty() || policy.equals("Always"))) {
            problems.add(
                    field.place(),
                    policy.isEmpty() ? "restartPolicy is missing, which means Always" : "restartPolicy: Always",
                    "Never or OnFailure for the pods of a " + document.kind(),
                    policy.isEmpty() ? "add restartPolicy: Never" : "use Never");
        } else if (RESTARTING.contains(document.kind()) && (policy.equals("Never") || policy.equals("OnFailure"))) {
            problems.add(
                    field.place(),
                    "restartPolicy: " + policy,
                    "Always for the pods of a " + document.kind(),
                    "remove it, or write a Job");
        }
    }

    private void volumes() {
        for (FieldValue volume : pods.items("volumes")) {
            if (volume.map().size() > 2 && volume.map().containsKey("name")) {
                List<String> types = volume.map().keySet().stream()
                        .map(String::valueOf)
                        .filter(key -> !key.equals("name"))
                        .toList();
                problems.add(
                        volume.place(),
                        "a volume with several types: " + String.join(", ", types),
                        "write a volume for each type");
            }
        }
    }

    private void container(FieldValue container) {
        FieldValue name = container.get("name");
        boolean init = container.name().equals("initContainers");
        if (!init && !name.text().isEmpty() && initContainers.contains(name.text())) {
            problems.add(
                    name.place(),
                    "an init container has the name " + name.text() + " as well",
                    "give one of them another name");
        }
        FieldValue policy = container.get("restartPolicy");
        if (!init && policy.value() != null && !target.mayBeFrom(CONTAINERS_WITH_RESTART_POLICY)) {
            problems.add(
                    policy.place(),
                    "restartPolicy of a container, which Kubernetes has from 1." + CONTAINERS_WITH_RESTART_POLICY,
                    "restartPolicy of the pod, or of an init container",
                    "remove it, or raise cluster.version");
        }
        for (FieldValue variable : container.items("env")) {
            if (!variable.text("value").isEmpty() && variable.has("valueFrom")) {
                problems.add(variable.place(), "a variable with value and valueFrom", "remove one of them");
            }
        }
        ports(container);
        mounts(container);
        resources(container);
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            handler(container.get(probe));
        }
    }

    private void ports(FieldValue container) {
        Set<String> names = new HashSet<>();
        for (FieldValue port : container.items("ports")) {
            FieldValue name = port.get("name");
            if (!name.text().isEmpty() && !names.add(name.text())) {
                problems.add(
                        name.place(),
                        "duplicate name " + name.text() + " in the ports of the container",
                        "give one of them another name");
            }
        }
    }

    private void mounts(FieldValue container) {
        List<String> volumes = new ArrayList<>();
        pods.items("volumes").forEach(volume -> volumes.add(volume.text("name")));
        if (document.kind().equals("StatefulSet")) {
            document.root()
                    .items("spec", "volumeClaimTemplates")
                    .forEach(claim -> volumes.add(claim.text("metadata", "name")));
        }
        for (FieldValue mount : container.items("volumeMounts")) {
            FieldValue name = mount.get("name");
            if (!name.text().isEmpty() && !volumes.contains(name.text())) {
                problems.add(
                        name.place(),
                        "the pod has no volume " + name.text(),
                        volumes.isEmpty() ? "a name of " + pods.get("volumes").path() : String.join(", ", volumes),
                        Suggestion.fix(name.text(), volumes, "add the volume, or remove the mount"));
            }
        }
    }

    /** Source: requests in https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#resources. */
    private void resources(FieldValue container) {
        Map<?, ?> limits = container.map("resources", "limits");
        for (FieldValue request : container.entries("resources", "requests")) {
            Quantity asked = quantity(request.value());
            Quantity limit = quantity(limits.get(request.name()));
            if (asked != null && limit != null && asked.value().compareTo(limit.value()) > 0) {
                problems.add(
                        request.place(),
                        "the request " + asked.text() + " is more than the limit " + limit.text(),
                        "use " + limit.text() + ", or raise limits." + request.name());
            }
        }
    }

    /** Null for anything else, which the canonical form reports. */
    private static @Nullable Quantity quantity(@Nullable Object written) {
        try {
            return written == null ? null : Quantity.parse(String.valueOf(written));
        } catch (InvalidInputException e) {
            return null;
        }
    }

    private void handler(FieldValue probe) {
        List<String> handlers =
                HANDLERS.stream().filter(probe.map()::containsKey).toList();
        if (probe.value() instanceof Map && handlers.size() != 1) {
            problems.add(
                    probe.place(),
                    handlers.isEmpty()
                            ? "a probe that checks nothing"
                            : "a probe with " + String.join(" and ", handlers),
                    "one of " + String.join(", ", HANDLERS),
                    handlers.isEmpty() ? "add one of them" : "remove all but one");
        }
    }
}
