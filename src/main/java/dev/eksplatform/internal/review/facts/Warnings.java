package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.plan.Check;
import dev.eksplatform.internal.plan.DeferredChange;
import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.PredictedChanges;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.Versions;
import dev.eksplatform.internal.review.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes the review or the plan of a stack incomplete, and what else to know before the changes. */
final class Warnings {

    private Warnings() {}

    /** Whether the review of a stack shows all that is to be done. */
    static boolean isComplete(StackEvidence stack) {
        return stack.plan()
                .map(plan -> plan.complete()
                        && plan.deferredChanges().isEmpty()
                        && plan.unknownFields().isEmpty()
                        && plan.actionInvocations().stream()
                                .allMatch(action -> action.deferred().isEmpty()))
                .orElse(false);
    }

    static List<String> of(StackEvidence stack, ResourceNames names, boolean applyable, Secrets secrets) {
        List<String> warnings = new ArrayList<>();
        stack.plan()
                .ifPresentOrElse(
                        plan -> planned(plan, applyable, secrets, warnings), () -> unplanned(stack, names, warnings));
        stack.providerVersions().stream()
                .filter(StackEvidence.ProviderVersion::changes)
                .forEach(version -> warnings.add(inWords(version)));
        return warnings;
    }

    private static String inWords(StackEvidence.ProviderVersion version) {
        String what = version.isExact()
                ? "Provider " + version.provider() + " " + Versions.verb(version.before(), version.after())
                : "The allowed versions of provider " + version.provider() + " change";
        return what + " from " + version.before() + " to " + version.after() + ".";
    }

    private static void unplanned(StackEvidence stack, ResourceNames names, List<String> warnings) {
        PredictedChanges.prevented(stack)
                .forEach(address -> warnings.add("Terraform will refuse to replace " + names.shown(address)
                        + ": its lifecycle has prevent_destroy."));
        warnings.add(
                stack.base().isEmpty()
                        ? "There is no plan yet and no earlier configuration was given: all resources are shown as new."
                        : "There is no plan yet: configurations are compared, not what is in the account. Replacements are"
                                + " predicted from known attributes; some may be missing.");
    }

    private static void planned(Plan plan, boolean applyable, Secrets secrets, List<String> warnings) {
        if (plan.errored()) {
            warnings.add("Planning failed part-way: this plan cannot be applied, and only a part of it is shown.");
        } else if (!applyable) {
            warnings.add("Terraform marks this plan as one that cannot be applied.");
        }
        plan.checks().stream()
                .filter(Check::failed)
                .forEach(check -> warnings.add(check.masked(secrets).inWords()));
        plan.unknownFields()
                .forEach(field -> warnings.add("This plan has " + field
                        + ", which this version of eks-platform does not know: what it does is not in this review."));
        if (!plan.errored() && !plan.complete()) {
            warnings.add("The plan is not complete: another plan and apply are needed after this one.");
        }
        for (DeferredChange deferred : plan.deferredChanges()) {
            ResourceChange change = deferred.change();
            Change.Effect effect = change.deposed().isPresent() ? Change.Effect.ON_DEPOSED : Change.Effect.USUAL;
            warnings.add("Left for a later plan: " + change.address() + " (" + Change.inWords(change.action(), effect)
                    + (change.importing().isPresent() ? ", imported" : "")
                    + "), " + Reasons.deferred(deferred.reason()) + ".");
        }
        plan.actionInvocations().forEach(action -> action.deferred()
                .ifPresent(reason -> warnings.add("Left for a later plan: " + action.address() + " (invoked "
                        + action.trigger() + "), " + Reasons.deferred(reason) + ".")));
        // a refresh-only plan records where a resource is; any other plan has a change for it
        Set<String> planned =
                plan.resourceChanges().stream().map(ResourceChange::address).collect(Collectors.toSet());
        for (ResourceChange drift : plan.resourceDrift()) {
            drift.previousAddress()
                    .filter(previous -> !planned.contains(drift.address()))
                    .ifPresent(previous -> warnings.add(
                            "The state will have " + previous + " at its new address " + drift.address() + "."));
        }
    }
}
