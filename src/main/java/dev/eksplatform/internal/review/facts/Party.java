package dev.eksplatform.internal.review.facts;

import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.internal.review.Difference;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who has an access. Equal when kind and pattern are.
 *
 * @param kind such as {@code AWS}, {@code Service} or, for subjects of tokens, the provider
 * @param pattern the name, or a pattern for several
 * @param shown the text for readers
 * @param audience how many it may be
 * @param account the account of the principal; empty when it has none, or it is not known
 */
record Party(String kind, String pattern, String shown, Audience audience, String account) {

    /** How many a party may be. */
    enum Audience {
        /** Those who are named. */
        NAMED,
        /** Those who match a pattern. */
        SEVERAL,
        /** Everybody. */
        EVERYBODY
    }

    private static final String AWS = "AWS";
    private static final Pattern ARN = Pattern.compile("arn:[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:(\\d+):(.*)", Pattern.DOTALL);
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    /** Somebody whom only a resource of the stack or a name of Kubernetes stands behind. */
    static Party named(String shown) {
        return new Party("", shown, shown, Audience.NAMED, "");
    }

    static Party everybody() {
        return new Party(AWS, "*", "everybody", Audience.EVERYBODY, "");
    }

    /** A principal of a policy. */
    static Party principal(String kind, String id, ResourceNames names) {
        if (kind.equals("Service")) {
            return new Party(kind, id, "service " + id, Audience.NAMED, "");
        }
        if (kind.equals("CanonicalUser")) {
            return new Party(kind, id, "canonical user " + id, Audience.NAMED, "");
        }
        if (id.equals("*")) {
            return kind.equals(AWS)
                    ? everybody()
                    : new Party(kind, id, "everybody with a " + kind + " principal", Audience.EVERYBODY, "");
        }
        if (ACCOUNT.matcher(id).matches()) {
            return new Party(AWS, id, "account " + id, Audience.NAMED, id);
        }
        Matcher arn = ARN.matcher(id);
        if (arn.matches()) {
            String account = arn.group(1);
            return arn.group(2).equals("root") && id.contains(":iam:")
                    ? new Party(AWS, account, "account " + account, Audience.NAMED, account)
                    : new Party(kind, id, "principal " + names.ofId(id), Audience.NAMED, account);
        }
        return new Party(kind, id, "principal " + names.ofId(id), Audience.NAMED, "");
    }

    /** A principal that an attribute names without its kind: an ARN, an account, a service or a group of S3. */
    static Party principal(String id, ResourceNames names) {
        if (id.endsWith("/groups/global/AllUsers")) {
            return everybody();
        }
        if (id.endsWith("/groups/global/AuthenticatedUsers")) {
            return new Party("", id, "everybody with an AWS account", Audience.EVERYBODY, "");
        }
        boolean service = id.endsWith(".amazonaws.com") || id.endsWith(".amazonaws.com.cn");
        return principal(service ? "Service" : AWS, id, names);
    }

    /** Everybody but some principals. */
    static Party allBut(Principals principals) {
        List<String> named = principals.each().stream()
                .map(one -> Principals.words(one.getKey(), one.getValue()))
                .sorted()
                .toList();
        String shown = "everybody but " + String.join(", ", named);
        return new Party("except", shown, shown, Audience.EVERYBODY, "");
    }

    /** The party where only some of everybody can get in. */
    Party usual() {
        return audience == Audience.EVERYBODY ? new Party(kind, pattern, shown, Audience.NAMED, account) : this;
    }

    /** The account in an ARN; empty when there is none. */
    static String accountIn(String arn) {
        Matcher matcher = ARN.matcher(arn);
        return matcher.matches() ? matcher.group(1) : "";
    }

    /**
     * Whether everybody in another party is in this one, too.
     *
     * @param losing whether the other party would lose its access: an account may let its principals use what it is given
     */
    boolean covers(Party other, boolean losing) {
        if (equals(other)) {
            return true;
        }
        boolean awsCovers = pattern.equals("*") || losing && pattern.equals(other.account);
        if (kind.equals(AWS) && awsCovers) {
            return other.kind.equals(AWS) || other.kind.equals("CanonicalUser");
        }
        return audience != Audience.NAMED
                && !kind.equals("except")
                && kind.equals(other.kind)
                && Globs.covers(pattern, other.pattern);
    }

    /** The party with anybody in the place of one who is not known. */
    Party guessed() {
        boolean known = !pattern.contains(Difference.UNKNOWN) && !kind.contains(Difference.UNKNOWN);
        return known
                ? this
                : new Party(Element.guessed(kind), Element.guessed(pattern), shown, Audience.SEVERAL, account);
    }

    boolean isUnknown() {
        return !guessed().equals(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Party party && kind.equals(party.kind) && pattern.equals(party.pattern);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, pattern);
    }
}
