package dev.eksplatform.cluster;

import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import java.util.Optional;

/**
 * A taint on the nodes of a group: only pods that tolerate it are placed there.
 *
 * @param key the taint's key
 * @param value its value; default none
 * @param effect what happens to pods that do not tolerate it
 */
public record TaintSpec(
        @Doc(value = "The taint's key", example = "dedicated") @Limit(pattern = NodeLabels.KEY)
        String key,

        @Doc(value = "The taint's value", example = "web") @Limit(pattern = LabelGrammar.VALUE_PATTERN)
        Optional<String> value,

        @Doc(value = "What happens to pods that do not tolerate it", example = "no-schedule")
        Effect effect) {

    /** Checks key and value. */
    public TaintSpec {
        Problems problems = new Problems();
        NodeLabels.checkTaint(key, value, problems);
        problems.throwIfAny();
    }

    /** What happens to pods that do not tolerate a taint. */
    public enum Effect {
        /** They are not placed there. */
        NO_SCHEDULE,
        /** They are placed there only when nothing else fits. */
        PREFER_NO_SCHEDULE,
        /** They are not placed there, and running ones are evicted. */
        NO_EXECUTE
    }

    /**
     * A taint without a value.
     *
     * @param key the taint's key
     * @param effect what happens to pods that do not tolerate it
     * @return the taint
     */
    @Defaults
    public static TaintSpec of(String key, Effect effect) {
        return new TaintSpec(key, Optional.empty(), effect);
    }

    String apiEffect() {
        return effect.name();
    }
}
