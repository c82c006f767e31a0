package dev.eksplatform.workload.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the documents of a set are applied: what an object refers to comes before
 * it, the namespace before what lives in it, quotas and network policies before the pods they bound, and Services before
 * the pods of their namespace, because a pod gets variables such as {@code WEB_SERVICE_HOST} only of Services that are
 * older. In reverse it is the order of removal: an Ingress is deleted before its Service.
 *
 * <p>An object depends only on objects of an earlier {@link Stage}, so there is no cycle.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">Service
 *     environment variables</a>
 */
final class ManifestOrder {

    /** The stages of a set with their kinds; the order of the constants is the order of application. */
    private enum Stage {
        NAMESPACE("Namespace", "Project"),
        PARAMETERS,
        CLASS("CustomResourceDefinition", "PriorityClass", "RuntimeClass", "StorageClass", "IngressClass"),
        LIMIT("ResourceQuota", "LimitRange"),
        CONFIGURATION("ConfigMap", "Secret"),
        SERVICE_ACCOUNT("ServiceAccount"),
        TOKEN,
        ROLE("Role", "ClusterRole"),
        BINDING("RoleBinding", "ClusterRoleBinding"),
        VOLUME("PersistentVolume"),
        CLAIM("PersistentVolumeClaim"),
        NETWORK_POLICY("NetworkPolicy"),
        SERVICE("Service"),
        CUSTOM,
        WORKLOAD,
        ON_TOP(
                "HorizontalPodAutoscaler",
                "PodDisruptionBudget",
                "Ingress",
                "Route",
                "MutatingWebhookConfiguration",
                "ValidatingWebhookConfiguration");

        private final Set<String> kinds;

        Stage(String... kinds) {
            this.kinds = Set.of(kinds);
        }

        static Stage of(String kind) {
            return Arrays.stream(values())
                    .filter(stage -> stage.kinds.contains(kind))
                    .findFirst()
                    .orElse(CUSTOM);
        }
    }

    /** Custom kinds that other objects refer to. */
    private static final Map<String, Stage> OF_NODES = Map.of(
            "NodeClass", Stage.PARAMETERS,
            "EC2NodeClass", Stage.PARAMETERS,
            "IngressClassParams", Stage.PARAMETERS,
            "NodePool", Stage.CLASS);

    private static final Set<String> NODE_GROUPS =
            Set.of("eks.amazonaws.com", "elbv2.k8s.aws", "karpenter.k8s.aws", "karpenter.sh");

    private static final Comparator<KubernetesDocument> BY_STAGE = Comparator.comparing(ManifestOrder::stage)
            .thenComparing(document -> document.namespace() == null ? "" : document.namespace())
            .thenComparing(KubernetesDocument::name)
            .thenComparing(KubernetesDocument::kind)
            .thenComparing(KubernetesDocument::apiVersion);

    private final List<KubernetesDocument> documents;
    private final Map<String, List<KubernetesDocument>> byKindAndName = new HashMap<>();

    private ManifestOrder(List<KubernetesDocument> documents) {
        this.documents = documents;
        for (KubernetesDocument document : documents) {
            byKindAndName
                    .computeIfAbsent(
                            key(document.kind(), document.namespace(), document.name()), key -> new ArrayList<>())
                    .add(document);
        }
    }

    /**
     * Orders documents.
     *
     * @param documents objects with distinct identities
     * @return each object in an order in which they can be applied one by one, with those it depends on: explicit,
     *     without those that another of them depends on already, in the same order
     */
    static Map<KubernetesDocument, List<KubernetesDocument>> of(List<KubernetesDocument> documents) {
        List<KubernetesDocument> sorted = documents.stream().sorted(BY_STAGE).toList();
        ManifestOrder order = new ManifestOrder(sorted);
        Map<String, Set<String>> reachable = new HashMap<>();
        Map<KubernetesDocument, List<KubernetesDocument>> result = new LinkedHashMap<>();
        for (KubernetesDocument document : sorted) {
            Set<KubernetesDocument> needed = new LinkedHashSet<>();
            for (KubernetesDocument candidate : order.references(document)) {
                if (stage(candidate).compareTo(stage(document)) < 0) {
                    needed.add(candidate);
                }
            }
            Set<String> all = new HashSet<>();
            needed.forEach(dependency -> {
                all.add(dependency.identity());
                all.addAll(reachable.getOrDefault(dependency.identity(), Set.of()));
            });
            reachable.put(document.identity(), all);
            List<KubernetesDocument> minimal = sorted.stream()
                    .filter(needed::contains)
                    .filter(dependency -> needed.stream().noneMatch(other -> reachable
                            .getOrDefault(other.identity(), Set.of())
                            .contains(dependency.identity())))
                    .toList();
            result.put(document, minimal);
        }
        return result;
    }

    private static Stage stage(KubernetesDocument document) {
        if (document.kind().equals("Secret") && !tokenOf(document).isEmpty()) {
            return Stage.TOKEN;
        }
        if (PodTemplates.of(document).isPresent()) {
            return Stage.WORKLOAD;
        }
        Stage ofNodes = OF_NODES.get(document.kind());
        if (ofNodes != null && NODE_GROUPS.contains(document.group())) {
            return ofNodes;
        }
        boolean known = document.isBuiltIn() || document.apiVersion().contains(".openshift.io/");
        return known ? Stage.of(document.kind()) : Stage.CUSTOM;
    }

    /** The ServiceAccount whose token a Secret holds, empty for any other Secret. */
    private static String tokenOf(KubernetesDocument secret) {
        return secret.root().text("type").equals("kubernetes.io/service-account-token")
                ? secret.root().text("metadata", "annotations", "kubernetes.io/service-account.name")
                : "";
    }

    private static String key(String kind, @Nullable String namespace, String name) {
        return kind + " " + (namespace == null ? "" : namespace) + "/" + name;
    }

    /** All documents that an object refers to, in any stage. */
    private Set<KubernetesDocument> references(KubernetesDocument document) {
        References found = new References(document.namespace());
        String namespace = document.namespace();
        if (namespace != null) {
            found.cluster("Namespace", namespace);
            found.cluster("Project", namespace);
        }
        FieldValue body = document.root();
        switch (document.kind()) {
            case "Secret" -> found.local("ServiceAccount", tokenOf(document));
            case "ServiceAccount" -> {
                found.named("Secret", body.items("secrets"));
                found.named("Secret", body.items("imagePullSecrets"));
            }
            case "RoleBinding", "ClusterRoleBinding" -> binding(body, found);
            case "PersistentVolume" -> found.cluster("StorageClass", body.text("spec", "storageClassName"));
            case "PersistentVolumeClaim" -> {
                found.cluster("StorageClass", body.text("spec", "storageClassName"));
                found.cluster("PersistentVolume", body.text("spec", "volumeName"));
                found.inNamespace("ResourceQuota", "LimitRange");
            }
            case "NodePool" -> {
                FieldValue of = body.get("spec", "template", "spec", "nodeClassRef");
                found.cluster(of.text("kind"), of.text("name"));
            }
            case "IngressClass" ->
                found.cluster(body.text("spec", "parameters", "kind"), body.text("spec", "parameters", "name"));
            case "Ingress" -> ingress(body, found);
            case "Route" -> {
                found.local("Service", body.text("spec", "to", "name"));
                found.named("Service", body.items("spec", "alternateBackends"));
            }
            case "HorizontalPodAutoscaler" ->
                found.local(body.text("spec", "scaleTargetRef", "kind"), body.text("spec", "scaleTargetRef", "name"));
            case "PodDisruptionBudget" -> disruptionBudget(body, found);
            case "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration" -> {
                for (FieldValue webhook : body.items("webhooks")) {
                    found.in(
                            "Service",
                            webhook.text("clientConfig", "service", "namespace"),
                            webhook.text("clientConfig", "service", "name"));
                }
            }
            default -> {}
        }
        PodTemplates.of(document).ifPresent(pods -> pods(document, pods, found));
        found.documents.remove(document.identity());
        return new LinkedHashSet<>(found.documents.values());
    }

    private void binding(FieldValue body, References found) {
        String role = body.text("roleRef", "name");
        if (body.text("roleRef", "kind").equals("Role")) {
            found.local("Role", role);
        } else {
            found.cluster("ClusterRole", role);
        }
        for (FieldValue subject : body.items("subjects")) {
            if (subject.text("kind").equals("ServiceAccount")) {
                found.in("ServiceAccount", subject.text("namespace"), subject.text("name"));
            }
        }
    }

    private void ingress(FieldValue body, References found) {
        found.cluster("IngressClass", body.text("spec", "ingressClassName"));
        found.local("Service", body.text("spec", "defaultBackend", "service", "name"));
        for (FieldValue rule : body.items("spec", "rules")) {
            for (FieldValue path : rule.items("http", "paths")) {
                found.local("Service", path.text("backend", "service", "name"));
            }
        }
        for (FieldValue tls : body.items("spec", "tls")) {
            found.local("Secret", tls.text("secretName"));
        }
    }

    private void disruptionBudget(FieldValue body, References found) {
        FieldValue selector = body.get("spec", "selector", "matchLabels");
        for (KubernetesDocument candidate : documents) {
            boolean here = String.valueOf(candidate.namespace()).equals(found.namespace);
            boolean covered = PodTemplates.of(candidate)
                    .filter(pods -> pods.hasLabels(selector))
                    .isPresent();
            if (here && covered && !selector.map().isEmpty()) {
                found.add(candidate);
            }
        }
    }

    private void pods(KubernetesDocument document, PodTemplates.PodTemplate pods, References found) {
        FieldValue spec = pods.spec();
        found.inNamespace("ResourceQuota", "LimitRange", "NetworkPolicy");
        if (spec.get("enableServiceLinks").value() != Boolean.FALSE) {
            found.inNamespace("Service");
        }
        found.local("Service", document.root().text("spec", "serviceName"));
        found.cluster("PriorityClass", spec.text("priorityClassName"));
        found.cluster("RuntimeClass", spec.text("runtimeClassName"));
        found.named("Secret", spec.items("imagePullSecrets"));
        for (FieldValue claim : document.root().items("spec", "volumeClaimTemplates")) {
            found.cluster("StorageClass", claim.text("spec", "storageClassName"));
        }
        String account = pods.serviceAccount().text();
        found.local("ServiceAccount", account);
        bindingsOf(account.isEmpty() ? "default" : account, found);
        pods.containers().forEach(container -> environment(container, found));
        for (FieldValue volume : spec.items("volumes")) {
            volume(volume, found);
        }
    }

    private void bindingsOf(String account, References found) {
        for (KubernetesDocument binding : documents) {
            if (binding.kind().equals("RoleBinding") || binding.kind().equals("ClusterRoleBinding")) {
                for (FieldValue subject : binding.root().items("subjects")) {
                    if (subject.text("kind").equals("ServiceAccount")
                            && subject.text("name").equals(account)
                            && subject.text("namespace").equals(found.namespace)) {
                        found.add(binding);
                    }
                }
            }
        }
    }

    private void environment(FieldValue container, References found) {
        for (FieldValue from : container.items("envFrom")) {
            found.local("ConfigMap", from.text("configMapRef", "name"));
            found.local("Secret", from.text("secretRef", "name"));
        }
        for (FieldValue variable : container.items("env")) {
            found.local("ConfigMap", variable.text("valueFrom", "configMapKeyRef", "name"));
            found.local("Secret", variable.text("valueFrom", "secretKeyRef", "name"));
        }
    }

    private void volume(FieldValue volume, References found) {
        found.local("ConfigMap", volume.text("configMap", "name"));
        found.local("Secret", volume.text("secret", "secretName"));
        found.local("PersistentVolumeClaim", volume.text("persistentVolumeClaim", "claimName"));
        found.local("SecretProviderClass", volume.text("csi", "volumeAttributes", "secretProviderClass"));
        for (FieldValue source : volume.items("projected", "sources")) {
            found.local("ConfigMap", source.text("configMap", "name"));
            found.local("Secret", source.text("secret", "name"));
        }
    }

    /** Collects the documents that one object refers to. */
    private final class References {

        private final String namespace;
        private final Map<String, KubernetesDocument> documents = new TreeMap<>();

        References(@Nullable String namespace) {
            this.namespace = namespace == null ? "" : namespace;
        }

        void add(KubernetesDocument document) {
            documents.put(document.identity(), document);
        }

        void in(String kind, String inNamespace, String name) {
            if (!name.isEmpty()) {
                byKindAndName
                        .getOrDefault(key(kind, inNamespace, name), List.of())
                        .forEach(this::add);
            }
        }

        void local(String kind, String name) {
            in(kind, namespace, name);
        }

        void cluster(String kind, String name) {
            in(kind, "", name);
        }

        void named(String kind, List<FieldValue> references) {
            references.forEach(reference -> local(kind, reference.text("name")));
        }

        void inNamespace(String... kinds) {
            for (KubernetesDocument document : ManifestOrder.this.documents) {
                if (namespace.equals(document.namespace()) && List.of(kinds).contains(document.kind())) {
                    add(document);
                }
            }
        }
    }
}
