package dev.eksplatform.addon;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The add-on cert-manager: certificates as Kubernetes resources. Source: <a
 * href="https://cert-manager.io/docs/installation/helm/">installing with Helm</a>.
 *
 * @param chart its chart
 * @param replicas the number of replicas of the controller; default 1
 * @param keepCrds whether the CRDs, and with them every Certificate, are kept when the release is removed; default
 *     true. Removing them with the release needs v1.15 or newer
 */
@RecordBuilder
@YamlForm(key = CertManagerSpec.NAME)
@Example("{}")
public record CertManagerSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("true") boolean keepCrds) implements AddonSpec, CertManagerSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "cert-manager";

    private static final String REPOSITORY = "https://charts.jetstack.io";
    private static final String VERSION = "v1.21.2";

    private static final List<String> RESERVED = List.of("crds.enabled", "crds.keep", "installCRDs");
    private static final int WEBHOOK_PORT = 10250;

    /**
     * The port on Fargate, whose kubelet has the other one. Source: <a
     * href="https://cert-manager.io/docs/installation/compatibility/#aws-eks">AWS EKS</a>.
     */
    private static final int FARGATE_PORT = 10260;

    /** Checks version, replicas and overrides. */
    public CertManagerSpec {
        Components.required("chart", chart);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        if (!chart.chartVersion().isAtLeast(1, 15) && !keepCrds) {
            problems.add(
                    "keepCrds",
                    "false with version " + chart.chartVersion(),
                    "true before v1.15, whose CRDs are a part of the release in any case",
                    "remove it, or use v1.15.0 or newer");
        }
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static CertManagerSpec standard() {
        return new CertManagerSpec(ChartSettings.of(VERSION, REPOSITORY), 1, true);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        Map<String, Object> merged = chartValues(context.onFargate().test(NAME));
        // The repository's index has the version with a v; without it every plan would show a difference.
        ChartVersion indexed = ChartVersion.parse("v" + chart.chartVersion().number());
        return HelmAddon.of(this, NAME, NAME, release -> merged)
                .withVersion(indexed)
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED))
                .withWebhookPorts(List.of(ChartValues.portAt(merged, "webhook.securePort", WEBHOOK_PORT)));
    }

    /** {@code crds} since v1.15; setting both it and the older {@code installCRDs} fails the render. */
    private Map<String, Object> chartValues(boolean onFargate) {
        Map<String, Object> own = new LinkedHashMap<>();
        if (chart.chartVersion().isAtLeast(1, 15)) {
            own.put("crds", Map.of("enabled", true, "keep", keepCrds));
        } else {
            own.put("installCRDs", true);
        }
        own.put("replicaCount", replicas);
        if (onFargate) {
            own.put("webhook", Map.of("securePort", FARGATE_PORT));
        }
        return Json.merge(own, chart.values());
    }
}
