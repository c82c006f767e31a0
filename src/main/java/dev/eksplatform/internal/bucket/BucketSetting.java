package dev.eksplatform.internal.bucket;

/**
 * A setting of a bucket that is not as a bucket of states needs it.
 *
 * @param kind which setting
 * @param found what the bucket has
 */
record BucketSetting(Kind kind, String found) {

    /**
     * The settings, in the order in which they are made.
     *
     * @see <a href="https://developer.hashicorp.com/terraform/language/backend/s3">backend s3: versioning, encryption, access</a>
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html">Security best practices
     *     for Amazon S3</a>
     */
    enum Kind {
        OWNERSHIP("object ownership", "BucketOwnerEnforced, so that no ACL applies"),
        PUBLIC_ACCESS("public access", "blocked in all four ways"),
        ENCRYPTION("encryption", "on"),
        VERSIONING("versioning", "on"),
        POLICY("bucket policy", "a statement that denies access without TLS"),
        LIFECYCLE("lifecycle", "a rule that removes old versions"),
        OBJECT_LOCK("object lock", "on, with a retention");

        private final String text;
        private final String wanted;

        Kind(String text, String wanted) {
            this.text = text;
            this.wanted = wanted;
        }
    }

    /** One line, such as {@code versioning: off; wanted: on}. */
    @Override
    public String toString() {
        return kind.text + ": " + found + "; wanted: " + kind.wanted;
    }
}
