package dev.eksplatform.addon;

import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Argo Rollouts: blue-green and canary deployments. Source: <a
 * href="https://github.com/argoproj/argo-helm/tree/main/charts/argo-rollouts">the chart</a>.
 *
 * @param chart its chart
 * @param replicas the number of pods of the controller; one works, the others wait
 * @param verifyTargetGroups whether it asks Elastic Load Balancing, before it goes on, if target groups have the weights and pods that they should
 *     have; default false. It needs permissions
 * @param identity its AWS permissions, for {@code verifyTargetGroups}; {@code policies} replace the policy of the catalogue
 */
@RecordBuilder
@YamlForm(key = ArgoRolloutsSpec.NAME)
@Example("{}")
public record ArgoRolloutsSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("true") boolean verifyTargetGroups,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, ArgoRolloutsSpecBuilder.With {

    /** The release's name, which is also the name of its ServiceAccount. */
    public static final String NAME = "argo-rollouts";

    private static final String REPOSITORY = "https://argoproj.github.io/argo-helm";
    private static final String VERSION = "2.41.0";
    private static final List<String> RESERVED = List.of(
            "controller.replicas",
            "controller.awsVerifyTargetGroup",
            "serviceAccount.create",
            "serviceAccount.name",
            "serviceAccount.annotations");

    /** Checks replicas and overrides. */
    public ArgoRolloutsSpec {
        Components.required("chart", chart, "identity", identity);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        if (verifyTargetGroups) {
            ChartValues.checkReserved(chart.options(), RESERVED, problems);
        } else {
            ChartValues.checkReserved(chart.options(), RESERVED.subList(0, 2), problems);
        }
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static ArgoRolloutsSpec standard() {
        return new ArgoRolloutsSpec(ChartSettings.of(VERSION, REPOSITORY), 2, false, ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return verifyTargetGroups ? List.of(new EndpointService("elasticloadbalancing")) : List.of();
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        HelmAddon addon = HelmAddon.of(this, NAME, NAME, release -> chartValues())
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED));
        return verifyTargetGroups
                ? addon.withControllers(List.of(
                        identity.controller(new ServiceAccountName(NAME, NAME), Map.of(), () -> PolicyCatalogue.of(NAME)
                                .latest()
                                .render(context.partition()))))
                : addon;
    }

    private Map<String, Object> chartValues() {
        Map<String, Object> controller = new LinkedHashMap<>();
        controller.put("replicas", replicas);
        controller.put("awsVerifyTargetGroup", verifyTargetGroups);
        controller.put("nodeSelector", Map.of("kubernetes.io/os", "linux"));
        if (replicas > 1) {
            controller.put("pdb", Map.of("enabled", true, "minAvailable", 1));
        }
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("controller", controller);
        if (verifyTargetGroups) {
            own.put("serviceAccount", Map.of("create", false, "name", NAME));
        }
        return own;
    }
}
