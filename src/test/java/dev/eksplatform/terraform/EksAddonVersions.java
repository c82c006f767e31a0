package dev.eksplatform.terraform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** The add-ons that EKS offers and one version of each, the default: enough for a plan, not a record of what AWS offers. */
final class EksAddonVersions {

    private static final Map<String, String> DEFAULTS = Map.of(
            "vpc-cni", "v1.20.1-eksbuild.1",
            "coredns", "v1.12.2-eksbuild.4",
            "kube-proxy", "v%s.0-eksbuild.2",
            "eks-pod-identity-agent", "v1.3.8-eksbuild.2",
            "aws-ebs-csi-driver", "v1.47.0-eksbuild.1",
            "aws-efs-csi-driver", "v2.1.11-eksbuild.1",
            "snapshot-controller", "v8.3.0-eksbuild.1",
            "metrics-server", "v0.8.0-eksbuild.1",
            "amazon-cloudwatch-observability", "v4.3.1-eksbuild.1");

    private EksAddonVersions() {}

    /** The version that an add-on gets when none is named, or nothing when EKS has no such add-on. */
    static Optional<String> defaultVersion(String addon, String kubernetesVersion) {
        return Optional.ofNullable(DEFAULTS.get(addon)).map(version -> version.formatted(kubernetesVersion));
    }

    /** The answer of DescribeAddonVersions. */
    static ObjectNode describe(String addon, String kubernetesVersion) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        var addons = answer.putArray("addons");
        defaultVersion(addon, kubernetesVersion).ifPresent(version -> {
            ObjectNode offered = addons.addObject().put("addonName", addon).put("type", "networking");
            ObjectNode offeredVersion =
                    offered.putArray("addonVersions").addObject().put("addonVersion", version);
            offeredVersion.putArray("architecture").add("amd64").add("arm64");
            offeredVersion
                    .putArray("compatibilities")
                    .addObject()
                    .put("clusterVersion", kubernetesVersion)
                    .put("defaultVersion", true);
        });
        return answer;
    }
}
