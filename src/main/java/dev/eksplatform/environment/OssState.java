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
 * A bucket of Alibaba Cloud OSS, with an object for each stack. Source:
 * <a href="https://developer.hashicorp.com/terraform/language/backend/oss">backend oss</a>.
 *
 * @param bucket the bucket, which must exist
 * @param prefix the beginning of the names of the objects; default the name of the environment
 * @param region the region of the bucket; default that of {@code ALIBABA_CLOUD_REGION}
 * @param endpoint another endpoint of OSS; default that of the region
 * @param tablestoreEndpoint the endpoint of Tablestore, for locks; default none
 * @param tablestoreTable the table of locks; default none: the state is not locked
 * @param stsEndpoint another endpoint of STS; default that of the region
 * @param ecsRoleName the RAM role of the machine; default none
 * @param profile the profile of the credentials file; default that of {@code ALIBABA_CLOUD_PROFILE}
 * @param sharedCredentialsFile the credentials file; default {@code ~/.aliyun/config.json}
 * @param assumeRoleRoleArn the RAM role to assume; default none
 * @param assumeRoleSessionName the name of its session; default {@code terraform}
 * @param assumeRolePolicy a policy that narrows the session; default none
 * @param assumeRoleSessionExpiration how long the session lasts, in seconds; default 3600
 * @param encrypt whether OSS encrypts the states; default true
 */
@YamlForm(key = "oss")
@SecretKeys({
    "accessKey=ALIBABA_CLOUD_ACCESS_KEY_ID",
    "secretKey=ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    "securityToken=ALIBABA_CLOUD_SECURITY_TOKEN"
})
@RecordBuilder
public record OssState(
        @Example("shop-state") @Limit(pattern = OssState.BUCKET)
        String bucket,

        @Example("platforms/shop") @Limit(pattern = StateText.PREFIX)
        Optional<String> prefix,

        @Example("cn-hangzhou") @Limit(pattern = StateText.TEXT)
        Optional<String> region,

        @Example("oss-cn-hangzhou-internal.aliyuncs.com") @Limit(pattern = StateText.TEXT)
        Optional<String> endpoint,

        @Example("https://shop.cn-hangzhou.ots.aliyuncs.com") @Limit(pattern = StateText.TEXT)
        Optional<String> tablestoreEndpoint,

        @Example("states") @Limit(pattern = StateText.TEXT) Optional<String> tablestoreTable,

        @Example("sts.aliyuncs.com") @Limit(pattern = StateText.TEXT)
        Optional<String> stsEndpoint,

        @Example("ci") @Limit(pattern = StateText.TEXT) Optional<String> ecsRoleName,
        @Example("shop") @Limit(pattern = StateText.TEXT) Optional<String> profile,

        @Example("~/.aliyun/config.json") @Limit(pattern = StateText.TEXT)
        Optional<String> sharedCredentialsFile,

        @Example("'acs:ram::1234567890123456:role/state'") @Limit(pattern = StateText.TEXT)
        Optional<String> assumeRoleRoleArn,

        @Example("terraform") @Limit(pattern = StateText.TEXT)
        Optional<String> assumeRoleSessionName,

        @Example("'{\"Version\": \"1\", \"Statement\": []}'") @Limit(pattern = StateText.TEXT)
        Optional<String> assumeRolePolicy,

        @Example("3600") @Limit(min = 900, max = 43200) Optional<Integer> assumeRoleSessionExpiration,
        @Example("true") boolean encrypt)
        implements StateSpec, OssStateBuilder.With {

    private static final String BUCKET = "^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$";

    /** Checks names and paths; what they name is not looked up. */
    public OssState {
        Components.required("bucket", bucket);
        Problems problems = new Problems();
        StateText.match(
                "bucket",
                bucket,
                BUCKET,
                "a bucket of OSS",
                "3 to 63 lower case letters, digits and -",
                "write it like shop-state",
                problems);
        StateText.match("prefix", prefix, StateText.PREFIX, "write it like platforms/shop", problems);
        StateText.match("region", region, StateText.TEXT, "write it like cn-hangzhou", problems);
        StateText.match(
                "endpoint", endpoint, StateText.TEXT, "write it like oss-cn-hangzhou-internal.aliyuncs.com", problems);
        StateText.match(
                "tablestoreEndpoint",
                tablestoreEndpoint,
                StateText.TEXT,
                "write it like https://shop.cn-hangzhou.ots.aliyuncs.com",
                problems);
        StateText.match("tablestoreTable", tablestoreTable, StateText.TEXT, "write it like states", problems);
        StateText.match("stsEndpoint", stsEndpoint, StateText.TEXT, "write it like sts.aliyuncs.com", problems);
        StateText.match("ecsRoleName", ecsRoleName, StateText.TEXT, "write it like ci", problems);
        StateText.match("profile", profile, StateText.TEXT, "write it like shop", problems);
        StateText.match(
                "sharedCredentialsFile",
                sharedCredentialsFile,
                StateText.TEXT,
                "write it like ~/.aliyun/config.json",
                problems);
        StateText.match(
                "assumeRoleRoleArn",
                assumeRoleRoleArn,
                StateText.TEXT,
                "write it like acs:ram::1234567890123456:role/state",
                problems);
        StateText.match(
                "assumeRoleSessionName", assumeRoleSessionName, StateText.TEXT, "write it like terraform", problems);
        StateText.match(
                "assumeRolePolicy",
                assumeRolePolicy,
                StateText.TEXT,
                "write it like {\"Version\": \"1\", \"Statement\": []}",
                problems);
        assumeRoleSessionExpiration.ifPresent(
                number -> StateText.number("assumeRoleSessionExpiration", number, 900, 43200, problems));
        problems.throwIfAny();
    }

    /**
     * The backend with its defaults.
     *
     * @param bucket the bucket, which must exist
     * @return the spec
     */
    @Defaults
    public static OssState of(String bucket) {
        return new OssState(
                bucket,
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
                true);
    }
}
