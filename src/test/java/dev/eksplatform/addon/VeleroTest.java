package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.cluster.KmsKeyArn;
import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.identity.BucketName;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VeleroTest {

    private static final VeleroSpec STANDARD = VeleroSpec.standard();
    private static final String BUCKET_KEY =
            "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String VOLUME_KEY =
            "arn:aws:kms:eu-central-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab";

    private static Set<String> actions(Set<List<String>> grants) {
        return grants.stream().map(grant -> grant.get(0)).collect(Collectors.toSet());
    }

    @Test
    void minimal() {
        HelmAddon addon = STANDARD.resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"cleanUpCRDs\":false,"
                        + "\"configuration\":{\"backupStorageLocation\":[{\"bucket\":\"shop-velero-111122223333-eu-central-1\","
                        + "\"config\":{\"region\":\"eu-central-1\"},\"default\":true,\"name\":\"default\","
                        + "\"provider\":\"aws\"}],"
                        + "\"volumeSnapshotLocation\":[{\"config\":{\"region\":\"eu-central-1\"},"
                        + "\"name\":\"default\",\"provider\":\"aws\"}]},"
                        + "\"containerSecurityContext\":{\"allowPrivilegeEscalation\":false,"
                        + "\"capabilities\":{\"drop\":[\"ALL\"]},"
                        + "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}},"
                        + "\"credentials\":{\"useSecret\":false},\"deployNodeAgent\":false,"
                        + "\"initContainers\":[{\"image\":\"velero/velero-plugin-for-aws:v1.14.3\","
                        + "\"name\":\"velero-plugin-for-aws\","
                        + "\"securityContext\":{\"allowPrivilegeEscalation\":false,"
                        + "\"capabilities\":{\"drop\":[\"ALL\"]},"
                        + "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}},"
                        + "\"volumeMounts\":[{\"mountPath\":\"/target\",\"name\":\"plugins\"}]}],"
                        + "\"nodeAgent\":{\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"}},"
                        + "\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},\"schedules\":{},"
                        + "\"serviceAccount\":{\"server\":{\"create\":false,\"name\":\"velero\"}},"
                        + "\"snapshotsEnabled\":true,\"upgradeCRDs\":true}");
        assertThat(addon.repository() + "/" + addon.chart() + " " + addon.version() + " " + addon.namespace())
                .isEqualTo("https://vmware-tanzu.github.io/helm-charts/velero 12.1.0 velero");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.BASELINE);
        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(addon.resources())
                .isEqualTo(Map.of("bucket", AddonBucketSpec.of("shop-velero-111122223333-eu-central-1")));
        assertThat(addon.outputs()).hasEntrySatisfying("velero_bucket", output -> assertThat(output.value())
                .isEqualTo("shop-velero-111122223333-eu-central-1"));
        assertThat(STANDARD.endpointServices()).containsExactly(new EndpointService("s3"));
    }

    /** What the documentation grants on everything, limited to the bucket, the region and the snapshots of Velero. */
    @Test
    void itsPermissionsAreTheDocumentedOnesForItsBucketAndItsSnapshots() {
        Set<List<String>> own = TestAddons.grants(STANDARD.resolve(TestAddons.AWS));
        Set<List<String>> documented = GrantFacts.documented("velero", "v1.14.3.aws");

        assertThat(actions(own)).isEqualTo(actions(documented));
        String objects = "arn:aws:s3:::shop-velero-111122223333-eu-central-1/*";
        String volumes = "arn:aws:ec2:eu-central-1:*:volume/*";
        String snapshots = "arn:aws:ec2:eu-central-1:*:snapshot/*";
        String whatItCreates = "{\"StringEquals\":{\"ec2:CreateAction\":[\"CreateSnapshot\",\"CreateVolume\"]}}";
        assertThat(own)
                .containsExactlyInAnyOrder(
                        List.of("s3:AbortMultipartUpload", objects, ""),
                        List.of("s3:DeleteObject", objects, ""),
                        List.of("s3:GetObject", objects, ""),
                        List.of("s3:ListMultipartUploadParts", objects, ""),
                        List.of("s3:PutObject", objects, ""),
                        List.of("s3:PutObjectTagging", objects, ""),
                        List.of("s3:ListBucket", "arn:aws:s3:::shop-velero-111122223333-eu-central-1", ""),
                        List.of("ec2:DescribeSnapshots", "*", ""),
                        List.of("ec2:DescribeVolumes", "*", ""),
                        List.of("ec2:CreateSnapshot", volumes, ""),
                        List.of("ec2:CreateSnapshot", snapshots, ""),
                        List.of("ec2:CreateVolume", volumes, ""),
                        List.of("ec2:CreateVolume", snapshots, ""),
                        List.of("ec2:CreateTags", volumes, whatItCreates),
                        List.of("ec2:CreateTags", snapshots, whatItCreates),
                        List.of(
                                "ec2:DeleteSnapshot",
                                snapshots,
                                "{\"Null\":{\"aws:ResourceTag/velero.io/backup\":[\"false\"]}}"));
    }

    @Test
    void full() {
        HelmAddon addon = STANDARD.withPrefix(Optional.of("shop"))
                .withKmsKey(Optional.of(KmsKeyArn.parse(BUCKET_KEY)))
                .withVolumeKeys(List.of(KmsKeyArn.parse(VOLUME_KEY)))
                .withForceDestroy(true)
                .withFileSystemBackups(true)
                .withSchedules(Map.of("daily", VeleroSchedule.of("0 2 * * *")))
                .resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"cleanUpCRDs\":false,"
                        + "\"configuration\":{\"backupStorageLocation\":[{\"bucket\":\"shop-velero-111122223333-eu-central-1\","
                        + "\"config\":{\"kmsKeyId\":\"arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\","
                        + "\"region\":\"eu-central-1\"},\"default\":true,\"name\":\"default\","
                        + "\"prefix\":\"shop\",\"provider\":\"aws\"}],"
                        + "\"volumeSnapshotLocation\":[{\"config\":{\"region\":\"eu-central-1\"},"
                        + "\"name\":\"default\",\"provider\":\"aws\"}]},"
                        + "\"containerSecurityContext\":{\"allowPrivilegeEscalation\":false,"
                        + "\"capabilities\":{\"drop\":[\"ALL\"]},"
                        + "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}},"
                        + "\"credentials\":{\"useSecret\":false},\"deployNodeAgent\":true,"
                        + "\"initContainers\":[{\"image\":\"velero/velero-plugin-for-aws:v1.14.3\","
                        + "\"name\":\"velero-plugin-for-aws\","
                        + "\"securityContext\":{\"allowPrivilegeEscalation\":false,"
                        + "\"capabilities\":{\"drop\":[\"ALL\"]},"
                        + "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}},"
                        + "\"volumeMounts\":[{\"mountPath\":\"/target\",\"name\":\"plugins\"}]}],"
                        + "\"nodeAgent\":{\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"}},"
                        + "\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},"
                        + "\"schedules\":{\"daily\":{\"schedule\":\"0 2 * * *\","
                        + "\"template\":{\"includedNamespaces\":[\"*\"],\"snapshotVolumes\":true,"
                        + "\"storageLocation\":\"default\",\"ttl\":\"720h0m0s\"}}},"
                        + "\"serviceAccount\":{\"server\":{\"create\":false,\"name\":\"velero\"}},"
                        + "\"snapshotsEnabled\":true,\"upgradeCRDs\":true}");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.PRIVILEGED);
        assertThat(addon.resources())
                .isEqualTo(Map.of(
                        "bucket",
                        AddonBucketSpec.of("shop-velero-111122223333-eu-central-1")
                                .withKmsKey(Optional.of(BUCKET_KEY))
                                .withForceDestroy(true)));
        Set<List<String>> more = new HashSet<>(TestAddons.grants(addon));
        more.removeAll(TestAddons.grants(STANDARD.resolve(TestAddons.AWS)));
        assertThat(more)
                .contains(
                        List.of("s3:PutObject", "arn:aws:s3:::shop-velero-111122223333-eu-central-1/shop/*", ""),
                        List.of("kms:GenerateDataKey", BUCKET_KEY, ""),
                        List.of("kms:Decrypt", BUCKET_KEY, ""),
                        List.of("kms:ReEncryptFrom", VOLUME_KEY, ""),
                        List.of(
                                "kms:CreateGrant",
                                VOLUME_KEY,
                                "{\"Bool\":{\"kms:GrantIsForAWSResource\":[\"true\"]}}"));
    }

    @Test
    void anExistingBucketIsNotCreatedAndSnapshotsOfTheCsiDriverNeedNoPermissions() {
        HelmAddon addon = STANDARD.withBucket(Optional.of(BucketName.parse("shop-backups")))
                .withSnapshots(VeleroSpec.Snapshots.CSI)
                .withSchedules(Map.of(
                        "hourly",
                        VeleroSchedule.of("@hourly")
                                .withRetentionDays(2)
                                .withNamespaces(List.of("shop"))
                                .withExcludedNamespaces(List.of("kube-system"))
                                .withVolumes(false)
                                .withPaused(true)))
                .resolve(TestAddons.in(Partition.AWS_CN));

        assertThat(addon.resources()).isEmpty();
        assertThat(TestAddons.text(addon))
                .contains(
                        "\"bucket\":\"shop-backups\"",
                        "\"config\":{\"region\":\"cn-north-1\"}",
                        "\"features\":\"EnableCSI\"",
                        "\"volumeSnapshotLocation\":[]",
                        "\"schedules\":{\"hourly\":{\"paused\":true,\"schedule\":\"@hourly\",\"template\":{"
                                + "\"excludedNamespaces\":[\"kube-system\"],\"includedNamespaces\":[\"shop\"],"
                                + "\"snapshotVolumes\":false,\"storageLocation\":\"default\",\"ttl\":\"48h0m0s\"}}}");
        assertThat(actions(TestAddons.grants(addon))).allMatch(action -> action.startsWith("s3:"));
        assertThat(TestAddons.grants(addon))
                .extracting(grant -> grant.get(1))
                .containsOnly("arn:aws-cn:s3:::shop-backups", "arn:aws-cn:s3:::shop-backups/*");
    }

    /** Names of buckets are at most 63 lower case characters, in one namespace for all accounts. */
    @ParameterizedTest
    @CsvSource({
        "shop, shop-velero-111122223333-eu-central-1",
        "Shop_1, shop-1-938fed48-velero-111122223333-eu-central-1",
        "platform-of-the-shop-in-production, platform-of-the-shop-0b42d682-velero-111122223333-eu-central-1"
    })
    void aBucketIsNamedAfterItsClusterAccountAndRegion(String cluster, String bucket) {
        AddonContext context = TestAddons.AWS.withClusterName(cluster);

        assertThat(AddonBucketSpec.nameOf(context, "velero")).isEqualTo(bucket).hasSizeLessThanOrEqualTo(63);
    }

    private static TerraformStack bucket(AddonBucketSpec spec) {
        TerraformStack stack = TestStack.make();
        new AddonBucket(stack, "bucket", spec);
        return stack;
    }

    @Test
    void aBucketIsEncryptedVersionedAndPrivate() {
        TestStack.checkGolden("addon-bucket", bucket(AddonBucketSpec.of("shop-backups-111122223333")));
        TestStack.checkGolden(
                "addon-bucket-kms",
                bucket(AddonBucketSpec.of("shop-backups-111122223333")
                        .withKmsKey(Optional.of(BUCKET_KEY))
                        .withForceDestroy(true)));
    }

    @Test
    void whatIsWrongIsReported() {
        assertThat(ProblemsOf.making(() -> STANDARD.withPrefix(Optional.of("/shop"))))
                .containsExactly(
                        "prefix: \"/shop\" is not a folder of a bucket; allowed: letters, digits and _.-/; fix:"
                                + " write it like shop");
        assertThat(ProblemsOf.making(() -> STANDARD.withPluginImage("velero plugin")))
                .containsExactly(
                        "pluginImage: \"velero plugin\" is not an image; allowed: REGISTRY/NAME:TAG; fix: write"
                                + " it like registry.example.com/velero/velero-plugin-for-aws:v1.14.3");
        VeleroSpec existing = STANDARD.withBucket(Optional.of(BucketName.parse("shop-backups")));
        assertThat(ProblemsOf.making(() -> existing.withForceDestroy(true)))
                .containsExactly(
                        "forceDestroy: true with an existing bucket, which this environment never deletes; fix:"
                                + " remove one of them");
        assertThat(ProblemsOf.making(() -> STANDARD.withSnapshots(VeleroSpec.Snapshots.NONE)
                        .withVolumeKeys(List.of(KmsKeyArn.parse(VOLUME_KEY)))))
                .containsExactly(
                        "volumeKeys: keys without snapshots: ebs: the CSI driver uses those of its own role; fix:"
                                + " remove it");
        assertThat(ProblemsOf.making(() -> STANDARD.withSchedules(Map.of("Daily", VeleroSchedule.of("@daily")))))
                .containsExactly("schedules.Daily: \"Daily\" is not a name; allowed: 1 to 63 lower case letters, digits"
                        + " and -, with a letter or digit at both ends; fix: write it like daily");
    }

    @ParameterizedTest
    @ValueSource(strings = {"* * * *", "daily", "0 2 * * * *", "@every 5s", ""})
    void aScheduleHasFiveFieldsOrAName(String cron) {
        assertThat(ProblemsOf.making(() -> VeleroSchedule.of(cron)))
                .containsExactly("cron: \"" + cron + "\" is not a schedule; allowed: minute, hour, day of month, month,"
                        + " day of week; fix: write it like 0 2 * * *, in quotes where it begins with *");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/5 * * * *", "@daily", "@every 6h", "0 2 1,15 JAN-JUN MON-FRI"})
    void aScheduleIsOneThatVeleroReads(String cron) {
        assertThat(VeleroSchedule.of(cron).values(true)).containsEntry("schedule", cron);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3651})
    void aBackupIsKeptForDays(int days) {
        assertThat(ProblemsOf.making(() -> VeleroSchedule.of("@daily").withRetentionDays(days)))
                .containsExactly("retentionDays: " + days + "; allowed: 1 to 3650; fix: use 30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"initContainers", "schedules", "configuration", "serviceAccount"})
    void whatBindsItToBucketAndRoleIsNotOverridden(String path) {
        assertThat(ProblemsOf.making(() -> STANDARD.withChart(STANDARD.chart().withValues(Map.of(path, "x")))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("values." + path + ": an override of a value that the platform sets");
    }
}
