package dev.eksplatform.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of CDKTF that a synthesized configuration still holds: a value that is known only to Terraform was used as
 * if it were text or a number at hand ({@code toUpperCase()}, {@code substring}, {@code intValue()}), so that its
 * token reached the configuration instead of a reference.
 *
 * <p>A token is recognized value by value, as CDKTF 0.21 encodes it ({@code lib/tokens/private/encoding.ts}): a text with
 * <code>${TfToken[…]}</code>, <code>#{TfToken[…]}</code> or <code>&amp;{TfToken[…]}</code>, in any case and cut at either
 * side, or a number of two ranges near -8e298 and -2e289, also as a part of a text.
 */
final class UnresolvedTokens {

    /** Literal text of a user has a quote before it, see {@link TerraformText}. */
    private static final Pattern TEXT = Pattern.compile("(?i)(?<!\\$\\{\")TfToken\\[");

    private static final Pattern NUMBER = Pattern.compile("-[0-9](?:\\.[0-9]+)?[eE]\\+?(?:298|289)");

    /** What {@code intValue()} makes of an encoded number. No argument of an AWS resource takes it. */
    private static final int AS_INT = Integer.MIN_VALUE;

    private final List<String> found = new ArrayList<>();

    private UnresolvedTokens() {}

    /**
     * Looks for tokens.
     *
     * @param configuration the content of a {@code cdk.tf.json}
     * @return each place: the resource's address, its construct and attribute, and what it holds
     */
    static List<String> in(JsonNode configuration) {
        UnresolvedTokens tokens = new UnresolvedTokens();
        configuration.fields().forEachRemaining(block -> {
            boolean typed = block.getKey().equals("resource") || block.getKey().equals("data");
            if (!typed) {
                tokens.value(block.getKey(), "", block.getValue(), false);
                return;
            }
            String prefix = block.getKey().equals("data") ? "data." : "";
            block.getValue().fields().forEachRemaining(type -> type.getValue()
                    .fields()
                    .forEachRemaining(one -> tokens.element(
                            prefix + type.getKey() + "." + one.getKey(), type.getKey(), one.getValue())));
        });
        return List.copyOf(tokens.found);
    }

    private void element(String address, String type, JsonNode content) {
        String construct = content.at("/~1~1/metadata/path").asText();
        String place = construct.isEmpty() ? address : address + " (construct " + construct + ")";
        value(place, "", content, type.startsWith("aws_"));
    }

    private void value(String place, String attribute, JsonNode value, boolean ofAws) {
        if (value.isObject()) {
            value.fields().forEachRemaining(field -> {
                if (!field.getKey().equals("//")) {
                    String child = attribute.isEmpty() ? field.getKey() : attribute + "." + field.getKey();
                    text(place, attribute, field.getKey(), "the key ");
                    value(place, child, field.getValue(), ofAws);
                }
            });
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                value(place, attribute + "[" + i + "]", value.get(i), ofAws);
            }
        } else if (value.isTextual()) {
            text(place, attribute, value.textValue(), "");
        } else if (value.isNumber()) {
            boolean minimum = ofAws && value.isIntegralNumber() && value.longValue() == AS_INT;
            if (minimum || TerraformText.isToken(value.doubleValue())) {
                add(place, attribute, value.asText());
            }
        }
    }

    private void text(String place, String attribute, String text, String what) {
        if (TEXT.matcher(text).find() || holdsNumber(text)) {
            add(place, attribute, what + Problem.quoted(text));
        }
    }

    private static boolean holdsNumber(String text) {
        Matcher numbers = NUMBER.matcher(text);
        while (numbers.find()) {
            if (TerraformText.isToken(Double.parseDouble(numbers.group()))) {
                return true;
            }
        }
        return false;
    }

    private void add(String place, String attribute, String value) {
        found.add(place + (attribute.isEmpty() ? "" : ", attribute " + attribute) + ": " + value);
    }
}
