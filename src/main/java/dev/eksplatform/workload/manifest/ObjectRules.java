package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.kubernetes.LikelyName;
import dev.eksplatform.internal.kubernetes.PodSecurityLabel;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the API server would refuse, and what Terraform would change at every plan, in one object whose fields have the right
 * types.
 */
final class ObjectRules {

    private static final int LONGEST_CRON_JOB = 52;
    private static final int SERVICES_WITH_A_DIGIT_FIRST = 34;
    private static final Pattern PATH_SEGMENT = Pattern.compile("(?!\\.\\.?$)[^/%]+");
    private static final Set<String> WITH_SELECTOR = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet");
    private static final Set<String> NAMESPACES = Set.of("default", "kube-node-lease", "kube-public", "kube-system");
    private static final String CLUSTER_ROLE_BINDING = "rbac.authorization.k8s.io/v1 ClusterRoleBinding";

    private final KubernetesDocument document;
    private final FieldValue root;
    private final FieldValue spec;
    private final TargetVersion target;
    private final Problems problems;

    private ObjectRules(KubernetesDocument document, TargetVersion target, Problems problems) {
        this.document = document;
        this.root = document.root();
        this.spec = root.get("spec");
        this.target = target;
        this.problems = problems;
    }

    static void check(KubernetesDocument document, TargetVersion target, Problems problems) {
        ObjectRules rules = new ObjectRules(document, target, problems);
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
        LoadBalancerName.check(document, problems);
    }

    /**
     * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and the page of each kind; a
     * Service's name may begin with a digit where the feature gate RelaxedServiceNameValidation is on, first in 1.34.
     */
    private void name() {
        String name = document.name();
        FieldValue field = root.get("metadata", "name");
        boolean service = is("v1 Service");
        if (document.group().equals("rbac.authorization.k8s.io") || is("policy/v1 PodDisruptionBudget")) {
            checkName(text -> PATH_SEGMENT.matcher(text).matches(), "a name without / and %, and not . or ..");
        } else if (service && !target.mayBeFrom(SERVICES_WITH_A_DIGIT_FIRST)) {
            checkName(
                    DnsName::isLabelWithLetterFirst,
                    "at most 63 lower case letters, digits and -, a letter first, no - last");
        } else if (service || is("v1 Namespace", "apps/v1 StatefulSet")) {
            checkName(DnsName::isLabel, DnsName.ALLOWED_LABEL);
        } else {
            int longest = is("batch/v1 CronJob")
                    ? LONGEST_CRON_JOB
                    : is("batch/v1 Job") ? DnsName.LONGEST_LABEL : DnsName.LONGEST_SUBDOMAIN;
            checkName(
                    text -> DnsName.isSubdomain(text) && text.length() <= longest,
                    "at most " + longest
                            + " lower case letters, digits, - and ., with a letter or a digit at both ends");
        }
        String expected = expectedName();
        if (!expected.isEmpty() && !expected.equals(name)) {
            problems.add(
                    field.place(), "\"" + name + "\" is not the name of this " + document.kind(), "use " + expected);
        }
        if (is("scheduling.k8s.io/v1 PriorityClass") && name.startsWith("system-")) {
            problems.add(field.place(), "the prefix system- is reserved", "use another name");
        }
    }

    private boolean is(String... kinds) {
        return List.of(kinds).contains(document.type());
    }

    /** The name that a kind derives from its content, or an empty text. */
    private String expectedName() {
        String group = spec.text("group");
        String first =
                switch (document.type()) {
                    case "apiextensions.k8s.io/v1 CustomResourceDefinition" -> spec.text("names", "plural");
                    case "apiregistration.k8s.io/v1 APIService" -> spec.text("version");
                    default -> "";
                };
        return first.isEmpty() || group.isEmpty() ? "" : first + "." + group;
    }

    private void checkName(Predicate<String> form, String allowed) {
        if (!form.test(document.name())) {
            String likely = LikelyName.subdomain(document.name());
            problems.add(
                    root.get("metadata", "name").place(),
                    "\"" + document.name() + "\" is not a valid " + document.kind() + " name",
                    allowed,
                    form.test(likely) ? "use " + likely : "choose another name");
        }
    }

    private void namespaceName() {
        String namespace = document.namespace();
        if (namespace != null && !DnsName.isLabel(namespace)) {
            problems.add(
                    root.get("metadata", "namespace").place(),
                    "\"" + namespace + "\" is not a valid Namespace name",
                    DnsName.ALLOWED_LABEL,
                    "use the name of a Namespace");
        }
    }

    /** The provider refuses to create what exists: {@code Cannot create resource that already exists}. */
    private void existsAlready() {
        boolean namespace = is("v1 Namespace") && NAMESPACES.contains(document.name());
        if (namespace || (is("v1 ServiceAccount") && document.name().equals("default"))) {
            problems.add(
                    root.get("metadata", "name").place(),
                    "the " + document.kind() + " " + document.name() + " exists in every cluster",
                    namespace ? "remove this document" : "give the pods a ServiceAccount of their own");
        }
    }

    private void selector() {
        if (!document.apiVersion().equals("apps/v1") || !WITH_SELECTOR.contains(document.kind()) || !root.has("spec")) {
            return;
        }
        FieldValue selector = spec.get("selector");
        if (selector.map().isEmpty()) {
            boolean missing = !spec.has("selector");
            problems.add(
                    (missing ? spec : selector).place(),
                    missing ? "selector is missing" : "an empty selector",
                    "add selector.matchLabels with labels of template.metadata.labels");
            return;
        }
        Map<?, ?> labels = spec.map("template", "metadata", "labels");
        for (FieldValue label : selector.entries("matchLabels")) {
            if (!Objects.equals(label.value(), labels.get(label.name()))) {
                problems.add(
                        label.place(),
                        "the pods of the template have no label " + label.name() + ": " + label.value(),
                        "use the same label in template.metadata.labels");
            }
        }
    }

    private void subjects() {
        // In a RoleBinding it is the namespace of the binding.
        if (!is(CLUSTER_ROLE_BINDING)) {
            return;
        }
        for (FieldValue subject : root.items("subjects")) {
            if (subject.text("kind").equals("ServiceAccount")
                    && subject.text("namespace").isEmpty()) {
                problems.add(subject.place(), "a ServiceAccount without a namespace", "add namespace, such as default");
            }
        }
    }

    private void roles() {
        FieldValue kind = root.get("roleRef", "kind");
        if (is(CLUSTER_ROLE_BINDING) && "Role".equals(kind.value())) {
            problems.add(kind.place(), "a ClusterRoleBinding to a Role", "use a ClusterRole, or a RoleBinding");
        }
        if (!is("rbac.authorization.k8s.io/v1 ClusterRole", "rbac.authorization.k8s.io/v1 Role")) {
            return;
        }
        for (FieldValue rule : root.items("rules")) {
            for (String field : List.of("apiGroups", "resources")) {
                if (rule.list(field).isEmpty() && rule.list("nonResourceURLs").isEmpty()) {
                    problems.add(
                            rule.place(),
                            field + " is missing",
                            field.equals("apiGroups") ? "add apiGroups: [\"\"] for the core group" : "add resources");
                }
            }
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/services-networking/service/#headless-services. */
    private void ports() {
        boolean needed =
                !spec.text("clusterIP").equals("None") && !spec.text("type").equals("ExternalName");
        if (is("v1 Service") && needed && spec.list("ports").isEmpty()) {
            problems.add(spec.place(), "ports is missing", "one or more ports, unless clusterIP is None", "add ports");
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims. */
    private void claim() {
        if (!is("v1 PersistentVolumeClaim")) {
            return;
        }
        if (spec.list("accessModes").isEmpty()) {
            problems.add(spec.place(), "accessModes is missing", "add accessModes: [ReadWriteOnce]");
        }
        if (!spec.has("resources", "requests", "storage")) {
            problems.add(
                    spec.place(),
                    "resources.requests.storage is missing",
                    "add the size: resources: {requests: {storage: 1Gi}}");
        }
    }

    private void podSecurity() {
        if (is("v1 Namespace")) {
            for (FieldValue label : root.entries("metadata", "labels")) {
                add(PodSecurityLabel.check(label.name(), String.valueOf(label.value())), label);
            }
        }
    }

    private void schedule() {
        FieldValue schedule = spec.get("schedule");
        if (is("batch/v1 CronJob") && schedule.value() instanceof String text) {
            add(CronSchedule.check(text), schedule);
        }
    }

    private void add(Optional<Problem> problem, FieldValue field) {
        problem.ifPresent(found -> problems.add(found.at(field.place())));
    }

    /**
     * Source: maxReplicas in
     * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/.
     */
    private void replicas() {
        FieldValue replicas = spec.get("replicas");
        boolean replicated = document.apiVersion().equals("apps/v1") || is("v1 ReplicationController");
        if (replicated && replicas.value() instanceof Number number && number.longValue() < 0) {
            problems.add(replicas.place(), number + " is negative", "0 or more", "use 0");
        }
        FieldValue least = spec.get("minReplicas");
        if (document.group().equals("autoscaling")
                && least.value() instanceof Number min
                && spec.get("maxReplicas").value() instanceof Number max
                && min.longValue() > max.longValue()) {
            problems.add(
                    least.place(),
                    "minReplicas " + min + " is more than maxReplicas " + max,
                    "swap them, or raise maxReplicas");
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/. */
    private void timeToLive() {
        FieldValue seconds = spec.get("ttlSecondsAfterFinished");
        if (is("batch/v1 Job") && seconds.value() != null) {
            problems.add(
                    seconds.place(),
                    "Kubernetes deletes this Job when it has finished, and every later plan recreates it",
                    "remove ttlSecondsAfterFinished; cdktf destroy removes the Job");
        }
    }
}
