package dev.eksplatform.environment;

import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Region;
import dev.eksplatform.identity.BucketName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.SecretKeys;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * Where Terraform keeps the state of an environment's stacks. Arguments have the names that they have in Terraform; one that
 * is a secret comes from the environment of Terraform.
 */
public sealed interface StateSpec
        permits StateSpec.Local,
                StateSpec.S3,
                StateSpec.Cloud,
                AzurermState,
                GcsState,
                HttpState,
                ConsulState,
                PgState,
                KubernetesState,
                OssState,
                CosState,
                OciState {

    /** Local files: for one person, and to try things out. */
    @YamlForm(word = "local")
    record Local() implements StateSpec {}

    /**
     * An S3 bucket, with a lock file beside each state. Source: <a
     * href="https://developer.hashicorp.com/terraform/language/backend/s3">backend s3</a>.
     *
     * @param bucket the bucket, which must exist
     * @param region the region of the bucket; default that of the environment
     * @param prefix the beginning of the keys of the states; default the name of the environment
     * @param kmsKeyId the KMS key that encrypts the states, by ARN, id or alias; default the encryption of the bucket
     * @param profile the profile of the AWS config files for the bucket, if it is another than that of the environment;
     *     {@code assumeRole} of the environment does not apply then; default that of the environment
     * @param assumeRole the role for the bucket, where it is in another account; {@code none} for the credentials of the
     *     environment themselves; default {@code assumeRole} of the environment
     * @param useLockfile whether a state is locked by a file beside it; a store that is only compatible with S3 may not
     *     support the conditional writes that it needs; default true
     * @param encrypt whether states are encrypted by the server; a store that is only compatible with S3 may not support it;
     *     default true
     * @param endpoints other endpoints of AWS services, such as VPC endpoints or a store that is compatible with S3; default
     *     those of AWS
     * @param stsRegion the region of STS; default that of the bucket
     * @param usePathStyle whether the bucket is a part of the path instead of the host; default false
     * @param useDualstackEndpoint whether endpoints are reached by IPv6, too; default false
     * @param useFipsEndpoint whether endpoints with FIPS 140 cryptography are used; default false
     * @param allowedAccountIds the accounts that the bucket may be accessed from; default any
     * @param forbiddenAccountIds the accounts that the bucket must not be accessed from; default none
     * @param customCaBundle a file with further certificate authorities; default that of {@code AWS_CA_BUNDLE}
     * @param sharedConfigFiles AWS config files; default those of the AWS CLI
     * @param sharedCredentialsFiles AWS credentials files; default those of the AWS CLI
     * @param maxRetries how often a request is repeated; default 5
     * @param retryMode how requests are repeated: {@code standard} or {@code adaptive}; default {@code standard}
     * @param skipCredentialsValidation whether STS is not asked for the caller, for a store without STS; default false
     * @param skipMetadataApiCheck whether the metadata service of EC2 is not asked for credentials; default false
     * @param skipRegionValidation whether {@code region} may be no region of AWS, such as {@code auto}; default false
     * @param skipRequestingAccountId whether the account is not looked up, for a store without IAM and STS; default false
     * @param skipS3Checksum whether no checksum is sent, for a store that does not support it; default false
     */
    @YamlForm(key = "s3")
    @SecretKeys({
        "accessKey=AWS_ACCESS_KEY_ID",
        "secretKey=AWS_SECRET_ACCESS_KEY",
        "token=AWS_SESSION_TOKEN",
        "sseCustomerKey=AWS_SSE_CUSTOMER_KEY"
    })
    @RecordBuilder
    record S3(
            @Example("shop-state") BucketName bucket,

            @Example("eu-central-1") @Limit(pattern = S3.REGION)
            Optional<String> region,

            @Example("platforms/shop") @Limit(pattern = StateText.PREFIX)
            Optional<String> prefix,

            @Example("alias/terraform-state") @Limit(pattern = S3.KEY)
            Optional<String> kmsKeyId,

            @Example("shop-tools") @Limit(pattern = EnvironmentSpec.PROFILE_PATTERN)
            Optional<String> profile,

            @Example("{roleArn: 'arn:aws:iam::444455556666:role/state'}")
            Optional<AssumeRoleSpec> assumeRole,

            @Example("true") boolean useLockfile,

            @Example("true") boolean encrypt,

            @Example("{s3: 'https://s3.example.com'}") Optional<Endpoints> endpoints,

            @Example("eu-central-1") @Limit(pattern = Region.PATTERN)
            Optional<String> stsRegion,

            @Example("true") Optional<Boolean> usePathStyle,

            @Example("true") Optional<Boolean> useDualstackEndpoint,

            @Example("true") Optional<Boolean> useFipsEndpoint,

            @Example("[\"444455556666\"]") List<AccountId> allowedAccountIds,

            @Example("[\"777788889999\"]") List<AccountId> forbiddenAccountIds,

            @Example("/etc/ssl/tools.pem") @Limit(pattern = StateText.TEXT)
            Optional<String> customCaBundle,

            @Example("[~/.aws/config]") List<String> sharedConfigFiles,

            @Example("[~/.aws/credentials]") List<String> sharedCredentialsFiles,

            @Example("10") @Limit(min = 0, max = S3.MOST_RETRIES)
            Optional<Integer> maxRetries,

            @Example("adaptive") @Limit(pattern = S3.RETRY_MODE)
            Optional<String> retryMode,

            @Example("true") Optional<Boolean> skipCredentialsValidation,

            @Example("true") Optional<Boolean> skipMetadataApiCheck,

            @Example("true") Optional<Boolean> skipRegionValidation,

            @Example("true") Optional<Boolean> skipRequestingAccountId,

            @Example("true") Optional<Boolean> skipS3Checksum)
            implements StateSpec, StateSpecS3Builder.With {

        private static final String REGION = "^[a-z0-9-]+$";
        private static final String RETRY_MODE = "^(standard|adaptive)$";
        private static final int MOST_RETRIES = 100;
        private static final String KEY =
                "^(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+|alias/[A-Za-z0-9/_-]+|[A-Za-z0-9-]+)$";
        private static final Pattern PREFIX_FORM = Pattern.compile(StateText.PREFIX);
        private static final Pattern KEY_FORM = Pattern.compile(KEY);

        /**
         * Endpoints of AWS services, as URLs.
         *
         * @param s3 the endpoint of S3; default that of AWS
         * @param sts the endpoint of STS; default that of AWS
         * @param iam the endpoint of IAM; default that of AWS
         * @param sso the endpoint of IAM Identity Center; default that of AWS
         */
        @RecordBuilder
        public record Endpoints(
                @Example("https://s3.example.com") @Limit(pattern = StateText.URL)
                Optional<String> s3,

                @Example("https://sts.example.com") @Limit(pattern = StateText.URL)
                Optional<String> sts,

                @Example("https://iam.example.com") @Limit(pattern = StateText.URL)
                Optional<String> iam,

                @Example("https://sso.example.com") @Limit(pattern = StateText.URL)
                Optional<String> sso)
                implements StateSpecS3EndpointsBuilder.With {

            /** Checks the URLs. */
            public Endpoints {
                Problems problems = new Problems();
                String fix = "write it like https://s3.example.com";
                StateText.match("s3", s3, StateText.URL, fix, problems);
                StateText.match("sts", sts, StateText.URL, fix, problems);
                StateText.match("iam", iam, StateText.URL, fix, problems);
                StateText.match("sso", sso, StateText.URL, fix, problems);
                problems.throwIfAny();
            }

            /**
             * Those of AWS.
             *
             * @return the spec
             */
            @Defaults
            public static Endpoints ofAws() {
                return new Endpoints(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
            }
        }

        /** Checks region, prefix, key and role. */
        public S3 {
            Components.required("bucket", bucket);
            allowedAccountIds = Components.list("allowedAccountIds", allowedAccountIds);
            forbiddenAccountIds = Components.list("forbiddenAccountIds", forbiddenAccountIds);
            sharedConfigFiles = Components.list("sharedConfigFiles", sharedConfigFiles);
            sharedCredentialsFiles = Components.list("sharedCredentialsFiles", sharedCredentialsFiles);
            Problems problems = new Problems();
            boolean anyRegion = skipRegionValidation.orElse(false);
            region.filter(name -> !anyRegion)
                    .ifPresent(name -> problems.collect(PropertyPath.of("region"), () -> {
                        Region.check(name);
                        return name;
                    }));
            prefix.ifPresent(text -> problems.match(
                    "prefix",
                    text,
                    PREFIX_FORM,
                    "the beginning of a key",
                    "letters, digits and ! _ . * ' ( ) -, in parts with a / between them",
                    "write it like platforms/shop"));
            kmsKeyId.ifPresent(text -> problems.match(
                    "kmsKeyId",
                    text,
                    KEY_FORM,
                    "a KMS key",
                    "an ARN, an id, or alias/ and a name",
                    "write it like alias/terraform-state"));
            profile.ifPresent(name -> EnvironmentSpec.checkProfile(name, problems));
            assumeRole
                    .map(AssumeRoleSpec::roles)
                    .filter(roles -> roles.size() > 1)
                    .ifPresent(roles -> problems.add(
                            PropertyPath.of("assumeRole"),
                            roles.size() + " roles, but the state in S3 is read with one assumed role",
                            "name one role, or a profile"));
            if (kmsKeyId.isPresent() && !encrypt) {
                problems.add(PropertyPath.of("encrypt"), "false, with a kmsKeyId", "remove one of them");
            }
            if (!allowedAccountIds.isEmpty() && !forbiddenAccountIds.isEmpty()) {
                problems.add(
                        PropertyPath.of("forbiddenAccountIds"),
                        "given with allowedAccountIds",
                        "remove it: no other account is allowed");
            }
            StateText.match("customCaBundle", customCaBundle, StateText.TEXT, "name a file", problems);
            StateText.match("retryMode", retryMode, RETRY_MODE, "write it like adaptive", problems);
            maxRetries.ifPresent(number -> StateText.number("maxRetries", number, 0, MOST_RETRIES, problems));
            problems.throwIfAny();
        }

        /** Whether the bucket is accessed with the environment's {@code assumeRole}. */
        boolean usesRolesOf(EnvironmentSpec environment) {
            return assumeRole.isEmpty()
                    && profile.isEmpty()
                    && !environment.assumeRole().roles().isEmpty();
        }

        /**
         * The role for the bucket.
         *
         * @param environment the environment
         * @return its own role, or that of the environment
         */
        @API(status = API.Status.INTERNAL)
        public Optional<AssumeRoleSpec.Role> role(EnvironmentSpec environment) {
            return (usesRolesOf(environment) ? Optional.of(environment.assumeRole()) : assumeRole)
                    .flatMap(roles -> roles.roles().stream().findFirst());
        }

        /**
         * The profile for the bucket.
         *
         * @param environment the environment
         * @return its own profile, or that of the environment
         */
        @API(status = API.Status.INTERNAL)
        public Optional<String> profile(EnvironmentSpec environment) {
            return profile.or(environment::profile);
        }

        /**
         * A bucket in the environment's region.
         *
         * @param bucket the bucket
         * @return the spec
         */
        @Defaults
        public static S3 of(BucketName bucket) {
            return new S3(
                    bucket,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * HCP Terraform or Terraform Enterprise, with a workspace for each stack. Source: <a
     * href="https://developer.hashicorp.com/terraform/cli/cloud/settings">cloud block</a>.
     *
     * @param organization the organization
     * @param project the project of the workspaces; default the organization's default project
     * @param hostname the host of Terraform Enterprise; default {@code app.terraform.io}
     */
    @YamlForm(key = "cloud")
    @RecordBuilder
    record Cloud(
            @Example("shop") @Limit(pattern = Cloud.ORGANIZATION)
            String organization,

            @Example("platform") @Limit(pattern = Cloud.PROJECT)
            Optional<String> project,

            @Example("terraform.example.com") @Limit(pattern = Cloud.HOSTNAME)
            Optional<String> hostname)
            implements StateSpec, StateSpecCloudBuilder.With {

        private static final String ORGANIZATION = "^[A-Za-z0-9_-]+$";
        private static final String PROJECT = "^[A-Za-z0-9_-]([A-Za-z0-9 _-]*[A-Za-z0-9_-])?$";
        private static final String HOSTNAME = "^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?$";
        private static final Pattern ORGANIZATION_FORM = Pattern.compile(ORGANIZATION);
        private static final Pattern PROJECT_FORM = Pattern.compile(PROJECT);
        private static final Pattern HOSTNAME_FORM = Pattern.compile(HOSTNAME);

        /** Checks the names. */
        public Cloud {
            Components.required("organization", organization);
            Problems problems = new Problems();
            problems.match(
                    "organization",
                    organization,
                    ORGANIZATION_FORM,
                    "an organization",
                    "letters, digits, - and _",
                    "copy it from the address of HCP Terraform");
            project.ifPresent(text -> problems.match(
                    "project",
                    text,
                    PROJECT_FORM,
                    "a project",
                    "letters, digits, spaces inside, - and _",
                    "copy its name from HCP Terraform"));
            hostname.ifPresent(text -> problems.match(
                    "hostname",
                    text,
                    HOSTNAME_FORM,
                    "a host",
                    "a DNS name without https://",
                    "write it like terraform.example.com"));
            problems.throwIfAny();
        }

        /**
         * HCP Terraform, in the organization's default project.
         *
         * @param organization the organization
         * @return the spec
         */
        @Defaults
        public static Cloud of(String organization) {
            return new Cloud(organization, Optional.empty(), Optional.empty());
        }
    }
}
