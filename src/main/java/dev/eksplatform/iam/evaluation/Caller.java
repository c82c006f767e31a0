package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.Principals;
import java.util.List;
import java.util.Map;

/**
 * Who asks to assume a role.
 *
 * @param kind the kind of principal: {@code AWS}, {@code Service} or {@code Federated}
 * @param name an ARN, a service's principal, or the ARN or name of a provider; may hold Terraform expressions
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal</a>
 */
public record Caller(String kind, String name) {

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
        if (principal.getKey().equals("AWS") && principal.getValue().equals("*")) {
            // AWS says "everyone"; whether services and web identities are meant it does not say.
            return kind.equals("AWS") ? Truth.TRUE : Truth.UNKNOWN;
        }
        if (!principal.getKey().equals(kind)) {
            return Truth.FALSE;
        }
        Truth exact = Glob.pattern(principal.getValue(), false, false, RequestContext.closed())
                .matches(Glob.text(name), false);
        if (!kind.equals("AWS")) {
            return exact;
        }
        boolean ofAccount =
                isAccount(principal) && account(principal.getValue()).equals(account(name));
        return exact.or(Truth.of(ofAccount || isSessionOf(principal)));
    }

    private boolean isSessionOf(Map.Entry<String, String> principal) {
        List<String> mine = List.of(name.split(":", 6));
        List<String> role = List.of(principal.getValue().split(":", 6));
        if (mine.size() != 6 || role.size() != 6 || !account(name).equals(role.get(4))) {
            return false;
        }
        String[] session = mine.get(5).split("/", 3);
        // A session's ARN leaves out the path of its role; role names are unique within an account all the same.
        return session.length == 3
                && session[0].equals("assumed-role")
                && role.get(5).startsWith("role/")
                && role.get(5).endsWith("/" + session[1]);
    }

    private static boolean isAccount(Map.Entry<String, String> principal) {
        String value = principal.getValue();
        return value.matches("[0-9]{12}") || value.matches("arn:[a-z-]+:iam::[0-9]{12}:root");
    }

    private static String account(String principal) {
        String[] part = principal.split(":", 6);
        return part.length == 6 ? part[4] : principal;
    }

    /** Such as {@code the service pods.eks.amazonaws.com}. */
    @Override
    public String toString() {
        return Principals.words(kind, name);
    }
}
