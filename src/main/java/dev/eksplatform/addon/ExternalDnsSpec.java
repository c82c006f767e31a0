package dev.eksplatform.addon;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.ServiceAccountName;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * ExternalDNS, which keeps records in Route 53 for Services and Ingresses. Source: <a
 * href="https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/aws/">ExternalDNS on AWS</a>.
 *
 * @param chart its chart
 * @param zones the IDs of the hosted zones that it may change; default every zone of the account
 * @param domains the domains it is limited to; default those of the zones
 * @param zoneType whether it uses public or private zones only; default both
 * @param sync whether it deletes the records of what is gone, too, instead of only creating and updating records; default false
 * @param sources the kinds of objects it reads
 * @param identity its AWS permissions; {@code policies} replace the policy of the catalogue
 */
@RecordBuilder
@YamlForm(key = ExternalDnsSpec.NAME)
@Example("{zones: [Z0123456789ABCDEFGHIJ]}")
public record ExternalDnsSpec(
        @YamlInline ChartSettings chart,

        @Example("[Z0123456789ABCDEFGHIJ]") @Limit(pattern = HostedZones.ID, unique = true)
        List<String> zones,

        @Example("[example.com]") @Limit(unique = true) List<String> domains,

        @Example("public") Optional<ZoneType> zoneType,

        @Example("true") boolean sync,

        @Example("[service, gateway-httproute]") @Limit(minItems = 1, unique = true)
        List<String> sources,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, ExternalDnsSpecBuilder.With {

    /** The release's name, which is also the name of its ServiceAccount. */
    public static final String NAME = "external-dns";

    private static final String REPOSITORY = "https://kubernetes-sigs.github.io/external-dns";
    private static final String VERSION = "1.23.0";
    private static final List<String> RESERVED = List.of(
            "provider",
            "policy",
            "sources",
            "domainFilters",
            "txtOwnerId",
            "serviceAccount.create",
            "serviceAccount.name",
            "serviceAccount.annotations");

    /** Kinds of hosted zones. */
    public enum ZoneType {
        /** Zones that the internet can resolve. */
        PUBLIC,
        /** Zones of VPCs. */
        PRIVATE
    }

    /** Checks zones, sources and overrides. */
    public ExternalDnsSpec {
        Components.required("chart", chart, "identity", identity);
        zones = Components.list("zones", zones);
        domains = Components.list("domains", domains);
        sources = Components.list("sources", sources);
        Problems problems = new Problems();
        HostedZones.check("zones", zones, problems);
        if (sources.isEmpty()) {
            problems.add(PropertyPath.of("sources"), "no source", "remove it: service and ingress are the default");
        }
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        zoneType.ifPresent(type -> chart.options().layers().stream()
                .filter(layer -> layer.values().containsKey("extraArgs"))
                .forEach(layer -> problems.add(
                        layer.place().apply(List.of("extraArgs")),
                        "arguments that replace the one of zoneType",
                        "add " + argument(type) + " to them, and remove zoneType")));
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static ExternalDnsSpec standard() {
        return new ExternalDnsSpec(
                ChartSettings.of(VERSION, REPOSITORY),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                List.of("service", "ingress"),
                ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        AddonController controller =
                identity.controller(new ServiceAccountName(NAME, NAME), Map.of(), () -> policy(context.partition()));
        return HelmAddon.of(this, NAME, NAME, release -> chartValues(release.clusterName()))
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED))
                // It does not start where the kinds of a source are not there.
                .withNeeds(
                        sources.stream().anyMatch(source -> source.startsWith("gateway-"))
                                ? List.of(GatewayApiSpec.NAME)
                                : List.of())
                .withControllers(List.of(controller));
    }

    private PolicyDocument policy(Partition partition) {
        return PolicyCatalogue.of(NAME)
                .latest()
                .renderLists(partition, Map.of("zones", zones.isEmpty() ? List.of("*") : zones));
    }

    private Map<String, Object> chartValues(String clusterName) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("provider", Map.of("name", "aws"));
        own.put("policy", sync ? "sync" : "upsert-only");
        own.put("sources", sources);
        own.put("registry", "txt");
        // Records of another cluster in the same zone are left alone.
        own.put("txtOwnerId", clusterName);
        if (!domains.isEmpty()) {
            own.put("domainFilters", domains);
        }
        zoneType.ifPresent(type -> own.put("extraArgs", List.of(argument(type))));
        own.put("serviceAccount", Map.of("create", false, "name", NAME));
        return own;
    }

    private static String argument(ZoneType type) {
        return "--aws-zone-type=" + type.name().toLowerCase(Locale.ROOT);
    }
}
