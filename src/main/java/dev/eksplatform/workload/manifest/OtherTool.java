package dev.eksplatform.workload.manifest;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document that another tool reads, and no cluster.
 *
 * @param name what it is, such as {@code a kustomization}
 * @param fix what to do with it
 */
record OtherTool(String name, String fix) {

    private static final String REMOVE = "leave it out of workloads.manifests";

    /** By the group of the API version. */
    private static final Map<String, OtherTool> BY_GROUP = Map.ofEntries(
            Map.entry(
                    "kustomize.config.k8s.io",
                    new OtherTool("a kustomization", "run kustomize build, and name the file that it prints")),
            Map.entry(
                    "eksctl.io",
                    new OtherTool(
                            "a configuration of eksctl",
                            REMOVE + "; cluster and nodeGroups of the environment describe the cluster")),
            Map.entry("kind.x-k8s.io", new OtherTool("a configuration of kind", REMOVE)),
            Map.entry("k3d.io", new OtherTool("a configuration of k3d", REMOVE)),
            Map.entry("k0sctl.k0sproject.io", new OtherTool("a configuration of k0sctl", REMOVE)),
            Map.entry("ctlptl.dev", new OtherTool("a configuration of ctlptl", REMOVE)),
            Map.entry("kops.k8s.io", new OtherTool("a configuration of kOps", REMOVE)),
            Map.entry("skaffold", new OtherTool("a configuration of Skaffold", REMOVE)),
            Map.entry("backstage.io", new OtherTool("a catalog entry of Backstage", REMOVE)),
            Map.entry("meta.pkg.crossplane.io", new OtherTool("the metadata of a Crossplane package", REMOVE)),
            Map.entry("kpt.dev", new OtherTool("a configuration of kpt", REMOVE)),
            Map.entry(
                    "kubeadm.k8s.io",
                    new OtherTool("a configuration of kubeadm", REMOVE + "; EKS runs the control plane")),
            Map.entry(
                    "node.eks.aws",
                    new OtherTool("a configuration of nodeadm", REMOVE + "; nodes read it from their user data")),
            Map.entry(
                    "kubelet.config.k8s.io",
                    new OtherTool("a configuration of the kubelet", REMOVE + "; nodes read it from a file")),
            Map.entry(
                    "kubeproxy.config.k8s.io",
                    new OtherTool(
                            "a configuration of kube-proxy", REMOVE + "; use the configuration of the EKS add-on")),
            Map.entry(
                    "kubescheduler.config.k8s.io",
                    new OtherTool("a configuration of the scheduler", REMOVE + "; EKS runs the control plane")),
            Map.entry(
                    "controllermanager.config.k8s.io",
                    new OtherTool(
                            "a configuration of the controller manager", REMOVE + "; EKS runs the control plane")),
            Map.entry(
                    "apiserver.config.k8s.io",
                    new OtherTool("a configuration of the API server", REMOVE + "; EKS runs the control plane")),
            Map.entry(
                    "audit.k8s.io",
                    new OtherTool("an audit configuration of the API server", REMOVE + "; EKS runs the control plane")),
            Map.entry("abac.authorization.kubernetes.io", new OtherTool("a policy file of the API server", REMOVE)),
            Map.entry("client.authentication.k8s.io", new OtherTool("a credential of kubectl", REMOVE)),
            Map.entry("kubectl.config.k8s.io", new OtherTool("a configuration of kubectl", REMOVE)));

    private static final OtherTool KUBECONFIG = new OtherTool(
            "a kubeconfig", REMOVE + "; it may contain credentials, which do not belong in the repository");
    private static final OtherTool CHART =
            new OtherTool("the description of a Helm chart", "install the chart as one of addons.helm, and " + REMOVE);
    private static final OtherTool VALUES = new OtherTool(
            "a file of values for a Helm chart", "give them as values of one of addons.helm, and " + REMOVE);

    private static final OtherTool KUSTOMIZATION = Objects.requireNonNull(BY_GROUP.get("kustomize.config.k8s.io"));

    /** Lists that a kustomization without API version and kind may have. */
    private static final List<String> KUSTOMIZATION_LISTS = List.of(
            "resources", "bases", "components", "configMapGenerator", "secretGenerator", "patchesStrategicMerge");

    /** Of documents without API version and kind, by a key. */
    private static final List<Map.Entry<String, OtherTool>> BY_KEY = List.of(
            Map.entry("AWSTemplateFormatVersion", new OtherTool("a CloudFormation template", REMOVE)),
            Map.entry(
                    "services",
                    new OtherTool("a Docker Compose file", "write Deployments and Services, and " + REMOVE)),
            Map.entry("jobs", new OtherTool("a workflow of GitHub Actions", REMOVE)),
            Map.entry("releases", new OtherTool("a helmfile", "install its charts as addons.helm, and " + REMOVE)));

    /** The tool that a document is for, or null when it may be an object of a cluster. */
    static @Nullable OtherTool of(Map<?, ?> body, String file) {
        Object apiVersion = body.get("apiVersion");
        Object kind = body.get("kind");
        if (apiVersion instanceof String version) {
            if (kind == null && (version.equals("v1") || version.equals("v2")) && body.containsKey("version")) {
                return CHART;
            }
            if (version.equals("v1") && "Config".equals(kind)) {
                return KUBECONFIG;
            }
            return BY_GROUP.get(KindScope.group(version));
        }
        if (kind != null || apiVersion != null) {
            return "Kustomization".equals(kind) ? KUSTOMIZATION : null;
        }
        if (KUSTOMIZATION_LISTS.stream().anyMatch(key -> body.get(key) instanceof List)) {
            return KUSTOMIZATION;
        }
        String name = file.substring(file.lastIndexOf('/') + 1);
        if (name.startsWith("values") || name.endsWith("values.yaml") || name.endsWith("values.yml")) {
            return VALUES;
        }
        return BY_KEY.stream()
                .filter(tool -> body.containsKey(tool.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
