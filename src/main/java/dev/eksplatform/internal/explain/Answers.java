package dev.eksplatform.internal.explain;

import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.evaluation.AccessDecision;
import dev.eksplatform.iam.evaluation.AccessDecision.Verdict;
import dev.eksplatform.iam.evaluation.AccessRequest;
import dev.eksplatform.iam.evaluation.ArnSet;
import dev.eksplatform.iam.evaluation.RequestContext;
import dev.eksplatform.iam.evaluation.SetEvaluation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers to questions about a role's actions, in lines. */
final class Answers {

    private static final String BUT_OTHERS =
            "the policies of resources in other accounts than %s: they must allow it as well";

    private final RoleAccess role;
    private final Map<String, List<String>> given;
    private final AccountId account;
    private final Partition partition;
    private final List<String> lines = new ArrayList<>();

    /**
     * No answer yet.
     *
     * @param role the role
     * @param given condition keys of its requests with their values
     * @param account the role's account
     * @param partition the partition of that account
     */
    Answers(RoleAccess role, Map<String, List<String>> given, AccountId account, Partition partition) {
        this.role = role;
        this.given = given;
        this.account = account;
        this.partition = partition;
    }

    void add(ActionQuestion question) {
        Optional<ArnSet> resources = question.resources();
        RequestContext context = role.session().context(question.action(), question.common());
        for (Map.Entry<String, List<String>> key : given.entrySet()) {
            context = context.with(key.getKey(), key.getValue().toArray(new String[0]));
        }
        Optional<AccessDecision> fixed = WithoutPermission.of(question.action());
        if (fixed.isPresent()) {
            AccessDecision assume = role.assume();
            add(question.action(), assume.verdict() == Verdict.ALLOWED ? fixed.get() : assume);
        } else if (!question.isKnown()) {
            notKnown(question);
        } else if (resources.isEmpty() || question.isAboutOne()) {
            AccessDecision decision = role.decide(new AccessRequest(question.action(), question.resource(), context));
            add(
                    question.action() + " on " + question.resource(),
                    resources.isEmpty() ? unlessDenied(question, decision, context) : abroad(question, decision));
        } else {
            role.decide(question.action(), context, resources.get())
                    .ifPresentOrElse(parts -> parts(question, parts), () -> tooMany(question));
        }
        if (question.required().size() > 1) {
            lines.add("  every request is checked on each of its " + ActionQuestion.listed(question.required())
                    + ": all of them must be allowed");
        }
    }

    private void add(String question, AccessDecision decision) {
        first(question, decision.verdict().text());
        because("  ", decision);
    }

    /** The line that is read first: that the role is assumed, and at its end the verdict on the action. */
    private void first(String question, String verdict) {
        String assumes =
                switch (role.assume().verdict()) {
                    case ALLOWED -> "assumes the role ";
                    case DENIED -> "cannot assume the role ";
                    case CANNOT_DECIDE -> "may be able to assume the role ";
                };
        lines.add(role.serviceAccount() + " " + assumes + role.role() + "; " + question + ": " + verdict);
    }

    private void because(String indent, AccessDecision decision) {
        lines.add(indent + decision.because());
        decision.doubts().forEach(doubt -> lines.add(indent + "not known: " + doubt));
    }

    private void notKnown(ActionQuestion question) {
        String service = question.action().split(":", 2)[0];
        add(
                question.action() + " on " + question.resource(),
                new AccessDecision(
                        Verdict.CANNOT_DECIDE,
                        "the resources that " + question.action() + " uses are not in this program's table",
                        List.of("which resource types it supports, see the actions of " + service
                                + " in the Service Authorization Reference")));
    }

    private void tooMany(ActionQuestion question) {
        add(
                question.action() + " on " + question.resource(),
                new AccessDecision(
                        Verdict.CANNOT_DECIDE,
                        "the policies have too many patterns to compare them with all of these resources",
                        List.of("which of the resources they allow; ask about one of them")));
    }

    private void parts(ActionQuestion question, List<SetEvaluation.Part> decided) {
        List<SetEvaluation.Part> parts = decided.stream()
                .map(part -> new SetEvaluation.Part(part.resources(), abroad(question, part.decision())))
                .toList();
        Set<Verdict> verdicts = parts.stream()
                .map(part -> part.decision().verdict())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Verdict.class)));
        boolean same = verdicts.size() == 1;
        String verdict = same ? verdicts.iterator().next().text() : "cannot be decided for all at once";
        first(
                question.action() + " on " + question.all()
                        + (question.isAboutAll() ? "" : " that matches " + question.resource()),
                verdict);
        for (int i = 0; i < parts.size(); i++) {
            SetEvaluation.Part part = parts.get(i);
            if (parts.size() == 1) {
                because("  ", part.decision());
            } else {
                lines.add("  " + part.decision().verdict().text() + " for " + names(part.resources(), i == 0));
                because("    ", part.decision());
            }
        }
    }

    private static String names(List<String> resources, boolean first) {
        return resources.stream()
                .map(one -> !one.equals(SetEvaluation.REST) ? one : first ? "everything" : "everything else")
                .collect(Collectors.joining(", "));
    }

    /**
     * AWS documents that policies name an action without resources with {@code *}, but not that a Deny on all ARNs of its
     * service is not about it; its own examples allow {@code s3:ListAllMyBuckets} on {@code arn:aws:s3:::*}.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/walkthrough1.html">Controlling access to a
     *     bucket with user policies, step 4.3</a>
     */
    private AccessDecision unlessDenied(ActionQuestion question, AccessDecision decision, RequestContext context) {
        String service = question.action().split(":", 2)[0];
        String start = "arn:" + partition + ":" + service + ":";
        return Stream.of(start + "${Region}:${Account}:${Resource}", start + "::${Resource}")
                .map(arn -> new ArnSet(List.of(arn), List.of(), Optional.empty(), SetEvaluation.REST))
                .flatMap(all -> role.decide(question.action(), context, all).stream())
                .filter(parts -> decision.verdict() == Verdict.ALLOWED
                        && parts.stream().allMatch(part -> part.decision().verdict() == Verdict.DENIED))
                .findFirst()
                .map(parts -> new AccessDecision(
                        Verdict.CANNOT_DECIDE,
                        decision.because() + ", but " + parts.get(0).decision().because() + " on all ARNs of "
                                + service,
                        List.of("whether that includes " + question.action() + ", which has no resource")))
                .orElse(decision);
    }

    /** What the policies of an identity allow in another account, the resource there must allow as well. */
    private AccessDecision abroad(ActionQuestion question, AccessDecision decision) {
        return decision.verdict() == Verdict.ALLOWED && question.isAbroad(account)
                ? new AccessDecision(
                        Verdict.CANNOT_DECIDE, decision.because(), List.of(String.format(BUT_OTHERS, account)))
                : decision;
    }

    /** Lines ending in line feeds; last, why the role can be assumed. */
    String text() {
        lines.add("Assuming the role " + role.role() + ":");
        because("  ", role.assume());
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
