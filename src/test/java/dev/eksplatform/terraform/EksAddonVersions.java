package dev.eksplatform.terraform;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The add-ons that EKS offers, and some versions of each: enough for plans, not a record of what AWS offers. For each Kubernetes
 * version there are two versions of an add-on, the default and a newer one; the default of 1.36 is newer than that of 1.35.
 */
final class EksAddonVersions {

    private static final Map<String, Offer> OFFERS = Map.of(
            "vpc-cni", new Offer("v1.20.1-eksbuild.1", "v1.21.1-eksbuild.3", "v1.22.0-eksbuild.1"),
            "coredns", new Offer("v1.12.2-eksbuild.4", "v1.13.1-eksbuild.1", "v1.14.0-eksbuild.2"),
            "kube-proxy", new Offer("v%s.0-eksbuild.2", "v%s.0-eksbuild.2", "v%s.3-eksbuild.1"),
            "eks-pod-identity-agent", new Offer("v1.3.8-eksbuild.2", "v1.3.10-eksbuild.1", "v1.4.0-eksbuild.1"),
            "aws-ebs-csi-driver", new Offer("v1.47.0-eksbuild.1", "v1.52.0-eksbuild.1", "v1.53.0-eksbuild.1"),
            "aws-efs-csi-driver", new Offer("v2.1.11-eksbuild.1", "v2.2.0-eksbuild.1", "v2.3.0-eksbuild.1"),
            "snapshot-controller", new Offer("v8.3.0-eksbuild.1", "v8.4.0-eksbuild.1", "v8.5.0-eksbuild.1"),
            "metrics-server", new Offer("v0.8.0-eksbuild.1", "v0.8.1-eksbuild.1", "v0.8.2-eksbuild.1"),
            "amazon-cloudwatch-observability",
                    new Offer("v4.3.1-eksbuild.1", "v4.8.0-eksbuild.1", "v4.9.0-eksbuild.1"));

    /** The first Kubernetes version whose add-ons have a newer default. */
    private static final int NEWER = 36;

    private record Offer(String before, String since, String newest) {

        /** The default first. */
        List<String> versions(String kubernetesVersion) {
            int minor = Integer.parseInt(kubernetesVersion.substring("1.".length()));
            return Stream.of(minor < NEWER ? before : since, newest)
                    .map(version -> version.formatted(kubernetesVersion))
                    .toList();
        }
    }

    private EksAddonVersions() {}

    /** The version that an add-on gets when none is named, or nothing when EKS has no such add-on. */
    static Optional<String> defaultVersion(String addon, String kubernetesVersion) {
        return Optional.ofNullable(OFFERS.get(addon))
                .map(offer -> offer.versions(kubernetesVersion).get(0));
    }

    /**
     * EKS takes no other versions.
     *
     * @throws EksRefusal when it is none that supports the Kubernetes version
     */
    static void check(String addon, String version, String kubernetesVersion) {
        Offer offer = OFFERS.get(addon);
        if (offer == null || !offer.versions(kubernetesVersion).contains(version)) {
            throw EksRefusal.invalidParameter("Addon version " + version + " of " + addon + " is not supported in "
                    + kubernetesVersion + " kubernetes version");
        }
    }

    /** The answer of DescribeAddonVersions, the newest version first. */
    static ObjectNode describe(String addon, String kubernetesVersion) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode addons = answer.putArray("addons");
        Offer offer = OFFERS.get(addon);
        if (offer != null) {
            List<String> versions = offer.versions(kubernetesVersion);
            ArrayNode offered = addons.addObject()
                    .put("addonName", addon)
                    .put("type", "networking")
                    .putArray("addonVersions");
            IntStream.iterate(versions.size() - 1, i -> i >= 0, i -> i - 1).forEach(i -> {
                ObjectNode version = offered.addObject().put("addonVersion", versions.get(i));
                version.putArray("architecture").add("amd64").add("arm64");
                version.putArray("compatibilities")
                        .addObject()
                        .put("clusterVersion", kubernetesVersion)
                        .put("defaultVersion", i == 0);
            });
        }
        return answer;
    }
}
