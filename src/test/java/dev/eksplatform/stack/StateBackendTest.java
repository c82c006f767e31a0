package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.OciState;
import dev.eksplatform.environment.StateSpec;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.identity.BucketName;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.StackAssertions;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateBackendTest {

    private static final String FILE = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            cluster: {existing: {name: shop}}
            """;

    @TempDir
    private Path folder;

    private static JsonNode terraform(StateSpec state) throws IOException {
        App app = StackAssertions.app();
        TerraformStack stack = new TerraformStack(app, "shop-platform");
        StateBackend.configure(
                stack,
                EnvironmentSpec.of(
                                "shop", "eu-central-1", AccountId.parse("111122223333"), ExistingClusterSpec.of("shop"))
                        .withState(state),
                "shop-platform");
        app.synth();
        return TestJson.read(Path.of(app.getOutdir(), "stacks", "shop-platform", "cdk.tf.json"))
                .path("terraform");
    }

    private static JsonNode json(String text) throws IOException {
        return TestJson.parse(text);
    }

    @Test
    void localIsRelativeToTheProject() throws IOException {
        assertThat(terraform(new StateSpec.Local())).isEqualTo(json("""
                        {"backend": {"local": {"path": "../../../terraform.shop-platform.tfstate"}}}
                        """));
    }

    @Test
    void s3LocksWithAFileWhichNeedsTerraform110() throws IOException {
        assertThat(terraform(StateSpec.S3.of(BucketName.parse("states")))).isEqualTo(json("""
                        {"backend": {"s3": {"bucket": "states", "key": "shop/shop-platform.tfstate",
                          "region": "eu-central-1", "encrypt": true, "use_lockfile": true}},
                         "required_version": ">= 1.10"}
                        """));
    }

    @Test
    void s3WithEverything() throws IOException {
        assertThat(terraform(StateSpec.S3
                        .of(BucketName.parse("states"))
                        .withRegion(Optional.of("us-east-1"))
                        .withPrefix(Optional.of("team/shop"))
                        .withKmsKeyId(Optional.of("alias/states"))))
                .isEqualTo(json("""
                        {"backend": {"s3": {"bucket": "states", "key": "team/shop/shop-platform.tfstate",
                          "region": "us-east-1", "encrypt": true, "kms_key_id": "alias/states", "use_lockfile": true}},
                         "required_version": ">= 1.10"}
                        """));
    }

    @Test
    void cloudHasAWorkspaceForEachStack() throws IOException {
        assertThat(terraform(StateSpec.Cloud.of("acme")).path("cloud"))
                .isEqualTo(json("{\"organization\": \"acme\", \"workspaces\": {\"name\": \"shop-platform\"}}"));
    }

    @Test
    void cloudWithProjectAndHost() throws IOException {
        assertThat(terraform(StateSpec.Cloud.of("acme")
                                .withProject(Optional.of("platforms"))
                                .withHostname(Optional.of("tfe.example.com")))
                        .path("cloud"))
                .isEqualTo(json("""
                        {"organization": "acme", "hostname": "tfe.example.com",
                         "workspaces": {"name": "shop-platform", "project": "platforms"}}
                        """));
    }

    /** A backend as it is written in a file, with the arguments that it has in Terraform. */
    private void assertBackend(String state, String backend) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), FILE + "state: " + state + "\n");
        assertThat(terraform(Environment.read(file).resolved().spec().state()).path("backend"))
                .isEqualTo(json(backend));
    }

    private List<String> problems(String state) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), FILE + "state: " + state + "\n");
        return ProblemsOf.making(() -> Environment.read(file)).stream()
                .map(problem -> problem.replace(folder + "/shop.yaml:", ""))
                .toList();
    }

    @Test
    void s3WithEveryArgument() throws IOException {
        assertBackend("""
                {s3: {bucket: states, region: auto, prefix: a/b, profile: tools, encrypt: false, useLockfile: false,
                  endpoints: {s3: 'https://s3.example.com', sts: 'https://sts.example.com', iam: 'https://iam.example.com',
                    sso: 'https://sso.example.com'},
                  stsRegion: us-east-1, usePathStyle: true, useDualstackEndpoint: false, useFipsEndpoint: true,
                  allowedAccountIds: ["444455556666"], customCaBundle: /etc/ca.pem, sharedConfigFiles: [~/.aws/tools],
                  sharedCredentialsFiles: [~/.aws/secrets], maxRetries: 9, retryMode: adaptive, skipCredentialsValidation: true,
                  skipMetadataApiCheck: true, skipRegionValidation: true, skipRequestingAccountId: true, skipS3Checksum: true}}
                """, """
                {"s3": {"bucket": "states", "key": "a/b/shop-platform.tfstate", "region": "auto", "profile": "tools",
                  "encrypt": false, "use_lockfile": false,
                  "endpoints": {"s3": "https://s3.example.com", "sts": "https://sts.example.com",
                    "iam": "https://iam.example.com", "sso": "https://sso.example.com"},
                  "sts_region": "us-east-1", "use_path_style": true, "use_dualstack_endpoint": false, "use_fips_endpoint": true,
                  "allowed_account_ids": ["444455556666"], "custom_ca_bundle": "/etc/ca.pem",
                  "shared_config_files": ["~/.aws/tools"], "shared_credentials_files": ["~/.aws/secrets"], "max_retries": 9,
                  "retry_mode": "adaptive", "skip_credentials_validation": true, "skip_metadata_api_check": true,
                  "skip_region_validation": true, "skip_requesting_account_id": true, "skip_s3_checksum": true}}
                """);
        assertBackend("{s3: {bucket: states, forbiddenAccountIds: [\"444455556666\"]}}", """
                {"s3": {"bucket": "states", "key": "shop/shop-platform.tfstate", "region": "eu-central-1", "encrypt": true,
                  "use_lockfile": true, "forbidden_account_ids": ["444455556666"]}}
                """);
    }

    @Test
    void s3RefusesWhatTerraformRefuses() throws IOException {
        assertThat(problems("""
                        {s3: {bucket: states, region: auto,
                          endpoints: {s3: s3.example.com}, retryMode: never, maxRetries: -1,
                          accessKey: AKIAEXAMPLE, sse_customer_key: x, dynamodbTable: locks}}
                        """))
                .satisfiesExactlyInAnyOrder(
                        region -> assertThat(region).startsWith("5:38 state.s3.region: \"auto\" is not "),
                        endpoint -> assertThat(endpoint)
                                .isEqualTo(
                                        "6:19 state.s3.endpoints.s3: \"s3.example.com\" is not a value of this argument;"
                                                + " allowed: a URL without a / at its end; fix: write it like"
                                                + " https://s3.example.com"),
                        mode -> assertThat(mode)
                                .isEqualTo(
                                        "6:47 state.s3.retryMode: \"never\" is not a value of this argument; allowed:"
                                                + " standard, adaptive; fix: write it like adaptive"),
                        retries -> assertThat(retries)
                                .isEqualTo(
                                        "6:66 state.s3.maxRetries: -1; allowed: 0 to 100; fix: write a number of this range"),
                        key -> assertThat(key)
                                .isEqualTo(
                                        "7:3 state.s3.accessKey: the secret \"accessKey\": this file has no secrets; fix:"
                                                + " remove it, and set the environment variable AWS_ACCESS_KEY_ID where Terraform runs"),
                        sse -> assertThat(sse)
                                .isEqualTo(
                                        "7:27 state.s3.sse_customer_key: the secret \"sse_customer_key\": this file has no"
                                                + " secrets; fix: remove it, and set the environment variable AWS_SSE_CUSTOMER_KEY"
                                                + " where Terraform runs"),
                        table -> assertThat(table).startsWith("7:48 state.s3.dynamodbTable: unknown key"));
        assertThat(problems("""
                        {s3: {bucket: states, kmsKeyId: alias/a, encrypt: false, allowedAccountIds: ["444455556666"],
                          forbiddenAccountIds: ["444455556666"]}}
                        """))
                .containsExactly(
                        "5:58 state.s3.encrypt: false, with a kmsKeyId; fix: remove one of them",
                        "6:24 state.s3.forbiddenAccountIds: given with allowedAccountIds; fix: remove it: no other account is"
                                + " allowed");
    }

    @Test
    void azurermHasABlobForEachStack() throws IOException {
        assertBackend("{azurerm: {storageAccountName: shopstate, containerName: states}}", """
                {"azurerm": {"storage_account_name": "shopstate", "container_name": "states",
                  "key": "shop/shop-platform.tfstate"}}
                """);
        assertBackend("""
                {azurerm: {storageAccountName: shopstate, containerName: states, prefix: team/shop, resourceGroupName: shop,
                  subscriptionId: a, tenantId: b, clientId: c, clientIdFilePath: d, clientSecretFilePath: e,
                  clientCertificatePath: f, environment: usgovernment, metadataHost: g, useAzureadAuth: true, useOidc: true,
                  oidcRequestUrl: h, oidcTokenFilePath: i, adoPipelineServiceConnectionId: j, useMsi: false, msiEndpoint: k,
                  useCli: false, useAksWorkloadIdentity: false, lookupBlobEndpoint: true, snapshot: true}}
                """, """
                {"azurerm": {"storage_account_name": "shopstate", "container_name": "states",
                  "key": "team/shop/shop-platform.tfstate", "resource_group_name": "shop", "subscription_id": "a",
                  "tenant_id": "b", "client_id": "c", "client_id_file_path": "d", "client_secret_file_path": "e",
                  "client_certificate_path": "f", "environment": "usgovernment", "metadata_host": "g", "use_azuread_auth": true,
                  "use_oidc": true, "oidc_request_url": "h", "oidc_token_file_path": "i",
                  "ado_pipeline_service_connection_id": "j", "use_msi": false, "msi_endpoint": "k", "use_cli": false,
                  "use_aks_workload_identity": false, "lookup_blob_endpoint": true, "snapshot": true}}
                """);
        assertThat(problems("{azurerm: {storageAccountName: Shop-State, containerName: states}}"))
                .containsExactly(
                        "5:39 state.azurerm.storageAccountName: \"Shop-State\" is not an Azure storage account; allowed: 3 to 24"
                                + " lower case letters and digits; fix: write it like shopstate");
        assertThat(problems("{azurerm: {storageAccountName: shop, containerName: states, environment: german}}"))
                .containsExactly(
                        "5:81 state.azurerm.environment: \"german\" is not a value of this argument; allowed: public,"
                                + " usgovernment, china; fix: write it like usgovernment");
    }

    @Test
    void gcsHasAPrefixForEachStack() throws IOException {
        assertBackend("{gcs: {bucket: states}}", """
                {"gcs": {"bucket": "states", "prefix": "shop/shop-platform"}}
                """);
        assertBackend("""
                {gcs: {bucket: states, prefix: team, impersonateServiceAccount: a@b.c, impersonateServiceAccountDelegates: [d@b.c],
                  kmsEncryptionKey: projects/a, storageCustomEndpoint: 'https://storage.example.com/b'}}
                """, """
                {"gcs": {"bucket": "states", "prefix": "team/shop-platform", "impersonate_service_account": "a@b.c",
                  "impersonate_service_account_delegates": ["d@b.c"], "kms_encryption_key": "projects/a",
                  "storage_custom_endpoint": "https://storage.example.com/b"}}
                """);
    }

    @Test
    void httpHasAnAddressForEachStack() throws IOException {
        assertBackend("{http: {address: 'https://states.example.com'}}", """
                {"http": {"address": "https://states.example.com/shop-platform"}}
                """);
        assertBackend("""
                {http: {address: 'https://gitlab.example.com/api/v4/projects/42/terraform/state', lockPath: lock, updateMethod: PUT,
                  lockMethod: POST, unlockMethod: DELETE, username: ci, skipCertVerification: false, retryMax: 5, retryWaitMin: 5,
                  retryWaitMax: 60, clientCaCertificatePem: "-----BEGIN CERTIFICATE-----\\nabc",
                  clientCertificatePem: "-----BEGIN CERTIFICATE-----\\ndef"}}
                """, """
                {"http": {"address": "https://gitlab.example.com/api/v4/projects/42/terraform/state/shop-platform",
                  "lock_address": "https://gitlab.example.com/api/v4/projects/42/terraform/state/shop-platform/lock",
                  "unlock_address": "https://gitlab.example.com/api/v4/projects/42/terraform/state/shop-platform/lock",
                  "update_method": "PUT", "lock_method": "POST", "unlock_method": "DELETE", "username": "ci",
                  "skip_cert_verification": false, "retry_max": 5, "retry_wait_min": 5, "retry_wait_max": 60,
                  "client_ca_certificate_pem": "-----BEGIN CERTIFICATE-----\\nabc",
                  "client_certificate_pem": "-----BEGIN CERTIFICATE-----\\ndef"}}
                """);
        assertThat(problems("{http: {address: 'https://ci:secret@states.example.com/', password: secret}}"))
                .containsExactly(
                        "5:25 state.http.address: an address with a user or a password; allowed: a URL without them; fix:"
                                + " remove them, and set them in the environment where Terraform runs",
                        "5:66 state.http.password: the secret \"password\": this file has no secrets; fix: remove it, and set"
                                + " the environment variable TF_HTTP_PASSWORD where Terraform runs");
    }

    @Test
    void consulHasAKeyForEachStack() throws IOException {
        assertBackend("{consul: {}}", "{\"consul\": {\"path\": \"shop/shop-platform\"}}");
        assertBackend("""
                {consul: {prefix: states, address: 'consul.example.com:8501', scheme: https, datacenter: eu, gzip: true, lock: true,
                  caFile: a, certFile: b, keyFile: c}}
                """, """
                {"consul": {"path": "states/shop-platform", "address": "consul.example.com:8501", "scheme": "https",
                  "datacenter": "eu", "gzip": true, "lock": true, "ca_file": "a", "cert_file": "b", "key_file": "c"}}
                """);
    }

    @Test
    void pgHasASchemaForEachStack() throws IOException {
        assertBackend("{pg: {}}", "{\"pg\": {\"schema_name\": \"shop-platform\"}}");
        assertBackend(
                "{pg: {prefix: terraform, skipSchemaCreation: true, skipTableCreation: true, skipIndexCreation: true}}",
                """
                {"pg": {"schema_name": "terraform_shop-platform", "skip_schema_creation": true, "skip_table_creation": true,
                  "skip_index_creation": true}}
                """);
        assertThat(problems("{pg: {connStr: 'postgres://ci:secret@db/states'}}"))
                .containsExactly(
                        "5:14 state.pg.connStr: the secret \"connStr\": this file has no secrets; fix: remove it, and"
                                + " set the environment variable PG_CONN_STR where Terraform runs");
    }

    @Test
    void kubernetesHasASecretForEachStack() throws IOException {
        assertBackend("{kubernetes: {}}", "{\"kubernetes\": {\"secret_suffix\": \"shop-platform\"}}");
        assertBackend("""
                {kubernetes: {namespace: states, labels: {team: shop}, inClusterConfig: false, loadConfigFile: true,
                  configPath: ~/.kube/config, configPaths: [a, b], configContext: tools, configContextAuthInfo: ci,
                  configContextCluster: c, host: 'https://k.example.com', clusterCaCertificate: "-----BEGIN CERTIFICATE-----",
                  clientCertificate: "-----BEGIN CERTIFICATE-----", insecure: false, proxyUrl: 'http://p.example.com',
                  exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: aws, args: [eks], env: {AWS_PROFILE: tools}}}}
                """, """
                {"kubernetes": {"secret_suffix": "shop-platform", "namespace": "states", "labels": {"team": "shop"},
                  "in_cluster_config": false, "load_config_file": true, "config_path": "~/.kube/config",
                  "config_paths": ["a", "b"], "config_context": "tools", "config_context_auth_info": "ci",
                  "config_context_cluster": "c", "host": "https://k.example.com",
                  "cluster_ca_certificate": "-----BEGIN CERTIFICATE-----", "client_certificate": "-----BEGIN CERTIFICATE-----",
                  "insecure": false, "proxy_url": "http://p.example.com",
                  "exec": {"api_version": "client.authentication.k8s.io/v1beta1", "command": "aws", "args": ["eks"],
                    "env": {"AWS_PROFILE": "tools"}}}}
                """);
    }

    @Test
    void ossHasAnObjectForEachStack() throws IOException {
        assertBackend("{oss: {bucket: states}}", """
                {"oss": {"bucket": "states", "prefix": "shop", "key": "shop-platform.tfstate", "encrypt": true}}
                """);
        assertBackend("""
                {oss: {bucket: states, prefix: team, region: cn-hangzhou, endpoint: a, tablestoreEndpoint: 'https://b.example.com',
                  tablestoreTable: d, stsEndpoint: e, ecsRoleName: f, profile: g,
                  sharedCredentialsFile: h, assumeRoleRoleArn: i, assumeRoleSessionName: j, assumeRolePolicy: k,
                  assumeRoleSessionExpiration: 900, encrypt: false}}
                """, """
                {"oss": {"bucket": "states", "prefix": "team", "key": "shop-platform.tfstate", "region": "cn-hangzhou",
                  "endpoint": "a", "tablestore_endpoint": "https://b.example.com",                   "tablestore_table": "d", "sts_endpoint": "e", "ecs_role_name": "f", "profile": "g",
                  "shared_credentials_file": "h", "assume_role_role_arn": "i", "assume_role_session_name": "j",
                  "assume_role_policy": "k", "assume_role_session_expiration": 900, "encrypt": false}}
                """);
    }

    @Test
    void cosHasAnObjectForEachStack() throws IOException {
        assertBackend("{cos: {bucket: states-1250000000, region: ap-guangzhou}}", """
                {"cos": {"bucket": "states-1250000000", "region": "ap-guangzhou", "prefix": "shop",
                  "key": "shop-platform.tfstate", "encrypt": true}}
                """);
        assertBackend("""
                {cos: {bucket: states-1250000000, region: ap-guangzhou, prefix: team, endpoint: a, domain: b, accelerate: true,
                  profile: c, sharedCredentialsDir: d, camRoleName: e, encrypt: false,
                  assumeRole: {roleArn: f, sessionName: g, sessionDuration: 3600, externalId: h, policy: i}}}
                """, """
                {"cos": {"bucket": "states-1250000000", "region": "ap-guangzhou", "prefix": "team",
                  "key": "shop-platform.tfstate", "endpoint": "a", "domain": "b", "accelerate": true, "profile": "c",
                  "shared_credentials_dir": "d", "cam_role_name": "e", "encrypt": false,
                  "assume_role": {"role_arn": "f", "session_name": "g", "session_duration": 3600, "external_id": "h",
                    "policy": "i"}}}
                """);
    }

    @Test
    void ociHasAnObjectForEachStack_AndNeedsTerraform112() throws IOException {
        assertBackend("{oci: {bucket: states, namespace: shop}}", """
                {"oci": {"bucket": "states", "namespace": "shop", "key": "shop/shop-platform.tfstate"}}
                """);
        assertBackend("""
                {oci: {bucket: states, namespace: shop, prefix: team, region: eu-frankfurt-1, auth: ApiKey, configFileProfile: a,
                  tenancyOcid: b, userOcid: c, fingerprint: d, privateKeyPath: e, kmsKeyId: f}}
                """, """
                {"oci": {"bucket": "states", "namespace": "shop", "key": "team/shop-platform.tfstate",
                  "region": "eu-frankfurt-1", "auth": "ApiKey", "config_file_profile": "a", "tenancy_ocid": "b",
                  "user_ocid": "c", "fingerprint": "d", "private_key_path": "e", "kms_key_id": "f"}}
                """);
        assertThat(terraform(OciState.of("states", "shop"))
                        .path("required_version")
                        .asText())
                .isEqualTo(">= 1.12");
    }
}
