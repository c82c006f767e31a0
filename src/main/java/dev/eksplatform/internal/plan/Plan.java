package dev.eksplatform.internal.plan;

import dev.eksplatform.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Terraform plan, read from {@code terraform show -json PLANFILE}.
 *
 * <p>Newer minor versions of the format are read, and {@link #unknownFields} names what they add; another major version is
 * refused.
 *
 * @param resourceChanges every resource, those without a change included, in the plan's order
 * @param resourceDrift what differs in the account from the state, as Terraform detected it before planning
 * @param outputChanges the stack's outputs
 * @param deferredChanges what is left for a later plan
 * @param actionInvocations the actions that apply invokes, and those that are left for a later plan
 * @param checks outcomes of checks
 * @param priorState the managed resources of the state that {@code resourceChanges} does not list: in a refresh-only plan,
 *     all of them
 * @param relevantAttributes the attributes of resources that contribute to changes, by address
 * @param unknownFields the fields of the plan that have a value and that this version does not know
 * @param configuration what was configured
 * @param secrets every text the plan marks sensitive anywhere, and what is secret by nature
 * @param complete whether everything is planned; false when changes are deferred or targeted
 * @param errored whether planning failed part-way
 * @param applyable whether Terraform would apply the plan; false also when there is nothing to apply
 * @param timestamp when it was created, in RFC 3339; empty before Terraform 1.5
 * @see <a href="https://developer.hashicorp.com/terraform/internals/json-format">Terraform: JSON output format</a>
 */
public record Plan(
        List<ResourceChange> resourceChanges,
        List<ResourceChange> resourceDrift,
        List<OutputChange> outputChanges,
        List<DeferredChange> deferredChanges,
        List<ActionInvocation> actionInvocations,
        List<Check> checks,
        List<Resource> priorState,
        Map<String, Set<String>> relevantAttributes,
        List<String> unknownFields,
        Configuration configuration,
        Secrets secrets,
        boolean complete,
        boolean errored,
        boolean applyable,
        Optional<String> timestamp) {

    /**
     * Reads a plan.
     *
     * @param file the output of {@code terraform show -json PLANFILE}
     * @return the plan
     * @throws InvalidInputException when it cannot be read or is not a plan of format 1.x; no text of the file is
     *     quoted, because it may be secret
     */
    public static Plan read(Path file) {
        return PlanReader.read(file);
    }
}
