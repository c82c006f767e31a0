package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.StackEvidence;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The accounts of an environment: those of its resources; where no resource has an ARN, those that have access already.
 *
 * @param accounts empty when nothing says it
 */
record OwnAccounts(Set<String> accounts) {

    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:(\\d+):");

    private static final Pattern ACCOUNT = Pattern.compile("\\d+");

    static OwnAccounts of(List<StackEvidence> stacks) {
        Set<String> own = new TreeSet<>();
        for (StackEvidence stack : stacks) {
            for (ResourceChange change : stack.changes()) {
                for (JsonNode values : List.of(change.before(), change.after())) {
                    if (change.type().equals("aws_caller_identity")) {
                        add(values.path("account_id").asText(""), own);
                    } else if (change.mode() == ResourceMode.MANAGED) {
                        add(Party.accountIn(values.path("arn").asText("")), own);
                    }
                }
            }
        }
        return new OwnAccounts(own.isEmpty() ? mentioned(stacks) : own);
    }

    private static Set<String> mentioned(List<StackEvidence> stacks) {
        Set<String> mentioned = new TreeSet<>();
        stacks.stream()
                .flatMap(stack -> stack.changes().stream())
                .filter(change ->
                        change.mode() == ResourceMode.MANAGED && change.before().isObject())
                .forEach(change ->
                        ARN.matcher(change.before().toString()).results().forEach(arn -> mentioned.add(arn.group(1))));
        return mentioned;
    }

    private static void add(String account, Set<String> into) {
        if (ACCOUNT.matcher(account).matches()) {
            into.add(account);
        }
    }

    /** Whether an account is certainly another one. */
    boolean isForeign(String account) {
        return !account.isEmpty() && !accounts.isEmpty() && !accounts.contains(account);
    }
}
