package dev.eksplatform.internal.yaml;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The tag of a YAML scalar as {@code sigs.k8s.io/yaml} reads it: {@code !!str no} is text, and {@code !!bool "yes"} is
 * true, as a tag counts more than quotes; a value that the tag does not fit, such as {@code !!int 1.5}, is an error.
 *
 * @see <a href="https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go">sigs.k8s.io/yaml, goyaml.v2</a>
 */
public final class ScalarTag {

    private ScalarTag() {}

    /**
     * Whether a scalar is text whatever it looks like: by a tag, or without one by its quotes or as a block.
     *
     * @param scalar the scalar
     * @return false when its meaning is that of {@link dev.eksplatform.internal.kubernetes.YamlScalar#resolve}
     */
    public static boolean isText(ScalarNode scalar) {
        return isTagged(scalar.getStartMark())
                ? scalar.getTag().equals(Tag.STR)
                : scalar.getScalarStyle() != ScalarStyle.PLAIN;
    }

    /**
     * Whether a value fits its tag.
     *
     * @param tag the tag
     * @param meaning the value by {@link dev.eksplatform.internal.kubernetes.YamlScalar#resolve}
     * @return false when Kubernetes and Helm refuse it
     */
    public static boolean fits(Tag tag, @Nullable Object meaning) {
        if (tag.equals(Tag.BOOL)) {
            return meaning instanceof Boolean;
        }
        if (tag.equals(Tag.INT)) {
            return meaning instanceof Long || meaning instanceof BigInteger;
        }
        return tag.equals(Tag.FLOAT) ? meaning instanceof Number : !tag.equals(Tag.NULL) || meaning == null;
    }

    /**
     * A tag as it is written in YAML.
     *
     * @param tag the tag
     * @return such as {@code !!bool}
     */
    public static String shorthand(Tag tag) {
        return tag.getValue().replace(Tag.PREFIX, "!!");
    }

    /** Whether a node begins with a tag, maybe behind its anchor. */
    private static boolean isTagged(Optional<Mark> start) {
        if (start.isEmpty()) {
            return false;
        }
        int[] text = start.get().getBuffer();
        int at = start.get().getPointer();
        if (at < text.length && text[at] == '&') {
            while (at < text.length && !Character.isWhitespace(text[at])) {
                at++;
            }
            while (at < text.length && Character.isWhitespace(text[at])) {
                at++;
            }
        }
        return at < text.length && text[at] == '!';
    }
}
