package dev.eksplatform.addon;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The add-on cert-manager: certificates as Kubernetes resources. Source: <a
 * href="https://cert-manager.io/docs/installation/helm/">installing with Helm</a>.
 *
 * @param chart its chart
 * @param replicas the number of replicas of the controller, of the webhook and of the CA injector; default 2. With two or more, each has a
 *     PodDisruptionBudget
 * @param zones the IDs of the hosted zones of Route 53 in which it may prove ownership of domains; default none
 * @param issuers accounts at Let's Encrypt: ClusterIssuers by name; default none
 * @param identity its AWS permissions, which it has with {@code zones}; {@code policies} replace the policy of the catalogue
 * @param keepCrds whether the CRDs, and with them every Certificate, are kept when the release is removed; default
 *     true. Removing them with the release needs v1.15 or newer
 */
@RecordBuilder
@YamlForm(key = CertManagerSpec.NAME)
@Example("{}")
public record CertManagerSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("[Z0123456789ABCDEFGHIJ]") @Limit(pattern = HostedZones.ID, unique = true)
        List<String> zones,

        @Example("{letsencrypt: {email: platform@example.com}}") @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, AcmeIssuerSpec> issuers,

        @YamlInline ControllerIdentity identity,

        @Example("true") boolean keepCrds)
        implements AddonSpec, CertManagerSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "cert-manager";

    private static final String REPOSITORY = "https://charts.jetstack.io";
    private static final String VERSION = "v1.21.2";

    private static final List<String> RESERVED = List.of("crds.enabled", "crds.keep", "installCRDs");
    private static final List<String> SERVICE_ACCOUNT =
            List.of("serviceAccount.create", "serviceAccount.name", "serviceAccount.annotations");

    /** The group of the image's user, who must be able to read the token of the ServiceAccount. */
    private static final int GROUP = 1001;

    private static final int WEBHOOK_PORT = 10250;

    /**
     * The port on Fargate, whose kubelet has the other one. Source: <a
     * href="https://cert-manager.io/docs/installation/compatibility/#aws-eks">AWS EKS</a>.
     */
    private static final int FARGATE_PORT = 10260;

    /** Checks version, replicas and overrides. */
    public CertManagerSpec {
        Components.required("chart", chart, "identity", identity);
        zones = Components.list("zones", zones);
        issuers = Components.map("issuers", issuers);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        if (!chart.chartVersion().isAtLeast(1, 15) && !keepCrds) {
            problems.add(
                    "keepCrds",
                    "false with version " + chart.chartVersion(),
                    "true before v1.15, whose CRDs are a part of the release in any case",
                    "remove it, or use v1.15.0 or newer");
        }
        HostedZones.check("zones", zones, problems);
        boolean hasRole = hasRole(zones, identity);
        if (!hasRole && !identity.equals(ControllerIdentity.standard())) {
            problems.add(
                    PropertyPath.of("zones"),
                    "none, but settings of a role: cert-manager has one for Route 53",
                    "add zones: [" + HostedZones.EXAMPLE + "], or remove mode, roleName and policyName");
        }
        issuers.forEach((name, issuer) -> {
            PropertyPath property = PropertyPath.of("issuers", name);
            if (!DnsName.isLabel(name)) {
                problems.add(
                        property, "\"" + name + "\" is not a name", DnsName.ALLOWED_LABEL, "write it like letsencrypt");
            }
            if (issuer.solver() == AcmeIssuerSpec.Solver.DNS01 && !hasRole) {
                problems.add(
                        property.key("solver"),
                        "dns01 without zones that cert-manager may change",
                        "add zones: [" + HostedZones.EXAMPLE + "] to cert-manager, or set solver: http01");
            }
        });
        ChartValues.checkReserved(
                chart.options(),
                hasRole
                        ? Stream.concat(RESERVED.stream(), SERVICE_ACCOUNT.stream())
                                .toList()
                        : RESERVED,
                problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static CertManagerSpec standard() {
        return new CertManagerSpec(
                ChartSettings.of(VERSION, REPOSITORY), 2, List.of(), Map.of(), ControllerIdentity.standard(), true);
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
        boolean hasRole = hasRole(zones, identity);
        return HelmAddon.of(this, NAME, NAME, release -> Json.merge(ofGateways(release), merged))
                .withVersion(indexed)
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED))
                .withNeeds(
                        issuers.values().stream().anyMatch(one -> one.gateway().isPresent())
                                ? List.of(GatewayApiSpec.NAME)
                                : List.of())
                .withWebhookPorts(List.of(ChartValues.portAt(merged, "webhook.securePort", WEBHOOK_PORT)))
                .withControllers(
                        hasRole
                                ? List.of(identity.controller(
                                        new ServiceAccountName(NAME, NAME),
                                        Map.of(),
                                        () -> policy(context.partition())))
                                : List.of())
                .withObjects(issuers.entrySet().stream()
                        .map(issuer -> new ClusterObject(
                                PropertyPath.of("addons", NAME, "issuers", issuer.getKey()),
                                issuer.getValue().object(issuer.getKey(), context.region(), onlyZone())))
                        .toList());
    }

    private static boolean hasRole(List<String> zones, ControllerIdentity identity) {
        return !zones.isEmpty() || !identity.policies().isEmpty();
    }

    /** With one zone, issuers name it, and its policy need not allow to find it. */
    private Optional<String> onlyZone() {
        return zones.size() == 1 ? Optional.of(zones.get(0)) : Optional.empty();
    }

    private PolicyDocument policy(Partition partition) {
        return PolicyCatalogue.of(NAME)
                .latest()
                .renderLists(
                        partition, Map.of("zones", zones, "lookup", onlyZone().isPresent() ? List.of() : List.of("*")));
    }

    /** It does not start with this setting where the CRDs are not there, and before v1.15, which does not have it. */
    private Map<String, Object> ofGateways(HelmAddon.ReleaseContext release) {
        return release.addons().contains(GatewayApiSpec.NAME)
                        && chart.chartVersion().isAtLeast(1, 15)
                ? Map.of(
                        "config",
                        Map.of(
                                "apiVersion",
                                "controller.config.cert-manager.io/v1alpha1",
                                "kind",
                                "ControllerConfiguration",
                                "enableGatewayAPI",
                                true))
                : Map.of();
    }

    /** {@code crds} since v1.15; setting both it and the older {@code installCRDs} fails the render. */
    private Map<String, Object> chartValues(boolean onFargate) {
        Map<String, Object> own = new LinkedHashMap<>();
        if (chart.chartVersion().isAtLeast(1, 15)) {
            own.put("crds", Map.of("enabled", true, "keep", keepCrds));
        } else {
            own.put("installCRDs", true);
        }
        own.putAll(sized());
        own.put("cainjector", sized());
        Map<String, Object> webhook = sized();
        if (onFargate) {
            webhook.put("securePort", FARGATE_PORT);
        }
        own.put("webhook", webhook);
        if (hasRole(zones, identity)) {
            own.put("serviceAccount", Map.of("create", false, "name", NAME));
            own.put("securityContext", Map.of("fsGroup", GROUP));
        }
        return Json.merge(own, chart.values());
    }

    /** With a single replica, a budget would keep nodes from being drained. */
    private Map<String, Object> sized() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("replicaCount", replicas);
        values.put("podDisruptionBudget", Map.of("enabled", replicas > 1));
        return values;
    }
}
