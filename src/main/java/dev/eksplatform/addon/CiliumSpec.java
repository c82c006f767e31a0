package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Cilium behind the Amazon VPC CNI, which keeps giving pods their addresses; Cilium enforces network policies, of Kubernetes and of its own
 * kinds. Pods that were there before it are enforced after a restart. Source: <a
 * href="https://docs.cilium.io/en/stable/installation/cni-chaining-aws-cni/">AWS VPC CNI plugin</a>.
 *
 * @param chart its chart
 * @param hubble whether Hubble records the flows of each node; default false
 */
@RecordBuilder
@YamlForm(key = CiliumSpec.NAME)
@Example("{}")
public record CiliumSpec(
        @YamlInline ChartSettings chart, @Example("true") boolean hubble) implements AddonSpec, CiliumSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "cilium";

    private static final String REPOSITORY = "https://helm.cilium.io";
    private static final String VERSION = "1.20.2";
    private static final String NAMESPACE = "kube-system";
    private static final List<String> RESERVED = List.of(
            "cni.chainingMode",
            "cni.exclusive",
            "routingMode",
            "enableIPv4Masquerade",
            "enableIPv6Masquerade",
            "eni.enabled",
            "hubble.enabled");

    /** Checks overrides. */
    public CiliumSpec {
        Components.required("chart", chart);
        Problems problems = new Problems();
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static CiliumSpec standard() {
        return new CiliumSpec(ChartSettings.of(VERSION, REPOSITORY), false);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAMESPACE, this::chartValues);
    }

    /** Another add-on, after Cilium: pods that start before it are not enforced. */
    static HelmAddon first(HelmAddon addon) {
        return addon.name().equals(NAME)
                ? addon
                : addon.withAfter(
                        Stream.concat(addon.after().stream(), Stream.of(NAME)).toList());
    }

    private Map<String, Object> chartValues(HelmAddon.ReleaseContext context) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("cni", Map.of("chainingMode", "aws-cni", "exclusive", false));
        own.put("routingMode", "native");
        own.put("enableIPv4Masquerade", false);
        own.put("enableIPv6Masquerade", false);
        own.put("operator", Map.of("podDisruptionBudget", Map.of("enabled", true)));
        own.put(
                "hubble",
                hubble
                        // The method helm creates new certificates whenever the chart is rendered.
                        ? Map.of("enabled", true, "tls", Map.of("auto", Map.of("method", "cronJob")))
                        : Map.of("enabled", false));
        if (context.addons().contains(IstioSpec.NAME)) {
            // Otherwise Cilium chooses the pod behind a Service before the proxies of the mesh see the connection.
            own.put("socketLB", Map.of("hostNamespaceOnly", true));
        }
        return own;
    }
}
