package dev.eksplatform.iam.document;

import java.util.Optional;

/**
 * A ServiceAccount as the subject of its tokens, which a trust policy names in the condition on {@code sub}.
 *
 * @param namespace its namespace; may be a pattern
 * @param name its name; may be a pattern
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/">Service accounts</a>
 */
public record TrustedSubject(String namespace, String name) {

    private static final String PREFIX = "system:serviceaccount:";

    /**
     * Parses the subject of a token.
     *
     * @param subject such as {@code system:serviceaccount:shop:orders}
     * @return the ServiceAccount; empty for any other subject
     */
    public static Optional<TrustedSubject> parse(String subject) {
        String[] part =
                subject.startsWith(PREFIX) ? subject.substring(PREFIX.length()).split(":", 2) : new String[0];
        return part.length == 2 ? Optional.of(new TrustedSubject(part[0], part[1])) : Optional.empty();
    }

    /**
     * The subject of its tokens.
     *
     * @return {@code system:serviceaccount:<namespace>:<name>}
     */
    public String subject() {
        return PREFIX + namespace + ":" + name;
    }

    /** {@code namespace/name}. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
