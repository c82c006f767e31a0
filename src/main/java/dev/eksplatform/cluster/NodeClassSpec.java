package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What nodes of EKS Auto Mode have in AWS. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html">create a node class</a>.
 *
 * @param subnets the subnets of the nodes; default those of the control plane, as for the node class {@code default}
 * @param securityGroups the security groups of the nodes; default the cluster security group, as for the node class {@code default}. Others
 *     must let the control plane and other nodes in. With id or tags, load balancers may open ports in them
 * @param role the ARN of an existing role of the nodes, which gets an access entry; default that of {@code autoMode}
 * @param podSubnets subnets of the pods, in the zones of the nodes; default those of the nodes. Needs {@code podSecurityGroups}
 * @param podSecurityGroups security groups of the pods; default those of the nodes. Needs {@code podSubnets}
 * @param snatPolicy whether pods reach addresses outside of the VPC by the node's address; default {@code random}
 * @param networkPolicy what pods without a NetworkPolicy may do; default {@code default-allow}
 * @param networkPolicyLogs whether nodes log what network policies decide; default false
 * @param ephemeralStorage the encrypted data volume of each node
 * @param tags tags of instances, volumes and network interfaces, beside those of the environment; default none
 * @param certificates certificate authorities that nodes trust, by name, PEM; default none
 * @param fips whether nodes use cryptographic modules validated by FIPS 140-3; default false. Only in regions of the USA and Canada
 * @param publicAddresses whether nodes get public addresses; default as the subnet says
 * @param httpsProxy the proxy through which nodes call AWS and registries, such as {@code http://192.0.2.4:3128}; default none
 * @param noProxy hosts, domains and blocks that are called without the proxy; default none
 * @param prefixDelegation whether a node takes addresses of pods in blocks of 16; default true. Without it a node takes one address a pod
 * @param capacityReservations On-Demand Capacity Reservations and Capacity Blocks that nodes use first; default none
 */
@RecordBuilder
public record NodeClassSpec(
        @Example("[{tags: {example.com/tier: nodes}}]") List<SelectorTerm> subnets,

        @Example("[{name: shop-nodes}]") List<SelectorTerm> securityGroups,

        @Example("arn:aws:iam::111122223333:role/gpu-node") @Limit(pattern = RoleArn.PATTERN)
        Optional<String> role,

        @Example("[{tags: {example.com/tier: pods}}]") List<SelectorTerm> podSubnets,

        @Example("[{name: shop-pods}]") List<SelectorTerm> podSecurityGroups,

        @Example("disabled") SnatPolicy snatPolicy,

        @Example("default-deny") NetworkPolicyDefault networkPolicy,

        @Example("true") boolean networkPolicyLogs,

        @Example("{sizeGib: 200}") EphemeralStorageSpec ephemeralStorage,

        @Example("{example.com/team: payments}") Map<String, String> tags,

        @Example("{proxy: \"-----BEGIN CERTIFICATE-----…\"}")
        Map<String, String> certificates,

        @Example("true") boolean fips,

        @Example("false") Optional<Boolean> publicAddresses,

        @Example("http://192.0.2.4:3128") @Limit(pattern = NodeClassSpec.PROXY)
        Optional<String> httpsProxy,

        @Example("[169.254.169.254, .internal]") @Limit(maxItems = NodeClassSpec.MOST_WITHOUT_PROXY, unique = true)
        List<String> noProxy,

        @Example("false") boolean prefixDelegation,

        @Example("[{id: cr-0a1b2c3d4e5f60718}]") List<SelectorTerm> capacityReservations)
        implements NodeClassSpecBuilder.With {

    private static final String PROXY = "^https?://[^\\s/]+:[0-9]{1,5}/?$";
    private static final Pattern PROXY_FORM = Pattern.compile(PROXY);
    private static final int MOST_WITHOUT_PROXY = 50;

    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    /** Whether the address of a pod is replaced by that of its node outside of the VPC. */
    public enum SnatPolicy {
        /** It is, with a random port. */
        RANDOM,
        /** It is not: the network routes the addresses of pods. */
        DISABLED
    }

    /** What pods may do to which no NetworkPolicy applies. */
    public enum NetworkPolicyDefault {
        /** Everything. */
        DEFAULT_ALLOW,
        /** Nothing. */
        DEFAULT_DENY
    }

    /** Checks terms, role, tags, certificates and proxy. */
    public NodeClassSpec {
        subnets = Components.list("subnets", subnets);
        securityGroups = Components.list("securityGroups", securityGroups);
        podSubnets = Components.list("podSubnets", podSubnets);
        podSecurityGroups = Components.list("podSecurityGroups", podSecurityGroups);
        tags = Components.map("tags", tags);
        certificates = Components.map("certificates", certificates);
        noProxy = Components.list("noProxy", noProxy);
        capacityReservations = Components.list("capacityReservations", capacityReservations);
        Problems problems = new Problems();
        SelectorTerm.check("subnets", subnets, SelectorTerm.Kind.SUBNET, problems);
        SelectorTerm.check("securityGroups", securityGroups, SelectorTerm.Kind.SECURITY_GROUP, problems);
        SelectorTerm.check("podSubnets", podSubnets, SelectorTerm.Kind.SUBNET, problems);
        SelectorTerm.check("podSecurityGroups", podSecurityGroups, SelectorTerm.Kind.SECURITY_GROUP, problems);
        SelectorTerm.check(
                "capacityReservations", capacityReservations, SelectorTerm.Kind.CAPACITY_RESERVATION, problems);
        role.ifPresent(arn -> RoleArn.check(PropertyPath.of("role"), arn, problems));
        if (podSubnets.isEmpty() != podSecurityGroups.isEmpty()) {
            String given = podSubnets.isEmpty() ? "podSecurityGroups" : "podSubnets";
            String missing = podSubnets.isEmpty() ? "podSubnets" : "podSecurityGroups";
            problems.add(given, given + " without " + missing, "both, or none of them", "add " + missing);
        }
        ClusterObjects.checkTags(tags, problems);
        certificates.forEach((name, certificate) -> {
            if (!certificate.strip().startsWith(CERTIFICATE)) {
                problems.add(
                        PropertyPath.of("certificates", name),
                        "not a certificate in PEM",
                        "text that begins with " + CERTIFICATE,
                        "write it with | over several lines");
            }
        });
        httpsProxy.ifPresent(proxy -> problems.match(
                "httpsProxy",
                proxy,
                PROXY_FORM,
                "the address of a proxy",
                "scheme, host and port",
                "write it like http://192.0.2.4:3128"));
        if (httpsProxy.isEmpty() && !noProxy.isEmpty()) {
            problems.add(PropertyPath.of("noProxy"), "exceptions without a proxy", "add httpsProxy, or remove noProxy");
        }
        if (noProxy.size() > MOST_WITHOUT_PROXY) {
            problems.add("noProxy", noProxy.size() + " exceptions", "at most " + MOST_WITHOUT_PROXY, "remove some");
        }
        problems.throwIfAny();
    }

    /**
     * The node class {@code default} of EKS, under another name.
     *
     * @return the defaults
     */
    @Defaults
    public static NodeClassSpec standard() {
        return new NodeClassSpec(
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                SnatPolicy.RANDOM,
                NetworkPolicyDefault.DEFAULT_ALLOW,
                false,
                EphemeralStorageSpec.standard(),
                Map.of(),
                Map.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                true,
                List.of());
    }

    /** The {@code spec} of the object; without the selectors that the cluster itself knows. */
    Map<String, Object> body(String roleName) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("role", roleName);
        terms(body, "subnetSelectorTerms", subnets);
        terms(body, "securityGroupSelectorTerms", securityGroups);
        terms(body, "podSubnetSelectorTerms", podSubnets);
        terms(body, "podSecurityGroupSelectorTerms", podSecurityGroups);
        terms(body, "capacityReservationSelectorTerms", capacityReservations);
        body.put("snatPolicy", snatPolicy == SnatPolicy.RANDOM ? "Random" : "Disabled");
        body.put("networkPolicy", networkPolicy == NetworkPolicyDefault.DEFAULT_ALLOW ? "DefaultAllow" : "DefaultDeny");
        body.put("networkPolicyEventLogs", networkPolicyLogs ? "Enabled" : "Disabled");
        body.put("ephemeralStorage", ephemeralStorage.body());
        if (!tags.isEmpty()) {
            body.put("tags", new TreeMap<>(tags));
        }
        if (!certificates.isEmpty()) {
            List<Object> bundles = new ArrayList<>();
            certificates.forEach((name, certificate) -> bundles.add(new TreeMap<>(Map.of(
                    "name",
                    name,
                    "data",
                    Base64.getEncoder()
                            .encodeToString((certificate.strip() + "\n").getBytes(StandardCharsets.UTF_8))))));
            body.put("certificateBundles", bundles);
        }
        if (fips) {
            body.put("advancedSecurity", Map.of("fips", true));
        }
        Map<String, Object> networking = new TreeMap<>();
        publicAddresses.ifPresent(on -> networking.put("associatePublicIPAddress", on));
        httpsProxy.ifPresent(proxy -> networking.put("httpsProxy", proxy));
        if (!noProxy.isEmpty()) {
            networking.put("noProxy", noProxy);
        }
        if (!prefixDelegation) {
            networking.put("ipv4PrefixSize", "32");
        }
        if (!networking.isEmpty()) {
            body.put("advancedNetworking", networking);
        }
        return body;
    }

    private static void terms(Map<String, Object> body, String field, List<SelectorTerm> terms) {
        SelectorTerm.put(body, field, terms, NodeProvisioner.AUTO_MODE.reservationOwner());
    }
}
