package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A class of volumes each of which is a file system of FSx for Lustre. Source: <a
 * href="https://github.com/kubernetes-sigs/aws-fsx-csi-driver/tree/master/examples/kubernetes/dynamic_provisioning">dynamic provisioning with the
 * FSx for Lustre CSI driver</a>.
 *
 * @param settings what all classes have; by default volumes are created with their claims
 * @param subnetId the subnet of the file systems
 * @param securityGroupIds the security groups of the file systems, which must let the nodes connect to ports 988 and 1018 to 1023
 * @param deploymentType how durable the file systems are
 * @param throughputMibps throughput in MiB a second for each TiB of storage, for the persistent types; default that of the type
 * @param kmsKeyArn the KMS key of the encryption, for the persistent types; default that of the account for FSx
 * @param compression whether data are compressed with LZ4; default false
 * @param lustreVersion the version of Lustre; default that of FSx for the type
 * @param backupDays how many days automatic backups are kept, for the persistent types; 0 for none, default that of FSx
 * @param expandable whether claims may ask for more later; default true
 * @param tags tags of the file systems; default none
 */
@RecordBuilder
@YamlForm(key = "lustre")
@Example("{subnetId: subnet-0a1b2c3d4e5f60718, securityGroupIds: [sg-0a1b2c3d4e5f60718]}")
public record LustreClassSpec(
        @YamlInline StorageClassSettings settings,

        @Example("subnet-0a1b2c3d4e5f60718") @Limit(pattern = LustreClassSpec.SUBNET)
        String subnetId,

        @Example("[sg-0a1b2c3d4e5f60718]") @Limit(pattern = GivenId.SECURITY_GROUP_PATTERN, unique = true, minItems = 1)
        List<String> securityGroupIds,

        @Example("persistent-2") DeploymentType deploymentType,

        @Example("250") @Limit(min = 12, max = LustreClassSpec.MOST_THROUGHPUT)
        Optional<Integer> throughputMibps,

        @Example("arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f")
        @Limit(pattern = "^arn:aws[a-z-]*:kms:.+$")
        Optional<String> kmsKeyArn,

        @Example("true") boolean compression,

        @Example("\"2.15\"") @Limit(pattern = "^2\\.[0-9]{2}$")
        Optional<String> lustreVersion,

        @Example("7") @Limit(min = 0, max = LustreClassSpec.MOST_DAYS)
        Optional<Integer> backupDays,

        @Example("false") boolean expandable,

        @Example("{team: payments}") Map<String, String> tags)
        implements StorageClassSource, LustreClassSpecBuilder.With {

    private static final int MOST_THROUGHPUT = 1_000;
    private static final int MOST_DAYS = 90;
    private static final String SUBNET = "^subnet-[0-9a-f]{8,40}$";
    private static final Pattern SUBNET_ID = Pattern.compile(SUBNET);
    private static final Pattern KEY = Pattern.compile("arn:aws[a-z-]*:kms:.+");
    private static final Pattern VERSION = Pattern.compile("2\\.[0-9]{2}");
    private static final List<String> TYPED = List.of(
            "subnetId",
            "securityGroupIds",
            "deploymentType",
            "perUnitStorageThroughput",
            "kmsKeyId",
            "dataCompressionType",
            "fileSystemTypeVersion",
            "automaticBackupRetentionDays",
            "extraTags");

    /** How durable file systems are. */
    public enum DeploymentType {
        /** For temporary data, of the first generation. */
        SCRATCH_1,
        /** For temporary data: a file server that fails takes its data with it. */
        SCRATCH_2,
        /** For lasting data, of the first generation. */
        PERSISTENT_1,
        /** For lasting data: replicated in its zone. */
        PERSISTENT_2;

        boolean isPersistent() {
            return this == PERSISTENT_1 || this == PERSISTENT_2;
        }
    }

    /** Checks IDs, and that the type has the settings. */
    public LustreClassSpec {
        Components.required("settings", settings, "subnetId", subnetId, "deploymentType", deploymentType);
        securityGroupIds = Components.list("securityGroupIds", securityGroupIds);
        tags = Components.map("tags", tags);
        Problems problems = new Problems();
        problems.match(
                PropertyPath.of("subnetId"),
                subnetId,
                SUBNET_ID,
                "the ID of a subnet",
                "subnet- and 8 to 40 hexadecimal digits",
                "copy it from `aws ec2 describe-subnets`");
        problems.once(PropertyPath.of("securityGroupIds"), securityGroupIds, "security group");
        if (securityGroupIds.isEmpty()) {
            problems.add(
                    PropertyPath.of("securityGroupIds"),
                    "no security group",
                    "add one that lets the nodes connect to ports 988 and 1018 to 1023");
        }
        kmsKeyArn.ifPresent(arn -> problems.match(
                "kmsKeyArn",
                arn,
                KEY,
                "the ARN of a KMS key",
                "arn:aws:kms:REGION:ACCOUNT:key/ID",
                "copy it from `aws kms describe-key`"));
        lustreVersion.ifPresent(version -> problems.match(
                "lustreVersion", version, VERSION, "a version of Lustre", "2.NN", "write it like \"2.15\""));
        if (!deploymentType.isPersistent()) {
            persistentOnly("throughputMibps", throughputMibps, deploymentType, problems);
            persistentOnly("kmsKeyArn", kmsKeyArn, deploymentType, problems);
            persistentOnly("backupDays", backupDays, deploymentType, problems);
        }
        tags.forEach((key, value) -> {
            if ((key + value).contains(",") || key.contains("=")) {
                problems.add(
                        PropertyPath.of("tags", key),
                        "a comma, or = in the key: the driver separates tags by them",
                        "remove it");
            }
        });
        ClusterObjects.checkTags(tags, problems);
        settings.checkParameters(TYPED, problems);
        problems.throwIfAny();
    }

    private static void persistentOnly(String property, Optional<?> value, DeploymentType type, Problems problems) {
        if (value.isPresent()) {
            problems.add(
                    property,
                    "not with " + word(type),
                    "persistent-1 and persistent-2",
                    "remove it, or change deploymentType");
        }
    }

    private static String word(DeploymentType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * File systems for temporary data.
     *
     * @param subnetId the subnet of the file systems
     * @param securityGroupIds the security groups of the file systems
     * @return the class with its defaults
     */
    @Defaults
    public static LustreClassSpec of(String subnetId, List<String> securityGroupIds) {
        return new LustreClassSpec(
                StorageClassSettings.of(StorageClassSettings.BindingMode.IMMEDIATE),
                subnetId,
                securityGroupIds,
                DeploymentType.SCRATCH_2,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                true,
                Map.of());
    }

    @Override
    public EksAddonName driver() {
        return EksAddonName.AWS_FSX_CSI_DRIVER;
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> parameters = new TreeMap<>();
        parameters.put("subnetId", subnetId);
        parameters.put("securityGroupIds", String.join(",", securityGroupIds));
        parameters.put("deploymentType", deploymentType.name());
        throughputMibps.ifPresent(value -> parameters.put("perUnitStorageThroughput", value.toString()));
        kmsKeyArn.ifPresent(arn -> parameters.put("kmsKeyId", arn));
        if (compression) {
            parameters.put("dataCompressionType", "LZ4");
        }
        lustreVersion.ifPresent(version -> parameters.put("fileSystemTypeVersion", version));
        backupDays.ifPresent(days -> parameters.put("automaticBackupRetentionDays", days.toString()));
        if (!tags.isEmpty()) {
            parameters.put(
                    "extraTags",
                    new TreeMap<>(tags)
                            .entrySet().stream()
                                    .map(tag -> tag.getKey() + "=" + tag.getValue())
                                    .collect(Collectors.joining(",")));
        }
        Map<String, Object> fields = settings.withOption("flock", true).fields("fsx.csi.aws.com", parameters);
        fields.put("allowVolumeExpansion", expandable);
        return fields;
    }
}
