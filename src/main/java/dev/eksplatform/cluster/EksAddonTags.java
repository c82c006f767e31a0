package dev.eksplatform.cluster;

import dev.eksplatform.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * Tags of what EKS add-ons create in AWS, which the provider's default tags do not reach: the volumes of the EBS CSI driver,
 * and the network interfaces that the VPC CNI attaches to nodes. (The add-on of the EFS CSI driver has no such setting, and
 * its managed policy forbids other tags.)
 */
@API(status = API.Status.INTERNAL)
public final class EksAddonTags {

    /** What the EBS add-on's configuration schema allows ({@code aws eks describe-addon-configuration}). */
    private static final Pattern ALLOWED = Pattern.compile("[a-zA-Z0-9 _.:/=+@-]*");

    /**
     * Keys of the EBS CSI driver itself, with which it does not start. Source: <a
     * href="https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md">tagging</a>.
     */
    private static final Pattern OF_EBS = Pattern.compile(
            "kubernetes\\.io.*|aws:.*|CSIVolumeName|CSIVolumeSnapshotName|ebs\\.csi\\.aws\\.com/cluster");

    /**
     * Keys of the VPC CNI itself. Source: <a
     * href="https://github.com/aws/amazon-vpc-cni-k8s#additional_eni_tags-v160">ADDITIONAL_ENI_TAGS</a>.
     */
    private static final Pattern OF_CNI = Pattern.compile(".*k8s\\.amazonaws\\.com.*");

    private EksAddonTags() {}

    /**
     * Gives add-ons the tags of what they create. Tags that an add-on does not accept are left out; what the add-on's own
     * configuration says wins.
     *
     * @param addons the EKS add-ons of a cluster, without those that every cluster has
     * @param tags the tags
     * @return the add-ons
     */
    public static Map<EksAddonName, EksAddonSpec> add(
            Map<EksAddonName, EksAddonSpec> addons, Map<String, String> tags) {
        Map<String, String> ofVolumes = new TreeMap<>(tags);
        ofVolumes
                .entrySet()
                .removeIf(tag -> !ALLOWED.matcher(tag.getKey() + tag.getValue()).matches()
                        || OF_EBS.matcher(tag.getKey()).matches());
        Map<String, String> ofInterfaces = new TreeMap<>(tags);
        ofInterfaces.keySet().removeIf(key -> OF_CNI.matcher(key).matches());

        Map<EksAddonName, EksAddonSpec> tagged = new LinkedHashMap<>(addons);
        if (!ofInterfaces.isEmpty()) {
            EksAddonSpec cni = addons.getOrDefault(EksAddonName.VPC_CNI, EksAddonSpec.standard());
            tagged.put(
                    EksAddonName.VPC_CNI,
                    with(cni, Map.of("env", Map.of("ADDITIONAL_ENI_TAGS", Json.compact(ofInterfaces)))));
        }
        EksAddonSpec ebs = addons.get(EksAddonName.AWS_EBS_CSI_DRIVER);
        if (ebs != null && !ofVolumes.isEmpty()) {
            tagged.put(
                    EksAddonName.AWS_EBS_CSI_DRIVER,
                    with(ebs, Map.of("controller", Map.of("extraVolumeTags", ofVolumes))));
        }
        return tagged;
    }

    private static EksAddonSpec with(EksAddonSpec addon, Map<String, Object> defaults) {
        return addon.withConfiguration(Json.merge(defaults, addon.configuration()));
    }
}
