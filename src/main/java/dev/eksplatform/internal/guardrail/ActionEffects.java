package dev.eksplatform.internal.guardrail;

import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.internal.yaml.Binder;
import java.util.List;
import java.util.Map;

/** What the invocation of an action means, from {@code action-effects.yaml}. */
public final class ActionEffects {

    private static final Table TABLE = Binder.ofProgram(Table.class, "action-effects.yaml");

    record Table(List<Effect> actions, Consequence other) {}

    /**
     * The effect of actions.
     *
     * @param types types of actions, with {@code *} for any text
     */
    record Effect(List<String> types, Consequence invoked) {}

    private ActionEffects() {}

    /**
     * What it means that an action is invoked.
     *
     * @param type the type of the action, such as {@code aws_lambda_invoke}
     * @return the first that names it; for a type that is not known, that its effect is not
     */
    public static Consequence of(String type) {
        return TABLE.actions().stream()
                .filter(effect -> effect.types().stream().anyMatch(pattern -> Wildcards.match(pattern, type)))
                .findFirst()
                .map(Effect::invoked)
                .orElse(TABLE.other())
                .with(Map.of("type", type));
    }
}
