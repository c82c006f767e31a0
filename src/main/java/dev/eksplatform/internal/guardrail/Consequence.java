package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.plan.AttributePath;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a change means for a running platform.
 *
 * @param severity how bad it is
 * @param summary a few words for the headline
 * @param meaning what happens
 * @param advice what to do about it; empty when there is nothing to do
 * @param attributes the attributes it comes from, see {@link AttributePath}; empty when it comes from the action
 * @param becomes what has to become of one of the attributes
 * @param unset what it means when such an attribute is not set, such as {@code true}
 * @param before what has to hold before: by attribute, texts with {@code *} and {@code ?}, separated by {@code |}; {@code
 *     unset} for nothing, and {@code !} in front for anything else
 * @param after the same after the change
 * @param rules the guardrails of area {@code change} that report it; their findings have its meaning and advice
 * @param source where it is documented
 */
public record Consequence(
        @Example("low") Severity severity,

        @Example("something is deleted") String summary,

        @Example("It is deleted.") String meaning,

        String advice,
        List<String> attributes,
        Becomes becomes,
        String unset,
        Map<String, String> before,
        Map<String, String> after,
        List<String> rules,
        String source) {

    private static final Pattern VALUE = Pattern.compile("\\{=([^}]*)}");

    @Defaults
    static Consequence of(Severity severity, String summary, String meaning) {
        return new Consequence(
                severity, summary, meaning, "", List.of(), Becomes.CHANGED, "", Map.of(), Map.of(), List.of(), "");
    }

    /**
     * Fills in the placeholders of the texts.
     *
     * @param values value by placeholder: {@code {name}} in a text is replaced by the value of {@code name}
     * @return a copy
     */
    public Consequence with(Map<String, String> values) {
        return with(filled(summary, values), filled(meaning, values), filled(advice, values), attributes);
    }

    private static String filled(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    /** Fills in the attributes that the meaning names, see {@code consequences.yaml}. */
    Consequence withValues(ChangedValues values) {
        String filled = VALUE.matcher(meaning)
                .replaceAll(
                        named -> Matcher.quoteReplacement(value(named.group(1).split("\\|"), values)));
        return with(summary, filled, advice, attributes);
    }

    private static String value(String[] alternatives, ChangedValues values) {
        String otherwise = alternatives[alternatives.length - 1];
        return Arrays.stream(alternatives)
                .limit(alternatives.length - 1L)
                .flatMap(path -> values.at(path.replace(" %", "")).stream()
                        .filter(value -> !value.unknown())
                        .map(value -> AttributePath.text(value.after(), ""))
                        .filter(text -> !text.isEmpty() && !text.equals("0"))
                        .map(text -> path.endsWith(" %") ? text + " %" : text))
                .findFirst()
                .orElse(otherwise);
    }

    /** The consequence of a change of some attributes, with another advice. */
    Consequence on(List<String> changed, String what) {
        return with(summary, meaning, what, changed);
    }

    /** Holds only for some values before. */
    Consequence when(Map<String, String> values) {
        return new Consequence(
                severity, summary, meaning, advice, attributes, becomes, unset, values, after, rules, source);
    }

    private Consequence with(String words, String text, String what, List<String> changed) {
        return new Consequence(severity, words, text, what, changed, becomes, unset, before, after, rules, source);
    }

    /**
     * The same with another severity.
     *
     * @param other how bad it is
     * @return a copy
     */
    public Consequence as(Severity other) {
        return new Consequence(
                other, summary, meaning, advice, attributes, becomes, unset, before, after, rules, source);
    }

    /** The attributes of which a change makes what this is about; empty when it does not. */
    List<String> causes(ChangedValues values) {
        boolean holds = values.hold(before, true)
                && values.hold(after, false)
                && (becomes != Becomes.SO || !values.hold(after, true));
        return !holds
                ? List.of()
                : attributes.stream()
                        .flatMap(attribute -> values.at(attribute).stream())
                        .filter(value -> becomes.holds(value, unset))
                        .map(AttributePath::path)
                        .toList();
    }
}
