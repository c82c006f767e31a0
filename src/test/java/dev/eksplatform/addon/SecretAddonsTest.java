package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.cluster.KmsKeyArn;
import dev.eksplatform.cluster.RoleArn;
import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** External Secrets Operator and Secrets Store CSI Driver. */
class SecretAddonsTest {

    private static final ExternalSecretsSpec OPERATOR = ExternalSecretsSpec.standard();
    private static final SecretsStoreCsiDriverSpec DRIVER = SecretsStoreCsiDriverSpec.standard();
    private static final SecretStoreSpec SECRETS_MANAGER = SecretStoreSpec.of(SecretStoreSpec.Service.SECRETS_MANAGER);
    private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String ROLE = "arn:aws:iam::444455556666:role/secrets-of-shop";

    private static ExternalSecretsSpec operator(Map<String, Object> values) {
        return OPERATOR.withChart(OPERATOR.chart().withValues(values));
    }

    @Test
    void withoutSecretsTheOperatorHasNoPermissions() {
        HelmAddon addon = OPERATOR.resolve(TestAddons.AWS);

        assertThat(addon.namespace()).isEqualTo("external-secrets");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.RESTRICTED);
        assertThat(addon.webhookPorts()).containsExactly(10250);
        assertThat(addon.controllers()).isEmpty();
        assertThat(addon.objects()).isEmpty();
        assertThat(TestAddons.values(addon)).isEqualTo(TestJson.quoted("""
                {'installCRDs': true, 'crds': {'annotations': {'helm.sh/resource-policy': 'keep'}},
                 'replicaCount': 2, 'leaderElect': true, 'podDisruptionBudget': {'enabled': true},
                 'webhook': {'replicaCount': 2, 'podDisruptionBudget': {'enabled': true}},
                 'global': {'nodeSelector': {'kubernetes.io/os': 'linux'}}}
                """));
    }

    @Test
    void itMayReadWhatIsNamedAndAssumeTheRolesOfItsStores() {
        HelmAddon addon = OPERATOR.withSecrets(List.of("shop/*", "database"))
                .withParameters(List.of("/shop/*", "simple"))
                .withKmsKeys(List.of(KmsKeyArn.parse(KEY)))
                .withStores(Map.of("other", SECRETS_MANAGER.withRole(Optional.of(RoleArn.parse(ROLE)))))
                .withReplicas(1)
                .withKeepCrds(false)
                .resolve(TestAddons.AWS);

        String secrets = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:";
        String parameters = "arn:aws:ssm:eu-central-1:111122223333:parameter/";
        assertThat(addon.controllers().get(0).serviceAccount()).isEqualTo(ExternalSecretsSpec.ACCOUNT);
        assertThat(TestAddons.grants(addon))
                .containsExactlyInAnyOrder(
                        List.of("secretsmanager:DescribeSecret", secrets + "shop/*", ""),
                        List.of("secretsmanager:GetResourcePolicy", secrets + "shop/*", ""),
                        List.of("secretsmanager:GetSecretValue", secrets + "shop/*", ""),
                        List.of("secretsmanager:ListSecretVersionIds", secrets + "shop/*", ""),
                        List.of("secretsmanager:DescribeSecret", secrets + "database-??????", ""),
                        List.of("secretsmanager:GetResourcePolicy", secrets + "database-??????", ""),
                        List.of("secretsmanager:GetSecretValue", secrets + "database-??????", ""),
                        List.of("secretsmanager:ListSecretVersionIds", secrets + "database-??????", ""),
                        List.of("secretsmanager:BatchGetSecretValue", "*", ""),
                        List.of("secretsmanager:ListSecrets", "*", ""),
                        List.of("ssm:GetParameter*", parameters + "shop/*", ""),
                        List.of("ssm:GetParameter*", parameters + "simple", ""),
                        List.of("kms:Decrypt", KEY, ""),
                        List.of("sts:AssumeRole", ROLE, ""),
                        List.of("sts:TagSession", ROLE, ""));
        assertThat(TestAddons.values(addon)).isEqualTo(TestJson.quoted("""
                {'installCRDs': true, 'replicaCount': 1, 'leaderElect': false, 'podDisruptionBudget': {'enabled': false},
                 'webhook': {'replicaCount': 1, 'podDisruptionBudget': {'enabled': false}},
                 'global': {'nodeSelector': {'kubernetes.io/os': 'linux'}},
                 'serviceAccount': {'create': false, 'name': 'external-secrets'}}
                """));
    }

    @Test
    void itsPolicyIsThatOfItsDocumentation() {
        HelmAddon addon = OPERATOR.withSecrets(List.of("arn:aws:secretsmanager:us-west-2:111122223333:secret:dev-*"))
                .withParameters(List.of("arn:aws:ssm:us-east-2:123456789012:parameter/dev-*"))
                .resolve(TestAddons.AWS);

        assertThat(TestAddons.grants(addon))
                .isNotEmpty()
                .isEqualTo(GrantFacts.documented("external-secrets", "2.9.0.aws"));
    }

    @Test
    void namesAreInThePartitionOfTheCluster() {
        assertThat(TestAddons.grants(
                        OPERATOR.withParameters(List.of("/shop")).resolve(TestAddons.in(Partition.AWS_CN))))
                .containsExactly(
                        List.of("ssm:GetParameter*", "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/shop", ""));
    }

    @Test
    void storesAreClusterSecretStores() {
        List<ClusterObject> objects = OPERATOR.withSecrets(List.of("shop/*"))
                .withStores(Map.of(
                        "secrets-manager",
                        SECRETS_MANAGER,
                        "parameters",
                        SecretStoreSpec.of(SecretStoreSpec.Service.PARAMETER_STORE)
                                .withRegion(Optional.of("eu-west-1"))
                                .withRole(Optional.of(RoleArn.parse(ROLE)))
                                .withPrefix(Optional.of("/shop/"))
                                .withNamespaces(List.of("shop"))))
                .resolve(TestAddons.AWS)
                .objects();

        assertThat(objects)
                .extracting(object -> TestJson.tree(object.body()))
                .containsExactlyInAnyOrder(TestJson.quoted("""
                {'apiVersion': 'external-secrets.io/v1', 'kind': 'ClusterSecretStore', 'metadata': {'name': 'secrets-manager'},
                 'spec': {'provider': {'aws': {'service': 'SecretsManager', 'region': 'eu-central-1'}}}}
                """), TestJson.quoted("""
                {'apiVersion': 'external-secrets.io/v1', 'kind': 'ClusterSecretStore', 'metadata': {'name': 'parameters'},
                 'spec': {'provider': {'aws': {'service': 'ParameterStore', 'region': 'eu-west-1', 'prefix': '/shop/',
                                               'role': 'arn:aws:iam::444455556666:role/secrets-of-shop'}},
                          'conditions': [{'namespaces': ['shop']}]}}
                """));
    }

    @Test
    void aStoreReadsWithTheOperatorsPermissionsUnlessItHasARole() {
        ExternalSecretsSpec spec = OPERATOR.withStores(
                Map.of("own", SECRETS_MANAGER, "others", SECRETS_MANAGER.withRole(Optional.of(RoleArn.parse(ROLE)))));

        assertThat(spec.storesWithoutPermission()).containsExactly("own");
        assertThat(spec.withSecrets(List.of("shop/*")).storesWithoutPermission())
                .isEmpty();
        assertThat(spec.withParameters(List.of("/shop/*")).storesWithoutPermission())
                .containsExactly("own");
    }

    @Test
    void itsWebhookHasAnotherPortOnFargateAndWhatItsValuesSay() {
        assertThat(OPERATOR.resolve(TestAddons.FARGATE).webhookPorts()).containsExactly(9443);
        assertThat(TestAddons.values(OPERATOR.resolve(TestAddons.FARGATE))
                        .path("webhook")
                        .path("port")
                        .asInt())
                .isEqualTo(9443);
        HelmAddon onNodes = operator(Map.of("webhook", Map.of("port", 9444, "hostNetwork", true)))
                .resolve(TestAddons.FARGATE);
        assertThat(onNodes.webhookPorts()).containsExactly(9444);
        assertThat(onNodes.podSecurity()).contains(PodSecurityLevel.PRIVILEGED);
    }

    @Test
    void whatIsWrongWithTheOperatorIsReportedAtOnce() {
        assertThat(ProblemsOf.making(() -> OPERATOR.with(
                        spec -> spec.chart(OPERATOR.chart().withChartVersion(ChartVersion.parse("0.15.1")))
                                .secrets(List.of("a b", "shop", "shop"))
                                .parameters(List.of("a b"))
                                .stores(Map.of("A", SECRETS_MANAGER))
                                .replicas(0))))
                .containsExactly(
                        "replicas: 0 replicas; allowed: 1 or more; fix: use 1, or remove the add-on",
                        "secrets[0]: \"a b\" is not a secret of AWS Secrets Manager; allowed: its name, with * for any part, or"
                                + " its ARN; fix: write it like shop/database or shop/*",
                        "parameters[0]: \"a b\" is not a parameter of the SSM Parameter Store; allowed: its name, with * for any"
                                + " part, or its ARN; fix: write it like /shop/database or /shop/*",
                        "secrets[2]: duplicate secret shop; fix: remove one of them",
                        "stores.A: \"A\" is not the name of a ClusterSecretStore; allowed: 1 to 63 lower case letters, digits and"
                                + " -, with a letter or digit at both ends; fix: write it like secrets-manager",
                        "stores: version 0.15.1 does not have external-secrets.io/v1; fix: use chartVersion 0.16.0 or newer");
        assertThat(ProblemsOf.making(() ->
                        OPERATOR.withIdentity(OPERATOR.identity().withMode(Optional.of(IdentityMode.POD_IDENTITY)))))
                .containsExactly("mode: not used: the add-on has no AWS permissions; fix: remove it");
        assertThat(ProblemsOf.making(() -> SECRETS_MANAGER.withRegion(Optional.of("Frankfurt"))))
                .containsExactly("region: \"Frankfurt\" is not a region; allowed: a region of AWS; fix: write it like"
                        + " eu-central-1, or remove it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "installCRDs",
                "crds.annotations",
                "serviceAccount.create",
                "serviceAccount.name",
                "serviceAccount.annotations"
            })
    void whatBindsTheOperatorToItsRoleIsThePlatforms(String path) {
        int dot = path.indexOf('.');
        Map<String, Object> values =
                dot < 0 ? Map.of(path, false) : Map.of(path.substring(0, dot), Map.of(path.substring(dot + 1), "x"));

        assertThat(ProblemsOf.making(() -> operator(values)))
                .containsExactly(
                        "values." + path + ": an override of a value that the platform sets; allowed: values other"
                                + " than installCRDs, crds.annotations, serviceAccount.create, serviceAccount.name,"
                                + " serviceAccount.annotations; fix: remove it: role, trust, ServiceAccount and chart must agree");
    }

    @Test
    void theDriverHasNoPermissionsOfItsOwn() {
        HelmAddon addon = DRIVER.resolve(TestAddons.AWS);

        assertThat(addon.namespace()).isEqualTo("kube-system");
        assertThat(addon.controllers()).isEmpty();
        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(DRIVER.needsNodes()).isTrue();
        assertThat(TestAddons.values(addon)).isEqualTo(TestJson.quoted("""
                {'awsRegion': 'eu-central-1', 'priorityClassName': 'system-node-critical',
                 'tolerations': [{'operator': 'Exists'}],
                 'secrets-store-csi-driver': {'syncSecret': {'enabled': false}, 'enableSecretRotation': false,
                                              'linux': {'priorityClassName': 'system-node-critical'}}}
                """));
    }

    @Test
    void theDriverSyncsSecretsAndRotatesFilesWhenAsked() {
        HelmAddon addon = DRIVER.withSyncSecrets(true)
                .withRotationInterval(Optional.of("5m"))
                .resolve(TestAddons.AWS);

        assertThat(TestAddons.values(addon).path("secrets-store-csi-driver")).isEqualTo(TestJson.quoted("""
                {'syncSecret': {'enabled': true}, 'enableSecretRotation': true, 'rotationPollInterval': '5m',
                 'linux': {'priorityClassName': 'system-node-critical'}}
                """));
        assertThat(ProblemsOf.making(() -> DRIVER.withRotationInterval(Optional.of("5 minutes"))))
                .containsExactly(
                        "rotationInterval: \"5 minutes\" is not an interval; allowed: numbers with h, m or s; fix:"
                                + " write it like 5m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"install", "tokenRequests", "enableSecretRotation"})
    void whatTheProviderNeedsOfTheDriverIsThePlatforms(String key) {
        assertThat(ProblemsOf.making(() -> DRIVER.withChart(
                        DRIVER.chart().withValues(Map.of("secrets-store-csi-driver", Map.of(key, List.of()))))))
                .containsExactly(
                        "values.secrets-store-csi-driver." + key + ": an override of a value that the platform sets;"
                                + " allowed: values other than secrets-store-csi-driver.install,"
                                + " secrets-store-csi-driver.tokenRequests, secrets-store-csi-driver.syncSecret.enabled,"
                                + " secrets-store-csi-driver.enableSecretRotation; fix: remove it: role, trust, ServiceAccount and"
                                + " chart must agree");
    }
}
