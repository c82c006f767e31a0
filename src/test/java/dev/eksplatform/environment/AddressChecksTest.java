package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses of networks, clusters and nodes against each other: errors, and warnings with their figures. */
class AddressChecksTest {

    @TempDir
    private Path folder;

    private String network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}";
    private String cluster = "{version: \"1.36\"}";
    private String group = "{instanceTypes: [m7g.large]}";
    private String region = "eu-central-1";

    /** The problems of the environment, or its warnings when it has none. */
    private List<String> found() throws IOException {
        Path file = folder.resolve("shop.yaml");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        "environment: shop",
                        "region: " + region,
                        "account: \"111122223333\"",
                        "network: " + network,
                        "cluster: " + cluster,
                        "nodeGroups: {general: " + group + "}",
                        ""));
        List<Problem> problems;
        try {
            problems = Environment.read(file).warnings();
        } catch (InvalidInputException e) {
            problems = e.problems();
        }
        return problems.stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    @Test
    void anOrdinaryNetworkHasEnough() throws IOException {
        assertThat(found()).isEmpty();
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], pods: {cidr: 100.64.0.0/16,"
                + " prefixDelegation: true}, controlPlaneSubnets: planned, intraSubnets: planned, ipv6: amazon-provided}";
        assertThat(found()).isEmpty();
    }

    @Test
    void hybridNodesNeedARoute() throws IOException {
        cluster = "{version: \"1.36\", remoteNetwork: {nodeNetworks: [10.80.0.0/16], podNetworks: [10.85.0.0/16]}}";
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], transitGateway: {id:"
                + " tgw-0a1b2c3d4e5f60718, routes: [10.80.0.0/14]}}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:5:88 cluster.remoteNetwork.podNetworks[0]: no route of the network leads to 10.85.0.0/16, so"
                                + " the control plane does not reach it unless a virtual private gateway propagates one; fix:"
                                + " add it to network.transitGateway.routes or network.routes");
    }

    @Test
    void ipv6DestinationsNeedIpv6Addresses() throws IOException {
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], routes: [{destination: 2001:db8::/32,"
                + " target: pcx-0a1b2c3d4e5f60718}], transitGateway: {id: tgw-0a1b2c3d4e5f60718, routes:"
                + " [\"2001:db8:1::/48\"]}}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:4:93 network.routes[0].destination: an IPv6 destination in a network without IPv6 addresses:"
                                + " nothing is sent to it; fix: add ipv6: amazon-provided, or remove it",
                        "shop.yaml:4:194 network.transitGateway.routes[0]: an IPv6 destination in a network without IPv6"
                                + " addresses: nothing is sent to it; fix: add ipv6: amazon-provided, or remove it");
    }

    @Test
    void whatTheNetworkSetsOfTheVpcCniIsNotSetOtherwise() throws IOException {
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], pods: {cidr: 100.64.0.0/16,"
                + " prefixDelegation: true}}";
        cluster = "{version: \"1.36\", addons: {vpc-cni: {configuration: {eniConfig: {create: true}, env:"
                + " {ENABLE_PREFIX_DELEGATION: \"false\", AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: \"true\","
                + " WARM_PREFIX_TARGET: \"4\", ENI_CONFIG_LABEL_DEF: zone}}}}}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:5:74 cluster.addons.vpc-cni.configuration.eniConfig: the subnets of pods are those of"
                                + " network.pods; fix: remove it, or the subnets there",
                        "shop.yaml:5:122 cluster.addons.vpc-cni.configuration.env.ENABLE_PREFIX_DELEGATION: \"false\""
                                + " contradicts network.pods; fix: remove it: it is set to \"true\"",
                        "shop.yaml:5:222 cluster.addons.vpc-cni.configuration.env.ENI_CONFIG_LABEL_DEF: \"zone\""
                                + " contradicts network.pods; fix: remove it: it is set to"
                                + " \"topology.kubernetes.io/zone\"");
    }

    @Test
    void anIpv6ClusterNeedsIpv6AddressesAndNodesThatCanHaveThem() throws IOException {
        cluster = "{version: \"1.36\", ipFamily: ipv6}";
        assertThat(found())
                .containsExactly("shop.yaml:5:38 cluster.ipFamily: pods with IPv6 addresses in a network that has none;"
                        + " fix: add network.ipv6: amazon-provided, or remove ipFamily");
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], ipv6: amazon-provided, pods: {cidr:"
                + " 100.64.0.0/16}}";
        group = "{instanceTypes: [c4.large, m7i.large]}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:4:106 network.pods.cidr: the VPC CNI gives pods of an IPv6 cluster no addresses of"
                                + " other subnets, which are not scarce there; fix: remove it",
                        "shop.yaml:6:40 nodeGroups.general.instanceTypes[0]: c4.large is not built on the Nitro System,"
                                + " which nodes of an IPv6 cluster have to be; fix: use a newer type, such as m7g.large");
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], ipv6: amazon-provided}";
        group = "{instanceTypes: [m7i.large]}, old: {instanceTypes: [m7i.large], image: windows-2022}";
        assertThat(found())
                .contains("shop.yaml:6:94 nodeGroups.old.image: Windows nodes in an IPv6 cluster, which EKS does not"
                        + " support; fix: use another image, or another cluster");
        group = "{instanceTypes: [m7i.large]}";
        assertThat(found()).isEmpty();
        cluster = "{version: \"1.36\", ipFamily: ipv6, serviceCidr: 172.20.0.0/16}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:5:57 cluster.serviceCidr: an IPv4 block for Services that have IPv6 addresses,"
                                + " which EKS assigns; fix: remove it, or remove ipFamily");
        cluster = "{version: \"1.36\", ipFamily: ipv6, remoteNetwork: {nodeNetworks: [10.80.0.0/16]}}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:5:59 cluster.remoteNetwork: hybrid nodes in an IPv6 cluster, which EKS does not"
                                + " support; fix: remove it, or ipFamily");
        cluster = "{version: \"1.36\", ipFamily: ipv6}";
        region = "cn-north-1";
        network = "{cidr: 10.20.0.0/16, zones: [cn-north-1a, cn-north-1b], ipv6: amazon-provided}";
        assertThat(found())
                .containsExactly("shop.yaml:5:38 cluster.ipFamily: EKS has no IPv6 clusters in cn-north-1; fix: remove"
                        + " ipFamily");
    }

    @Test
    void podsOnWindowsHaveNoSubnetsOfTheirOwn() throws IOException {
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], pods: {cidr: 100.64.0.0/16}}";
        group = "{instanceTypes: [m7i.large]}, old: {instanceTypes: [m7i.large], image: windows-2025}";
        assertThat(found())
                .containsExactly("shop.yaml:6:94 nodeGroups.old.image: pods on Windows nodes get no addresses of other"
                        + " subnets than those of their nodes; fix: use another image, or remove the subnets of"
                        + " network.pods");
    }

    @Test
    void prefixesOfAnIpv6ClusterCannotBeTurnedOff() throws IOException {
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], ipv6: amazon-provided}";
        cluster = "{version: \"1.36\", ipFamily: ipv6, addons: {vpc-cni: {configuration: {env:"
                + " {ENABLE_PREFIX_DELEGATION: \"false\"}}}}}";
        assertThat(found())
                .containsExactly("shop.yaml:5:111 cluster.addons.vpc-cni.configuration.env.ENABLE_PREFIX_DELEGATION:"
                        + " \"false\" contradicts cluster.ipFamily; fix: remove it: it is set to \"true\"");
    }

    @Test
    void rulesForIpv4DoNotLetIpv6Out() throws IOException {
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], ipv6: amazon-provided}";
        cluster = "{version: \"1.36\", ipFamily: ipv6, nodeEgress: [{cidr: 0.0.0.0/0, port: 443}]}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:5:56 cluster.nodeEgress: no rule is for IPv6 addresses, which pods have: they"
                                + " reach nothing outside of the cluster; fix: add {cidr: \"::/0\", port: 443}, or what pods"
                                + " need");
        cluster = "{version: \"1.36\", ipFamily: ipv6, nodeEgress: [{cidr: \"::/0\", port: 443}]}";
        assertThat(found()).isEmpty();
    }

    @Test
    void theControlPlanesZonesHaveItsSubnets() throws IOException {
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b, eu-central-1c], controlPlaneSubnets:"
                + " [10.20.252.0/27, 10.20.252.32/27]}";
        cluster = "{version: \"1.36\", zones: [eu-central-1a, eu-central-1c]}";
        group = "{instanceTypes: [m7g.large], zones: [eu-central-1b]}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:4:106 network.controlPlaneSubnets: no block for eu-central-1c, a zone of the"
                                + " control plane; allowed: one for each zone up to that; fix: add 1");
    }

    @Test
    void tagsAndNamesHaveCharactersThatAwsTakes() throws IOException {
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], subnetTags: {private: {a: \"b;c\"}},"
                + " zoneTags: {eu-central-1a: {\"aws:x\": y}}, subnetNames: {public: [\"a;\", b]}}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:4:96 network.subnetTags.private.a: the tag value \"b;c\" has \";\"; allowed: letters,"
                                + " digits, spaces and _ . : / = + - @, which IAM takes; fix: replace it, such as with -",
                        "shop.yaml:4:141 network.zoneTags.eu-central-1a[\"aws:x\"]: the tag key \"aws:x\" begins with"
                                + " aws:, which is reserved for AWS; fix: use another prefix",
                        "shop.yaml:4:169 network.subnetNames.public[0]: the tag value \"a;\" has \";\"; allowed: letters,"
                                + " digits, spaces and _ . : / = + - @, which IAM takes; fix: replace it, such as with"
                                + " -");
    }

    @Test
    void aSubnetHasAddressesForTheLargestNumberOfNodesWithTheirPods() throws IOException {
        network = "{cidr: 10.20.0.0/22, zones: [eu-central-1a, eu-central-1b]}";
        group = "{instanceTypes: [m7g.large, m7g.xlarge], size: {min: 1, desired: 1, max: 5}}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:4:17 network.cidr: the private subnet of eu-central-1a has 123 addresses, and"
                                + " 3 nodes of general with up to 60 addresses each, the control plane with 16 take 196; fix:"
                                + " use a larger block, or lower size.max of the node groups, or give pods a block of their own"
                                + " with pods: {cidr: 100.64.0.0/16}");
        cluster = "{version: \"1.36\", addons: {vpc-cni: {configuration: {env:"
                + " {AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: \"true\"}}}}}";
        assertThat(found()).isEmpty();
    }

    @Test
    void podsWithSubnetsOfTheirOwnTakeNoneOfTheNodes() throws IOException {
        network = "{cidr: 10.20.0.0/22, zones: [eu-central-1a, eu-central-1b], pods: {cidr: 100.64.0.0/22,"
                + " prefixDelegation: true}}";
        group = "{instanceTypes: [m7g.large], size: {min: 1, desired: 1, max: 5}}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:4:83 network.pods.cidr: the pods' subnet of eu-central-1a has 123 addresses,"
                                + " and 3 nodes of general with up to 129 addresses each take 387; fix: use a larger block, or"
                                + " lower size.max of the node groups");
        network = network.replace("100.64.0.0/22", "100.64.0.0/20");
        assertThat(found()).isEmpty();
    }

    @Test
    void withoutPrefixesNodesMayBeGivenMorePodsThanTheirOtherInterfacesHaveAddressesFor() throws IOException {
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], pods: {cidr: 100.64.0.0/16}}";
        assertThat(found())
                .containsExactly("shop.yaml:6:40 nodeGroups.general.instanceTypes[0]: a node of type m7g.large has"
                        + " addresses for 20 pods in subnets of their own, but EKS computes a limit of 29 with all its"
                        + " interfaces: pods beyond that find no address; fix: set prefixDelegation: true in"
                        + " network.pods");
    }

    @Test
    void onlyNitroInstancesGetPrefixes() throws IOException {
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], pods: {prefixDelegation: true}}";
        group = "{instanceTypes: [c4.large]}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:6:40 nodeGroups.general.instanceTypes[0]: c4.large is not built on the Nitro"
                                + " System: its nodes get single addresses instead of prefixes; fix: use a newer type, such as"
                                + " m7g.large");
    }

    @Test
    void smallSubnetsOfTheControlPlaneManyBlocksAndBlocksOfTheInternetAreReported() throws IOException {
        network = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], controlPlaneSubnets: [10.20.252.0/28,"
                + " 10.20.252.32/27], secondaryCidrs: [10.21.0.0/16, 10.22.0.0/16, 10.23.0.0/16, 52.0.0.0/16], pods:"
                + " {cidr: 100.64.0.0/16, prefixDelegation: true}}";
        assertThat(found())
                .containsExactly(
                        "shop.yaml:4:185 network.secondaryCidrs[3]: 52.0.0.0/16 is on the internet: its hosts there"
                                + " cannot be reached from the VPC; allowed: blocks of 10.0.0.0/8, 172.16.0.0/12 (but"
                                + " 172.17.0.0/16), 192.168.0.0/16 or 100.64.0.0/10; fix: use a block such as"
                                + " 10.20.0.0/16",
                        "shop.yaml:4:142 network.secondaryCidrs: the VPC has 6 blocks, and the quota is 5 unless AWS has"
                                + " raised it; fix: use fewer and larger blocks, or ask for a higher quota of IPv4 CIDR"
                                + " blocks per VPC",
                        "shop.yaml:4:92 network.controlPlaneSubnets[0]: the subnet has 11 addresses; the control plane"
                                + " needs 6, and EKS recommends 16; fix: use a /27 or larger");
    }
}
