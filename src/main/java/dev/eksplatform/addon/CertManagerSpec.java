package dev.eksplatform.addon;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.FreeYaml;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * cert-manager: certificates as Kubernetes resources. Source: <a
 * href="https://cert-manager.io/docs/installation/helm/">installing with Helm</a>.
 *
 * @param chartVersion the chart's version; default v1.21.1
 * @param repository where the chart comes from; default the project's own, another one for closed networks
 * @param replicas how many replicas the controller has; default 1
 * @param keepCrds whether CRDs, and with them every Certificate, outlive the release; default true. Only from v1.15 on can
 *     they be removed with it
 * @param values chart values that override the platform's
 */
@RecordBuilder
@YamlForm(key = CertManagerSpec.NAME)
@Doc(value = "cert-manager: certificates as Kubernetes resources", example = "{}")
public record CertManagerSpec(
        @Doc(value = "Version of the chart (default v1.21.1)", example = "v1.21.1")
        ChartVersion chartVersion,

        @Doc(value = "Where the chart comes from, for closed networks", example = "https://charts.example.com")
        @Limit(pattern = ChartChecks.REPOSITORY_PATTERN)
        String repository,

        @Doc(value = "Replicas of the controller (default 1)", example = "2") @Limit(min = 1)
        int replicas,

        @Doc(value = "CRDs, and with them every Certificate, outlive the release (default true)", example = "true")
        boolean keepCrds,

        @FreeYaml(FreeYaml.Reading.AS_HELM)
        @Doc(
                value = "Chart values that override the platform's, read as Helm reads them",
                example = "{podAnnotations: {team: shop}}")
        Map<String, Object> values)
        implements AddonSpec, CertManagerSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "cert-manager";

    private static final List<String> RESERVED = List.of("crds.enabled", "crds.keep", "installCRDs");
    private static final int WEBHOOK_PORT = 10250;

    /**
     * The port on Fargate, whose kubelet has the other one. Source: <a
     * href="https://cert-manager.io/docs/installation/compatibility/#aws-eks">AWS EKS</a>.
     */
    private static final int FARGATE_PORT = 10260;

    /** Checks version, replicas and overrides. */
    public CertManagerSpec {
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        ChartChecks.repository(repository, problems);
        if (!chartVersion.isAtLeast(1, 15) && !keepCrds) {
            problems.add(
                    "keepCrds",
                    "false with version " + chartVersion,
                    "true before v1.15, whose CRDs are a part of the release in any case",
                    "remove it, or use v1.15.0 or newer");
        }
        ChartValues.checkReserved(values, RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The newest version that is known, one replica.
     *
     * @return the spec
     */
    @Defaults
    public static CertManagerSpec standard() {
        return new CertManagerSpec(ChartVersion.parse("v1.21.1"), "https://charts.jetstack.io", 1, true, Map.of());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        Map<String, Object> merged = chartValues(context.onFargate().test(NAME));
        // The repository's index has the version with a v; without it every plan would show a difference.
        ChartVersion indexed = ChartVersion.parse("v" + chartVersion.number());
        return HelmAddon.of(PropertyPath.of(NAME), NAME, repository, NAME, indexed, NAME, release -> merged)
                .withWebhookPorts(List.of(ChartValues.portAt(merged, "webhook.securePort", WEBHOOK_PORT)));
    }

    /** {@code crds} since v1.15; setting both it and the older {@code installCRDs} fails the render. */
    private Map<String, Object> chartValues(boolean onFargate) {
        Map<String, Object> own = new LinkedHashMap<>();
        if (chartVersion.isAtLeast(1, 15)) {
            own.put("crds", Map.of("enabled", true, "keep", keepCrds));
        } else {
            own.put("installCRDs", true);
        }
        own.put("replicaCount", replicas);
        if (onFargate) {
            own.put("webhook", Map.of("securePort", FARGATE_PORT));
        }
        return Json.merge(own, values);
    }
}
