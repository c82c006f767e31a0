package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All problems of an environment file at once, and none that only follows from another. */
class EnvironmentProblemsTest {

    @TempDir
    private Path folder;

    private List<String> problems(String environment, String serviceAccount) throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), environment);
        Files.writeString(folder.resolve("orders.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: orders}
                spec:
                  serviceAccountName: %s
                  containers: [{name: orders, image: registry.example.com/orders:1.4.2}]
                """.formatted(serviceAccount));
        InvalidInputException thrown =
                catchThrowableOfType(InvalidInputException.class, () -> Environment.read(folder.resolve("shop.yaml")));
        assertThat(thrown).isNotNull();
        return thrown.problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    private List<String> problems(String environment) throws IOException {
        return problems(environment, "default");
    }

    @Test
    void problemsOfParts_BetweenPartsAndInManifests_AreReportedTogether() throws IOException {
        assertThat(problems("""
                        environment: shop
                        tgas: {team: shop}
                        region: ap-northeast-2
                        account: "111122223333"
                        network:
                          cidr: 10.20.0.0/33
                          zones: [ap-northeast-2a, ap-northeast-1c]
                        cluster: {version: "1.36"}
                        nodeGroups: {general: {instanceTypes: [m7g.large]}}
                        identities: {default/orders: {policies: [AmazonS3ReadOnlyAccess]}}
                        workloads: {manifests: [orders.yaml]}
                        """, "order"))
                .containsExactly(
                        "shop.yaml:2:1 tgas: unknown key \"tgas\"; allowed: environment, region, account, cluster, tags,"
                                + " state, clusterAuthentication, providers, network, nodeGroups, fargate, identity, namespaces, addons, storageClasses, identities,"
                                + " workloads, overrides, terraform, roles, include, profile, assumeRole, observability; fix: did you mean tags?",
                        "shop.yaml:6:9 network.cidr: \"10.20.0.0/33\" is not an IPv4 block; allowed: CIDR notation, an"
                                + " address and a prefix length of 0 to 32; fix: write it like 10.20.0.0/16",
                        "shop.yaml:7:28 network.zones[1]: ap-northeast-1c is a zone of ap-northeast-1; allowed: zones of"
                                + " one region, here ap-northeast-2; fix: use ap-northeast-2c",
                        "orders.yaml:5:23 spec.serviceAccountName: the ServiceAccount default/order is not declared; "
                                + "allowed: default, orders; fix: did you mean orders?");
    }

    @Test
    void versionsThatDoNotGoTogetherAreReportedAtTheirLines() throws IOException {
        assertThat(problems("""
                        environment: shop
                        region: eu-west-1
                        account: "111122223333"
                        network: {cidr: 10.20.0.0/16, zones: [eu-west-1a, eu-west-1b]}
                        cluster:
                          version: "1.36"
                          addons:
                            kube-proxy: {version: v1.37.1-eksbuild.2}
                        nodeGroups:
                          ahead: {instanceTypes: [m7g.large], version: "1.37"}
                          behind: {instanceTypes: [m7g.large], version: 1.32}
                          pinned:
                            instanceTypes: [m7g.large]
                            releaseVersion: 1.35.4-20261101
                          bottlerocket: {instanceTypes: [m7g.large], image: bottlerocket, releaseVersion: 1.36-2026.11.10}
                        """))
                .extracting(problem -> problem.substring(0, problem.indexOf(';')))
                .containsExactly(
                        "shop.yaml:8:27 cluster.addons.kube-proxy.version: kube-proxy v1.37.1-eksbuild.2 does not support"
                                + " Kubernetes 1.36",
                        "shop.yaml:10:48 nodeGroups.ahead.version: nodes of 1.37 with a control plane of 1.36",
                        "shop.yaml:11:49 nodeGroups.behind.version: nodes of 1.32 with a control plane of 1.36",
                        "shop.yaml:14:21 nodeGroups.pinned.releaseVersion: 1.35.4-20261101 is a release for Kubernetes"
                                + " 1.35, the nodes have 1.36",
                        "shop.yaml:15:83 nodeGroups.bottlerocket.releaseVersion: 1.36-2026.11.10 is a release of another"
                                + " image");
    }

    @Test
    void versionsAreNotComparedWithThatOfAClusterThatCannotBeRead() throws IOException {
        assertThat(problems("""
                        environment: shop
                        region: eu-west-1
                        account: "111122223333"
                        network: {cidr: 10.20.0.0/16, zones: [eu-west-1a, eu-west-1b]}
                        cluster: {version: "1.99"}
                        nodeGroups: {general: {instanceTypes: [m7g.large], version: "1.37"}}
                        """)).hasSize(1).first().asString().contains("shop.yaml:5:20 cluster.version");
    }

    @Test
    void anErrorInsideAPolicyIsAtItsLineAndColumn() throws IOException {
        assertThat(problems("""
                        environment: shop
                        region: eu-west-1
                        account: "111122223333"
                        cluster: {existing: {name: shop, oidc: {existing: true}}}
                        identities:
                          shop/orders:
                            policy:
                              Statement:
                                - Effect: allow
                                  Action: "s3:GetObject"
                                  Resource: "*"
                          shop/reports: {policy: {Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: b}]}}
                        """))
                .containsExactly(
                        "shop.yaml:9:19 identities[\"shop/orders\"].policy.Statement[0].Effect: Effect is the text"
                                + " \"allow\"; allowed: Allow or Deny (case-sensitive); fix: did you mean"
                                + " Allow?",
                        "shop.yaml:12:89 identities[\"shop/reports\"].policy.Statement[0].Resource: \"b\" is not an ARN;"
                                + " allowed: an ARN or \"*\"; fix: did you mean arn:aws:s3:::b?");
    }

    @Test
    void whatThePlatformCreatesIsNotInManifests() throws IOException {
        Files.writeString(folder.resolve("shop-objects.yaml"), """
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: orders, namespace: shop}
                """);
        assertThat(problems("""
                        environment: shop
                        region: eu-west-1
                        account: "111122223333"
                        cluster: {existing: {name: shop, oidc: {existing: true}}}
                        identities: {shop/orders: {policies: [AmazonS3ReadOnlyAccess]}}
                        workloads: {manifests: [shop-objects.yaml]}
                        """))
                .containsExactly(
                        "shop-objects.yaml:3:18 metadata.name: the platform creates the Namespace shop already, for an"
                                + " identity or an add-on; fix: remove the document, or move its labels to"
                                + " namespaces.shop.labels of the environment",
                        "shop-objects.yaml:7:18 metadata.name: the platform creates the ServiceAccount orders already,"
                                + " for an identity or an add-on; fix: remove the document, or set serviceAccount: existing"
                                + " on the identity");
    }

    @Test
    void independentProblemsAreReportedBesideAPartThatCannotBeRead() throws IOException {
        assertThat(problems("""
                        environment: shop
                        region: eu-west-1
                        account: "111122223333"
                        network: {cidr: 10.20.0.0/16, zones: [eu-west-1a, eu-west-1b]}
                        cluster:
                          version: "1.36"
                          access: {"arn:aws-cn:iam::111122223333:role/ops": {policies: [AmazonEKSViewPolicy]}}
                        nodeGroups: {general: {instanceTypes: [m7g.large], zones: [eu-west-1c], size: 3}}
                        """))
                .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactly(
                        "shop.yaml:7:53 cluster.access[\"arn:aws-cn:iam::111122223333:role/ops\"]",
                        "shop.yaml:8:60 nodeGroups.general.zones[0]",
                        "shop.yaml:8:79 nodeGroups.general.size");
    }

    @Test
    void aLevelOfPodSecurityAdmissionIsAnErrorAtItsLabel() throws IOException {
        assertThat(problems("""
                        environment: shop
                        region: eu-west-1
                        account: "111122223333"
                        cluster: {existing: {name: shop}}
                        namespaces: {shop: {labels: {pod-security.kubernetes.io/enforce: basline}}}
                        """))
                .containsExactly("shop.yaml:5:66 namespaces.shop.labels[\"pod-security.kubernetes.io/enforce\"]:"
                        + " \"basline\" is not a level of Pod Security Standards; allowed: privileged, baseline,"
                        + " restricted; fix: did you mean baseline?");
    }

    @Test
    void placementsAreNotComparedWithZonesThatCannotBeRead() throws IOException {
        String environment = """
                environment: shop
                region: eu-west-1
                account: "111122223333"
                network: {cidr: 10.20.0.0/16, zones: [eu-west-1a, eu-west-1b, eu-west-1b]}
                cluster: {version: "1.36", zones: [eu-west-1a, eu-west-1b]}
                nodeGroups: {general: {instanceTypes: [m7g.large], zones: [eu-west-1b]}}
                fargate: {batch: {selectors: [{namespace: batch}], zones: [eu-west-1b]}}
                """;
        assertThat(problems(environment))
                .containsExactly("shop.yaml:4:63 network.zones[2]: duplicate zone eu-west-1b; fix: remove one of them");
        assertThat(problems("""
                        environment: shop
                        region: eu-west-1
                        account: "111122223333"
                        network: {existing: {vpcId: vpc-0a1b2c3d, publicSubnetIds: [], privateSubnetIds: [net-2]}}
                        cluster: {version: "1.36"}
                        nodeGroups: {general: {instanceTypes: [m7g.large], subnetIds: [subnet-0a1b2c3d]}}
                        """)).allMatch(problem -> problem.startsWith("shop.yaml:4:"));
    }

    @Test
    void whatDependsOnAPartThatCannotBeReadIsNotReported() throws IOException {
        assertThat(problems("""
                        environment: Shop
                        region: Frankfurt
                        account: "1"
                        netwrok: {}
                        cluster: {verson: "1.36"}
                        nodeGroups: {general: {instanceTypes: [m7g-large]}}
                        identity: podIdentity
                        addons: {cert-manger: {}, aws-load-balancer-controller: {}}
                        identities: {default/orders: AmazonS3ReadOnlyAccess}
                        workloads: {manifests: [orders.yaml]}
                        """, "orders"))
                .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactly(
                        "shop.yaml:1:14 environment",
                        "shop.yaml:2:9 region",
                        "shop.yaml:3:10 account",
                        "shop.yaml:4:1 netwrok",
                        "shop.yaml:5:11 cluster.verson",
                        "shop.yaml:6:40 nodeGroups.general.instanceTypes[0]",
                        "shop.yaml:7:11 identity",
                        "shop.yaml:8:10 addons.cert-manger",
                        "shop.yaml:9:30 identities[\"default/orders\"]");
    }

    @Test
    void subnetsAreNotOutsideABlockThatCannotBeRead() throws IOException {
        assertThat(problems("""
                        environment: shop
                        region: ap-northeast-2
                        account: "111122223333"
                        network:
                          cidr: 172.31.0.0
                          zones: [ap-northeast-2a, ap-northeast-2c]
                          publicSubnets: [172.31.0.0/20, 172.31.16.0/20]
                          privateSubnets: [172.31.64.0/18, 172.31.128.0/18]
                        cluster: {version: "1.36"}
                        nodeGroups: {general: {instanceTypes: [m7g.large, m7i.large], size: 3}}
                        """))
                .containsExactly(
                        "shop.yaml:5:9 network.cidr: \"172.31.0.0\" is not an IPv4 block; allowed: CIDR notation, an"
                                + " address and a prefix length of 0 to 32; fix: write it like 10.20.0.0/16",
                        "shop.yaml:10:51 nodeGroups.general.instanceTypes[1]: m7i.large is x86_64, m7g.large is arm64;"
                                + " allowed: types of one architecture: a group has one image; fix: add another node group"
                                + " for m7i.large",
                        "shop.yaml:10:69 nodeGroups.general.size: the number 3; allowed: a mapping with min, desired, max;"
                                + " fix: write {min: …, desired: …, max: …}");
    }

    @Test
    void aBadVersionHidesNothingElse() throws IOException {
        assertThat(problems("""
                        environment: shop
                        region: ap-northeast-2
                        account: "111122223333"
                        network: {cidr: 10.20.0.0/16, zones: [us-east-1a, us-east-1b]}
                        cluster: {version: "1.3"}
                        workloads: {manifests: [none.yaml]}
                        """))
                .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactly(
                        "shop.yaml:2:9 region",
                        "shop.yaml:5:10 cluster",
                        "shop.yaml:5:20 cluster.version",
                        "shop.yaml:6:25 workloads.manifests[0]");
    }

    @Test
    void aLongValueIsShortenedAndALongPathIsNot() throws IOException {
        Path deep = folder.resolve("a".repeat(150)).resolve("b".repeat(150));
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("shop.yaml"), "environment: " + "x".repeat(400) + "\n");
        InvalidInputException thrown =
                catchThrowableOfType(InvalidInputException.class, () -> Environment.read(deep.resolve("shop.yaml")));
        assertThat(thrown.problems()).extracting(Problem::toString).anySatisfy(problem -> assertThat(problem)
                .startsWith(deep + "/shop.yaml:1:14 environment: ")
                .contains("x".repeat(90) + "…")
                .doesNotContain("x".repeat(110)));
    }

    @Test
    void aFileThatIsNoMappingHasOneProblem() throws IOException {
        assertThat(problems("- shop"))
                .containsExactly(
                        "shop.yaml:1:1: a list; allowed: a mapping with environment, region, account, cluster, tags, state,"
                                + " clusterAuthentication, providers, network, nodeGroups, fargate, identity, namespaces, addons, storageClasses, identities, workloads, overrides, terraform, roles, include, profile, assumeRole, observability; fix:"
                                + " write {environment: …, region: …, account: …, cluster: …}");
    }
}
