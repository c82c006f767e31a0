package dev.eksplatform.iam.document;

/**
 * What a policy document is for, which decides its elements and its size.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html">PrivateLink quotas</a>
 */
public enum PolicyUse {
    /** A customer managed policy: at most 6,144 characters. */
    MANAGED("managed policy", 6_144, "split it into two policies or group actions with wildcards"),
    /** A policy that limits one session of a role: at most 2,048 characters. */
    SESSION("session policy", 2_048, "move a part of it into the policies of the role"),
    /** A role's inline policies: at most 10,240 characters, all of the role's together. */
    INLINE("inline policy", 10_240, "move a part of it into a managed policy"),
    /** A role's trust policy: at most 2,048 characters, raised by AWS to 4,096 on request. */
    TRUST("trust policy", 2_048, "give it fewer statements, or ask AWS to raise the quota to 4,096"),
    /** The policy of a VPC endpoint: at most 20,480 characters. */
    ENDPOINT("endpoint policy", 20_480, "give it fewer statements or group actions with wildcards");

    private final String text;
    private final int limit;
    private final String fix;

    PolicyUse(String text, int limit, String fix) {
        this.text = text;
        this.limit = limit;
        this.fix = fix;
    }

    /**
     * The use in words.
     *
     * @return such as {@code trust policy}
     */
    public String text() {
        return text;
    }

    /**
     * The default quota.
     *
     * @return characters, white space not counted
     */
    public int limit() {
        return limit;
    }

    String fixForSize() {
        return fix;
    }
}
