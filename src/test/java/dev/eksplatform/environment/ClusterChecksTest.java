package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.DeletionProtection;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.ProblemsOf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of the control plane against account, region, network and nodes, each error at its line. */
class ClusterChecksTest {

    private static final String BASE = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
            nodeGroups: {general: {instanceTypes: [m7g.large]}}
            """;

    @TempDir
    private Path folder;

    private Environment read(String more) {
        return readWhole(BASE + more);
    }

    private Environment readWhole(String text) {
        try {
            return Environment.read(Files.writeString(folder.resolve("shop.yaml"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> problems(String more) {
        return ProblemsOf.making(() -> read(more)).stream()
                .map(problem -> problem.replace(folder + "/", ""))
                .toList();
    }

    private List<String> warnings(String more) {
        return read(more).warnings().stream()
                .map(Problem::toString)
                .map(problem -> problem.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void servicesHybridNodesAndTheVpcHaveTheirOwnAddresses() {
        assertThat(problems("""
                cluster:
                  version: "1.36"
                  serviceCidr: 10.20.128.0/20
                  remoteNetwork: {nodeNetworks: [10.20.64.0/18, 10.80.0.0/16], podNetworks: [10.20.136.0/24]}
                """))
                .containsExactly(
                        "shop.yaml:8:16 cluster.serviceCidr: 10.20.128.0/20 overlaps 10.20.0.0/16 of network.cidr; fix: use"
                                + " another block",
                        "shop.yaml:9:34 cluster.remoteNetwork.nodeNetworks[0]: 10.20.64.0/18 overlaps 10.20.0.0/16 of"
                                + " network.cidr; fix: use another block",
                        "shop.yaml:9:78 cluster.remoteNetwork.podNetworks[0]: 10.20.136.0/24 overlaps 10.20.0.0/16 of"
                                + " network.cidr; fix: use another block",
                        "shop.yaml:9:78 cluster.remoteNetwork.podNetworks[0]: 10.20.136.0/24 overlaps 10.20.128.0/20 of"
                                + " cluster.serviceCidr; fix: use another block");
    }

    @Test
    void hybridNodesAreApartFromTheServicesThatEksMayChoose() {
        assertThat(problems("cluster: {version: '1.36', remoteNetwork: {nodeNetworks: [172.20.0.0/24]}}"))
                .containsExactly(
                        "shop.yaml:6:59 cluster.remoteNetwork.nodeNetworks[0]: 172.20.0.0/24 overlaps 172.20.0.0/16,"
                                + " which EKS may choose for Services; fix: use another block, or set cluster.serviceCidr, for a cluster"
                                + " that exists to the block that it has");
        assertThat(problems("cluster: {version: '1.36', serviceCidr: 172.21.0.0/16,"
                        + " remoteNetwork: {nodeNetworks: [172.20.0.0/24]}}"))
                .isEmpty();
    }

    @Test
    void rolesOfNodesHaveAnEntryAlready() {
        assertThat(problems("""
                fargate: {batch: {selectors: [{namespace: batch}]}}
                cluster:
                  version: "1.36"
                  remoteNetwork: {nodeNetworks: [10.80.0.0/16]}
                  access:
                    arn:aws:iam::111122223333:role/shop-general-node: {type: ec2-linux}
                    arn:aws:iam::111122223333:role/shop-batch-fargate: {type: fargate-linux}
                    arn:aws:iam::111122223333:role/path/shop-hybrid-node: {type: hybrid-linux}
                    arn:aws:iam::111122223333:user/shop-general-node: {policies: [AmazonEKSViewPolicy]}
                    arn:aws:iam::444455556666:role/shop-general-node: {policies: [AmazonEKSViewPolicy]}
                """))
                .containsExactly(
                        "shop.yaml:11:55 cluster.access[\"arn:aws:iam::111122223333:role/shop-general-node\"]: the role of the"
                                + " node group general has an access entry already: EKS refuses a second one; fix: remove it",
                        "shop.yaml:12:56 cluster.access[\"arn:aws:iam::111122223333:role/shop-batch-fargate\"]: the role of the"
                                + " Fargate profile batch has an access entry already: EKS refuses a second one; fix: remove it",
                        "shop.yaml:13:59 cluster.access[\"arn:aws:iam::111122223333:role/path/shop-hybrid-node\"]: the role of"
                                + " hybrid nodes has an access entry already: EKS refuses a second one; fix: remove it");
        assertThat(problems("""
                cluster:
                  version: "1.36"
                  remoteNetwork: {nodeNetworks: [10.80.0.0/16], nodeRole: arn:aws:iam::111122223333:role/hybrid}
                  access: {"arn:aws:iam::111122223333:role/hybrid": {type: hybrid-linux}}
                """))
                .containsExactly(
                        "shop.yaml:9:53 cluster.access[\"arn:aws:iam::111122223333:role/hybrid\"]: the role of hybrid nodes"
                                + " has an access entry already: EKS refuses a second one; fix: remove it");
    }

    @Test
    void rolesThatAreGivenToNodesHaveAnEntryAlready() {
        assertThat(problems("""
                fargate:
                  batch: {selectors: [{namespace: batch}], roleArn: "arn:aws:iam::111122223333:role/pods"}
                cluster:
                  version: "1.36"
                  autoMode:
                    nodeRole: arn:aws:iam::111122223333:role/auto
                    nodeClasses: {gpu: {role: "arn:aws:iam::111122223333:role/gpu"}}
                  access:
                    arn:aws:iam::111122223333:role/pods: {type: fargate-linux}
                    arn:aws:iam::111122223333:role/auto: {type: ec2, policies: [AmazonEKSAutoNodePolicy]}
                    arn:aws:iam::111122223333:role/gpu: {type: ec2, policies: [AmazonEKSAutoNodePolicy]}
                """))
                .extracting(problem -> problem.replaceAll(".*: (the role of .* has).*", "$1"))
                .containsExactly(
                        "the role of the Fargate profile batch has",
                        "the role of nodes of Auto Mode has",
                        "the role of the node class gpu has");
        assertThat(ProblemsOf.making(() -> readWhole(BASE.replace("general: {", "general: {perZone: true, ")
                                .replace(
                                        "]}}",
                                        "]},"
                                                + " own: {instanceTypes: [m7g.large], roleArn: \"arn:aws:iam::111122223333:role/own\"}}")
                        + """
                cluster:
                  version: "1.36"
                  access:
                    arn:aws:iam::111122223333:role/own: {type: ec2-linux}
                    arn:aws:iam::111122223333:role/shop-general-eu-central-1b-node: {type: ec2-linux}
                """)))
                .extracting(problem -> problem.replaceAll(".*: (the role of .* has).*", "$1"))
                .containsExactly(
                        "the role of the node group own has", "the role of the node group general-eu-central-1b has");
    }

    @Test
    void nodesAreOfTheAccount() {
        assertThat(problems("cluster: {version: '1.36', access:"
                        + " {\"arn:aws:iam::444455556666:role/nodes\": {type: ec2-linux}}}"))
                .containsExactly("shop.yaml:6:77 cluster.access[\"arn:aws:iam::444455556666:role/nodes\"]:"
                        + " arn:aws:iam::444455556666:role/nodes is of another account than 111122223333, and the type is"
                        + " ec2-linux; allowed: roles of 111122223333 for every type but standard; fix: create the role of the"
                        + " nodes in this account");
    }

    @Test
    void keysAreOfTheRegionAndRolesOfTheAccount() {
        assertThat(problems("""
                cluster:
                  version: "1.36"
                  kmsKey: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
                  logs: {kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"}
                  role: arn:aws:iam::444455556666:role/eks
                  remoteNetwork: {nodeNetworks: [10.80.0.0/16], nodeRole: "arn:aws-cn:iam::111122223333:role/hybrid"}
                """))
                .extracting(problem -> problem.substring(0, problem.indexOf("; fix")))
                .containsExactly(
                        "shop.yaml:8:11 cluster.kmsKey: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
                                + " is in eu-west-1; allowed: one of the region of the cluster, eu-central-1",
                        "shop.yaml:9:21 cluster.logs.kmsKeyArn:"
                                + " arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab is in us-east-1;"
                                + " allowed: one of the region of the cluster, eu-central-1",
                        "shop.yaml:10:9 cluster.role: arn:aws:iam::444455556666:role/eks is of another account than 111122223333;"
                                + " allowed: a role of 111122223333",
                        "shop.yaml:11:59 cluster.remoteNetwork.nodeRole: \"arn:aws-cn:iam::111122223333:role/hybrid\" is in"
                                + " the partition aws-cn, the account in aws");
    }

    @Test
    void tagsOfTheClusterAreTagsOfAws() {
        assertThat(problems("cluster: {version: '1.36', tags: {'aws:x': y}, securityGroupTags: {Name: x}}"))
                .containsExactly(
                        "shop.yaml:6:44 cluster.tags[\"aws:x\"]: the tag key \"aws:x\" begins with aws:, which is reserved for"
                                + " AWS; fix: use another prefix",
                        "shop.yaml:6:74 cluster.securityGroupTags.Name: Name cannot be a tag of every resource: each has a Name"
                                + " of its own; fix: use another key");
    }

    @Test
    void problemsOfSettingsAreAtTheirLines() {
        assertThat(problems("""
                cluster:
                  version: "1.31"
                  deletionProtection: yes
                  kmsKey: alias/shop
                  controlPlaneTier: xl
                  access:
                    arn:aws:iam::111122223333:role/dev:
                      policies: [{name: AmazonEKSViewPolicy, namespaces: [Shop]}]
                  identityProviders:
                    a: {issuerUrl: "http://a.example.com", clientId: a}
                  securityGroupRules:
                    node: {x: {direction: ingress, reason: because}}
                """))
                .extracting(problem -> problem.substring(0, problem.indexOf("; ")))
                .containsExactly(
                        "shop.yaml:8:23 cluster.deletionProtection: \"yes\" is not a deletion protection",
                        "shop.yaml:9:11 cluster.kmsKey: \"alias/shop\" is not the ARN of a KMS key",
                        "shop.yaml:10:21 cluster.controlPlaneTier: the text \"xl\"",
                        "shop.yaml:13:59 cluster.access[\"arn:aws:iam::111122223333:role/dev\"].policies[0].namespaces[0]:"
                                + " \"Shop\" is not a namespace",
                        "shop.yaml:15:20 cluster.identityProviders.a.issuerUrl: \"http://a.example.com\" is not the URL of an"
                                + " issuer",
                        "shop.yaml:17:15 cluster.securityGroupRules.node.x: a rule without a peer",
                        "shop.yaml:17:15 cluster.securityGroupRules.node.x: a rule for tcp without a port");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                   | true      | TERRAFORM
            {aws: 5.100.0}       | true      | TERRAFORM
            {aws: '>= 6.8.0'}    | true      | TERRAFORM
            {aws: '~> 6.9'}      | true      | EKS
            {}                   | eks       | EKS
            {aws: '~> 6.9'}      | terraform | TERRAFORM
            {aws: '~> 6.9'}      | false     | FALSE
            """)
    void eksProtectsTheClusterWhereAllVersionsOfTheProviderCan(
            String providers, String given, DeletionProtection protection) {
        ResolvedEnvironment environment = read("providers: " + providers
                        + "\ncluster: {version: '1.36', deletionProtection: " + given + "}")
                .resolved();
        assertThat(environment.deletionProtection(
                        environment.spec().cluster().created().orElseThrow()))
                .isEqualTo(protection);
    }

    @Test
    void halfAProtectionIsAWarning() {
        assertThat(warnings("cluster: {version: '1.36', deletionProtection: true}"))
                .containsExactly(
                        "shop.yaml:6:48 cluster.deletionProtection: only Terraform refuses to delete the cluster:"
                                + " versions of the AWS provider before 6.9.0, which providers.aws allows, cannot set the protection of"
                                + " EKS; fix: write eks, or terraform to keep it so");
        assertThat(warnings("cluster: {version: '1.36', deletionProtection: terraform}"))
                .isEmpty();
        assertThat(warnings("providers: {aws: ~> 6.9}\ncluster: {version: '1.36', deletionProtection: true}"))
                .isEmpty();
    }

    @Test
    void whatHybridNodesAndWindowsNeedIsAWarning() {
        assertThat(warnings("""
                cluster:
                  version: "1.36"
                  endpoint: {public: [203.0.113.0/24], private: true}
                  remoteNetwork: {nodeNetworks: [10.80.0.0/16]}
                """))
                .containsExactly(
                        "shop.yaml:8:22 cluster.endpoint.public: hybrid nodes resolve an endpoint that is public and"
                                + " private to its public addresses, which must let them in; fix: remove public, or include the addresses"
                                + " of the hybrid nodes on the internet",
                        "shop.yaml:9:34 cluster.remoteNetwork.nodeNetworks[0]: no route of the network leads to 10.80.0.0/16, so"
                                + " the control plane does not reach it unless a virtual private gateway propagates one; fix:"
                                + " add it to network.transitGateway.routes or network.routes");
        String given = "cluster: {version: '1.36', role: 'arn:aws:iam::111122223333:role/eks'}\n";
        assertThat(warnings(given)).isEmpty();
        String windows = BASE.replace(
                "{general:",
                "{windows: {instanceTypes: [m7i.large], image: windows-2022, taints: [{key: os, value: windows, effect:"
                        + " no-schedule}]}, general:");
        assertThat(readWhole(windows + given).warnings())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .endsWith(
                        "shop.yaml:6:34 cluster.role: Windows nodes need AmazonEKSVPCResourceController on the role of the"
                                + " control plane, and the policies of a role that exists are not managed here; fix: attach it to the"
                                + " role, if it is not");
    }
}
