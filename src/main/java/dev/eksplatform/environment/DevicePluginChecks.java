package dev.eksplatform.environment;

import dev.eksplatform.addon.EfaDevicePluginSpec;
import dev.eksplatform.addon.GpuOperatorSpec;
import dev.eksplatform.addon.HelmReleaseSpec;
import dev.eksplatform.addon.NeuronSpec;
import dev.eksplatform.addon.NvidiaDevicePluginSpec;
import dev.eksplatform.cluster.NodeDevices;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Device plugins of GPUs, Neuron devices and Elastic Fabric Adapters beside the nodes that have these. Two plugins of one device on a node offer it
 * twice. Source: <a href="https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-k8s-device-plugin.html">device plugins for GPUs</a>.
 */
final class DevicePluginChecks {

    private static final String KARPENTER = "karpenter";

    private final EnvironmentSpec spec;
    private final Map<String, NodeDevices> groups = new LinkedHashMap<>();

    private DevicePluginChecks(EnvironmentSpec spec) {
        this.spec = spec;
        spec.nodeGroups().forEach((name, group) -> devices(group).ifPresent(devices -> groups.put(name, devices)));
    }

    /** None for a group whose instance types are wrong, which is reported with the group. */
    private static Optional<NodeDevices> devices(NodeGroupSpec group) {
        return Optional.ofNullable(new Problems().collect(PropertyPath.ROOT, () -> NodeDevices.of(group)));
    }

    static void check(EnvironmentSpec spec, Problems problems) {
        DevicePluginChecks checks = new DevicePluginChecks(spec);
        checks.places(NvidiaDevicePluginSpec.NAME).forEach(where -> {
            if (operator(spec).filter(GpuOperatorSpec::devicePlugin).isPresent()) {
                problems.add(
                        where,
                        "a second device plugin for NVIDIA GPUs: " + GpuOperatorSpec.NAME + " brings one",
                        "remove it, or add devicePlugin: false to " + GpuOperatorSpec.NAME);
            }
            checks.builtIn(where, "remove it", problems);
        });
        operator(spec).ifPresent(operator -> checks.operator(operator, problems));
        checks.ofAutoMode(NeuronSpec.NAME, "Neuron", checks.none(NodeDevices::neuron), "Neuron devices", problems);
        checks.ofAutoMode(EfaDevicePluginSpec.NAME, "EFA", checks.withoutEfa(), "efa", problems);
    }

    /** Plugins that find nothing. */
    static List<Problem> warnings(EnvironmentSpec spec) {
        DevicePluginChecks checks = new DevicePluginChecks(spec);
        List<Problem> warnings = new ArrayList<>();
        if (checks.hasOtherNodes() || AutoModeChecks.isOn(spec)) {
            return warnings;
        }
        String types = "add a node group with such instance types, as ";
        checks.useless(
                List.of(NvidiaDevicePluginSpec.NAME, GpuOperatorSpec.NAME),
                checks.none(NodeDevices::nvidia),
                "no node group has NVIDIA GPUs",
                types + "g6.xlarge",
                warnings);
        checks.useless(
                List.of(NeuronSpec.NAME),
                checks.none(NodeDevices::neuron),
                "no node group has Neuron devices",
                types + "inf2.xlarge",
                warnings);
        checks.useless(
                List.of(EfaDevicePluginSpec.NAME),
                checks.withoutEfa(),
                "no node group has efa, without which nodes have no Elastic Fabric Adapters",
                "add efa: {} to a node group",
                warnings);
        return warnings;
    }

    static boolean hasEfaPlugin(EnvironmentSpec spec) {
        return !new DevicePluginChecks(spec).places(EfaDevicePluginSpec.NAME).isEmpty();
    }

    /** A group with the labels by which device plugins find its nodes; its own win. */
    static NodeGroupSpec labelled(NodeGroupSpec group, EnvironmentSpec spec) {
        boolean plugin = spec.addons().named().containsKey(NvidiaDevicePluginSpec.NAME);
        NodeDevices devices = devices(group).orElse(null);
        if (devices == null) {
            return group;
        }
        Map<String, String> labels = new LinkedHashMap<>();
        if (devices.hasPlugin()) {
            if (plugin || operator(spec).isPresent()) {
                labels.put(NvidiaDevicePluginSpec.PLUGIN_LABEL, "false");
            }
        } else if (devices.nvidia() && plugin) {
            labels.put(NvidiaDevicePluginSpec.GPU_LABEL, "true");
        }
        labels.putAll(group.labels());
        return labels.equals(group.labels()) ? group : group.withLabels(labels);
    }

    private static Optional<GpuOperatorSpec> operator(EnvironmentSpec spec) {
        return Optional.ofNullable(spec.addons().named().get(GpuOperatorSpec.NAME))
                .map(GpuOperatorSpec.class::cast);
    }

    private void operator(GpuOperatorSpec operator, Problems problems) {
        PropertyPath where = PropertyPath.of("addons", GpuOperatorSpec.NAME);
        if (operator.devicePlugin()) {
            builtIn(where, "add devicePlugin: false", problems);
        }
        if (operator.driver()) {
            groups.entrySet().stream()
                    .filter(group ->
                            group.getValue().nvidia() && group.getValue().hasDriver())
                    .findFirst()
                    .ifPresent(group -> problems.add(
                            where.key("driver"),
                            "the image of the node group " + group.getKey() + " has the driver for its GPUs",
                            "remove it, or give each node group with GPUs an ami without driver"));
        }
    }

    /** Where every node with GPUs has a device plugin already. */
    private void builtIn(PropertyPath where, String fix, Problems problems) {
        boolean needed = groups.values().stream().anyMatch(devices -> devices.nvidia() && !devices.hasPlugin());
        Optional<String> bottlerocket = groups.entrySet().stream()
                .filter(group -> group.getValue().hasPlugin())
                .map(Map.Entry::getKey)
                .findFirst();
        if (needed || hasOtherNodes()) {
            return;
        }
        if (bottlerocket.isPresent()) {
            problems.add(
                    where,
                    "Bottlerocket, the image of the node group " + bottlerocket.get()
                            + ", has the device plugin for NVIDIA GPUs built in, and no other group has such GPUs",
                    fix);
        } else if (AutoModeChecks.isOn(spec)) {
            problems.add(
                    where,
                    "EKS Auto Mode has the device plugin for NVIDIA GPUs built in, and no node group has such GPUs",
                    fix);
        }
    }

    private void ofAutoMode(String chart, String plugin, boolean none, String devices, Problems problems) {
        if (AutoModeChecks.isOn(spec) && none && !hasOtherNodes()) {
            places(chart)
                    .forEach(where -> problems.add(
                            where,
                            "EKS Auto Mode has the device plugin of " + plugin + " built in, and no node group has "
                                    + devices,
                            "remove it"));
        }
    }

    private boolean withoutEfa() {
        return spec.nodeGroups().values().stream()
                .noneMatch(group -> group.efa().isPresent());
    }

    private boolean none(Predicate<NodeDevices> has) {
        return groups.values().stream().noneMatch(has);
    }

    /** Whether nodes may have devices that the environment does not say. */
    private boolean hasOtherNodes() {
        return spec.cluster().created().isEmpty() || !places(KARPENTER).isEmpty();
    }

    /** Where a chart is installed. */
    private List<PropertyPath> places(String chart) {
        List<PropertyPath> places = new ArrayList<>();
        if (spec.addons().named().containsKey(chart)) {
            places.add(PropertyPath.of("addons", chart));
        }
        spec.addons().helm().forEach((release, helm) -> {
            if (chartName(helm).equals(chart)) {
                places.add(PropertyPath.of("addons", "helm", release));
            }
        });
        return places;
    }

    private static String chartName(HelmReleaseSpec release) {
        return release.chart().substring(release.chart().lastIndexOf('/') + 1);
    }

    private void useless(List<String> charts, boolean none, String found, String fix, List<Problem> warnings) {
        if (none) {
            charts.stream()
                    .flatMap(chart -> places(chart).stream())
                    .forEach(where -> warnings.add(new Problem(Place.of(where), found, fix + ", or remove it")));
        }
    }
}
