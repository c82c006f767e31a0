package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import java.util.List;
import java.util.Map;

/**
 * What a change means for a running platform.
 *
 * @param severity how bad it is
 * @param summary a few words for the headline
 * @param meaning what happens
 * @param advice what to do about it; empty when there is nothing to do
 * @param attributes the attributes it comes from; empty when it comes from the action
 * @param downgrade whether it holds only when a version in an attribute becomes older
 * @param rules the guardrails of area {@code change} that report it; their findings have its meaning and advice
 * @param source where it is documented
 */
public record Consequence(
        @Example("low") Severity severity,

        @Example("something is deleted") String summary,

        @Example("It is deleted.") String meaning,

        String advice,
        List<String> attributes,
        boolean downgrade,
        List<String> rules,
        String source) {

    @Defaults
    static Consequence of(Severity severity, String summary, String meaning) {
        return new Consequence(severity, summary, meaning, "", List.of(), false, List.of(), "");
    }

    /**
     * Fills in the placeholders of the texts.
     *
     * @param values value by placeholder: {@code {name}} in a text is replaced by the value of {@code name}
     * @return a copy
     */
    public Consequence with(Map<String, String> values) {
        return new Consequence(
                severity,
                filled(summary, values),
                filled(meaning, values),
                filled(advice, values),
                attributes,
                downgrade,
                rules,
                source);
    }

    private static String filled(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    /** The consequence of a change of some attributes, with another advice. */
    Consequence on(List<String> changed, String what) {
        return new Consequence(severity, summary, meaning, what, changed, downgrade, rules, source);
    }
}
