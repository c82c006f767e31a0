package dev.eksplatform.environment;

import dev.eksplatform.addon.AddonContext;
import dev.eksplatform.addon.AddonSpec;
import dev.eksplatform.addon.AdotSpec;
import dev.eksplatform.addon.AmpSpec;
import dev.eksplatform.addon.AwsForFluentBitSpec;
import dev.eksplatform.addon.CertManagerSpec;
import dev.eksplatform.addon.ContainerLogs;
import dev.eksplatform.addon.FargateLogRouter;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.addon.KubePrometheusStackSpec;
import dev.eksplatform.addon.KubecostSpec;
import dev.eksplatform.addon.PodSecurityLevel;
import dev.eksplatform.addon.PrometheusWorkspaceSpec;
import dev.eksplatform.cluster.ClusterSource;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonSpec;
import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.cluster.KmsKeyArn;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * What follows from {@code observability} and from add-ons that collect logs, metrics and traces.
 *
 * @param spec the environment, completed by {@link #complete}
 * @param context what add-ons depend on
 * @param addons the add-ons that Helm installs
 */
@API(status = API.Status.INTERNAL)
public record Observability(EnvironmentSpec spec, AddonContext context, List<HelmAddon> addons) {

    /** The EKS add-on with the agents of CloudWatch. */
    public static final EksAddonName CLOUDWATCH = new EksAddonName("amazon-cloudwatch-observability");

    private static final EksAddonName ADOT = new EksAddonName(AdotSpec.NAME);
    private static final EksAddonName NODE_EXPORTER = new EksAddonName("prometheus-node-exporter");

    /** A part of the names of all drivers. */
    private static final String DRIVER = "csi-driver";

    private static final PropertyPath PROPERTY = PropertyPath.of("observability");

    /** Copies the add-ons. */
    public Observability {
        addons = List.copyOf(addons);
    }

    /** The environment with the add-ons that it asks for by {@code observability} and {@code addons.adot}. */
    static EnvironmentSpec complete(EnvironmentSpec spec) {
        if (spec.cluster().distribution() != Distribution.EKS) {
            return spec;
        }
        Map<String, AddonSpec> charts = new LinkedHashMap<>(spec.addons().named());
        if (spec.observability() instanceof ObservabilitySpec.Prometheus) {
            charts.putIfAbsent(KubePrometheusStackSpec.NAME, KubePrometheusStackSpec.standard());
            charts.putIfAbsent(AwsForFluentBitSpec.NAME, AwsForFluentBitSpec.standard());
        }
        Map<EksAddonName, EksAddonSpec> ofEks = new LinkedHashMap<>();
        if (spec.observability().cloudWatch().isPresent() && !isOnFargateOnly(spec)) {
            ofEks.put(CLOUDWATCH, EksAddonSpec.standard());
        }
        if (spec.addons().adot().isPresent() && !charts.containsKey(CertManagerSpec.NAME)) {
            ofEks.put(EksAddonName.CERT_MANAGER, EksAddonSpec.standard());
            ofEks.put(ADOT, EksAddonSpec.standard());
        }
        ofEks.keySet().removeAll(spec.cluster().addons().keySet());
        EnvironmentSpec complete = charts.size() == spec.addons().named().size()
                ? spec
                : spec.withAddons(spec.addons().withNamed(charts));
        return ofEks.isEmpty() ? complete : complete.withCluster(with(ofEks, spec.cluster()));
    }

    private static ClusterSource with(Map<EksAddonName, EksAddonSpec> more, ClusterSource cluster) {
        Map<EksAddonName, EksAddonSpec> all = new LinkedHashMap<>(cluster.addons());
        all.putAll(more);
        if (cluster instanceof ClusterSpec created) {
            return created.withAddons(all);
        }
        return cluster instanceof ExistingClusterSpec existing ? existing.withAddons(all) : cluster;
    }

    /** A cluster that is created without any node; of one that exists it is not known. */
    private static boolean isOnFargateOnly(EnvironmentSpec spec) {
        return spec.cluster().created().isPresent()
                && spec.nodeGroups().isEmpty()
                && !spec.fargate().isEmpty()
                && !AutoModeChecks.isOn(spec);
    }

    /** What does not go together, in a completed environment. */
    static void check(EnvironmentSpec spec, Problems problems) {
        if (spec.cluster().distribution() != Distribution.EKS) {
            if (!(spec.observability() instanceof ObservabilitySpec.None)) {
                problems.add(
                        PROPERTY,
                        "not supported on ROSA, which has monitoring built in",
                        "remove it, and use OpenShift Monitoring");
            }
            if (spec.addons().adot().isPresent()) {
                problems.add(
                        PropertyPath.of("addons", AdotSpec.NAME),
                        AdotSpec.NAME + " is not supported on ROSA",
                        "remove it, and install it from OperatorHub");
            }
            return;
        }
        Map<EksAddonName, EksAddonSpec> ofEks = spec.cluster().addons();
        if (spec.addons().adot().isPresent() && !ofEks.containsKey(ADOT)) {
            problems.add(
                    PropertyPath.of("addons", AdotSpec.NAME),
                    AdotSpec.NAME + " does not work without " + CertManagerSpec.NAME
                            + ", which addons installs after it",
                    "remove " + CertManagerSpec.NAME + " from addons: " + AdotSpec.NAME + " brings the EKS add-on");
        }
        oneWorkspace(spec, problems);
        EksAddonSpec cloudWatch = ofEks.get(CLOUDWATCH);
        if (cloudWatch != null && collectsLogs(cloudWatch) && hasChart(spec, AwsForFluentBitSpec.NAME)) {
            boolean asked = spec.observability() instanceof ObservabilitySpec.Prometheus;
            problems.add(
                    asked ? PROPERTY : chart(spec, AwsForFluentBitSpec.NAME),
                    "a second collector of container logs: " + CLOUDWATCH + " sends them to CloudWatch, too",
                    "remove " + (asked ? "that add-on" : "it")
                            + ", or add configuration: {containerLogs: {enabled: false}} to cluster.addons."
                            + CLOUDWATCH);
        }
        if (ofEks.containsKey(NODE_EXPORTER) && hasChart(spec, KubePrometheusStackSpec.NAME)) {
            problems.add(
                    PropertyPath.of("cluster", "addons", NODE_EXPORTER.id()),
                    "a second node exporter: that of " + KubePrometheusStackSpec.NAME
                            + " listens on port 9100 of each node, too",
                    "remove it");
        }
    }

    /** The collector writes to the workspace of the stack where both have one that is created. */
    private static void oneWorkspace(EnvironmentSpec spec, Problems problems) {
        Optional<AmpSpec> ofStack = Optional.ofNullable(spec.addons().named().get(KubePrometheusStackSpec.NAME))
                .filter(KubePrometheusStackSpec.class::isInstance)
                .flatMap(stack -> ((KubePrometheusStackSpec) stack).amp())
                .filter(amp -> amp.workspaceId().isEmpty());
        Optional<KmsKeyArn> key = spec.addons().adot().flatMap(AdotSpec::amp).flatMap(AmpSpec::kmsKeyArn);
        if (ofStack.isPresent()
                && key.isPresent()
                && !ofStack.flatMap(AmpSpec::kmsKeyArn).equals(key)) {
            problems.add(
                    PropertyPath.of("addons", AdotSpec.NAME, "amp", "kmsKeyArn"),
                    "another key than that of " + KubePrometheusStackSpec.NAME + ", which has the same workspace",
                    "remove it, or use the same key in both");
        }
    }

    private static boolean collectsLogs(EksAddonSpec cloudWatch) {
        return !(cloudWatch.configuration().get("containerLogs") instanceof Map<?, ?> logs
                && Boolean.FALSE.equals(logs.get("enabled")));
    }

    private static boolean hasChart(EnvironmentSpec spec, String chart) {
        return spec.addons().named().containsKey(chart)
                || spec.addons().helm().values().stream()
                        .anyMatch(release -> release.chart().equals(chart));
    }

    /** Where a chart is in the file. */
    private static PropertyPath chart(EnvironmentSpec spec, String chart) {
        return spec.addons().named().containsKey(chart)
                ? PropertyPath.of("addons", chart)
                : spec.addons().helm().entrySet().stream()
                        .filter(release -> release.getValue().chart().equals(chart))
                        .map(release -> PropertyPath.of("addons", "helm", release.getKey()))
                        .findFirst()
                        .orElseThrow();
    }

    /** Its namespaces, with their labels. */
    Map<String, Map<String, String>> namespaces() {
        Map<String, Map<String, String>> namespaces = new TreeMap<>();
        fargateLogs().ifPresent(router -> namespaces.put(FargateLogRouter.NAMESPACE, FargateLogRouter.LABELS));
        collector().ifPresent(one -> namespaces.put(AdotSpec.NAME, PodSecurityLevel.BASELINE.labels()));
        return namespaces;
    }

    /** What is likely not meant. */
    List<Problem> warnings() {
        Problems warnings = new Problems();
        windows(warnings);
        volumes(warnings);
        fargateLogs().ifPresent(router -> spec.fargate().forEach((name, profile) -> profile.roleArn()
                .ifPresent(role -> warnings.add(
                        PropertyPath.of("fargate", name, "roleArn"),
                        "a role that exists: without permission to write to the log group " + router.logGroup()
                                + " there are no logs of its pods",
                        "allow it logs:CreateLogStream, logs:DescribeLogStreams and logs:PutLogEvents"))));
        return warnings.found();
    }

    private void windows(Problems warnings) {
        boolean windows = spec.nodeGroups().values().stream()
                .anyMatch(group -> group.image().isWindows());
        if (windows && spec.observability() instanceof ObservabilitySpec.Prometheus) {
            warnings.add(
                    PROPERTY,
                    "logs of containers on Windows nodes are not sent: " + AwsForFluentBitSpec.NAME
                            + " runs on Linux nodes",
                    "use observability: cloudwatch, or add a collector to addons.helm");
        }
    }

    /** Pods with volumes wait for a driver that creates them, which a cluster does not have by itself. */
    private void volumes(Problems warnings) {
        boolean driver = spec.cluster().created().isEmpty()
                || AutoModeChecks.isOn(spec)
                || spec.cluster().addons().keySet().stream()
                        .anyMatch(addon -> addon.id().contains(DRIVER))
                || spec.addons().named().keySet().stream().anyMatch(name -> name.contains(DRIVER))
                || spec.addons().helm().values().stream()
                        .anyMatch(release -> release.chart().contains(DRIVER));
        spec.addons().named().forEach((name, addon) -> {
            PropertyPath where = PropertyPath.of("addons", name);
            if (addon instanceof KubePrometheusStackSpec stack) {
                stack.storage()
                        .ifPresent(volumes ->
                                volumes(where.key("storage"), name, volumes.storageClass(), driver, warnings));
            } else if (addon instanceof KubecostSpec kubecost) {
                volumes(where, name, kubecost.storageClass(), driver, warnings);
            }
        });
    }

    /** What classes an existing cluster has is not known. */
    private void volumes(
            PropertyPath where, String name, Optional<String> storageClass, boolean driver, Problems warnings) {
        if (!driver) {
            warnings.add(
                    where,
                    "no driver creates the volumes of " + name
                            + ": its pods wait for them until the apply fails unless something else installs one",
                    "add aws-ebs-csi-driver: {} to cluster.addons");
        } else if (spec.cluster().created().isPresent() && !StorageClassChecks.isKnown(spec, storageClass)) {
            warnings.add(
                    storageClass.isPresent() ? where.key("storageClass") : where,
                    storageClass
                                    .map(missing -> "no StorageClass " + missing)
                                    .orElse("no default StorageClass, which EKS does not have by itself")
                            + ": pods of " + name
                            + " wait for volumes until the apply fails unless something else creates one",
                    "add " + storageClass.orElse("gp3") + ": {"
                            + (storageClass.isPresent() ? "" : "isDefault: true") + "} to "
                            + (AutoModeChecks.isOn(spec) ? "cluster.autoMode." : "") + "storageClasses");
        }
    }

    /**
     * The log groups of the EKS add-on, or of Fargate without it.
     *
     * @return where the logs are; empty when an add-on of the catalogue has them, or nothing collects logs
     */
    public Optional<ContainerLogs> logs() {
        return spec.cluster().distribution() == Distribution.EKS
                ? spec.observability()
                        .cloudWatch()
                        .map(settings -> ContainerLogs.ofInsights(
                                context.clusterName(), settings.retentionDays(), settings.kmsKeyArn()))
                : Optional.empty();
    }

    /**
     * The settings of Fargate's log router.
     *
     * @return empty without Fargate profiles, or when nothing collects logs
     */
    public Optional<FargateLogRouter> fargateLogs() {
        if (spec.fargate().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> ofChart = Optional.ofNullable(spec.addons().named().get(AwsForFluentBitSpec.NAME))
                .filter(AwsForFluentBitSpec.class::isInstance)
                .map(AwsForFluentBitSpec.class::cast)
                .filter(AwsForFluentBitSpec::fargate)
                .map(chart -> chart.logs(context.clusterName()).application());
        return logs().map(ContainerLogs::application)
                .or(() -> ofChart)
                .map(group -> new FargateLogRouter(group, context.region()));
    }

    /**
     * What the role of pods on Fargate may do for their logs.
     *
     * @param profile the Fargate profile
     * @return the policy; empty when there is no log router, or the role exists already
     */
    public Optional<PolicyDocument> fargatePolicy(FargateProfileSpec profile) {
        return fargateLogs()
                .filter(router -> profile.roleArn().isEmpty())
                .map(router -> ContainerLogs.policy(context, router.logGroup()));
    }

    /**
     * The collector of {@code addons.adot}.
     *
     * @return the collector
     */
    public Optional<AdotSpec.Collector> collector() {
        return spec.cluster().distribution() == Distribution.EKS
                ? spec.addons().adot().map(adot -> adot.resolve(context))
                : Optional.empty();
    }

    /**
     * The environment of the collector.
     *
     * @param createdWorkspaceId the workspace that the environment creates, a Terraform reference
     * @return the data of its ConfigMap; empty for none
     */
    public Map<String, String> collectorVariables(String createdWorkspaceId) {
        return collector().isPresent()
                ? spec.addons().adot().orElseThrow().variables(context, createdWorkspaceId)
                : Map.of();
    }

    /**
     * Whether the environment creates a workspace of Amazon Managed Service for Prometheus.
     *
     * @return true when an add-on or the collector has one without {@code workspaceId}
     */
    public boolean createsWorkspace() {
        return isWorkspaceOfAddon() || isWorkspaceOfCollector();
    }

    private boolean isWorkspaceOfAddon() {
        return addons.stream()
                .flatMap(addon -> addon.resources().values().stream())
                .anyMatch(PrometheusWorkspaceSpec.class::isInstance);
    }

    /**
     * Whether the collector's workspace is one that no add-on has.
     *
     * @return true to create it
     */
    public boolean isWorkspaceOfCollector() {
        return !isWorkspaceOfAddon()
                && collector().filter(one -> !one.resources().isEmpty()).isPresent();
    }

    /**
     * Where to look, besides the outputs of add-ons.
     *
     * @return outputs of the platform stack by name
     */
    public Map<String, HelmAddon.Output> outputs() {
        Map<String, HelmAddon.Output> outputs = new TreeMap<>();
        logs().ifPresent(logs -> {
            outputs.putAll(logs.outputs(context));
            if (spec.cluster().addons().containsKey(CLOUDWATCH)) {
                ContainerLogs.insights(context).ifPresent(page -> outputs.put("container_insights_url", page));
            }
        });
        collector().ifPresent(one -> outputs.putAll(one.outputs()));
        addons.forEach(addon -> outputs.keySet().removeAll(addon.outputs().keySet()));
        return outputs;
    }
}
