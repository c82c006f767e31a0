package dev.eksplatform.environment;

import dev.eksplatform.iam.Region;
import dev.eksplatform.identity.BucketName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where Terraform keeps the state of an environment's stacks: in local files, an S3 bucket, or HCP Terraform. */
public sealed interface StateSpec {

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
     */
    @YamlForm(key = "s3")
    @RecordBuilder
    record S3(
            @Example("shop-state") BucketName bucket,

            @Example("eu-central-1") @Limit(pattern = Region.PATTERN)
            Optional<String> region,

            @Example("platforms/shop") @Limit(pattern = S3.PREFIX)
            Optional<String> prefix,

            @Example("alias/terraform-state") @Limit(pattern = S3.KEY)
            Optional<String> kmsKeyId)
            implements StateSpec, StateSpecS3Builder.With {

        private static final String PREFIX = "^[A-Za-z0-9!_.*'()-]+(/[A-Za-z0-9!_.*'()-]+)*$";
        private static final String KEY =
                "^(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+|alias/[A-Za-z0-9/_-]+|[A-Za-z0-9-]+)$";
        private static final Pattern PREFIX_FORM = Pattern.compile(PREFIX);
        private static final Pattern KEY_FORM = Pattern.compile(KEY);

        /** Checks region, prefix and key. */
        public S3 {
            Components.required("bucket", bucket);
            Problems problems = new Problems();
            region.ifPresent(name -> problems.collect(PropertyPath.of("region"), () -> {
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
            problems.throwIfAny();
        }

        /**
         * A bucket in the environment's region.
         *
         * @param bucket the bucket
         * @return the spec
         */
        @Defaults
        public static S3 of(BucketName bucket) {
            return new S3(bucket, Optional.empty(), Optional.empty(), Optional.empty());
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
