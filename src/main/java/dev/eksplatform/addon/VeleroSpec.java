package dev.eksplatform.addon;

import dev.eksplatform.cluster.KmsKeyArn;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.BucketName;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Velero, which backs up Kubernetes objects and volumes. Without {@code bucket}, a bucket is created for the backups. Source: <a
 * href="https://github.com/vmware-tanzu/velero-plugin-for-aws">the plugin for AWS</a>.
 *
 * @param chart its chart
 * @param bucket an existing bucket in the region of the cluster; default a new one that is named after cluster, account and region
 * @param prefix the folder in the bucket; default none. Clusters that share a bucket need one each
 * @param kmsKey the key that encrypts the bucket; default the key of Amazon S3
 * @param forceDestroy whether a destroy deletes the created bucket with the backups in it, instead of failing; default false
 * @param snapshots how volumes are backed up; default {@code ebs}
 * @param volumeKeys the keys of encrypted volumes, for {@code snapshots: ebs}; default none
 * @param fileSystemBackups whether an agent on each node can back up the files of volumes without snapshots, such as those on EFS; default false.
 *     Pods choose their volumes by an annotation
 * @param schedules when which backup is created, by name; default none
 * @param pluginImage the image of the plugin for AWS, whose version belongs to that of Velero
 * @param identity its AWS permissions; {@code policies} replace the policy of the catalogue
 */
@RecordBuilder
@YamlForm(key = VeleroSpec.NAME)
@Example("{schedules: {daily: {cron: 0 2 * * *}}}")
public record VeleroSpec(
        @YamlInline ChartSettings chart,

        @Example("shop-backups") Optional<BucketName> bucket,

        @Example("shop") @Limit(pattern = VeleroSpec.PREFIX) Optional<String> prefix,

        @Example("arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
        Optional<KmsKeyArn> kmsKey,

        @Example("true") boolean forceDestroy,

        @Example("csi") Snapshots snapshots,

        @Example("['arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab']")
        List<KmsKeyArn> volumeKeys,

        @Example("true") boolean fileSystemBackups,

        @Example("{daily: {cron: 0 2 * * *, retentionDays: 30}}") @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, VeleroSchedule> schedules,

        @Example("registry.example.com/velero/velero-plugin-for-aws:v1.14.3") @Limit(pattern = VeleroSpec.IMAGE)
        String pluginImage,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, VeleroSpecBuilder.With {

    /** The release's name, which is also the name of its ServiceAccount. */
    public static final String NAME = "velero";

    private static final String REPOSITORY = "https://vmware-tanzu.github.io/helm-charts";
    private static final String VERSION = "12.1.0";

    /** The line for Velero 1.18, which the chart installs. */
    private static final String PLUGIN = "velero/velero-plugin-for-aws:v1.14.3";

    private static final String PREFIX = "^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$";
    private static final String IMAGE = "^[^\\s:@]+(:[0-9]+/[^\\s:@]+)?(:[A-Za-z0-9_.-]+)?(@sha256:[0-9a-f]{64})?$";
    private static final Pattern PREFIX_FORM = Pattern.compile(PREFIX);
    private static final Pattern IMAGE_FORM = Pattern.compile(IMAGE);
    private static final String BUCKET = "bucket";
    private static final List<String> RESERVED = List.of(
            "configuration.backupStorageLocation",
            "configuration.volumeSnapshotLocation",
            "credentials.useSecret",
            "initContainers",
            "schedules",
            "serviceAccount.server.create",
            "serviceAccount.server.name",
            "serviceAccount.server.annotations");

    /** How volumes are backed up. */
    public enum Snapshots {
        /** Snapshots of EBS volumes of the EBS CSI driver, which Velero creates itself. */
        EBS,
        /**
         * Snapshots of the volumes' CSI driver, for volumes of EKS Auto Mode, too. Needs the EKS add-on {@code snapshot-controller} and a
         * VolumeSnapshotClass with the label {@code velero.io/csi-volumesnapshot-class}.
         */
        CSI,
        /** No snapshots. */
        NONE
    }

    /** Checks names, keys and overrides, and that settings of the created bucket are not those of an existing one. */
    public VeleroSpec {
        Components.required("chart", chart, "snapshots", snapshots, "pluginImage", pluginImage, "identity", identity);
        volumeKeys = Components.list("volumeKeys", volumeKeys);
        schedules = Components.map("schedules", schedules);
        Problems problems = new Problems();
        prefix.ifPresent(folder -> problems.match(
                "prefix",
                folder,
                PREFIX_FORM,
                "a folder of a bucket",
                "letters, digits and _.-/",
                "write it like shop"));
        problems.match(
                "pluginImage",
                pluginImage,
                IMAGE_FORM,
                "an image",
                "REGISTRY/NAME:TAG",
                "write it like registry.example.com/velero/velero-plugin-for-aws:v1.14.3");
        if (bucket.isPresent() && forceDestroy) {
            problems.add(
                    PropertyPath.of("forceDestroy"),
                    "true with an existing bucket, which this environment never deletes",
                    "remove one of them");
        }
        if (snapshots != Snapshots.EBS && !volumeKeys.isEmpty()) {
            problems.add(
                    PropertyPath.of("volumeKeys"),
                    "keys without snapshots: ebs: the CSI driver uses those of its own role",
                    "remove it");
        }
        schedules.keySet().forEach(name -> {
            if (!DnsName.isLabel(name)) {
                problems.add(
                        PropertyPath.of("schedules", name),
                        "\"" + name + "\" is not a name",
                        DnsName.ALLOWED_LABEL,
                        "write it like daily");
            }
        });
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static VeleroSpec standard() {
        return new VeleroSpec(
                ChartSettings.of(VERSION, REPOSITORY),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Snapshots.EBS,
                List.of(),
                false,
                Map.of(),
                PLUGIN,
                ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return List.of(new EndpointService("s3"));
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        String name = bucket.map(BucketName::value).orElseGet(() -> AddonBucketSpec.nameOf(context, NAME));
        AddonController controller =
                identity.controller(new ServiceAccountName(NAME, NAME), Map.of(), () -> policy(context, name));
        Map<String, AddonResource> resources = bucket.isPresent()
                ? Map.of()
                : Map.of(
                        BUCKET,
                        AddonBucketSpec.of(name)
                                .withKmsKey(kmsKey.map(KmsKeyArn::value))
                                .withForceDestroy(forceDestroy));
        return HelmAddon.of(this, NAME, NAME, release -> chartValues(context.region(), name))
                .withPodSecurity(
                        Optional.of(fileSystemBackups ? PodSecurityLevel.PRIVILEGED : PodSecurityLevel.BASELINE))
                .withControllers(List.of(controller))
                .withResources(resources)
                .withOutputs(Map.of(
                        "velero_bucket", new HelmAddon.Output("Name of the bucket with the backups of Velero", name)));
    }

    private PolicyDocument policy(AddonContext context, String name) {
        boolean ebs = snapshots == Snapshots.EBS;
        return PolicyCatalogue.of(NAME)
                .latest()
                .renderLists(
                        context.partition(),
                        Map.of(
                                "bucket",
                                List.of(name),
                                "folder",
                                List.of(prefix.map(folder -> folder + "/*").orElse("*")),
                                "bucketKeys",
                                kmsKey.map(KmsKeyArn::value).map(List::of).orElse(List.of()),
                                "regions",
                                ebs ? List.of(context.region()) : List.of(),
                                "any",
                                ebs ? List.of("*") : List.of(),
                                "volumeKeys",
                                volumeKeys.stream().map(KmsKeyArn::value).toList()));
    }

    private Map<String, Object> chartValues(String region, String name) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("region", region);
        kmsKey.ifPresent(key -> config.put("kmsKeyId", key.value()));
        Map<String, Object> location = new LinkedHashMap<>();
        location.put("name", "default");
        location.put("default", true);
        location.put("provider", "aws");
        location.put("bucket", name);
        prefix.ifPresent(folder -> location.put("prefix", folder));
        location.put("config", config);
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("backupStorageLocation", List.of(location));
        Map<String, Object> volumes = new LinkedHashMap<>();
        volumes.put("name", "default");
        volumes.put("provider", "aws");
        volumes.put("config", Map.of("region", region));
        configuration.put("volumeSnapshotLocation", snapshots == Snapshots.EBS ? List.of(volumes) : List.of());
        if (snapshots == Snapshots.CSI) {
            configuration.put("features", "EnableCSI");
        }
        Map<String, Object> security = new LinkedHashMap<>();
        security.put("allowPrivilegeEscalation", false);
        security.put("capabilities", Map.of("drop", List.of("ALL")));
        security.put("seccompProfile", Map.of("type", "RuntimeDefault"));
        Map<String, Object> plugin = new LinkedHashMap<>();
        plugin.put("name", "velero-plugin-for-aws");
        plugin.put("image", pluginImage);
        plugin.put("securityContext", security);
        plugin.put("volumeMounts", List.of(Map.of("mountPath", "/target", "name", "plugins")));
        Map<String, Object> backups = new LinkedHashMap<>();
        schedules.forEach((schedule, spec) -> backups.put(schedule, spec.values(snapshots != Snapshots.NONE)));
        Map<String, Object> linux = Map.of("kubernetes.io/os", "linux");
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("configuration", configuration);
        own.put("containerSecurityContext", security);
        own.put("credentials", Map.of("useSecret", false));
        own.put("deployNodeAgent", fileSystemBackups);
        own.put("initContainers", List.of(plugin));
        own.put("nodeSelector", linux);
        own.put("nodeAgent", Map.of("nodeSelector", linux));
        own.put("schedules", backups);
        own.put("serviceAccount", Map.of("server", Map.of("create", false, "name", NAME)));
        own.put("snapshotsEnabled", snapshots == Snapshots.EBS);
        // Helm does not upgrade the CRDs of crds/; deleting them with the release would delete the backups' objects.
        own.put("upgradeCRDs", true);
        own.put("cleanUpCRDs", false);
        return own;
    }
}
