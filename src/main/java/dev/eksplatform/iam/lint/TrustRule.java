package dev.eksplatform.iam.lint;

/**
 * A rule on trust policies for ServiceAccounts.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html">Assign IAM roles to
 *     Kubernetes service accounts</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html">Set
 *     operators on single-valued keys</a>
 */
public enum TrustRule {
    /** Everyone may assume the role. */
    EVERYONE("trust-everyone", Severity.ERROR),
    /** No condition on the token's subject: every pod of the cluster may assume the role. */
    NO_SUBJECT("trust-without-subject", Severity.ERROR),
    /** No condition on the token's audience: tokens issued for another party are taken. */
    NO_AUDIENCE("trust-without-audience", Severity.WARNING),
    /** A wildcard in the subject reaches over namespaces. */
    ANY_NAMESPACE("trust-any-namespace", Severity.ERROR),
    /** A wildcard in the subject reaches over the ServiceAccounts of a namespace. */
    ANY_SERVICE_ACCOUNT("trust-any-service-account", Severity.WARNING),
    /** A wildcard under {@code StringEquals}, which takes it as a character: nobody may assume the role. */
    DEAD_WILDCARD("trust-dead-wildcard", Severity.ERROR),
    /** A condition key of another issuer than the principal's: nobody may assume the role. */
    OTHER_ISSUER("trust-other-issuer", Severity.ERROR),
    /** The principal is a provider of no cluster that is known here. */
    UNKNOWN_PROVIDER("trust-unknown-provider", Severity.WARNING),
    /** An operator or qualifier under which the condition refuses nobody, or hardly anybody. */
    MATCHES_EVERYTHING("trust-matches-everything", Severity.ERROR),
    /** The ServiceAccount that every pod gets that names none. */
    DEFAULT_SERVICE_ACCOUNT("trust-default-service-account", Severity.WARNING),
    /** A ServiceAccount is annotated with a role that does not trust it. */
    ANNOTATION_WITHOUT_TRUST("annotation-without-trust", Severity.ERROR),
    /** A role trusts a ServiceAccount that is not annotated with it. */
    TRUST_WITHOUT_ANNOTATION("trust-without-annotation", Severity.WARNING);

    /** How bad a finding is. */
    public enum Severity {
        /** The role is open to others, or useless. */
        ERROR,
        /** Likely not what was meant. */
        WARNING
    }

    private final String id;
    private final Severity severity;

    TrustRule(String id, Severity severity) {
        this.id = id;
        this.severity = severity;
    }

    /**
     * The rule's name in reports and waivers.
     *
     * @return such as {@code trust-without-subject}
     */
    public String id() {
        return id;
    }

    /**
     * How bad a finding of the rule is.
     *
     * @return the severity
     */
    public Severity severity() {
        return severity;
    }
}
