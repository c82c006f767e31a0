package dev.eksplatform.environment;

import dev.eksplatform.identity.BucketName;
import dev.eksplatform.spec.Defaults;
import dev.eksplatform.spec.Doc;
import dev.eksplatform.spec.Form;
import java.util.Optional;

/** Where Terraform keeps the state of an environment's stacks. */
@Doc("Where Terraform keeps its state: local, an S3 bucket, or HCP Terraform")
public sealed interface StateSpec {

    /** Files beside the project: for one person and for trying out. */
    @Form(word = "local")
    record Local() implements StateSpec {}

    /**
     * An S3 bucket, with a lock file beside each state. Source: <a
     * href="https://developer.hashicorp.com/terraform/language/backend/s3">backend s3</a>.
     *
     * @param bucket the bucket, which exists already
     * @param region the bucket's region; default the environment's
     * @param prefix the beginning of the states' keys; default the environment's name
     * @param kmsKeyId the KMS key that encrypts them; default the bucket's own encryption
     */
    @Form(key = "s3")
    record S3(
            @Doc("The bucket, which exists already") BucketName bucket,

            @Doc("The bucket's region (default: the environment's)")
            Optional<String> region,

            @Doc("Beginning of the states' keys (default: the environment's name)")
            Optional<String> prefix,

            @Doc("KMS key that encrypts the states (default: the bucket's own encryption)")
            Optional<String> kmsKeyId)
            implements StateSpec {

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
     * @param hostname the host of Terraform Enterprise; default HCP Terraform
     */
    @Form(key = "cloud")
    record Cloud(
            @Doc(value = "The organization", example = "shop")
            String organization,

            @Doc("The project of the workspaces (default: the organization's default project)")
            Optional<String> project,

            @Doc("Host of Terraform Enterprise (default app.terraform.io)")
            Optional<String> hostname)
            implements StateSpec {

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
