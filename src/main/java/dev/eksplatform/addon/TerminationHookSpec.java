package dev.eksplatform.addon;

import java.util.List;

/**
 * Auto Scaling groups that wait for the AWS Node Termination Handler before they end an instance.
 *
 * @param groups the names of the groups
 */
public record TerminationHookSpec(List<String> groups) implements AddonResource {

    /** Copies the names. */
    public TerminationHookSpec {
        groups = List.copyOf(groups);
    }

    static TerminationHookSpec of(List<String> groups) {
        return new TerminationHookSpec(groups);
    }
}
