package dev.eksplatform.workload.manifest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document for another tool than a cluster.
 *
 * @param name what it is, such as {@code a kustomization}
 * @param fix what to do with it
 */
record OtherTool(String name, String fix) {

    private static final String REMOVE = "leave it out of workloads.manifests";
    private static final String EKS = REMOVE + "; EKS runs the control plane";

    /** By the group of the API version. */
    private static final Map<String, OtherTool> BY_GROUP = new HashMap<>();

    static {
        add("kustomize.config.k8s.io", "a kustomization", "run kustomize build, and name the file that it prints");
        add(
                "eksctl.io",
                "a configuration of eksctl",
                REMOVE + "; cluster and nodeGroups of the environment describe the cluster");
        add("kind.x-k8s.io", "a configuration of kind", REMOVE);
        add("k3d.io", "a configuration of k3d", REMOVE);
        add("k0sctl.k0sproject.io", "a configuration of k0sctl", REMOVE);
        add("ctlptl.dev", "a configuration of ctlptl", REMOVE);
        add("kops.k8s.io", "a configuration of kOps", REMOVE);
        add("skaffold", "a configuration of Skaffold", REMOVE);
        add("backstage.io", "a catalog entry of Backstage", REMOVE);
        add("meta.pkg.crossplane.io", "the metadata of a Crossplane package", REMOVE);
        add("kpt.dev", "a configuration of kpt", REMOVE);
        add("kubeadm.k8s.io", "a configuration of kubeadm", EKS);
        add("node.eks.aws", "a configuration of nodeadm", REMOVE + "; nodes read it from their user data");
        add("kubelet.config.k8s.io", "a configuration of the kubelet", REMOVE + "; nodes read it from a file");
        add(
                "kubeproxy.config.k8s.io",
                "a configuration of kube-proxy",
                REMOVE + "; use the configuration of the EKS add-on");
        add("kubescheduler.config.k8s.io", "a configuration of the scheduler", EKS);
        add("controllermanager.config.k8s.io", "a configuration of the controller manager", EKS);
        add("apiserver.config.k8s.io", "a configuration of the API server", EKS);
        add("audit.k8s.io", "an audit configuration of the API server", EKS);
        add("abac.authorization.kubernetes.io", "a policy file of the API server", REMOVE);
        add("client.authentication.k8s.io", "a credential of kubectl", REMOVE);
        add("kubectl.config.k8s.io", "a configuration of kubectl", REMOVE);
    }

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

    private static void add(String group, String name, String fix) {
        BY_GROUP.put(group, new OtherTool(name, fix));
    }

    /** The tool that a document is for, or null when it may be a Kubernetes object. */
    static @Nullable OtherTool of(FieldValue root, String file) {
        boolean hasKind = root.has("kind");
        if (root.get("apiVersion").value() instanceof String version) {
            if (!hasKind
                    && (version.equals("v1") || version.equals("v2"))
                    && root.map().containsKey("version")) {
                return CHART;
            }
            if (version.equals("v1") && root.text("kind").equals("Config")) {
                return KUBECONFIG;
            }
            return BY_GROUP.get(KindScope.group(version));
        }
        if (hasKind || root.has("apiVersion")) {
            return root.text("kind").equals("Kustomization") ? KUSTOMIZATION : null;
        }
        if (KUSTOMIZATION_LISTS.stream().anyMatch(key -> root.get(key).value() instanceof List)) {
            return KUSTOMIZATION;
        }
        String name = file.substring(file.lastIndexOf('/') + 1);
        if (name.startsWith("values") || name.endsWith("values.yaml") || name.endsWith("values.yml")) {
            return VALUES;
        }
        return BY_KEY.stream()
                .filter(tool -> root.map().containsKey(tool.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
