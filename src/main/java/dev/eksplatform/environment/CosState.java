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
 * A bucket of Tencent Cloud COS, with a locked object for each stack. Source:
 * <a href="https://developer.hashicorp.com/terraform/language/backend/cos">backend cos</a>.
 *
 * @param bucket the bucket with the APPID, which must exist
 * @param region the region of the bucket
 * @param prefix the beginning of the names of the objects; default the name of the environment
 * @param endpoint another endpoint of COS; default that of the region
 * @param domain the root domain of the APIs; default {@code tencentcloudapi.com}
 * @param accelerate whether global acceleration is used; default false
 * @param profile the profile of the shared credentials; default that of {@code TENCENTCLOUD_PROFILE}
 * @param sharedCredentialsDir the folder of the shared credentials; default {@code ~/.tccli}
 * @param camRoleName the CAM role of the machine; default none
 * @param assumeRole the CAM role to assume; default none
 * @param encrypt whether COS encrypts the states; default true
 */
@YamlForm(key = "cos")
@SecretKeys({
    "secretId=TENCENTCLOUD_SECRET_ID",
    "secretKey=TENCENTCLOUD_SECRET_KEY",
    "securityToken=TENCENTCLOUD_SECURITY_TOKEN"
})
@RecordBuilder
public record CosState(
        @Example("shop-state-1250000000") @Limit(pattern = CosState.BUCKET)
        String bucket,

        @Example("ap-guangzhou") @Limit(pattern = CosState.REGION)
        String region,

        @Example("platforms/shop") @Limit(pattern = StateText.PREFIX)
        Optional<String> prefix,

        @Example("http://cos-internal.ap-guangzhou.tencentcos.cn") @Limit(pattern = StateText.TEXT)
        Optional<String> endpoint,

        @Example("tencentcloudapi.com") @Limit(pattern = StateText.TEXT)
        Optional<String> domain,

        @Example("true") Optional<Boolean> accelerate,
        @Example("shop") @Limit(pattern = StateText.TEXT) Optional<String> profile,

        @Example("~/.tccli") @Limit(pattern = StateText.TEXT)
        Optional<String> sharedCredentialsDir,

        @Example("ci") @Limit(pattern = StateText.TEXT) Optional<String> camRoleName,

        @Example(
                "{roleArn: 'qcs::cam::uin/100000000001:roleName/state', sessionName: terraform, sessionDuration: 3600}")
        Optional<AssumeRole> assumeRole,

        @Example("true") boolean encrypt)
        implements StateSpec, CosStateBuilder.With {

    private static final String BUCKET = "^[a-z0-9][a-z0-9-]{0,49}-[0-9]+$";
    private static final String REGION = "^[a-z0-9-]+$";

    /** Checks names and paths; what they name is not looked up. */
    public CosState {
        Components.required("bucket", bucket, "region", region);
        Problems problems = new Problems();
        StateText.match(
                "bucket",
                bucket,
                BUCKET,
                "a bucket of COS",
                "lower case letters, digits and -, with the APPID at the end",
                "write it like shop-state-1250000000",
                problems);
        StateText.match(
                "region",
                region,
                REGION,
                "a region",
                "lower case letters, digits and -",
                "write it like ap-guangzhou",
                problems);
        StateText.match("prefix", prefix, StateText.PREFIX, "write it like platforms/shop", problems);
        StateText.match(
                "endpoint",
                endpoint,
                StateText.TEXT,
                "write it like http://cos-internal.ap-guangzhou.tencentcos.cn",
                problems);
        StateText.match("domain", domain, StateText.TEXT, "write it like tencentcloudapi.com", problems);
        StateText.match("profile", profile, StateText.TEXT, "write it like shop", problems);
        StateText.match(
                "sharedCredentialsDir", sharedCredentialsDir, StateText.TEXT, "write it like ~/.tccli", problems);
        StateText.match("camRoleName", camRoleName, StateText.TEXT, "write it like ci", problems);
        problems.throwIfAny();
    }

    /**
     * A CAM role to assume.
     *
     * @param roleArn the role
     * @param sessionName the name of the session
     * @param sessionDuration how long the session lasts, in seconds
     * @param externalId the external ID that the role asks for; default none
     * @param policy a policy that narrows the session, in JSON; default none
     */
    @RecordBuilder
    public record AssumeRole(
            @Example("'qcs::cam::uin/100000000001:roleName/state'")
            String roleArn,

            @Example("terraform") String sessionName,

            @Example("3600") @Limit(min = 0, max = AssumeRole.LONGEST)
            int sessionDuration,

            @Example("shop") Optional<String> externalId,

            @Example("'{\"version\": \"2.0\", \"statement\": []}'")
            Optional<String> policy)
            implements CosStateAssumeRoleBuilder.With {

        private static final int LONGEST = 43_200;

        /** Checks the duration. */
        public AssumeRole {
            Components.required("roleArn", roleArn, "sessionName", sessionName);
            Problems problems = new Problems();
            StateText.number("sessionDuration", sessionDuration, 0, LONGEST, problems);
            problems.throwIfAny();
        }

        /**
         * A role that needs no external ID.
         *
         * @param roleArn the role
         * @param sessionName the name of the session
         * @param sessionDuration how long the session lasts, in seconds
         * @return the spec
         */
        @Defaults
        public static AssumeRole of(String roleArn, String sessionName, int sessionDuration) {
            return new AssumeRole(roleArn, sessionName, sessionDuration, Optional.empty(), Optional.empty());
        }
    }

    /**
     * The backend with its defaults.
     *
     * @param bucket the bucket with the APPID, which must exist
     * @param region the region of the bucket
     * @return the spec
     */
    @Defaults
    public static CosState of(String bucket, String region) {
        return new CosState(
                bucket,
                region,
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
