package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** EKS add-ons, the settings of all roles, and identities, from the file to the resources. */
class IdentitiesAndAddonsTest {

    /** Six lines, so that what a test adds begins in line 7. */
    private static final String SHOP = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            network: {cidr: 10.0.0.0/16, zones: [eu-central-1a, eu-central-1b]}
            nodeGroups: {general: {instanceTypes: [m7g.large]}}
            identity: %s
            """;

    private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void anAddonOfAnyNameHasItsSettings() {
        JsonNode stack = infrastructure("irsa", """
                cluster:
                  version: "1.36"
                  addons:
                    snapshot-controller: {}
                    cert-manager: {}
                    adot: {}
                    amazon-cloudwatch-observability:
                      namespace: observability
                      preserve: true
                      resolveConflicts: {create: none, update: preserve}
                      tags: {team: platform}
                      timeouts: {createMinutes: 30, updateMinutes: 40, deleteMinutes: 50}
                    acme_agent:
                      version: v1.2.3-eksbuild.1
                      beforeCompute: true
                      roleArn: arn:aws:iam::111122223333:role/agents/acme
                      serviceAccount: agents/acme
                """);
        JsonNode plain = addon(stack, "snapshot-controller");
        JsonNode full = addon(stack, "amazon-cloudwatch-observability");
        JsonNode acme = addon(stack, "acme_agent");

        assertThat(fields(plain))
                .containsExactly(
                        "addon_name",
                        "addon_version",
                        "cluster_name",
                        "depends_on",
                        "resolve_conflicts_on_create",
                        "resolve_conflicts_on_update");
        assertThat(plain.path("resolve_conflicts_on_create").asText()).isEqualTo("OVERWRITE");
        assertThat(full.at("/namespace_config/namespace").asText()).isEqualTo("observability");
        assertThat(full.path("preserve").asBoolean()).isTrue();
        assertThat(full.path("resolve_conflicts_on_create").asText()).isEqualTo("NONE");
        assertThat(full.path("resolve_conflicts_on_update").asText()).isEqualTo("PRESERVE");
        assertThat(full.at("/tags/team").asText()).isEqualTo("platform");
        assertThat(full.path("timeouts").toString())
                .isEqualTo("{\"create\":\"30m\",\"delete\":\"50m\",\"update\":\"40m\"}");
        assertThat(full.path("service_account_role_arn").asText())
                .isEqualTo("${aws_iam_role.identities_observability_cloudwatch-agent_role_70E61C0D.arn}");
        assertThat(sids(stack, "identities_observability_cloudwatch-agent"))
                .containsExactly("system:serviceaccount:observability:cloudwatch-agent");
        assertThat(acme.path("addon_version").asText()).isEqualTo("v1.2.3-eksbuild.1");
        assertThat(acme.path("service_account_role_arn").asText())
                .isEqualTo("arn:aws:iam::111122223333:role/agents/acme");
        assertThat(acme.has("depends_on")).isFalse();
        assertThat(stack.at("/resource/aws_eks_node_group")
                        .iterator()
                        .next()
                        .path("depends_on")
                        .toString())
                .contains("acme_agent");
        assertThat(addon(stack, "adot").path("depends_on").toString()).contains("cert-manager_addon");
        assertThat(stack.at("/resource/aws_vpc_security_group_ingress_rule").toString())
                .contains("API server to the webhook of adot");
    }

    @Test
    void theVpcCniMayHaveARoleOfItsOwn() {
        JsonNode irsa = infrastructure("irsa", """
                cluster: {version: "1.36", addons: {vpc-cni: {mode: irsa}}}
                """);
        JsonNode cni = addon(irsa, "vpc-cni");

        assertThat(cni.path("service_account_role_arn").asText())
                .startsWith("${aws_iam_role.identities_kube-system_aws-node");
        assertThat(sids(irsa, "identities_kube-system_aws-node"))
                .containsExactly("system:serviceaccount:kube-system:aws-node");
        assertThat(cni.path("depends_on").toString())
                .contains("aws_iam_role_policy_attachment.identities_kube-system_aws-node_attach-AmazonEKS_CNI_Policy");
        assertThat(policiesOf(irsa, "node-groups_general"))
                .containsExactly("AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy");

        JsonNode pods = infrastructure("pod-identity", """
                cluster: {version: "1.36"}
                identities: {kube-system/aws-node: {policies: [AmazonEKS_CNI_Policy]}}
                """);
        cni = addon(pods, "vpc-cni");

        assertThat(cni.at("/pod_identity_association/0/service_account").asText())
                .isEqualTo("aws-node");
        assertThat(cni.path("depends_on").toString()).contains("eks-pod-identity-agent_addon");
        assertThat(policiesOf(pods, "node-groups_general"))
                .containsExactly("AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy");
        assertThat(pods.at("/resource/aws_eks_pod_identity_association").isMissingNode())
                .isTrue();
    }

    @Test
    void theVpcCniUsesTheRoleOfTheNodesUnlessAsked() {
        JsonNode stack = infrastructure("pod-identity", "cluster: {version: \"1.36\"}\n");

        assertThat(addon(stack, "vpc-cni").has("pod_identity_association")).isFalse();
        assertThat(policiesOf(stack, "node-groups_general")).contains("AmazonEKS_CNI_Policy");
    }

    @Test
    void driversUseTheKeysThatTheyAreGiven() {
        JsonNode stack = infrastructure("pod-identity", """
                cluster:
                  version: "1.36"
                  addons:
                    aws-ebs-csi-driver: {kmsKeys: ["%1$s"]}
                    aws-mountpoint-s3-csi-driver:
                      policy: {Statement: [{Effect: Allow, Action: s3:GetObject, Resource: "arn:aws:s3:::reports/*"}]}
                      kmsKeys: ["%1$s"]
                    aws-fsx-csi-driver: {policies: [AmazonFSxReadOnlyAccess], mode: irsa}
                """.formatted(KEY));

        assertThat(policy(stack, "identities_kube-system_ebs-csi-controller-sa_policy")
                        .toString())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                        + "[\"kms:CreateGrant\",\"kms:ListGrants\",\"kms:RevokeGrant\"],\"Resource\":\"" + KEY
                        + "\",\"Condition\":{\"Bool\":{\"kms:GrantIsForAWSResource\":\"true\"}}},{\"Effect\":\"Allow\","
                        + "\"Action\":[\"kms:Encrypt\",\"kms:Decrypt\",\"kms:ReEncrypt*\",\"kms:GenerateDataKey*\","
                        + "\"kms:DescribeKey\"],\"Resource\":\"" + KEY + "\"}]}");
        assertThat(policiesOf(stack, "identities_kube-system_ebs-csi-controller-sa"))
                .contains("service-role/AmazonEBSCSIDriverPolicy");
        assertThat(policy(stack, "identities_kube-system_s3-csi-driver-sa_policy")
                        .toString())
                .contains("s3:GetObject")
                .contains("kms:GenerateDataKey");
        assertThat(policiesOf(stack, "identities_kube-system_s3-csi-driver-sa")).hasSize(1);
        assertThat(policiesOf(stack, "identities_kube-system_fsx-csi-controller-sa"))
                .containsExactly("AmazonFSxReadOnlyAccess");
        assertThat(addon(stack, "aws-fsx-csi-driver")
                        .path("service_account_role_arn")
                        .asText())
                .startsWith("${aws_iam_role.");
        assertThat(addon(stack, "aws-fsx-csi-driver").path("depends_on").toString())
                .contains("eks-pod-identity-agent_addon");
    }

    @Test
    void addonsThatCannotWorkAreReportedAtTheirLine() {
        assertThat(problems("irsa", """
                cluster:
                  version: "1.36"
                  addons:
                    adot: {}
                    aws-mountpoint-s3-csi-driver: {}
                    cert-manager: {}
                    aws-ebs-csi-driver: {kmsKeys: ["%s"]}
                addons: {cert-manager: {}}
                """.formatted(KEY.replace("eu-central-1", "eu-west-1"))))
                .containsExactly(
                        "shop.yaml:11:35 cluster.addons.aws-mountpoint-s3-csi-driver: permissions of"
                                + " aws-mountpoint-s3-csi-driver are missing: they depend on your resources; fix: add policy"
                                + " or policies, such as AmazonS3FullAccess, which allows more than it needs; or mode:"
                                + " node-role",
                        "shop.yaml:12:19 cluster.addons.cert-manager: cert-manager is installed by addons.cert-manager,"
                                + " too; fix: remove one of them",
                        "shop.yaml:13:36 cluster.addons.aws-ebs-csi-driver.kmsKeys[0]: a key of eu-west-1 in an"
                                + " environment of eu-central-1; fix: use a key of eu-central-1");
        assertThat(problems("irsa", """
                cluster: {version: "1.36", addons: {adot: {}}}
                addons: {cert-manager: {}}
                """))
                .containsExactly(
                        "shop.yaml:7:43 cluster.addons.adot: adot does not work without cert-manager, which addons"
                                + " installs after it; fix: add cert-manager: {} to cluster.addons, and remove it from addons");
        assertThat(problems("irsa", """
                cluster: {version: "1.36", addons: {aws-ebs-csi-driver: {mode: irsa}}}
                identities:
                  kube-system/ebs-csi-controller-sa: {policies: [service-role/AmazonEBSCSIDriverPolicy]}
                  amazon-network-flow-monitor/agent: {policies: [AmazonS3ReadOnlyAccess]}
                """))
                .containsExactly(
                        "shop.yaml:9:38 identities[\"kube-system/ebs-csi-controller-sa\"]: duplicate identity: the"
                                + " ServiceAccount kube-system/ebs-csi-controller-sa has one already at"
                                + " cluster.addons.aws-ebs-csi-driver; fix: remove one of them");
        assertThat(problems("irsa", """
                cluster: {version: "1.36", addons: {aws-efs-csi-driver: {}}}
                identities:
                  kube-system/efs-csi-controller-sa:
                    policies: [service-role/AmazonEFSCSIDriverPolicy]
                    serviceAccountSettings: {labels: {team: storage}}
                  kube-system/efs-csi-node-sa: {policies: [AmazonElasticFileSystemClientReadWriteAccess]}
                """))
                .containsExactly(
                        "shop.yaml:11:29 identities[\"kube-system/efs-csi-controller-sa\"].serviceAccountSettings: the"
                                + " ServiceAccount kube-system/efs-csi-controller-sa comes with the EKS add-on"
                                + " aws-efs-csi-driver; fix: set it in the configuration of the add-on, where that has it",
                        "shop.yaml:12:32 identities[\"kube-system/efs-csi-node-sa\"]: a second role for"
                                + " aws-efs-csi-driver, which EKS gives one role in IRSA mode; fix: name the ServiceAccount in"
                                + " serviceAccounts of the other identity, or set mode: pod-identity");
    }

    @Test
    void addonsNeedNodesThatTakeThem() {
        String tainted = SHOP.formatted("irsa")
                .replace("[m7g.large]}", "[m7g.large], taints: [{key: dedicated, value: web, effect: no-schedule}]}");

        assertThat(warnings(tainted + "cluster: {version: \"1.36\", addons: {aws-ebs-csi-driver: {}, acme: {}}}\n"))
                .containsExactly(
                        "shop.yaml:7:67 cluster.addons.acme: acme is not an EKS add-on that this release knows; fix: check it"
                                + " with `aws eks describe-addon-versions --addon-name acme`",
                        "shop.yaml:5:13 nodeGroups: no node takes the pods of coredns: all node groups have taints"
                                + " (dedicated), which they do not tolerate; fix: add a node group without such taints, or"
                                + " tolerations to the configuration of coredns",
                        "shop.yaml:7:57 cluster.addons.aws-ebs-csi-driver: no node takes the pods of aws-ebs-csi-driver:"
                                + " all node groups have taints (dedicated), which they do not tolerate; fix: add a node group"
                                + " without such taints, or tolerations to the configuration of aws-ebs-csi-driver");
        assertThat(warnings(tainted + """
                cluster:
                  version: "1.36"
                  addons: {coredns: {configuration: {tolerations: [{key: dedicated, operator: Exists}]}}}
                """)).isEmpty();
        assertThat(problems(
                        "irsa",
                        """
                cluster: {version: "1.36", addons: {aws-ebs-csi-driver: {}}}
                fargate: {system: {selectors: [{namespace: kube-system}]}}
                """.replace("\nfargate", "\nfargate"),
                        "nodeGroups: {general: {instanceTypes: [m7g.large]}}\n"))
                .containsExactly("shop.yaml:6:57 cluster.addons.aws-ebs-csi-driver: aws-ebs-csi-driver does not run on"
                        + " Fargate, and the environment has no node group; fix: add a node group, or remove it");
    }

    @Test
    void everyRoleHasTheSettingsOfTheEnvironment() {
        JsonNode stack = infrastructure("irsa", """
                cluster: {version: "1.36", addons: {aws-ebs-csi-driver: {}}}
                roles:
                  path: /platform/
                  permissionsBoundary: arn:aws:iam::111122223333:policy/boundary
                  maxSessionSeconds: 14400
                  tags: {owner: platform}
                identities:
                  shop/orders:
                    policies: [AmazonS3ReadOnlyAccess]
                    policy: {Statement: [{Effect: Allow, Action: s3:GetObject, Resource: "arn:aws:s3:::reports/*"}]}
                """);

        assertThat(stack.at("/resource/aws_iam_role")).hasSize(5).allSatisfy(role -> {
            assertThat(role.path("path").asText()).isEqualTo("/platform/");
            assertThat(role.path("permissions_boundary").asText())
                    .isEqualTo("arn:aws:iam::111122223333:policy/boundary");
            assertThat(role.path("max_session_duration").asInt()).isEqualTo(14_400);
            assertThat(role.at("/tags/owner").asText()).isEqualTo("platform");
        });
        assertThat(stack.at("/resource/aws_iam_policy"))
                .hasSize(1)
                .allSatisfy(policy -> assertThat(policy.path("path").asText()).isEqualTo("/platform/"));
        assertThat(stack.at("/output/role_arns/value/shop~1orders").asText())
                .isEqualTo("arn:aws:iam::111122223333:role/platform/shop-shop-orders");
        assertThat(serviceAccount("orders")
                        .at("/metadata/annotations/eks.amazonaws.com~1role-arn")
                        .asText())
                .isEqualTo("arn:aws:iam::111122223333:role/platform/shop-shop-orders");
    }

    @Test
    void anIdentityHasSettingsOfItsOwn() {
        JsonNode stack = infrastructure("irsa", """
                cluster: {version: "1.36", oidc: {audiences: [vault.example.com]}}
                roles: {path: /platform/, permissionsBoundary: PowerUserAccess, tags: {owner: platform}}
                identities:
                  shop/orders:
                    policies: [AmazonS3ReadOnlyAccess]
                    policy: {Statement: [{Effect: Allow, Action: s3:GetObject, Resource: "arn:aws:s3:::reports/*"}]}
                    policyDocuments:
                      write: {Statement: [{Effect: Allow, Action: s3:PutObject, Resource: "arn:aws:s3:::reports/*"}]}
                    inlinePolicies:
                      queue: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: "*"}]}
                    description: Orders of the shop
                    roleSettings: {path: /shop/, maxSessionSeconds: 7200, tags: {team: shop}}
                    serviceAccounts: [shop/reports, billing/orders]
                    issuers: [arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1]
                    serviceAccountSettings:
                      labels: {team: shop}
                      annotations: {eks.amazonaws.com/token-expiration: "43200"}
                      imagePullSecrets: [registry]
                      automountToken: false
                """);
        JsonNode role = resource(stack, "aws_iam_role", "identities_shop_orders_role");
        JsonNode trust = TestJson.parse(role.path("assume_role_policy").asText());

        assertThat(role.path("path").asText()).isEqualTo("/shop/");
        assertThat(role.path("description").asText()).isEqualTo("Orders of the shop");
        assertThat(role.path("max_session_duration").asInt()).isEqualTo(7200);
        assertThat(role.path("permissions_boundary").asText()).isEqualTo("arn:aws:iam::aws:policy/PowerUserAccess");
        assertThat(role.path("tags").toString()).isEqualTo("{\"owner\":\"platform\",\"team\":\"shop\"}");
        assertThat(trust.path("Statement")).hasSize(2);
        assertThat(trust.at("/Statement/1/Principal/Federated").asText())
                .isEqualTo("arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1");
        assertThat(trust.at("/Statement/1/Condition/StringEquals").toString())
                .isEqualTo("{\"oidc.eks.eu-west-1.amazonaws.com/id/A1:aud\":\"sts.amazonaws.com\","
                        + "\"oidc.eks.eu-west-1.amazonaws.com/id/A1:sub\":[\"system:serviceaccount:shop:orders\","
                        + "\"system:serviceaccount:shop:reports\",\"system:serviceaccount:billing:orders\"]}");
        assertThat(resource(stack, "aws_iam_policy", "identities_shop_orders_policy-write")
                        .path("name")
                        .asText())
                .isEqualTo("shop-shop-orders-write");
        assertThat(policiesOf(stack, "identities_shop_orders")).hasSize(3);
        assertThat(resource(stack, "aws_iam_role_policy", "identities_shop_orders_inline-queue")
                        .path("name")
                        .asText())
                .isEqualTo("queue");
        assertThat(resource(stack, "aws_iam_openid_connect_provider", "cluster_oidc")
                        .path("client_id_list")
                        .toString())
                .isEqualTo("[\"sts.amazonaws.com\",\"vault.example.com\"]");
        for (String name : List.of("orders", "reports")) {
            JsonNode account = serviceAccount(name);
            assertThat(account.at("/metadata/annotations").toString())
                    .isEqualTo(
                            "{\"eks.amazonaws.com/role-arn\":\"arn:aws:iam::111122223333:role/shop/shop-shop-orders\","
                                    + "\"eks.amazonaws.com/token-expiration\":\"43200\"}");
            assertThat(account.at("/metadata/labels/team").asText()).isEqualTo("shop");
            assertThat(account.at("/image_pull_secret/0/name").asText()).isEqualTo("registry");
            assertThat(account.path("automount_service_account_token").asBoolean(true))
                    .isFalse();
            assertThat(account.at("/lifecycle/ignore_changes").toString()).isEqualTo("[\"secret\"]");
        }
        assertThat(stack.at("/output/role_arns/value/billing~1orders").asText())
                .isEqualTo("arn:aws:iam::111122223333:role/shop/shop-shop-orders");
    }

    @Test
    void podIdentityHasSettingsOfItsOwn() {
        JsonNode stack = infrastructure("pod-identity", """
                cluster: {version: "1.36"}
                identities:
                  shop/orders:
                    clusters: [shop-blue]
                    serviceAccounts: [shop/reports, billing/orders]
                    podIdentity: {targetRoleArn: "arn:aws:iam::444455556666:role/reports"}
                  shop/batch:
                    policies: [AmazonS3ReadOnlyAccess]
                    podIdentity:
                      disableSessionTags: true
                      sessionPolicy:
                        Statement: [{Effect: Allow, Action: s3:GetObject, Resource: "arn:aws:s3:::reports/*"}]
                """);
        JsonNode trust = TestJson.parse(resource(stack, "aws_iam_role", "identities_shop_orders_role")
                .path("assume_role_policy")
                .asText());
        JsonNode association =
                resource(stack, "aws_eks_pod_identity_association", "identities_shop_orders_association_");
        JsonNode batch = resource(stack, "aws_eks_pod_identity_association", "identities_shop_batch_association");
        JsonNode tagless = TestJson.parse(resource(stack, "aws_iam_role", "identities_shop_batch_role")
                .path("assume_role_policy")
                .asText());

        assertThat(stack.at("/resource/aws_eks_pod_identity_association")).hasSize(4);
        assertThat(trust.at("/Statement/0/Condition/StringEquals").toString())
                .isEqualTo("{\"aws:RequestTag/eks-cluster-name\":[\"shop\",\"shop-blue\"],"
                        + "\"aws:RequestTag/kubernetes-namespace\":\"shop\","
                        + "\"aws:RequestTag/kubernetes-service-account\":[\"orders\",\"reports\"]}");
        assertThat(trust.at("/Statement/1/Condition/StringEquals/aws:RequestTag~1kubernetes-namespace")
                        .asText())
                .isEqualTo("billing");
        assertThat(association.path("target_role_arn").asText()).isEqualTo("arn:aws:iam::444455556666:role/reports");
        assertThat(policy(stack, "identities_shop_orders_policy").toString())
                .isEqualTo(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"sts:AssumeRole\","
                                + "\"sts:TagSession\"],\"Resource\":\"arn:aws:iam::444455556666:role/reports\"}]}");
        assertThat(stack.at("/output/pod_identity_external_ids/value/shop~1orders")
                        .asText())
                .contains(".external_id");
        assertThat(batch.path("disable_session_tags").asBoolean()).isTrue();
        assertThat(TestJson.parse(batch.path("policy").asText())
                        .at("/Statement/0/Action")
                        .asText())
                .isEqualTo("s3:GetObject");
        assertThat(tagless.at("/Statement/0/Condition").toString())
                .isEqualTo("{\"StringEquals\":{\"aws:SourceArn\":"
                        + "\"arn:aws:eks:eu-central-1:111122223333:cluster/shop\"}}");
        assertThat(serviceAccount("orders").at("/metadata").has("annotations")).isFalse();
    }

    @Test
    void aRoleOfTheAccountIsAnnotatedInIrsaMode() {
        JsonNode stack = infrastructure("irsa", """
                cluster: {version: "1.36"}
                identities: {shop/orders: {role: "arn:aws:iam::111122223333:role/team/orders"}}
                """);

        assertThat(fields(stack.at("/resource/aws_iam_role"))).noneMatch(name -> name.startsWith("identities"));
        assertThat(stack.at("/resource/aws_iam_openid_connect_provider")).hasSize(1);
        assertThat(serviceAccount("orders")
                        .at("/metadata/annotations/eks.amazonaws.com~1role-arn")
                        .asText())
                .isEqualTo("arn:aws:iam::111122223333:role/team/orders");
    }

    @Test
    void whatAwsRefusesIsReportedAtItsLine() {
        assertThat(problems("irsa", """
                cluster: {version: "1.36"}
                roles: {permissionsBoundary: "arn:aws:iam::444455556666:policy/boundary"}
                identities:
                  shop/orders:
                    policies: [AmazonS3ReadOnlyAccess]
                    serviceAccounts: [shop/orders]
                  shop/cart:
                    policies: [AmazonS3ReadOnlyAccess]
                    serviceAccounts: [shop/carts]
                    policyDocuments:
                      write: {Statement: [{Effect: Allow, Action: s3:PutObjekt, Resource: "*"}]}
                  shop/carts: {policies: [AmazonS3ReadOnlyAccess]}
                """))
                .containsExactly(
                        "shop.yaml:8:30 roles.permissionsBoundary: \"arn:aws:iam::444455556666:policy/boundary\" is a policy"
                                + " of another account than 111122223333; fix: name a policy of 111122223333",
                        "shop.yaml:12:22 identities[\"shop/orders\"].serviceAccounts: shop/orders, whose identity this is;"
                                + " fix: remove it: the others are named here",
                        "shop.yaml:17:51 identities[\"shop/cart\"].policyDocuments.write.Statement[0].Action: \"s3:PutObjekt\""
                                + " is not an action of s3 (2026-09); fix: did you mean s3:PutObject? If AWS has added it since, add unlisted: [\"s3:PutObjekt\"] to the identity",
                        "shop.yaml:18:15 identities[\"shop/carts\"]: duplicate identity: the ServiceAccount shop/carts has one"
                                + " already at identities[\"shop/cart\"].serviceAccounts[0]; fix: remove one of them");
    }

    private JsonNode infrastructure(String mode, String rest) {
        return stacks(SHOP.formatted(mode) + rest).path("shop-infrastructure");
    }

    private ObjectNode stacks(String text) {
        ObjectNode stacks = JsonNodeFactory.instance.objectNode();
        for (Synthesis.Written written : Synthesis.write(List.of(Environment.read(write(text))), folder.resolve("out"))
                .written()) {
            stacks.set(written.stack(), TestJson.read(written.file()));
        }
        platform = stacks.path("shop-platform");
        return stacks;
    }

    private JsonNode platform = JsonNodeFactory.instance.objectNode();

    private JsonNode serviceAccount(String name) {
        List<JsonNode> found = new ArrayList<>();
        platform.at("/resource/kubernetes_service_account_v1").forEach(account -> {
            if (account.at("/metadata/name").asText().equals(name)) {
                found.add(account);
            }
        });
        return found.get(0);
    }

    private Path write(String text) {
        try {
            return Files.writeString(folder.resolve("shop.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> problems(String mode, String rest, String... without) {
        String text = SHOP.formatted(mode) + rest;
        for (String line : without) {
            text = text.replace(line, "");
        }
        Path file = write(text);
        try {
            Environment.read(file);
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems().stream().map(this::shown).toList();
        }
    }

    private List<String> warnings(String text) {
        return Environment.read(write(text)).warnings().stream()
                .map(this::shown)
                .toList();
    }

    private String shown(Problem problem) {
        return problem.toString().replace(folder + "/", "");
    }

    private static JsonNode addon(JsonNode stack, String name) {
        return resource(stack, "aws_eks_addon", "cluster_" + name + "_addon");
    }

    private static JsonNode resource(JsonNode stack, String type, String prefix) {
        ObjectNode one = (ObjectNode) stack.at("/resource/" + type).properties().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> new AssertionError(prefix + " in " + stack.at("/resource/" + type)))
                .getValue();
        one.remove("//");
        return one;
    }

    private static JsonNode policy(JsonNode stack, String prefix) {
        return TestJson.parse(
                resource(stack, "aws_iam_policy", prefix).path("policy").asText());
    }

    private static List<String> fields(JsonNode node) {
        TreeSet<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return List.copyOf(names);
    }

    /** The subjects of the first statement of a role's trust policy. */
    private static List<String> sids(JsonNode stack, String prefix) {
        List<String> subjects = new ArrayList<>();
        TestJson.parse(resource(stack, "aws_iam_role", prefix)
                        .path("assume_role_policy")
                        .asText())
                .at("/Statement/0/Condition/StringEquals")
                .properties()
                .forEach(entry -> {
                    if (entry.getKey().endsWith(":sub")) {
                        subjects.addAll(
                                entry.getValue().isArray()
                                        ? Json.texts(entry.getValue())
                                        : List.of(entry.getValue().asText()));
                    }
                });
        return subjects;
    }

    /** Names of the managed policies of a role, or references to those of its own, sorted. */
    private static List<String> policiesOf(JsonNode stack, String prefix) {
        TreeSet<String> names = new TreeSet<>();
        stack.at("/resource/aws_iam_role_policy_attachment").properties().forEach(entry -> {
            if (entry.getKey().startsWith(prefix)) {
                names.add(entry.getValue().path("policy_arn").asText().replaceFirst("^arn:aws:iam::aws:policy/", ""));
            }
        });
        return List.copyOf(names);
    }
}
