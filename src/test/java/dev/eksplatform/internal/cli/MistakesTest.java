package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.addon.AddonsSpec;
import dev.eksplatform.internal.yaml.RecordShape;
import dev.eksplatform.internal.yaml.SpecType;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users get wrong: each mistake ends with status 1, a line with its place and its fix, and an untouched output. */
class MistakesTest {

    @TempDir
    private Path folder;

    private ShopEnvironment shop() {
        return new ShopEnvironment(folder);
    }

    @Test
    void withoutAMistakeAllIsWritten() {
        CommandRun run = shop().synth();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .matches("(?s)wrote .*out/stacks/shop-infrastructure/cdk\\.tf\\.json \\(\\d+ resources\\)\n"
                        + "wrote .*out/stacks/shop-platform/cdk\\.tf\\.json \\(\\d+ resources\\)\n"
                        + "wrote .*out/stacks/shop-workloads/cdk\\.tf\\.json \\(1 resource\\)\n");
    }

    @Test
    void textInsteadOfANumber() {
        shop().with("{min: 2,", "{min: two,")
                .isRefused(
                        "shop.yaml:10:53 nodeGroups.general.size.min: the text \"two\"; allowed: a whole number; fix: write it in digits, such as 2");
    }

    @Test
    void oneValueInsteadOfAList() {
        shop().with("[ap-northeast-2a, ap-northeast-2c]", "ap-northeast-2a")
                .isRefused(
                        "shop.yaml:6:10 network.zones: the text \"ap-northeast-2a\"; allowed: a list; fix: write [ap-northeast-2a]");
    }

    @Test
    void aNumberInsteadOfAMapping() {
        shop().with("{min: 2, desired: 2, max: 6}", "3")
                .isRefused(
                        "shop.yaml:10:47 nodeGroups.general.size: the number 3; allowed: a mapping with min, desired, max; fix: write {min: …, desired: …, max: …}");
    }

    @Test
    void anUnknownKeyForARequiredOne() {
        shop().with("  cidr:", "  vpcCidr:")
                .isRefused(
                        "shop.yaml:5:3 network.vpcCidr: unknown key \"vpcCidr\"; allowed: cidr, zones, nat, publicSubnets, privateSubnets, flowLogs, endpoints, secondaryCidrs, pods, intraSubnets, controlPlaneSubnets, subnetTags, zoneTags, subnetNames, natGateways, ipv6, privateCluster, networkAcls, dhcpOptions, blockPublicAccess, encryptionControl, transitGateway, routes; fix: did you mean cidr?");
    }

    @Test
    void anUnknownKey() {
        shop().with("network:", "netwrok:")
                .isRefused(
                        "shop.yaml:4:1 netwrok: unknown key \"netwrok\"; allowed: environment, region, account, cluster, tags, state, clusterAuthentication, providers, network, nodeGroups, fargate, identity, namespaces, addons, storageClasses, identities, workloads, overrides, terraform, roles, include, profile, assumeRole, observability; fix: did you mean network?");
    }

    @Test
    void aMisspeltAddon() {
        String addons = SpecType.of(AddonsSpec.class).shape().components().stream()
                .map(RecordShape.Component::key)
                .collect(Collectors.joining(", "));

        assertThat(addons).startsWith("argo-cd, argo-events, ").endsWith(", ack, adot, helm, images");
        shop().with("cert-manager:", "cert-manger:")
                .isRefused("shop.yaml:12:3 addons.cert-manger: unknown key \"cert-manger\"; allowed: " + addons
                        + "; fix: did you mean cert-manager?");
    }

    @Test
    void aMisspeltEksAddon() {
        shop().with("\"1.36\"", "\"1.36\"\n  addons: {aws-ebs-csi: {}}")
                .isRefused("shop.yaml:9:25 cluster.addons.aws-ebs-csi: \"aws-ebs-csi\" is not a known EKS add-on; fix: "
                        + "did you mean aws-ebs-csi-driver? If EKS has added it since, set unlisted: true");
    }

    @Test
    void overlappingSubnets() {
        shop().with(
                        "zones: [ap-northeast-2a, ap-northeast-2c]",
                        "zones: [ap-northeast-2a, ap-northeast-2c]\n  publicSubnets: [10.20.0.0/20, 10.20.16.0/20]\n  privateSubnets: [10.20.0.0/18, 10.20.64.0/18]")
                .isRefused(
                        "shop.yaml:8:20 network.privateSubnets[0]: 10.20.0.0/18 overlaps 10.20.0.0/20 of publicSubnets[0]; fix: move one of them, or leave both lists out to have the subnets planned");
    }

    @Test
    void aBlockTooSmallForSubnets() {
        shop().with("10.20.0.0/16", "10.20.0.0/26")
                .isRefused(
                        "shop.yaml:5:9 network.cidr: 10.20.0.0/26 is too small to be cut into subnets; allowed: /16 to /22 (the smallest subnet of AWS is a /28); fix: use a larger block, or give publicSubnets and privateSubnets yourself");
    }

    @Test
    void aBlockTooSmallForAVpc() {
        shop().with("10.20.0.0/16", "10.20.0.0/29")
                .isRefused(
                        "shop.yaml:5:9 network.cidr: 10.20.0.0/29 is a /29; allowed: a VPC's block is a /16 to a /28; fix: use a larger block");
    }

    @Test
    void aZoneOfAnotherRegion() {
        shop().with("ap-northeast-2c]", "ap-northeast-1c]")
                .isRefused(
                        "shop.yaml:6:28 network.zones[1]: ap-northeast-1c is a zone of ap-northeast-1; allowed: zones of one region, here ap-northeast-2; fix: use ap-northeast-2c");
    }

    @Test
    void allZonesOfAnotherRegion() {
        shop().with("[ap-northeast-2a, ap-northeast-2c]", "[us-east-1a, us-east-1b]")
                .isRefused("shop.yaml:2:9 region: ap-northeast-2, but network.zones are zones of us-east-1; fix: "
                        + "use us-east-1, or zones: [ap-northeast-2a, ap-northeast-2b]");
    }

    @Test
    void aVersionThatKubernetesNeverHad() {
        shop().with("\"1.36\"", "\"1.3\"")
                .isRefused(
                        "shop.yaml:8:12 cluster.version: \"1.3\" is not a Kubernetes version of EKS; allowed: 1.31 to 1.37; fix: write major and minor version, like 1.36");
    }

    @Test
    void aVersionOutOfSupport() {
        shop().with("\"1.36\"", "1.22")
                .isRefused(
                        "shop.yaml:8:12 cluster.version: Kubernetes 1.22 is out of support; allowed: 1.31 to 1.37; fix: use 1.36");
    }

    @Test
    void aPatchVersionOfKubernetes() {
        shop().with("\"1.36\"", "v1.36.1")
                .isRefused(
                        "shop.yaml:8:12 cluster.version: \"v1.36.1\" is not a Kubernetes version of EKS; allowed: 1.31 to 1.37; fix: write major and minor version, like 1.36");
    }

    @Test
    void aRangeAsChartVersion() {
        shop().with("controller: {}", "controller: {chartVersion: ^3.5}")
                .isRefused(
                        "shop.yaml:13:48 addons.aws-load-balancer-controller.chartVersion: \"^3.5\" is not a chart version; allowed: one version of three numbers, no range; fix: write it like 1.8.2");
    }

    @Test
    void aRoleNameTooLong() {
        shop().with(
                        "{policies",
                        "{roleName: shop-orders-reads-reports-and-writes-invoices-for-the-whole-company, policies")
                .isRefused(
                        "shop.yaml:15:27 identities[\"shop/orders\"].roleName: the role name \"shop-orders-reads-reports-and-writes-invoices-for-the-whole-company\" has 67 characters; allowed: at most 64 characters; fix: shorten it by 3");
    }

    @Test
    void aPinThatIsALeafCertificate() {
        shop().with("\"1.36\"", "\"1.36\"\n  oidc: {thumbprint: [55635cfea6a15f4770cc5ec0977492b318f9b0cc]}")
                .isRefused(
                        "shop.yaml:9:23 cluster.oidc.thumbprint[0]: 55635cfea6a15f4770cc5ec0977492b318f9b0cc is the endpoint's own (leaf) certificate, and breaks when that is renewed; allowed: the SHA-1 of a certificate authority of the issuer's chain, 40 hex digits; fix: set thumbprint: omit (IAM then fetches it)");
    }

    @Test
    void aPinThatIsNot40HexDigits() {
        shop().with("\"1.36\"", "\"1.36\"\n  oidc: {thumbprint: [\"9E:99:A4:8A\"]}")
                .isRefused(
                        "shop.yaml:9:23 cluster.oidc.thumbprint[0]: \"9E:99:A4:8A\" is not 40 hex digits; allowed: the SHA-1 of a certificate authority of the issuer's chain, 40 hex digits; fix: set thumbprint: omit (IAM then fetches it)");
    }

    @Test
    void aTabForIndentation() {
        shop().with("  cidr", "\tcidr")
                .isRefused(
                        "shop.yaml:5:1: not YAML: a tab; allowed: YAML 1.2, which has no tabs; fix: indent with spaces");
    }

    @Test
    void aKeyTwice() {
        shop().with("region: ap-northeast-2", "region: ap-northeast-2\nregion: eu-central-1")
                .isRefused(
                        "shop.yaml:3:1 region: duplicate key \"region\", first in line 2; fix: remove one of the two");
    }

    @Test
    void anAccountThatLostItsLeadingZero() {
        shop().with("\"111122223333\"", "11122223333")
                .isRefused(
                        "shop.yaml:3:10 account: \"11122223333\" is not an account id; allowed: twelve digits, quoted: \"111122223333\"; fix: quote it and keep its leading zeros: \"011122223333\"");
    }

    @Test
    void anotherSpellingOfAMode() {
        shop().with("addons:", "identity: podIdentity\naddons:")
                .isRefused(
                        "shop.yaml:11:11 identity: the text \"podIdentity\"; allowed: irsa, pod-identity; fix: did you mean pod-identity?");
    }

    @Test
    void anOverrideOfWhatThePlatformSets() {
        shop().with("cert-manager: {}", "cert-manager: {values: {crds: {enabled: false}}}")
                .isRefused(
                        "shop.yaml:12:43 addons.cert-manager.values.crds.enabled: an override of a value that the platform sets; allowed: values other than crds.enabled, crds.keep, installCRDs; fix: remove it: role, trust, ServiceAccount and chart must agree");
    }

    @Test
    void moreNodesAtLeastThanAtMost() {
        shop().with("{min: 2, desired: 2, max: 6}", "{min: 7, desired: 7, max: 6}")
                .isRefused(
                        "shop.yaml:10:53 nodeGroups.general.size.min: min 7 is more than max 6; allowed: min <= desired <= max; fix: swap them");
    }

    @Test
    void instanceTypesOfTwoArchitectures() {
        shop().with("[m7g.large]", "[m7g.large, m7i.large]")
                .isRefused(
                        "shop.yaml:10:40 nodeGroups.general.instanceTypes[1]: m7i.large is x86_64, m7g.large is arm64; allowed: types of one architecture: a group has one image; fix: add another node group for m7i.large");
    }

    @Test
    void noEndpointAtAll() {
        shop().with("\"1.36\"", "\"1.36\"\n  endpoint: {private: false}")
                .isRefused("shop.yaml:9:23 cluster.endpoint.private: the API server would be unreachable: private "
                        + "is false and public is empty; fix: set private: true");
    }

    @Test
    void anAddressInsteadOfBlocks() {
        shop().with("\"1.36\"", "\"1.36\"\n  endpoint: {public: 203.0.113.7}")
                .isRefused(
                        "shop.yaml:9:22 cluster.endpoint.public: the text \"203.0.113.7\"; allowed: a list; fix: write a list: [first, second]");
    }

    @Test
    void aServiceAccountWithoutNamespace() {
        shop().with("shop/orders:", "orders:")
                .isRefused(
                        "shop.yaml:15:3 identities.orders: \"orders\" is not a ServiceAccount; allowed: namespace/name of lower case letters, digits and -, at most 63 and 253 of them; fix: put the namespace in front: default/orders");
    }

    @Test
    void aBucketInUpperCase() {
        shop().with("network:", "state: {s3: {bucket: Shop-State}}\nnetwork:")
                .isRefused(
                        "shop.yaml:4:22 state.s3.bucket: \"Shop-State\" is not a bucket name; allowed: 3 to 63 lower case letters, digits, dots and hyphens; fix: did you mean \"shop-state\"?");
    }

    @Test
    void systemMasters() {
        shop().with(
                        "\"1.36\"",
                        "\"1.36\"\n  access: {\"arn:aws:iam::111122223333:role/ops\": {groups: [\"system:masters\"]}}")
                .isRefused(
                        "shop.yaml:9:60 cluster.access[\"arn:aws:iam::111122223333:role/ops\"].groups[0]: \"system:masters\" begins with system:; allowed: groups of your own: EKS refuses system: groups in access entries; fix: use an access policy such as AmazonEKSClusterAdminPolicy");
    }

    @Test
    void anAccessEntryThatGivesNothing() {
        shop().with("\"1.36\"", "\"1.36\"\n  access: {\"arn:aws:iam::111122223333:role/ops\": {}}")
                .isRefused(
                        "shop.yaml:9:50 cluster.access[\"arn:aws:iam::111122223333:role/ops\"]: an access entry that gives no permission; fix: add policies: [AmazonEKSViewPolicy], or groups");
    }

    @Test
    void theDisplayNameOfARegion() {
        shop().with("region: ap-northeast-2", "region: Frankfurt")
                .isRefused(
                        "shop.yaml:2:9 region: \"Frankfurt\" is not the name of a region; allowed: area, direction and number, such as eu-central-1, cn-north-1 or us-gov-west-1; fix: write the region's code, not its display name or a zone");
    }

    @Test
    void anEnvironmentNameInUpperCase() {
        shop().with("environment: shop", "environment: Shop_1")
                .isRefused(
                        "shop.yaml:1:14 environment: \"Shop_1\" is not an environment's name; allowed: 2 to 24 lower case letters, digits and -, beginning with a letter; fix: did you mean \"shop-1\"?");
    }

    @Test
    void aMissingAccount() {
        shop().with("account: \"111122223333\"\n", "")
                .isRefused(
                        "shop.yaml:1:1 account: required key \"account\" is missing; allowed: text such as \"111122223333\"; fix: add account: \"111122223333\"");
    }

    @Test
    void aClusterWithoutNetwork() {
        shop().with("network:\n  cidr: 10.20.0.0/16\n  zones: [ap-northeast-2a, ap-northeast-2c]\n", "")
                .isRefused("shop.yaml:5:3 cluster: network is missing: this file creates a cluster; fix: add "
                        + "network: {cidr: 10.20.0.0/16, zones: [ap-northeast-2a, ap-northeast-2b]}");
    }

    @Test
    void aClusterWithoutNodes() {
        shop().with("nodeGroups:\n  general: {instanceTypes: [m7g.large], size: {min: 2, desired: 2, max: 6}}\n", "")
                .isRefused("shop.yaml:8:3 cluster: the cluster has no Linux nodes, which CoreDNS and every add-on "
                        + "need; allowed: a node group of another image than Windows, or a Fargate profile; "
                        + "fix: add nodeGroups: {general: {instanceTypes: [m7g.large]}}");
    }

    @Test
    void aForgottenQuote() {
        shop().with("version: \"1.36\"", "version: \"1.36")
                .isRefused(
                        "shop.yaml:19:1: not YAML: found unexpected end of stream; fix: check indentation, colons, quotes and brackets there and above");
    }

    @Test
    void aManifestPatternThatMatchesNothing() {
        shop().with("app/*.yaml", "aps/*.yaml")
                .isRefused("shop.yaml:18:15 workloads.manifests[0]: \"aps/*.yaml\" matches no file in " + folder
                        + "; fix: did you mean app/*.yaml?");
    }

    @Test
    void aManifestWithAnotherServiceAccount() {
        shop().withManifest("serviceAccountName: orders", "serviceAccountName: order")
                .isRefused(
                        "app/orders.yaml:12:27 spec.template.spec.serviceAccountName: the ServiceAccount shop/order is "
                                + "not declared; allowed: default, orders; fix: did you mean orders?");
    }

    @Test
    void aMissingFile() {
        ShopEnvironment shop = shop();
        ShopEnvironment.write(folder.resolve("shop.yaml"), ShopEnvironment.ENVIRONMENT);
        shop.refused(shop.synth(folder.resolve("shpo.yaml")), "shpo.yaml: no such file; fix: did you mean shop.yaml?");
        assertThat(shop.output()).doesNotExist();
    }

    @Test
    void aFolderInsteadOfAFile() {
        ShopEnvironment shop = shop();
        shop.refused(shop.synth(folder), folder + ": a folder; fix: name a file; there is none in this folder");
        ShopEnvironment.write(shop.file(), ShopEnvironment.ENVIRONMENT);
        shop.refused(shop.synth(folder), folder + ": a folder; fix: name the files in it: *.yaml");
        assertThat(shop.output()).doesNotExist();
    }

    @Test
    void anEmptyFile() {
        shop().saying("")
                .isRefused("shop.yaml:1:1: an empty file; fix: write at least environment, region, account, cluster");
    }

    @Test
    void anAliasBomb() {
        StringBuilder text = new StringBuilder("environment: shop\ntags:\n  a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (char name = 'b'; name <= 'i'; name++) {
            String alias = "*" + (char) (name - 1);
            text.append("  " + name + ": &" + name + " [" + (alias + ", ").repeat(9) + alias + "]\n");
        }
        shop().saying(text.toString())
                .isRefused(
                        "shop.yaml:7:6 tags.e: more than 100000 values once its aliases are written out; fix: use fewer aliases to aliases, or several files");
    }

    @Test
    void twoEnvironmentsWithOneName() {
        ShopEnvironment shop = shop();
        String alone = ShopEnvironment.ENVIRONMENT.substring(0, ShopEnvironment.ENVIRONMENT.indexOf("workloads:"));
        ShopEnvironment.write(folder.resolve("a.yaml"), alone);
        ShopEnvironment.write(folder.resolve("b.yaml"), alone);
        CommandRun run = shop.synth(folder.resolve("a.yaml"), folder.resolve("b.yaml"));
        shop.refused(
                run,
                "b.yaml:1:14 environment: duplicate environment name \"shop\": a.yaml has it too; fix: "
                        + "rename one of them");
        assertThat(shop.output()).doesNotExist();
    }

    @Test
    void anUnquotedAccountKeepsItsLeadingZero() {
        ShopEnvironment shop = shop().with("\"111122223333\"", "011122223333");
        assertThat(shop.synth().status()).isZero();
        assertThat(shop.contents().get("out/stacks/shop-infrastructure/cdk.tf.json"))
                .contains("\"allowed_account_ids\": [\n          \"011122223333\"");
    }
}
