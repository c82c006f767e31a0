package dev.eksplatform.cluster;

import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * A taint on the nodes of a group: only pods that tolerate it are placed there.
 *
 * @param key the key of the taint
 * @param value the value of the taint; default none
 * @param effect what happens to pods that do not tolerate the taint
 */
@RecordBuilder
public record TaintSpec(
        @Example("dedicated") @Limit(pattern = NodeLabels.KEY)
        String key,

        @Example("web") @Limit(pattern = LabelGrammar.VALUE_PATTERN)
        Optional<String> value,

        @Example("no-schedule") Effect effect)
        implements TaintSpecBuilder.With {

    /** Checks key and value. */
    public TaintSpec {
        Components.required("key", key, "effect", effect);
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

    /** The effect as Kubernetes objects have it, such as {@code NoSchedule}. */
    String kubernetesEffect() {
        return switch (effect) {
            case NO_SCHEDULE -> "NoSchedule";
            case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
            case NO_EXECUTE -> "NoExecute";
        };
    }
}
