package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A class of volumes on EBS, always encrypted, which the EBS CSI driver or EKS Auto Mode creates. Sources: <a
 * href="https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md">parameters of the EBS CSI driver</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/create-storage-class.html">storage classes of EKS Auto Mode</a>.
 *
 * @param settings what all classes have; by default volumes are created when they are used
 * @param type the type of the volumes; default {@code gp3}
 * @param iops I/O operations a second of a volume of type gp3, io1 or io2; default that of the type
 * @param throughputMibps throughput of a gp3 volume in MiB a second; default 125
 * @param kmsKeyArn the KMS key of the encryption; default that of the account for EBS. The key policy must let the cluster role use it
 * @param fileSystem the file system; default {@code ext4}
 * @param expandable whether claims may ask for more later; default true
 * @param zones the zones in which volumes are created; default that of the node
 * @param tags tags of the volumes, beside those of the environment; default none
 */
@RecordBuilder
public record StorageClassSpec(
        @YamlInline StorageClassSettings settings,

        @Example("io2") VolumeType type,

        @Example("6000") @Limit(min = 100, max = StorageClassSpec.MOST_IOPS)
        Optional<Integer> iops,

        @Example("250") @Limit(min = 125, max = StorageClassSpec.MOST_THROUGHPUT)
        Optional<Integer> throughputMibps,

        @Example("arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f")
        @Limit(pattern = "^arn:aws[a-z-]*:kms:.+$")
        Optional<String> kmsKeyArn,

        @Example("xfs") FileSystem fileSystem,

        @Example("false") boolean expandable,

        @Example("[eu-central-1a]") @Limit(unique = true) List<Zone> zones,

        @Example("{example.com/team: payments}") Map<String, String> tags)
        implements StorageClassSource, StorageClassSpecBuilder.With {

    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final List<String> TYPED =
            List.of("type", "encrypted", "csi.storage.k8s.io/fstype", "fsType", "iops", "throughput", "kmsKeyId");
    private static final int MOST_IOPS = 256_000;
    private static final int MOST_THROUGHPUT = 2_000;

    /** Types of EBS volumes. */
    public enum VolumeType {
        /** General purpose SSD. */
        GP3,
        /** Provisioned IOPS SSD of the first generation. */
        IO1,
        /** Provisioned IOPS SSD. */
        IO2,
        /** Throughput optimized HDD. */
        ST1,
        /** Cold HDD. */
        SC1
    }

    /** File systems of volumes. */
    public enum FileSystem {
        /** The fourth extended file system. */
        EXT4,
        /** The file system of XFS. */
        XFS
    }

    /** Checks that the type has the settings, the key and tags. */
    public StorageClassSpec {
        Components.required("settings", settings);
        zones = Components.list("zones", zones);
        tags = Components.map("tags", tags);
        Problems problems = new Problems();
        problems.once(PropertyPath.of("zones"), zones, "zone");
        settings.checkParameters(TYPED, problems);
        boolean provisioned = type == VolumeType.IO1 || type == VolumeType.IO2;
        if (iops.isPresent() && !provisioned && type != VolumeType.GP3) {
            problems.add("iops", "volumes of type " + word(type) + " have no iops", "gp3, io1, io2", "remove iops");
        } else if (iops.isEmpty() && provisioned) {
            problems.add(PropertyPath.of("iops"), "volumes of type " + word(type) + " need iops", "add iops: 3000");
        }
        if (throughputMibps.isPresent() && type != VolumeType.GP3) {
            problems.add(
                    "throughputMibps",
                    "volumes of type " + word(type) + " have no throughput of their own",
                    "gp3",
                    "remove throughputMibps");
        }
        kmsKeyArn
                .filter(arn -> !arn.matches("arn:aws[a-z-]*:kms:.+"))
                .ifPresent(arn -> problems.add(
                        "kmsKeyArn",
                        "\"" + arn + "\" is not the ARN of a KMS key",
                        "arn:aws:kms:REGION:ACCOUNT:key/ID",
                        "copy it from `aws kms describe-key`"));
        ClusterObjects.checkTags(tags, problems);
        problems.throwIfAny();
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Volumes of type gp3.
     *
     * @return the defaults
     */
    @Defaults
    public static StorageClassSpec standard() {
        return new StorageClassSpec(
                StorageClassSettings.of(StorageClassSettings.BindingMode.WAIT_FOR_FIRST_CONSUMER),
                VolumeType.GP3,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                FileSystem.EXT4,
                true,
                List.of(),
                Map.of());
    }

    @Override
    public EksAddonName driver() {
        return EksAddonName.AWS_EBS_CSI_DRIVER;
    }

    @Override
    public Map<String, Object> fields() {
        return fields("ebs.csi.aws.com", List.of());
    }

    /** The fields of a class of EKS Auto Mode, whose driver runs on its own nodes only. */
    Map<String, Object> fieldsOfAutoMode() {
        return fields(
                "ebs.csi." + ClusterObjects.EKS_GROUP,
                List.of(label(ClusterObjects.EKS_GROUP + "/compute-type", List.of("auto"))));
    }

    private Map<String, Object> fields(String provisioner, List<Map<String, Object>> topology) {
        Map<String, Object> fields = settings.fields(provisioner, parameters());
        fields.put("allowVolumeExpansion", expandable);
        List<Map<String, Object>> labels = new ArrayList<>(topology);
        if (!zones.isEmpty()) {
            labels.add(label(ZONE, zones.stream().map(Zone::name).toList()));
        }
        if (!labels.isEmpty()) {
            fields.put("allowedTopologies", List.of(Map.of("matchLabelExpressions", labels)));
        }
        return fields;
    }

    private static Map<String, Object> label(String key, List<String> values) {
        Map<String, Object> label = new LinkedHashMap<>();
        label.put("key", key);
        label.put("values", values);
        return label;
    }

    private Map<String, Object> parameters() {
        Map<String, Object> parameters = new TreeMap<>();
        parameters.put("type", word(type));
        parameters.put("encrypted", "true");
        parameters.put("csi.storage.k8s.io/fstype", word(fileSystem));
        iops.ifPresent(number -> parameters.put("iops", String.valueOf(number)));
        throughputMibps.ifPresent(number -> parameters.put("throughput", String.valueOf(number)));
        kmsKeyArn.ifPresent(arn -> parameters.put("kmsKeyId", arn));
        int[] count = {0};
        new TreeMap<>(tags)
                .forEach((key, value) -> parameters.put("tagSpecification_" + ++count[0], key + "=" + value));
        return parameters;
    }
}
