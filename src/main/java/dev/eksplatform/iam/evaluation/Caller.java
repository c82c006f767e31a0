package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.internal.logic.Truth;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who asks to assume a role.
 *
 * @param kind the kind of principal: {@code AWS}, {@code Service} or {@code Federated}
 * @param name an ARN, a service's principal, or the ARN or name of a provider; may hold Terraform expressions
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal</a>
 */
public record Caller(String kind, String name) {

    private static final Pattern ROOT = Pattern.compile("arn:([a-z-]+):iam::([0-9]{12}):root");

    /**
     * A service.
     *
     * @param principal such as {@code pods.eks.amazonaws.com}
     * @return the caller
     */
    public static Caller service(String principal) {
        return new Caller("Service", principal);
    }

    /**
     * A holder of a token of an identity provider.
     *
     * @param providerArn the ARN of the provider in IAM
     * @return the caller
     */
    public static Caller federated(String providerArn) {
        return new Caller("Federated", providerArn);
    }

    /** Whether a statement's principals include this one. */
    Truth isAmong(Principals principals) {
        if (!principals.except()) {
            return Truth.any(principals.each(), this::is);
        }
        if (!kind.equals("AWS")) {
            return Truth.any(principals.each(), this::is).not();
        }
        boolean itself = principals.each().contains(Map.entry(kind, name));
        boolean account = principals.each().stream().anyMatch(each -> isAccount(each) && is(each) == Truth.TRUE);
        if (itself && account) {
            return Truth.FALSE;
        }
        // AWS spares whoever is named with its session and its account, and warns of anything less.
        return Truth.any(principals.each(), this::is) == Truth.FALSE ? Truth.TRUE : Truth.UNKNOWN;
    }

    private Truth is(Map.Entry<String, String> principal) {
        String value = principal.getValue();
        if (principal.getKey().equals("AWS") && value.equals("*")) {
            // AWS says "everyone"; whether services and web identities are meant it does not say.
            return kind.equals("AWS") ? Truth.TRUE : Truth.UNKNOWN;
        }
        if (!principal.getKey().equals(kind)) {
            return Truth.FALSE;
        }
        Truth exact = Glob.match(value, false, false, RequestContext.closed(), name, false);
        if (!kind.equals("AWS")) {
            // IAM saves no wildcard there; what it would match is not documented.
            boolean wildcard = Glob.match(value, true, false, RequestContext.closed(), name, false) != Truth.FALSE;
            return wildcard ? exact.or(Truth.UNKNOWN) : exact;
        }
        return exact.or(Truth.of(isOfAccount(value) || isSessionOf(value))).or(mayBeUser(value));
    }

    private boolean isOfAccount(String principal) {
        List<String> mine = fields(name);
        Matcher root = ROOT.matcher(principal);
        return mine.size() == 6
                && (principal.equals(mine.get(4))
                        || (root.matches()
                                && root.group(1).equals(mine.get(1))
                                && root.group(2).equals(mine.get(4))));
    }

    private boolean isSessionOf(String principal) {
        List<String> mine = fields(name);
        List<String> role = fields(principal);
        if (mine.size() != 6 || role.size() != 6 || !isSameAccount(mine, role)) {
            return false;
        }
        String[] session = mine.get(5).split("/", 3);
        // A session's ARN leaves out the path of its role; role names are unique within an account all the same.
        return session.length == 3
                && session[0].equals("assumed-role")
                && mine.get(2).equals("sts")
                && role.get(2).equals("iam")
                && role.get(5).startsWith("role/")
                && role.get(5).endsWith("/" + session[1]);
    }

    /** The ARN of a federated user's session does not say which user of the account asked for it. */
    private Truth mayBeUser(String principal) {
        List<String> mine = fields(name);
        List<String> user = fields(principal);
        boolean may = mine.size() == 6
                && user.size() == 6
                && isSameAccount(mine, user)
                && mine.get(5).startsWith("federated-user/")
                && user.get(5).startsWith("user/");
        return may ? Truth.UNKNOWN : Truth.FALSE;
    }

    /** Each account is in one partition. */
    private static boolean isSameAccount(List<String> one, List<String> other) {
        return one.get(1).equals(other.get(1)) && one.get(4).equals(other.get(4));
    }

    private static boolean isAccount(Map.Entry<String, String> principal) {
        String value = principal.getValue();
        return AccountId.isAccountId(value) || ROOT.matcher(value).matches();
    }

    private static List<String> fields(String arn) {
        return List.of(arn.split(":", 6));
    }

    /** Such as {@code the service pods.eks.amazonaws.com}. */
    @Override
    public String toString() {
        return Principals.words(kind, name);
    }
}
