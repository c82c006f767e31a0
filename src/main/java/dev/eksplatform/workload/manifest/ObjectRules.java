package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.kubernetes.LikelyName;
import dev.eksplatform.internal.kubernetes.PodSecurityLabel;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the API server would refuse, and what Terraform could not keep without a change at every plan, in one object whose
 * types are right.
 */
final class ObjectRules {

    private static final int LONGEST_CRON_JOB = 52;
    private static final int SERVICES_WITH_A_DIGIT_FIRST = 34;
    private static final Pattern PATH_SEGMENT = Pattern.compile("(?!\\.\\.?$)[^/%]+");
    private static final Set<String> WITH_SELECTOR = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");
    private static final Set<String> NAMESPACES = Set.of("default", "kube-node-lease", "kube-public", "kube-system");

    private final KubernetesDocument manifest;
    private final TargetVersion target;
    private final Problems problems;

    private ObjectRules(KubernetesDocument manifest, TargetVersion target, Problems problems) {
        this.manifest = manifest;
        this.target = target;
        this.problems = problems;
    }

    static void check(KubernetesDocument manifest, TargetVersion target, Problems problems) {
        ObjectRules rules = new ObjectRules(manifest, target, problems);
        rules.name();
        rules.namespaceName();
        rules.existsAlready();
        rules.selector();
        rules.subjects();
        rules.roles();
        rules.ports();
        rules.claim();
        rules.timeToLive();
        rules.podSecurity();
        rules.schedule();
        rules.replicas();
        LoadBalancerName.check(manifest, problems);
    }

    private void add(String path, String found, String allowed, String fix) {
        problems.add(manifest.source().where(path), found, allowed, fix);
    }

    /**
     * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and the page of each kind; a
     * Service's name may begin with a digit where the feature gate RelaxedServiceNameValidation is on, first in 1.34.
     */
    private void name() {
        String name = manifest.name();
        String group = KindScope.group(manifest.apiVersion());
        boolean service = manifest.identity().startsWith("v1 Service ");
        if (group.equals("rbac.authorization.k8s.io") || isOf("policy/v1 PodDisruptionBudget")) {
            check(text -> PATH_SEGMENT.matcher(text).matches(), "a name without / and %, and not . or ..");
        } else if (service && !target.mayBeFrom(SERVICES_WITH_A_DIGIT_FIRST)) {
            check(
                    DnsName::isLabelWithLetterFirst,
                    "at most 63 lower case letters, digits and -, a letter first, no - last");
        } else if (service || isOf("v1 Namespace", "apps/v1 StatefulSet")) {
            check(DnsName::isLabel, DnsName.ALLOWED_LABEL);
        } else {
            int longest = isOf("batch/v1 CronJob")
                    ? LONGEST_CRON_JOB
                    : isOf("batch/v1 Job") ? DnsName.LONGEST_LABEL : DnsName.LONGEST_SUBDOMAIN;
            check(
                    text -> DnsName.isSubdomain(text) && text.length() <= longest,
                    "at most " + longest
                            + " lower case letters, digits, - and ., with a letter or a digit at both ends");
        }
        String expected = expectedName();
        if (!expected.isEmpty() && !expected.equals(name)) {
            add(
                    "metadata.name",
                    "\"" + name + "\" is not the name of this " + manifest.kind(),
                    expected,
                    "use " + expected);
        }
        if (isOf("scheduling.k8s.io/v1 PriorityClass") && name.startsWith("system-")) {
            add("metadata.name", "the prefix system- is reserved", "another name", "use another name");
        }
    }

    private boolean isOf(String... kinds) {
        return List.of(kinds).contains(manifest.apiVersion() + " " + manifest.kind());
    }

    /** The name that a kind derives from its content, or an empty text. */
    private String expectedName() {
        Map<?, ?> body = manifest.body();
        String group = BodyField.text(body, "spec", "group");
        String plural = BodyField.text(body, "spec", "names", "plural");
        if (isOf("apiextensions.k8s.io/v1 CustomResourceDefinition") && !group.isEmpty() && !plural.isEmpty()) {
            return plural + "." + group;
        }
        String version = BodyField.text(body, "spec", "version");
        boolean service = isOf("apiregistration.k8s.io/v1 APIService") && !group.isEmpty() && !version.isEmpty();
        return service ? version + "." + group : "";
    }

    private void check(Predicate<String> form, String allowed) {
        String name = manifest.name();
        if (!form.test(name)) {
            String likely = LikelyName.subdomain(name);
            add(
                    "metadata.name",
                    "\"" + name + "\" is not a name of a " + manifest.kind(),
                    allowed,
                    form.test(likely) ? "use " + likely : "choose another name");
        }
    }

    private void namespaceName() {
        String namespace = manifest.namespace();
        if (namespace != null && !DnsName.isLabel(namespace)) {
            add(
                    "metadata.namespace",
                    "\"" + namespace + "\" is not a name of a Namespace",
                    DnsName.ALLOWED_LABEL,
                    "use the name of a Namespace");
        }
    }

    /** The provider refuses to create what exists: {@code Cannot create resource that already exists}. */
    private void existsAlready() {
        boolean core = manifest.apiVersion().equals("v1");
        boolean namespace = core && manifest.kind().equals("Namespace") && NAMESPACES.contains(manifest.name());
        boolean account = core
                && manifest.kind().equals("ServiceAccount")
                && manifest.name().equals("default");
        if (namespace || account) {
            add(
                    "metadata.name",
                    "every cluster has the " + manifest.kind() + " " + manifest.name() + " already",
                    "objects that are not there yet",
                    namespace ? "remove this document" : "give the pods a ServiceAccount of their own");
        }
    }

    private void selector() {
        if (!manifest.apiVersion().equals("apps/v1") || !WITH_SELECTOR.contains(manifest.kind())) {
            return;
        }
        Map<?, ?> body = manifest.body();
        if (BodyField.of(body, "spec") == null) {
            return;
        }
        if (BodyField.map(body, "spec", "selector").isEmpty()) {
            add(
                    BodyField.of(body, "spec", "selector") == null ? "spec" : "spec.selector",
                    BodyField.of(body, "spec", "selector") == null ? "there is no selector" : "an empty selector",
                    "a selector that matches the labels of the template",
                    "add selector.matchLabels with labels of template.metadata.labels");
            return;
        }
        Map<?, ?> labels = BodyField.map(body, "spec", "template", "metadata", "labels");
        BodyField.map(body, "spec", "selector", "matchLabels").forEach((key, value) -> {
            if (!value.equals(labels.get(key))) {
                add(
                        FieldPath.child("spec.selector.matchLabels", String.valueOf(key)),
                        "the pods of the template have no label " + key + ": " + value,
                        "labels of template.metadata.labels",
                        "use one label in both places");
            }
        });
    }

    private void subjects() {
        // In a RoleBinding it is the namespace of the binding.
        if (!isOf("rbac.authorization.k8s.io/v1 ClusterRoleBinding")) {
            return;
        }
        List<?> subjects = BodyField.list(manifest.body(), "subjects");
        for (int i = 0; i < subjects.size(); i++) {
            Object subject = subjects.get(i);
            boolean account = BodyField.text(subject, "kind").equals("ServiceAccount");
            if (account && BodyField.text(subject, "namespace").isEmpty()) {
                add(
                        FieldPath.item("subjects", i),
                        "a ServiceAccount without a namespace",
                        "kind, name and namespace",
                        "add namespace, such as default");
            }
        }
    }

    private void roles() {
        boolean role = BodyField.text(manifest.body(), "roleRef", "kind").equals("Role");
        if (isOf("rbac.authorization.k8s.io/v1 ClusterRoleBinding") && role) {
            add("roleRef.kind", "a Role for the whole cluster", "ClusterRole", "use a ClusterRole, or a RoleBinding");
        }
        if (!isOf("rbac.authorization.k8s.io/v1 ClusterRole", "rbac.authorization.k8s.io/v1 Role")) {
            return;
        }
        List<?> rules = BodyField.list(manifest.body(), "rules");
        for (int i = 0; i < rules.size(); i++) {
            Object rule = rules.get(i);
            for (String field : List.of("apiGroups", "resources")) {
                boolean missing = BodyField.list(rule, field).isEmpty();
                if (missing && BodyField.list(rule, "nonResourceURLs").isEmpty()) {
                    add(
                            FieldPath.item("rules", i),
                            field + " is missing",
                            "apiGroups, resources and verbs",
                            field.equals("apiGroups") ? "add apiGroups: [\"\"] for the core group" : "add resources");
                }
            }
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/services-networking/service/#headless-services. */
    private void ports() {
        Map<?, ?> spec = BodyField.map(manifest.body(), "spec");
        boolean needed = !BodyField.text(spec, "clusterIP").equals("None")
                && !BodyField.text(spec, "type").equals("ExternalName");
        if (isOf("v1 Service") && needed && BodyField.list(spec, "ports").isEmpty()) {
            add("spec", "ports is missing", "one or more ports, unless clusterIP is None", "add ports");
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims. */
    private void claim() {
        Map<?, ?> spec = BodyField.map(manifest.body(), "spec");
        if (!isOf("v1 PersistentVolumeClaim")) {
            return;
        }
        if (BodyField.list(spec, "accessModes").isEmpty()) {
            add("spec", "accessModes is missing", "one or more access modes", "add accessModes: [ReadWriteOnce]");
        }
        if (BodyField.of(spec, "resources", "requests", "storage") == null) {
            add(
                    "spec",
                    "resources.requests.storage is missing",
                    "the size",
                    "add resources: {requests: {storage: 1Gi}}");
        }
    }

    private void podSecurity() {
        if (isOf("v1 Namespace")) {
            BodyField.map(manifest.body(), "metadata", "labels")
                    .forEach((key, value) -> PodSecurityLabel.check(String.valueOf(key), String.valueOf(value))
                            .ifPresent(problem -> add(
                                    FieldPath.child("metadata.labels", String.valueOf(key)),
                                    problem.found(),
                                    problem.allowed().orElse(""),
                                    problem.fix())));
        }
    }

    private void schedule() {
        if (isOf("batch/v1 CronJob") && BodyField.of(manifest.body(), "spec", "schedule") instanceof String schedule) {
            CronSchedule.check(schedule)
                    .ifPresent(problem -> add(
                            "spec.schedule", problem.found(), problem.allowed().orElse(""), problem.fix()));
        }
    }

    /**
     * Source: maxReplicas in
     * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/.
     */
    private void replicas() {
        Map<?, ?> spec = BodyField.map(manifest.body(), "spec");
        boolean replicated = manifest.apiVersion().equals("apps/v1") || isOf("v1 ReplicationController");
        if (replicated && BodyField.of(spec, "replicas") instanceof Number number && number.longValue() < 0) {
            add("spec.replicas", number + " is negative", "0 or more", "use 0");
        }
        if (KindScope.group(manifest.apiVersion()).equals("autoscaling")
                && BodyField.of(spec, "minReplicas") instanceof Number least
                && BodyField.of(spec, "maxReplicas") instanceof Number most
                && least.longValue() > most.longValue()) {
            add(
                    "spec.minReplicas",
                    "minReplicas " + least + " is more than maxReplicas " + most,
                    "minReplicas <= maxReplicas",
                    "swap them, or raise maxReplicas");
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/. */
    private void timeToLive() {
        boolean job = manifest.kind().equals("Job") && manifest.apiVersion().equals("batch/v1");
        if (job && BodyField.of(manifest.body(), "spec", "ttlSecondsAfterFinished") != null) {
            add(
                    "spec.ttlSecondsAfterFinished",
                    "Kubernetes deletes this Job when it has finished, and every later plan makes it again",
                    "Jobs that stay",
                    "remove ttlSecondsAfterFinished; cdktf destroy removes the Job");
        }
    }
}
