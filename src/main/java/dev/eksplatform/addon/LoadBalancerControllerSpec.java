package dev.eksplatform.addon;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.FreeYaml;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The AWS Load Balancer Controller, which creates an Application Load Balancer for each Ingress of class {@code alb}, and
 * Network Load Balancers for Services. Source: <a
 * href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/">installation</a>.
 *
 * @param chartVersion the version of the chart. Chart 1.N.P contains controller 2.N.P; from 3.0.0 on the numbers are
 *     the same
 * @param repository the chart's repository or a mirror of it, for closed networks
 * @param replicas the number of replicas of the controller; default 2
 * @param roleName the name of its IAM role; default cluster, namespace and ServiceAccount joined by hyphens
 * @param policyName the name of its IAM policy; default the name of the role
 * @param policies managed policies instead of the one that the controller publishes; default none
 * @param values chart values that override the platform's, read as Helm reads them; default none
 */
@RecordBuilder
@YamlForm(key = LoadBalancerControllerSpec.NAME)
@Example("{}")
public record LoadBalancerControllerSpec(
        @Example(LoadBalancerControllerSpec.VERSION) ChartVersion chartVersion,

        @Example("https://charts.example.com") @Limit(pattern = ChartChecks.REPOSITORY_PATTERN)
        String repository,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("shop-controller") Optional<RoleName> roleName,

        @Example("shop-controller") @Limit(pattern = RoleName.POLICY_PATTERN)
        Optional<String> policyName,

        @Example("['arn:aws:iam::111122223333:policy/load-balancers-of-shop']")
        List<PolicyReference> policies,

        @FreeYaml(FreeYaml.Reading.AS_HELM) @Example("{podAnnotations: {team: shop}}")
        Map<String, Object> values)
        implements AddonSpec, LoadBalancerControllerSpecBuilder.With {

    /** The release's name, which is also the name of its ServiceAccount. */
    public static final String NAME = "aws-load-balancer-controller";

    private static final String REPOSITORY = "https://aws.github.io/eks-charts";
    private static final String VERSION = "3.5.0";
    private static final String NAMESPACE = "kube-system";
    private static final int WEBHOOK_PORT = 9443;
    private static final List<String> RESERVED = List.of(
            "clusterName",
            "region",
            "vpcId",
            "enableCertManager",
            "serviceAccount.create",
            "serviceAccount.name",
            "serviceAccount.annotations");

    /** Checks version, replicas and overrides. */
    public LoadBalancerControllerSpec {
        values = Components.map("values", values);
        policies = Components.list("policies", policies);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        ChartChecks.repository(repository, problems);
        policyName.ifPresent(name -> RoleName.checkPolicyName("policyName", name, problems));
        ChartVersion version = chartVersion;
        if (version.major() != 1 && version.major() < 3) {
            problems.add(
                    "chartVersion",
                    "there is no chart " + version,
                    "1.x, or 3.x and newer: the numbering jumped from 1.17 to 3.0.0",
                    "use " + VERSION);
        } else {
            problems.collect(PropertyPath.of("chartVersion"), () -> policy(version, Partition.AWS));
        }
        ChartValues.checkReserved(values, RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static LoadBalancerControllerSpec standard() {
        return new LoadBalancerControllerSpec(
                ChartVersion.parse(VERSION), REPOSITORY, 2, Optional.empty(), Optional.empty(), List.of(), Map.of());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return List.of(new EndpointService("elasticloadbalancing"));
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        IdentitySpec identity = IdentitySpec.none()
                .withRoleName(roleName)
                .withPolicyName(policyName)
                .withPolicies(policies);
        ChartVersion number = ChartVersion.parse(chartVersion.number());
        AddonController controller = new AddonController(
                new ServiceAccountName(NAMESPACE, NAME),
                Map.of("app.kubernetes.io/component", "controller", "app.kubernetes.io/name", NAME),
                identity,
                policies.isEmpty() ? Optional.of(policy(chartVersion, context.partition())) : Optional.empty());
        return HelmAddon.of(
                        PropertyPath.of(NAME),
                        NAME,
                        repository,
                        NAME,
                        number,
                        NAMESPACE,
                        release -> Json.merge(chartValues(release), values))
                .withAfter(List.of(CertManagerSpec.NAME))
                .withGuardsServices(true)
                .withWebhookPorts(List.of(ChartValues.portAt(values, "webhookBindPort", WEBHOOK_PORT)))
                .withController(Optional.of(controller));
    }

    private static PolicyDocument policy(ChartVersion chart, Partition partition) {
        String controller = (chart.major() == 1 ? 2 : chart.major()) + "." + chart.minor() + "." + chart.patch();
        return PolicyCatalogue.of(NAME).forVersion(controller).render(partition);
    }

    private Map<String, Object> chartValues(HelmAddon.ReleaseContext context) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("clusterName", context.clusterName());
        // By value: with a hop limit of 1 its pods cannot ask the instance metadata.
        own.put("region", context.region());
        own.put("vpcId", context.vpcId());
        own.put("replicaCount", replicas);
        own.put("rbac", Map.of("create", true));
        own.put("serviceAccount", Map.of("create", false, "name", NAME));
        own.put("createIngressClassResource", true);
        Map<String, String> tags = ControllerTags.ofLoadBalancers(context.tags());
        if (!tags.isEmpty()) {
            own.put("defaultTags", tags);
        }
        // Without cert-manager the chart creates a new webhook certificate at each upgrade.
        own.put("enableCertManager", context.addons().contains(CertManagerSpec.NAME));
        return own;
    }
}
