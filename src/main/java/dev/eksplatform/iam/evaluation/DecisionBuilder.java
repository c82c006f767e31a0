package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.evaluation.AccessDecision.Verdict;
import dev.eksplatform.internal.logic.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts the matches of all statements together: a certain deny decides, then what may deny, then a certain allow, then what
 * may allow.
 */
final class DecisionBuilder {

    private final String question;
    private @Nullable String deny;
    private @Nullable String allow;
    private final List<String> mayDeny = new ArrayList<>();
    private final List<String> mayAllow = new ArrayList<>();
    private final List<String> looked = new ArrayList<>();

    /** What is asked, such as {@code s3:GetObject on *}. */
    DecisionBuilder(String question) {
        this.question = question;
    }

    void add(String name, PolicyDocument policy, Function<Statement, StatementMatch> match) {
        looked.add(name);
        for (int i = 0; i < policy.statements().size(); i++) {
            Statement statement = policy.statements().get(i);
            StatementMatch found = match.apply(statement);
            String where = name + ", " + policy.nameOf(i);
            boolean denies = statement.effect() == Effect.DENY;
            if (found.truth() == Truth.TRUE && denies && deny == null) {
                deny = where;
            } else if (found.truth() == Truth.TRUE && !denies && allow == null) {
                allow = where;
            } else if (found.truth() == Truth.UNKNOWN) {
                (denies ? mayDeny : mayAllow).add(where + ": " + String.join(", ", found.doubts()));
            }
        }
    }

    void addUnknown(String name) {
        looked.add(name);
        mayDeny.add("the content of " + name);
        mayAllow.add("the content of " + name);
    }

    AccessDecision decision() {
        if (deny != null) {
            return AccessDecision.denied(deny + " denies " + question);
        }
        if (allow == null && mayAllow.isEmpty()) {
            return AccessDecision.denied(noneAllows(looked) + question);
        }
        if (allow != null && mayDeny.isEmpty()) {
            return AccessDecision.allowed(allow + " allows " + question);
        }
        String because = allow != null
                ? allow + " allows " + question + ", but something may deny it"
                : "whether " + question + " is allowed depends on what is not known";
        return new AccessDecision(Verdict.CANNOT_DECIDE, because, allow != null ? mayDeny : doubts());
    }

    private List<String> doubts() {
        List<String> all = new ArrayList<>(mayAllow);
        mayDeny.stream().filter(doubt -> !all.contains(doubt)).forEach(all::add);
        return all;
    }

    /** Such as {@code no statement of a and b allows}, with a space at the end. */
    static String noneAllows(List<String> policies) {
        if (policies.isEmpty()) {
            return "there is no policy to allow ";
        }
        int last = policies.size() - 1;
        String names = last == 0
                ? policies.get(0)
                : String.join(", ", policies.subList(0, last)) + " and " + policies.get(last);
        return "no statement of " + names + " allows ";
    }
}
