package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.SecretKeys;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * A container of Azure Blob Storage, with a blob for each stack, which is locked by its lease. Terraform
 * needs {@code useAzureadAuth}, {@code resourceGroupName}, or a key or token in {@code ARM_ACCESS_KEY} or {@code
 * ARM_SAS_TOKEN}. Source:
 * <a href="https://developer.hashicorp.com/terraform/language/backend/azurerm">backend azurerm</a>.
 *
 * @param storageAccountName the storage account
 * @param containerName the container, which must exist
 * @param prefix the beginning of the keys of the blobs; default the name of the environment
 * @param resourceGroupName the resource group of the storage account; default none
 * @param subscriptionId the subscription of the storage account; default that of the credentials
 * @param tenantId the tenant; default that of the credentials
 * @param clientId the application that Terraform signs in as; default that of the credentials
 * @param clientIdFilePath a file with the {@code clientId}; default none
 * @param clientSecretFilePath a file with the secret of the application; default none
 * @param clientCertificatePath a file with the certificate of the application; default none
 * @param environment the cloud: {@code public}, {@code usgovernment} or {@code china}; default {@code public}
 * @param metadataHost the host of the metadata of the cloud; default that of the cloud
 * @param useAzureadAuth whether blobs are accessed with Microsoft Entra ID instead of the access key; default false
 * @param useOidc whether Terraform signs in with an OpenID Connect token; default false
 * @param oidcRequestUrl the URL that gives the token; default that of the CI system
 * @param oidcTokenFilePath a file with the token; default none
 * @param adoPipelineServiceConnectionId the service connection of Azure DevOps; default none
 * @param useMsi whether Terraform signs in with a managed identity; default false
 * @param msiEndpoint the endpoint of managed identities; default that of the machine
 * @param useCli whether Terraform may sign in as the Azure CLI has; default true
 * @param useAksWorkloadIdentity whether Terraform signs in with a workload identity of AKS; default false
 * @param lookupBlobEndpoint whether the endpoint of the storage account is looked up, as an account with a DNS zone
 *     needs; default false
 * @param snapshot whether a snapshot of the blob is taken before it is used; default false
 */
@YamlForm(key = "azurerm")
@SecretKeys({
    "accessKey=ARM_ACCESS_KEY",
    "sasToken=ARM_SAS_TOKEN",
    "clientSecret=ARM_CLIENT_SECRET",
    "clientCertificate=ARM_CLIENT_CERTIFICATE",
    "clientCertificatePassword=ARM_CLIENT_CERTIFICATE_PASSWORD",
    "oidcToken=ARM_OIDC_TOKEN",
    "oidcRequestToken=ARM_OIDC_REQUEST_TOKEN"
})
@RecordBuilder
public record AzurermState(
        @Example("shopstate") @Limit(pattern = AzurermState.STORAGE_ACCOUNT_NAME)
        String storageAccountName,

        @Example("states") @Limit(pattern = AzurermState.CONTAINER_NAME)
        String containerName,

        @Example("platforms/shop") @Limit(pattern = StateText.PREFIX)
        Optional<String> prefix,

        @Example("shop") @Limit(pattern = StateText.TEXT) Optional<String> resourceGroupName,

        @Example("00000000-0000-0000-0000-000000000000") @Limit(pattern = StateText.TEXT)
        Optional<String> subscriptionId,

        @Example("00000000-0000-0000-0000-000000000000") @Limit(pattern = StateText.TEXT)
        Optional<String> tenantId,

        @Example("00000000-0000-0000-0000-000000000000") @Limit(pattern = StateText.TEXT)
        Optional<String> clientId,

        @Example("/run/client-id") @Limit(pattern = StateText.TEXT)
        Optional<String> clientIdFilePath,

        @Example("/run/client-secret") @Limit(pattern = StateText.TEXT)
        Optional<String> clientSecretFilePath,

        @Example("/run/client.pfx") @Limit(pattern = StateText.TEXT)
        Optional<String> clientCertificatePath,

        @Example("usgovernment") @Limit(pattern = AzurermState.ENVIRONMENT)
        Optional<String> environment,

        @Example("management.example.com") @Limit(pattern = StateText.TEXT)
        Optional<String> metadataHost,

        @Example("true") Optional<Boolean> useAzureadAuth,
        @Example("true") Optional<Boolean> useOidc,

        @Example("https://token.example.com") @Limit(pattern = StateText.TEXT)
        Optional<String> oidcRequestUrl,

        @Example("/run/token") @Limit(pattern = StateText.TEXT)
        Optional<String> oidcTokenFilePath,

        @Example("00000000-0000-0000-0000-000000000000") @Limit(pattern = StateText.TEXT)
        Optional<String> adoPipelineServiceConnectionId,

        @Example("true") Optional<Boolean> useMsi,

        @Example("http://169.254.169.254/metadata/identity/oauth2/token") @Limit(pattern = StateText.TEXT)
        Optional<String> msiEndpoint,

        @Example("false") Optional<Boolean> useCli,
        @Example("true") Optional<Boolean> useAksWorkloadIdentity,
        @Example("true") Optional<Boolean> lookupBlobEndpoint,
        @Example("true") Optional<Boolean> snapshot)
        implements StateSpec, AzurermStateBuilder.With {

    private static final String STORAGE_ACCOUNT_NAME = "^[a-z0-9]{3,24}$";
    private static final String CONTAINER_NAME = "^[a-z0-9$][a-z0-9-]{2,62}$";
    private static final String ENVIRONMENT = "^(public|usgovernment|china)$";

    /** Checks names and paths; what they name is not looked up. */
    public AzurermState {
        Components.required("storageAccountName", storageAccountName, "containerName", containerName);
        Problems problems = new Problems();
        StateText.match(
                "storageAccountName",
                storageAccountName,
                STORAGE_ACCOUNT_NAME,
                "an Azure storage account",
                "3 to 24 lower case letters and digits",
                "write it like shopstate",
                problems);
        StateText.match(
                "containerName",
                containerName,
                CONTAINER_NAME,
                "a container",
                "3 to 63 lower case letters, digits and -",
                "write it like states",
                problems);
        StateText.match("prefix", prefix, StateText.PREFIX, "write it like platforms/shop", problems);
        StateText.match("resourceGroupName", resourceGroupName, StateText.TEXT, "write it like shop", problems);
        StateText.match(
                "subscriptionId",
                subscriptionId,
                StateText.TEXT,
                "write it like 00000000-0000-0000-0000-000000000000",
                problems);
        StateText.match(
                "tenantId", tenantId, StateText.TEXT, "write it like 00000000-0000-0000-0000-000000000000", problems);
        StateText.match(
                "clientId", clientId, StateText.TEXT, "write it like 00000000-0000-0000-0000-000000000000", problems);
        StateText.match("clientIdFilePath", clientIdFilePath, StateText.TEXT, "write it like /run/client-id", problems);
        StateText.match(
                "clientSecretFilePath",
                clientSecretFilePath,
                StateText.TEXT,
                "write it like /run/client-secret",
                problems);
        StateText.match(
                "clientCertificatePath",
                clientCertificatePath,
                StateText.TEXT,
                "write it like /run/client.pfx",
                problems);
        StateText.match("environment", environment, ENVIRONMENT, "write it like usgovernment", problems);
        StateText.match("metadataHost", metadataHost, StateText.TEXT, "write it like management.example.com", problems);
        StateText.match(
                "oidcRequestUrl", oidcRequestUrl, StateText.TEXT, "write it like https://token.example.com", problems);
        StateText.match("oidcTokenFilePath", oidcTokenFilePath, StateText.TEXT, "write it like /run/token", problems);
        StateText.match(
                "adoPipelineServiceConnectionId",
                adoPipelineServiceConnectionId,
                StateText.TEXT,
                "write it like 00000000-0000-0000-0000-000000000000",
                problems);
        StateText.match(
                "msiEndpoint",
                msiEndpoint,
                StateText.TEXT,
                "write it like http://169.254.169.254/metadata/identity/oauth2/token",
                problems);
        problems.throwIfAny();
    }

    /**
     * The backend with its defaults.
     *
     * @param storageAccountName the storage account
     * @param containerName the container, which must exist
     * @return the spec
     */
    @Defaults
    public static AzurermState of(String storageAccountName, String containerName) {
        return new AzurermState(
                storageAccountName,
                containerName,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
