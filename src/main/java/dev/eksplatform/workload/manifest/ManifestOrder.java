package dev.eksplatform.workload.manifest;

import java.util.ArrayList;
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
 * Which objects must be there before which others, among the documents of one set: what an object refers to comes before
 * it, the namespace before what lives in it, quotas and network policies before the pods they bound, and Services before
 * the pods of their namespace, because a pod gets variables such as {@code WEB_SERVICE_HOST} only of Services that are
 * older. In reverse it is the order of removal: an Ingress goes before its Service.
 *
 * <p>An object depends only on objects of an earlier {@link Stage}, so there is no cycle.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">Service
 *     environment variables</a>
 */
final class ManifestOrder {

    /** The stages of a set; the order of the constants is the order of application. */
    private enum Stage {
        NAMESPACE,
        CLASS,
        LIMIT,
        CONFIGURATION,
        SERVICE_ACCOUNT,
        TOKEN,
        ROLE,
        BINDING,
        VOLUME,
        CLAIM,
        NETWORK_POLICY,
        SERVICE,
        CUSTOM,
        WORKLOAD,
        ON_TOP
    }

    private static final Map<String, Stage> STAGES = Map.ofEntries(
            Map.entry("Namespace", Stage.NAMESPACE),
            Map.entry("Project", Stage.NAMESPACE),
            Map.entry("CustomResourceDefinition", Stage.CLASS),
            Map.entry("PriorityClass", Stage.CLASS),
            Map.entry("RuntimeClass", Stage.CLASS),
            Map.entry("StorageClass", Stage.CLASS),
            Map.entry("IngressClass", Stage.CLASS),
            Map.entry("ResourceQuota", Stage.LIMIT),
            Map.entry("LimitRange", Stage.LIMIT),
            Map.entry("ConfigMap", Stage.CONFIGURATION),
            Map.entry("Secret", Stage.CONFIGURATION),
            Map.entry("ServiceAccount", Stage.SERVICE_ACCOUNT),
            Map.entry("Role", Stage.ROLE),
            Map.entry("ClusterRole", Stage.ROLE),
            Map.entry("RoleBinding", Stage.BINDING),
            Map.entry("ClusterRoleBinding", Stage.BINDING),
            Map.entry("PersistentVolume", Stage.VOLUME),
            Map.entry("PersistentVolumeClaim", Stage.CLAIM),
            Map.entry("NetworkPolicy", Stage.NETWORK_POLICY),
            Map.entry("Service", Stage.SERVICE),
            Map.entry("HorizontalPodAutoscaler", Stage.ON_TOP),
            Map.entry("PodDisruptionBudget", Stage.ON_TOP),
            Map.entry("Ingress", Stage.ON_TOP),
            Map.entry("Route", Stage.ON_TOP),
            Map.entry("MutatingWebhookConfiguration", Stage.ON_TOP),
            Map.entry("ValidatingWebhookConfiguration", Stage.ON_TOP));

    private static final Comparator<KubernetesDocument> BY_STAGE = Comparator.comparing(ManifestOrder::stage)
            .thenComparing(manifest -> manifest.namespace() == null ? "" : manifest.namespace())
            .thenComparing(KubernetesDocument::name)
            .thenComparing(KubernetesDocument::kind)
            .thenComparing(KubernetesDocument::apiVersion);

    private final List<KubernetesDocument> manifests;
    private final Map<String, List<KubernetesDocument>> byKindAndName = new HashMap<>();

    private ManifestOrder(List<KubernetesDocument> manifests) {
        this.manifests = manifests;
        for (KubernetesDocument manifest : manifests) {
            byKindAndName
                    .computeIfAbsent(
                            key(manifest.kind(), manifest.namespace(), manifest.name()), key -> new ArrayList<>())
                    .add(manifest);
        }
    }

    /**
     * Orders manifests.
     *
     * @param manifests objects with distinct identities
     * @return each object in an order in which they can be applied one by one, with those it depends on: explicit,
     *     without those that another of them depends on already, in the same order
     */
    static Map<KubernetesDocument, List<KubernetesDocument>> of(List<KubernetesDocument> manifests) {
        List<KubernetesDocument> sorted = manifests.stream().sorted(BY_STAGE).toList();
        ManifestOrder order = new ManifestOrder(sorted);
        Map<String, Set<KubernetesDocument>> direct = new HashMap<>();
        Map<String, Set<String>> reachable = new HashMap<>();
        Map<KubernetesDocument, List<KubernetesDocument>> result = new LinkedHashMap<>();
        for (KubernetesDocument manifest : sorted) {
            Set<KubernetesDocument> needed = new LinkedHashSet<>();
            for (KubernetesDocument candidate : order.references(manifest)) {
                if (stage(candidate).compareTo(stage(manifest)) < 0) {
                    needed.add(candidate);
                }
            }
            direct.put(manifest.identity(), needed);
            Set<String> all = new HashSet<>();
            needed.forEach(dependency -> {
                all.add(dependency.identity());
                all.addAll(reachable.getOrDefault(dependency.identity(), Set.of()));
            });
            reachable.put(manifest.identity(), all);
            List<KubernetesDocument> minimal = sorted.stream()
                    .filter(needed::contains)
                    .filter(dependency -> needed.stream().noneMatch(other -> reachable
                            .getOrDefault(other.identity(), Set.of())
                            .contains(dependency.identity())))
                    .toList();
            result.put(manifest, minimal);
        }
        return result;
    }

    private static Stage stage(KubernetesDocument manifest) {
        if (manifest.kind().equals("Secret") && !tokenOf(manifest).isEmpty()) {
            return Stage.TOKEN;
        }
        if (PodTemplates.of(manifest).isPresent()) {
            return Stage.WORKLOAD;
        }
        boolean known = ApiTypes.get().kind(manifest.apiVersion(), manifest.kind()) != null
                || manifest.apiVersion().contains(".openshift.io/");
        return known ? STAGES.getOrDefault(manifest.kind(), Stage.CUSTOM) : Stage.CUSTOM;
    }

    /** The ServiceAccount whose token a Secret holds, empty for any other Secret. */
    private static String tokenOf(KubernetesDocument secret) {
        return BodyField.text(secret.body(), "type").equals("kubernetes.io/service-account-token")
                ? BodyField.text(secret.body(), "metadata", "annotations", "kubernetes.io/service-account.name")
                : "";
    }

    private static String key(String kind, @Nullable String namespace, String name) {
        return kind + " " + (namespace == null ? "" : namespace) + "/" + name;
    }

    /** Everything among the documents that an object refers to, itself and later stages not yet left out. */
    private Set<KubernetesDocument> references(KubernetesDocument manifest) {
        References found = new References(manifest.namespace());
        String namespace = manifest.namespace();
        if (namespace != null) {
            found.cluster("Namespace", namespace);
            found.cluster("Project", namespace);
        }
        Map<?, ?> body = manifest.body();
        switch (manifest.kind()) {
            case "Secret" -> found.local("ServiceAccount", tokenOf(manifest));
            case "ServiceAccount" -> {
                found.named("Secret", BodyField.list(body, "secrets"));
                found.named("Secret", BodyField.list(body, "imagePullSecrets"));
            }
            case "RoleBinding", "ClusterRoleBinding" -> binding(body, found);
            case "PersistentVolume" -> found.cluster("StorageClass", BodyField.text(body, "spec", "storageClassName"));
            case "PersistentVolumeClaim" -> {
                found.cluster("StorageClass", BodyField.text(body, "spec", "storageClassName"));
                found.cluster("PersistentVolume", BodyField.text(body, "spec", "volumeName"));
                found.inNamespace("ResourceQuota", "LimitRange");
            }
            case "Ingress" -> ingress(body, found);
            case "Route" -> {
                found.local("Service", BodyField.text(body, "spec", "to", "name"));
                found.named("Service", BodyField.list(body, "spec", "alternateBackends"));
            }
            case "HorizontalPodAutoscaler" ->
                found.local(
                        BodyField.text(body, "spec", "scaleTargetRef", "kind"),
                        BodyField.text(body, "spec", "scaleTargetRef", "name"));
            case "PodDisruptionBudget" -> disruptionBudget(body, found);
            case "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration" -> {
                for (Object webhook : BodyField.list(body, "webhooks")) {
                    found.in(
                            "Service",
                            BodyField.text(webhook, "clientConfig", "service", "namespace"),
                            BodyField.text(webhook, "clientConfig", "service", "name"));
                }
            }
            default -> {}
        }
        PodTemplates.of(manifest).ifPresent(pods -> pods(manifest, pods, found));
        found.manifests.remove(manifest.identity());
        return new LinkedHashSet<>(found.manifests.values());
    }

    private void binding(Map<?, ?> body, References found) {
        String role = BodyField.text(body, "roleRef", "name");
        if (BodyField.text(body, "roleRef", "kind").equals("Role")) {
            found.local("Role", role);
        } else {
            found.cluster("ClusterRole", role);
        }
        for (Object subject : BodyField.list(body, "subjects")) {
            if (BodyField.text(subject, "kind").equals("ServiceAccount")) {
                found.in("ServiceAccount", BodyField.text(subject, "namespace"), BodyField.text(subject, "name"));
            }
        }
    }

    private void ingress(Map<?, ?> body, References found) {
        found.cluster("IngressClass", BodyField.text(body, "spec", "ingressClassName"));
        found.local("Service", BodyField.text(body, "spec", "defaultBackend", "service", "name"));
        for (Object rule : BodyField.list(body, "spec", "rules")) {
            for (Object path : BodyField.list(rule, "http", "paths")) {
                found.local("Service", BodyField.text(path, "backend", "service", "name"));
            }
        }
        for (Object tls : BodyField.list(body, "spec", "tls")) {
            found.local("Secret", BodyField.text(tls, "secretName"));
        }
    }

    private void disruptionBudget(Map<?, ?> body, References found) {
        Map<?, ?> selector = BodyField.map(body, "spec", "selector", "matchLabels");
        for (KubernetesDocument candidate : manifests) {
            boolean here = String.valueOf(candidate.namespace()).equals(found.namespace);
            boolean covered = PodTemplates.of(candidate)
                    .filter(pods -> pods.labels().entrySet().containsAll(selector.entrySet()))
                    .isPresent();
            if (here && covered && !selector.isEmpty()) {
                found.add(candidate);
            }
        }
    }

    private void pods(KubernetesDocument manifest, PodTemplates.PodTemplate pods, References found) {
        Map<?, ?> spec = pods.spec();
        found.inNamespace("ResourceQuota", "LimitRange", "NetworkPolicy");
        if (BodyField.of(spec, "enableServiceLinks") != Boolean.FALSE) {
            found.inNamespace("Service");
        }
        found.local("Service", BodyField.text(manifest.body(), "spec", "serviceName"));
        found.cluster("PriorityClass", BodyField.text(spec, "priorityClassName"));
        found.cluster("RuntimeClass", BodyField.text(spec, "runtimeClassName"));
        found.named("Secret", BodyField.list(spec, "imagePullSecrets"));
        for (Object claim : BodyField.list(manifest.body(), "spec", "volumeClaimTemplates")) {
            found.cluster("StorageClass", BodyField.text(claim, "spec", "storageClassName"));
        }
        String account = BodyField.text(spec, "serviceAccountName");
        account = account.isEmpty() ? BodyField.text(spec, "serviceAccount") : account;
        found.local("ServiceAccount", account);
        bindingsOf(account.isEmpty() ? "default" : account, found);
        for (String containers : List.of("initContainers", "containers")) {
            for (Object container : BodyField.list(spec, containers)) {
                environment(container, found);
            }
        }
        for (Object volume : BodyField.list(spec, "volumes")) {
            volume(volume, found);
        }
    }

    private void bindingsOf(String account, References found) {
        for (KubernetesDocument binding : manifests) {
            if (binding.kind().equals("RoleBinding") || binding.kind().equals("ClusterRoleBinding")) {
                for (Object subject : BodyField.list(binding.body(), "subjects")) {
                    if (BodyField.text(subject, "kind").equals("ServiceAccount")
                            && BodyField.text(subject, "name").equals(account)
                            && BodyField.text(subject, "namespace").equals(found.namespace)) {
                        found.add(binding);
                    }
                }
            }
        }
    }

    private void environment(@Nullable Object container, References found) {
        for (Object from : BodyField.list(container, "envFrom")) {
            found.local("ConfigMap", BodyField.text(from, "configMapRef", "name"));
            found.local("Secret", BodyField.text(from, "secretRef", "name"));
        }
        for (Object variable : BodyField.list(container, "env")) {
            found.local("ConfigMap", BodyField.text(variable, "valueFrom", "configMapKeyRef", "name"));
            found.local("Secret", BodyField.text(variable, "valueFrom", "secretKeyRef", "name"));
        }
    }

    private void volume(@Nullable Object volume, References found) {
        found.local("ConfigMap", BodyField.text(volume, "configMap", "name"));
        found.local("Secret", BodyField.text(volume, "secret", "secretName"));
        found.local("PersistentVolumeClaim", BodyField.text(volume, "persistentVolumeClaim", "claimName"));
        found.local("SecretProviderClass", BodyField.text(volume, "csi", "volumeAttributes", "secretProviderClass"));
        for (Object source : BodyField.list(volume, "projected", "sources")) {
            found.local("ConfigMap", BodyField.text(source, "configMap", "name"));
            found.local("Secret", BodyField.text(source, "secret", "name"));
        }
    }

    /** Collects the documents that one object refers to. */
    private final class References {

        private final String namespace;
        private final Map<String, KubernetesDocument> manifests = new TreeMap<>();

        References(@Nullable String namespace) {
            this.namespace = namespace == null ? "" : namespace;
        }

        void add(KubernetesDocument manifest) {
            manifests.put(manifest.identity(), manifest);
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

        void named(String kind, List<?> references) {
            references.forEach(reference -> local(kind, BodyField.text(reference, "name")));
        }

        void inNamespace(String... kinds) {
            for (KubernetesDocument manifest : ManifestOrder.this.manifests) {
                if (namespace.equals(manifest.namespace()) && List.of(kinds).contains(manifest.kind())) {
                    add(manifest);
                }
            }
        }
    }
}
