package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.plan.Check;
import dev.eksplatform.internal.plan.DeferredChange;
import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.PredictedChanges;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.Versions;
import java.util.ArrayList;
import java.util.List;

/** What makes the review or the plan of a stack incomplete, and what else to know before the changes. */
final class Warnings {

    private Warnings() {}

    static List<String> of(StackEvidence stack, ResourceNames names, Secrets secrets) {
        List<String> warnings = new ArrayList<>();
        stack.plan().ifPresentOrElse(plan -> planned(plan, secrets, warnings), () -> unplanned(stack, names, warnings));
        stack.providerVersions().stream()
                .filter(StackEvidence.ProviderVersion::changes)
                .forEach(version -> warnings.add("Provider " + version.provider() + " "
                        + Versions.verb(version.before(), version.after()) + " from " + version.before() + " to "
                        + version.after() + "."));
        return warnings;
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

    private static void planned(Plan plan, Secrets secrets, List<String> warnings) {
        if (plan.errored()) {
            warnings.add("Planning failed part-way: this plan cannot be applied, and only a part of it is shown.");
        } else if (!plan.complete()) {
            warnings.add("The plan is not complete: another plan and apply are needed after this one.");
        }
        for (DeferredChange deferred : plan.deferredChanges()) {
            warnings.add("Left for a later plan: " + deferred.change().address() + " ("
                    + deferred.reason().replace('_', ' ') + ").");
        }
        for (Check check : plan.checks()) {
            if (check.status().equals("fail") || check.status().equals("error")) {
                warnings.add("Check " + check.address() + " failed: "
                        + secrets.maskedValue(String.join(" ", check.messages())));
            }
        }
    }
}
