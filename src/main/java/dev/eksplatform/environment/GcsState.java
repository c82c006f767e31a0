package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.SecretKeys;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/**
 * A bucket of Google Cloud Storage, with an object for each stack and a lock beside it. Source:
 * <a href="https://developer.hashicorp.com/terraform/language/backend/gcs">backend gcs</a>.
 *
 * @param bucket the bucket, which must exist
 * @param prefix the beginning of the names of the objects; default the name of the environment
 * @param impersonateServiceAccount the service account that Terraform acts as; default none
 * @param impersonateServiceAccountDelegates the service accounts on the way to it; default none
 * @param kmsEncryptionKey the Cloud KMS key that encrypts the states; default the encryption of the bucket
 * @param storageCustomEndpoint another endpoint of Cloud Storage, such as one of Private Service Connect; default
 *     Google's
 */
@YamlForm(key = "gcs")
@SecretKeys({
    "credentials=GOOGLE_CREDENTIALS",
    "accessToken=GOOGLE_OAUTH_ACCESS_TOKEN",
    "encryptionKey=GOOGLE_ENCRYPTION_KEY"
})
@RecordBuilder
public record GcsState(
        @Example("shop-state") @Limit(pattern = GcsState.BUCKET)
        String bucket,

        @Example("platforms/shop") @Limit(pattern = StateText.PREFIX)
        Optional<String> prefix,

        @Example("terraform@shop.iam.gserviceaccount.com") @Limit(pattern = StateText.TEXT)
        Optional<String> impersonateServiceAccount,

        @Example("[ci@shop.iam.gserviceaccount.com]") List<String> impersonateServiceAccountDelegates,

        @Example("projects/shop/locations/eu/keyRings/state/cryptoKeys/state") @Limit(pattern = StateText.TEXT)
        Optional<String> kmsEncryptionKey,

        @Example("https://storage-shop.p.googleapis.com/b") @Limit(pattern = StateText.TEXT)
        Optional<String> storageCustomEndpoint)
        implements StateSpec, GcsStateBuilder.With {

    private static final String BUCKET = "^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$";

    /** Checks names and paths; what they name is not looked up. */
    public GcsState {
        Components.required("bucket", bucket);
        impersonateServiceAccountDelegates =
                Components.list("impersonateServiceAccountDelegates", impersonateServiceAccountDelegates);
        Problems problems = new Problems();
        StateText.match(
                "bucket",
                bucket,
                BUCKET,
                "a bucket of Google Cloud Storage",
                "lower case letters, digits, - _ and .",
                "write it like shop-state",
                problems);
        StateText.match("prefix", prefix, StateText.PREFIX, "write it like platforms/shop", problems);
        StateText.match(
                "impersonateServiceAccount",
                impersonateServiceAccount,
                StateText.TEXT,
                "write it like terraform@shop.iam.gserviceaccount.com",
                problems);
        StateText.match(
                "kmsEncryptionKey",
                kmsEncryptionKey,
                StateText.TEXT,
                "write it like projects/shop/locations/eu/keyRings/state/cryptoKeys/state",
                problems);
        StateText.match(
                "storageCustomEndpoint",
                storageCustomEndpoint,
                StateText.TEXT,
                "write it like https://storage-shop.p.googleapis.com/b",
                problems);
        problems.throwIfAny();
    }

    /**
     * The backend with its defaults.
     *
     * @param bucket the bucket, which must exist
     * @return the spec
     */
    @Defaults
    public static GcsState of(String bucket) {
        return new GcsState(bucket, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }
}
