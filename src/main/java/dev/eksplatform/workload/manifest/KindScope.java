package dev.eksplatform.workload.manifest;

import java.util.Map;
import java.util.Set;

/**
 * Whether objects of a kind live in a namespace. Built-in kinds are known from the Kubernetes API. The
 * scope of a custom kind is only known to its cluster: a short list covers cluster-scoped kinds of the controllers that
 * platforms on AWS run, and any other is treated as namespaced unless the document has the annotation
 * {@code eksplatform.dev/scope: Cluster} (which is not sent to the cluster).
 */
final class KindScope {

    /** The annotation by which a document of a custom kind states its scope: {@code Cluster} or {@code Namespaced}. */
    static final String ANNOTATION = "eksplatform.dev/scope";

    private static final Map<String, Set<String>> CLUSTER_SCOPED = Map.ofEntries(
            Map.entry("apiregistration.k8s.io", Set.of("APIService")),
            Map.entry("application-networking.k8s.aws", Set.of("ServiceNetwork")),
            Map.entry("argoproj.io", Set.of("ClusterWorkflowTemplate")),
            Map.entry("awspca.cert-manager.io", Set.of("AWSPCAClusterIssuer")),
            Map.entry("cert-manager.io", Set.of("ClusterIssuer")),
            Map.entry(
                    "cilium.io",
                    Set.of(
                            "CiliumCIDRGroup",
                            "CiliumClusterwideEnvoyConfig",
                            "CiliumClusterwideNetworkPolicy",
                            "CiliumEgressGatewayPolicy")),
            Map.entry("crd.k8s.amazonaws.com", Set.of("ENIConfig")),
            Map.entry("eks.amazonaws.com", Set.of("IngressClassParams", "NodeClass")),
            Map.entry("elbv2.k8s.aws", Set.of("IngressClassParams")),
            Map.entry("external-secrets.io", Set.of("ClusterExternalSecret", "ClusterSecretStore")),
            Map.entry("gateway.networking.k8s.io", Set.of("GatewayClass")),
            Map.entry("gateway.networking.x-k8s.io", Set.of("XMesh")),
            Map.entry("karpenter.k8s.aws", Set.of("EC2NodeClass")),
            Map.entry("karpenter.sh", Set.of("NodeClaim", "NodePool")),
            Map.entry("kyverno.io", Set.of("ClusterPolicy")),
            Map.entry("project.openshift.io", Set.of("Project")),
            Map.entry("security.openshift.io", Set.of("SecurityContextConstraints")),
            Map.entry("services.k8s.aws", Set.of("IAMRoleSelector")),
            Map.entry("snapshot.storage.k8s.io", Set.of("VolumeSnapshotClass", "VolumeSnapshotContent")),
            Map.entry("storage.k8s.io", Set.of("VolumeAttributesClass")),
            Map.entry("trust.cert-manager.io", Set.of("Bundle")));

    private KindScope() {}

    static boolean isNamespaced(String apiVersion, String kind, FieldValue root) {
        ApiTypes.Kind known = ApiTypes.get().kind(apiVersion, kind);
        if (known != null) {
            return known.namespaced();
        }
        String stated = root.text("metadata", "annotations", ANNOTATION);
        if (!stated.isEmpty()) {
            return !stated.equals("Cluster");
        }
        return !CLUSTER_SCOPED.getOrDefault(group(apiVersion), Set.of()).contains(kind);
    }

    /** The group of an API version, empty for the core group. */
    static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
