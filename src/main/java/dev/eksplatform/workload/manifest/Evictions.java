package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.workload.manifest.PodTemplates.PodTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Whether the pods of manifests can be evicted, which happens to all of them when the nodes are replaced. Pods and budgets
 * of charts and controllers are not known.
 *
 * @param blocking what keeps a node from being drained
 * @param notes what else the owner of the pods should know
 * @see <a href="https://kubernetes.io/docs/tasks/run-application/configure-pdb/">Specifying a disruption budget</a>
 * @see <a href="https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/">API-initiated eviction</a>
 */
@API(status = API.Status.INTERNAL)
public record Evictions(List<Problem> blocking, List<Problem> notes) {

    /** Draining does not evict the pods of a DaemonSet; those of a Job end by themselves. */
    private static final Set<String> NOT_SCALED = Set.of("DaemonSet", "Job", "CronJob", "PodTemplate");

    private static final String ALL_OF_THEM = "the pods cannot be evicted, so their nodes cannot be drained";

    /** Copies the lists. */
    public Evictions {
        blocking = List.copyOf(blocking);
        notes = List.copyOf(notes);
    }

    /**
     * Looks at the PodDisruptionBudgets and pods of a set.
     *
     * @param manifests the objects
     * @return problems at their places in the manifests
     */
    public static Evictions of(ManifestSet manifests) {
        Finder finder = new Finder(manifests.inOrder());
        finder.find();
        return new Evictions(finder.blocking.found(), finder.notes.found());
    }

    /**
     * Pods that a controller keeps running, or a single Pod.
     *
     * @param least the number of pods while an autoscaler needs as few as it may
     * @param scaler what sets that number; null for the object's own replicas
     */
    private record Pods(
            KubernetesDocument document,
            PodTemplate template,
            int least,
            @Nullable KubernetesDocument scaler) {

        String described() {
            return document.kind() + " " + document.namespace() + "/" + document.name();
        }
    }

    /** A budget with the pods that it selects. */
    private record Budget(KubernetesDocument document, List<Pods> pods) {

        FieldValue spec(String field) {
            return document.root().get("spec", field);
        }

        String described() {
            return "PodDisruptionBudget " + document.namespace() + "/" + document.name();
        }
    }

    /** One look at a set. */
    private static final class Finder {

        private final List<KubernetesDocument> documents;
        private final Problems blocking = new Problems();
        private final Problems notes = new Problems();

        Finder(List<KubernetesDocument> documents) {
            this.documents = documents;
        }

        void find() {
            List<Pods> pods = documents.stream()
                    .flatMap(document -> pods(document).stream())
                    .toList();
            List<Budget> budgets = documents.stream()
                    .filter(document ->
                            document.group().equals("policy") && document.kind().equals("PodDisruptionBudget"))
                    .map(document -> new Budget(document, selected(document, pods)))
                    .toList();
            budgets.forEach(this::budget);
            pods.forEach(one -> several(one, budgets));
            pods.stream()
                    .map(Pods::document)
                    .filter(document -> document.kind().equals("Pod"))
                    .forEach(this::withoutController);
        }

        private Optional<Pods> pods(KubernetesDocument document) {
            if (NOT_SCALED.contains(document.kind())) {
                return Optional.empty();
            }
            KubernetesDocument scaler = documents.stream()
                    .filter(other -> scales(other, document))
                    .findFirst()
                    .orElse(null);
            int own = number(document.root().get("spec", "replicas"), 1);
            int least = scaler == null ? own : Math.max(1, number(scaler.root().get("spec", minimum(scaler)), 1));
            return PodTemplates.of(document).map(template -> new Pods(document, template, least, scaler));
        }

        private static boolean scales(KubernetesDocument scaler, KubernetesDocument document) {
            FieldValue target = scaler.root().get("spec", "scaleTargetRef");
            String kind = target.text("kind").isEmpty() ? "Deployment" : target.text("kind");
            return Set.of("HorizontalPodAutoscaler", "ScaledObject").contains(scaler.kind())
                    && Objects.equals(scaler.namespace(), document.namespace())
                    && kind.equals(document.kind())
                    && target.text("name").equals(document.name());
        }

        private static String minimum(KubernetesDocument scaler) {
            return scaler.kind().equals("ScaledObject") ? "minReplicaCount" : "minReplicas";
        }

        private static List<Pods> selected(KubernetesDocument budget, List<Pods> pods) {
            FieldValue selector = budget.root().get("spec", "selector");
            return pods.stream()
                    .filter(one -> Objects.equals(one.document().namespace(), budget.namespace())
                            && selector.value() instanceof Map<?, ?>
                            && matches(selector, one.template().labels().map()))
                    .toList();
        }

        /** An empty selector selects all pods of the namespace. */
        private static boolean matches(FieldValue selector, Map<?, ?> labels) {
            return labels.entrySet().containsAll(selector.map("matchLabels").entrySet())
                    && selector.items("matchExpressions").stream().allMatch(one -> {
                        Object value = labels.get(one.text("key"));
                        return switch (one.text("operator")) {
                            case "In" -> value != null && one.list("values").contains(value);
                            case "NotIn" -> !one.list("values").contains(value);
                            case "Exists" -> value != null;
                            case "DoesNotExist" -> value == null;
                            default -> false;
                        };
                    });
        }

        private void budget(Budget budget) {
            int total = budget.pods().stream().mapToInt(Pods::least).sum();
            boolean unknown = budget.pods().isEmpty();
            FieldValue unavailable = budget.spec("maxUnavailable");
            FieldValue available = budget.spec("minAvailable");
            if (total == 0 && !unknown) {
                return;
            }
            if (unavailable.value() != null && share(unavailable, 100) == 0) {
                blocking.add(
                        unavailable.place(),
                        budget.described() + " allows no pod to be unavailable: " + ALL_OF_THEM,
                        "set maxUnavailable: 1");
            } else if (String.valueOf(available.value()).endsWith("%") && share(available, 100) >= 100) {
                blocking.add(
                        available.place(),
                        budget.described() + " needs all pods to be available: " + ALL_OF_THEM,
                        "set maxUnavailable: 1 instead");
            } else if (unknown && available.value() != null && share(available, 100) > 0) {
                notes.add(
                        budget.spec("selector").place(),
                        budget.described() + " selects no pods of these manifests, so it is not known whether they can"
                                + " be evicted",
                        "check ALLOWED DISRUPTIONS in `kubectl get pdb --namespace "
                                + budget.document().namespace() + "`");
            } else if (available.value() != null && share(available, total) >= total) {
                needsAll(budget, available, total);
            } else {
                unhealthy(budget);
            }
        }

        private void needsAll(Budget budget, FieldValue available, int total) {
            String pods = budget.pods().stream()
                    .map(one -> one.described() + " has " + one.least()
                            + (one.scaler() == null
                                    ? ""
                                    : " by " + minimum(one.scaler()) + " of "
                                            + one.scaler().kind() + " "
                                            + one.scaler().name()))
                    .collect(Collectors.joining(", "));
            blocking.add(
                    available.place(),
                    budget.described() + " needs " + available.value() + " available, and " + pods + ": " + ALL_OF_THEM,
                    total == 1
                            ? "run 2 replicas, or set maxUnavailable: 1 instead, which interrupts the pod"
                            : "run more replicas, or set maxUnavailable: 1 instead");
        }

        /** Healthy pods can be evicted; the others only with the policy AlwaysAllow. */
        private void unhealthy(Budget budget) {
            FieldValue policy = budget.spec("unhealthyPodEvictionPolicy");
            if (!budget.pods().isEmpty() && !policy.text().equals("AlwaysAllow")) {
                notes.add(
                        (policy.value() == null ? budget.document().root().get("spec") : policy).place(),
                        budget.described() + " keeps pods that are not ready on their nodes while fewer are ready than"
                                + " it needs",
                        "set unhealthyPodEvictionPolicy: AlwaysAllow");
            }
        }

        private void several(Pods pods, List<Budget> budgets) {
            List<Budget> selecting = budgets.stream()
                    .filter(budget -> budget.pods().contains(pods))
                    .toList();
            if (selecting.size() < 2 || pods.least() == 0) {
                return;
            }
            Budget last = selecting.get(selecting.size() - 1);
            List<String> others = new ArrayList<>();
            selecting
                    .subList(0, selecting.size() - 1)
                    .forEach(budget -> others.add(budget.document().name() + " ("
                            + budget.document().root().start() + ")"));
            blocking.add(
                    last.spec("selector").place(),
                    last.described() + " selects the pods of " + pods.described() + ", as "
                            + String.join(" and ", others) + (others.size() == 1 ? " does" : " do")
                            + ": the API server evicts no pod with more than one PodDisruptionBudget",
                    "remove one of them, or narrow its selector");
        }

        private void withoutController(KubernetesDocument pod) {
            notes.add(
                    pod.root().get("kind").place(),
                    "Pod " + pod.namespace() + "/" + pod.name()
                            + " has no controller: it is deleted with its node and only created again by the next apply",
                    "use a Deployment, StatefulSet or Job");
        }

        private static int number(FieldValue field, int otherwise) {
            return field.value() instanceof Number number ? number.intValue() : otherwise;
        }

        /** A number of pods, or a percentage of them, which Kubernetes rounds up. */
        private static int share(FieldValue field, int pods) {
            String written = String.valueOf(field.value());
            if (written.matches("[0-9]{1,6}%")) {
                return (Integer.parseInt(written.substring(0, written.length() - 1)) * pods + 99) / 100;
            }
            return number(field, written.matches("[0-9]{1,6}") ? Integer.parseInt(written) : 1);
        }
    }
}
