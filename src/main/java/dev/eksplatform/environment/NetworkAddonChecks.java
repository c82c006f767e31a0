package dev.eksplatform.environment;

import dev.eksplatform.addon.CertManagerSpec;
import dev.eksplatform.addon.CiliumSpec;
import dev.eksplatform.addon.GatewayApiSpec;
import dev.eksplatform.addon.HelmReleaseSpec;
import dev.eksplatform.addon.IstioSpec;
import dev.eksplatform.addon.PrivateCaIssuerSpec;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonSpec;
import dev.eksplatform.cluster.IpFamily;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Add-ons for certificates, gateways and networks of pods beside the other parts of an environment. */
final class NetworkAddonChecks {

    /** Charts that have the CRDs of the Gateway API as templates. */
    private static final Set<String> CHARTS_OF_CRDS = Set.of("gateway-api", "gateway-api-crds", "gateway-crds-helm");

    private final EnvironmentSpec spec;
    private final Problems problems;

    private NetworkAddonChecks(EnvironmentSpec spec, Problems problems) {
        this.spec = spec;
        this.problems = problems;
    }

    static void check(EnvironmentSpec spec, Problems problems) {
        NetworkAddonChecks checks = new NetworkAddonChecks(spec, problems);
        spec.addons().named().values().forEach(addon -> {
            if (addon instanceof PrivateCaIssuerSpec issuer) {
                checks.privateCa(issuer);
            } else if (addon instanceof CiliumSpec cilium) {
                checks.cilium(cilium);
            } else if (addon instanceof IstioSpec istio) {
                checks.onNodes(
                        PropertyPath.of("addons", IstioSpec.NAME),
                        istio.cni()
                                ? "its CNI plugin runs on every node"
                                : "its sidecars need the capability NET_ADMIN without the CNI plugin");
            }
        });
        spec.addons().gatewayApi().ifPresent(api -> checks.gatewayApi());
    }

    /** CRDs that a chart has as templates belong to its release; those in its folder of CRDs Helm leaves out when they are there. */
    private void gatewayApi() {
        if (spec.cluster().distribution() == Distribution.ROSA) {
            problems.add(
                    PropertyPath.of("addons", GatewayApiSpec.NAME),
                    GatewayApiSpec.NAME + " is not supported on ROSA: OpenShift has the CRDs itself",
                    "remove it");
        }
        spec.addons().helm().forEach((name, release) -> {
            if (CHARTS_OF_CRDS.contains(chart(release))) {
                problems.add(
                        PropertyPath.of("addons", "helm", name),
                        chart(release) + " brings the CRDs of the Gateway API, which addons.gateway-api applies",
                        "remove one of them");
            }
        });
    }

    /** Let's Encrypt has no VPC endpoint, and neither has the API of Route 53 in most regions. */
    static List<Problem> warnings(EnvironmentSpec spec) {
        return spec.addons().named().get(CertManagerSpec.NAME) instanceof CertManagerSpec certManager
                        && !certManager.issuers().isEmpty()
                        && ClosedNetwork.of(spec).isPresent()
                ? List.of(new Problem(
                        Place.of(PropertyPath.of("addons", CertManagerSpec.NAME, "issuers")),
                        "nodes without a route to the internet reach neither Let's Encrypt nor the API of Route 53",
                        "set values: {https_proxy: …, no_proxy: …}, or use aws-privateca-issuer"))
                : List.of();
    }

    private static String chart(HelmReleaseSpec release) {
        return release.chart().substring(release.chart().lastIndexOf('/') + 1);
    }

    private void privateCa(PrivateCaIssuerSpec issuer) {
        PropertyPath property = PropertyPath.of("addons", PrivateCaIssuerSpec.NAME);
        if (!issuer.hasAuthority()) {
            problems.add(
                    property.key("issuers"),
                    "no certificate authority that it may use",
                    "add issuers: {internal: ARN}, or authorities: [ARN]");
        }
        boolean certManager = spec.addons().named().containsKey(CertManagerSpec.NAME)
                || spec.cluster().addons().containsKey(new EksAddonName(CertManagerSpec.NAME))
                || spec.addons().helm().values().stream()
                        .anyMatch(release -> chart(release).equals(CertManagerSpec.NAME));
        if (!certManager) {
            problems.add(property, "does nothing without cert-manager", "add addons: {cert-manager: {}}");
        }
    }

    private void cilium(CiliumSpec cilium) {
        PropertyPath property = PropertyPath.of("addons", CiliumSpec.NAME);
        onNodes(property, "its agent runs on every node");
        if (AutoModeChecks.isOn(spec)) {
            problems.add(
                    property,
                    "cilium on a cluster with EKS Auto Mode, whose nodes take no other network plugin",
                    "remove it, and set cluster.autoMode.networkPolicies: true");
            return;
        }
        spec.cluster().created().ifPresent(cluster -> behindVpcCni(property, cilium, cluster));
    }

    /** Both would enforce the same NetworkPolicy objects, and what one allows the other may refuse. */
    private void behindVpcCni(PropertyPath property, CiliumSpec cilium, ClusterSpec cluster) {
        EksAddonName vpcCni = EksAddonName.VPC_CNI;
        Object enforced = cluster.addons()
                .getOrDefault(vpcCni, EksAddonSpec.standard())
                .configuration()
                .getOrDefault("enableNetworkPolicy", "true");
        if (!enforced.toString().equals("false")) {
            problems.add(
                    property,
                    "the VPC CNI enforces network policies, too",
                    "add cluster.addons: {vpc-cni: {configuration: {enableNetworkPolicy: \"false\"}}}");
        }
        if (cluster.remoteNetwork().isPresent()) {
            problems.add(
                    property,
                    "hybrid nodes have no VPC CNI, but a Cilium of their own in the same namespace",
                    "remove it, or cluster.remoteNetwork");
        }
        if (cluster.ipFamily() == IpFamily.IPV6
                && !Map.of("enabled", true).equals(cilium.values().get("ipv6"))) {
            problems.add(
                    property.key("values"),
                    "pods have IPv6 addresses, for which cilium is not configured",
                    "add values: {ipv4: {enabled: false}, ipv6: {enabled: true}}");
        }
    }

    /** Fargate runs no DaemonSets, and gives no capabilities. */
    private void onNodes(PropertyPath property, String need) {
        List<String> profiles = List.copyOf(spec.fargate().keySet());
        if (spec.nodeGroups().isEmpty() && !profiles.isEmpty() && !AutoModeChecks.isOn(spec)) {
            problems.add(property, need + ", and the cluster has only Fargate", "add a node group, or remove it");
        }
    }
}
