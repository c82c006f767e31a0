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
 * A bucket of Oracle Cloud Object Storage, with a locked object for each stack. Needs Terraform 1.12 or newer. Source:
 * <a href="https://developer.hashicorp.com/terraform/language/backend/oci">backend oci</a>.
 *
 * @param bucket the bucket, which must exist
 * @param namespace the namespace of the tenancy
 * @param prefix the beginning of the names of the objects; default the name of the environment
 * @param region the region of the bucket; default that of the credentials
 * @param auth how Terraform signs in: {@code ApiKey}, {@code InstancePrincipal}, {@code InstancePrincipalWithCerts},
 *     {@code SecurityToken}, {@code ResourcePrincipal} or {@code OKEWorkloadIdentity}; default {@code ApiKey}
 * @param configFileProfile the profile of the OCI config file; default {@code DEFAULT}
 * @param tenancyOcid the tenancy; default that of the profile
 * @param userOcid the user; default that of the profile
 * @param fingerprint the fingerprint of the user's key; default that of the profile
 * @param privateKeyPath the file with the user's key; default that of the profile
 * @param kmsKeyId the key of OCI Vault that encrypts the states; default the encryption of the bucket
 */
@YamlForm(key = "oci")
@SecretKeys({
    "privateKey=OCI_private_key",
    "privateKeyPassword=OCI_private_key_password",
    "sseCustomerKey=OCI_sse_customer_key"
})
@RecordBuilder
public record OciState(
        @Example("shop-state") @Limit(pattern = OciState.BUCKET)
        String bucket,

        @Example("shopnamespace") @Limit(pattern = OciState.NAMESPACE)
        String namespace,

        @Example("platforms/shop") @Limit(pattern = StateText.PREFIX)
        Optional<String> prefix,

        @Example("eu-frankfurt-1") @Limit(pattern = StateText.TEXT)
        Optional<String> region,

        @Example("InstancePrincipal") @Limit(pattern = OciState.AUTH)
        Optional<String> auth,

        @Example("shop") @Limit(pattern = StateText.TEXT) Optional<String> configFileProfile,

        @Example("ocid1.tenancy.oc1..example") @Limit(pattern = StateText.TEXT)
        Optional<String> tenancyOcid,

        @Example("ocid1.user.oc1..example") @Limit(pattern = StateText.TEXT)
        Optional<String> userOcid,

        @Example("\"20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34\"") @Limit(pattern = StateText.TEXT)
        Optional<String> fingerprint,

        @Example("~/.oci/key.pem") @Limit(pattern = StateText.TEXT)
        Optional<String> privateKeyPath,

        @Example("ocid1.key.oc1..example") @Limit(pattern = StateText.TEXT)
        Optional<String> kmsKeyId)
        implements StateSpec, OciStateBuilder.With {

    private static final String BUCKET = "^[A-Za-z0-9._-]{1,256}$";
    private static final String NAMESPACE = "^[A-Za-z0-9_-]+$";
    private static final String AUTH =
            "^(ApiKey|InstancePrincipal|InstancePrincipalWithCerts|SecurityToken|ResourcePrincipal|OKEWorkloadIdentity)$";

    /** Checks names and paths; what they name is not looked up. */
    public OciState {
        Components.required("bucket", bucket, "namespace", namespace);
        Problems problems = new Problems();
        StateText.match(
                "bucket",
                bucket,
                BUCKET,
                "a bucket of Object Storage",
                "letters, digits and - _ .",
                "write it like shop-state",
                problems);
        StateText.match(
                "namespace",
                namespace,
                NAMESPACE,
                "a namespace",
                "letters, digits, - and _",
                "write it like shopnamespace",
                problems);
        StateText.match("prefix", prefix, StateText.PREFIX, "write it like platforms/shop", problems);
        StateText.match("region", region, StateText.TEXT, "write it like eu-frankfurt-1", problems);
        StateText.match("auth", auth, AUTH, "write it like InstancePrincipal", problems);
        StateText.match("configFileProfile", configFileProfile, StateText.TEXT, "write it like shop", problems);
        StateText.match(
                "tenancyOcid", tenancyOcid, StateText.TEXT, "write it like ocid1.tenancy.oc1..example", problems);
        StateText.match("userOcid", userOcid, StateText.TEXT, "write it like ocid1.user.oc1..example", problems);
        StateText.match(
                "fingerprint",
                fingerprint,
                StateText.TEXT,
                "write it like 20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34",
                problems);
        StateText.match("privateKeyPath", privateKeyPath, StateText.TEXT, "write it like ~/.oci/key.pem", problems);
        StateText.match("kmsKeyId", kmsKeyId, StateText.TEXT, "write it like ocid1.key.oc1..example", problems);
        problems.throwIfAny();
    }

    /**
     * The backend with its defaults.
     *
     * @param bucket the bucket, which must exist
     * @param namespace the namespace of the tenancy
     * @return the spec
     */
    @Defaults
    public static OciState of(String bucket, String namespace) {
        return new OciState(
                bucket,
                namespace,
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
