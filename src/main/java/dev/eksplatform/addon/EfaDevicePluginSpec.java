package dev.eksplatform.addon;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The device plugin of Elastic Fabric Adapters, with which pods request {@code vpc.amazonaws.com/efa} on node groups with {@code efa}. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/node-efa.html">EFA with EKS</a>.
 *
 * @param chart its chart
 */
@RecordBuilder
@YamlForm(key = EfaDevicePluginSpec.NAME)
@Example("{}")
public record EfaDevicePluginSpec(@YamlInline ChartSettings chart)
        implements AddonSpec, EfaDevicePluginSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "aws-efa-k8s-device-plugin";

    private static final String REPOSITORY = "https://aws.github.io/eks-charts";
    private static final String VERSION = "v0.5.30";

    private static final String NAMESPACE = "kube-system";

    /** The accounts of the registries of EKS by region, from {@code eks-registries.txt}. */
    private static final Map<String, String> REGISTRIES = ProgramFile.read(
                    EfaDevicePluginSpec.class, "eks-registries.txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toMap(line -> line[0], line -> line[1]));

    /** Checks that there is a chart. */
    public EfaDevicePluginSpec {
        Components.required("chart", chart);
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static EfaDevicePluginSpec standard() {
        return new EfaDevicePluginSpec(ChartSettings.of(VERSION, REPOSITORY));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAMESPACE, release -> chartValues(context.partition(), context.region()));
    }

    private static Map<String, Object> chartValues(Partition partition, String region) {
        Map<String, Object> own = new LinkedHashMap<>();
        // That of the chart is in us-west-2, which closed networks and other partitions do not reach.
        registry(partition, region)
                .ifPresent(registry -> own.put("image", Map.of("repository", registry + "/eks/" + NAME)));
        own.put(
                "tolerations",
                Stream.of("nvidia.com/gpu", "aws.amazon.com/neuron", "vpc.amazonaws.com/efa")
                        .map(taint -> new TreeMap<>(Map.of("key", taint, "operator", "Exists")))
                        .toList());
        return own;
    }

    private static Optional<String> registry(Partition partition, String region) {
        return Optional.ofNullable(REGISTRIES.get(region))
                .map(account -> account + ".dkr.ecr." + region + "." + partition.dnsSuffix());
    }
}
