package dev.eksplatform.plan;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Plain scalars as Helm reads them, with the words and numbers of YAML 1.1: {@code no} is false, {@code 0644} is octal.
 *
 * @see <a href="https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/README.md">sigs.k8s.io/yaml, goyaml.v2</a>
 */
final class HelmYaml implements Schema, ScalarResolver {

    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|0[0-7_]*|[1-9][0-9_]*)");
    private static final Pattern FLOAT = Pattern.compile("[-+]?[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+\\.");

    @Override
    public ScalarResolver getScalarResolver() {
        return this;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return Map.of(
                Tag.NULL, (Scalar) text -> null,
                Tag.BOOL, (Scalar) TRUE::contains,
                Tag.INT, (Scalar) HelmYaml::integer,
                Tag.FLOAT, (Scalar) text -> Double.valueOf(text.replace("_", "")));
    }

    @Override
    public Tag resolve(String value, Boolean implicit) {
        if (!implicit) {
            return Tag.STR;
        }
        if (NULL.contains(value)) {
            return Tag.NULL;
        }
        if (TRUE.contains(value) || FALSE.contains(value)) {
            return Tag.BOOL;
        }
        if (INTEGER.matcher(value).matches()) {
            return Tag.INT;
        }
        return FLOAT.matcher(value).matches() ? Tag.FLOAT : Tag.STR;
    }

    /** The value of a plain scalar. */
    @FunctionalInterface
    private interface Scalar extends ConstructNode {

        @Nullable
        Object of(String text);

        @Override
        default @Nullable Object construct(@Nullable Node node) {
            return node instanceof ScalarNode scalar ? of(scalar.getValue()) : null;
        }
    }

    private static Object integer(String text) {
        String digits = text.replace("_", "").replaceFirst("^\\+", "");
        String sign = digits.startsWith("-") ? "-" : "";
        String plain = digits.substring(sign.length());
        return Optional.of(plain)
                .filter(number -> number.length() > 1 && number.startsWith("0"))
                .map(number -> switch (number.charAt(1)) {
                    case 'x', 'X' -> new BigInteger(sign + number.substring(2), 16);
                    case 'b', 'B' -> new BigInteger(sign + number.substring(2), 2);
                    case 'o', 'O' -> new BigInteger(sign + number.substring(2), 8);
                    default -> new BigInteger(sign + number.substring(1), 8);
                })
                .orElseGet(() -> new BigInteger(sign + plain));
    }
}
