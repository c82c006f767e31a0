package dev.eksplatform.internal.plan;

import dev.eksplatform.internal.kubernetes.YamlScalar;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Plain scalars as Helm reads them, see {@link YamlScalar}.
 *
 * @see <a href="https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/README.md">sigs.k8s.io/yaml, goyaml.v2</a>
 */
final class HelmYaml implements Schema, ScalarResolver {

    @Override
    public ScalarResolver getScalarResolver() {
        return this;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        Scalar construct = YamlScalar::resolve;
        return Map.of(Tag.NULL, construct, Tag.BOOL, construct, Tag.INT, construct, Tag.FLOAT, construct);
    }

    @Override
    public Tag resolve(String value, Boolean implicit) {
        Object meaning = implicit ? YamlScalar.resolve(value) : value;
        if (meaning == null) {
            return Tag.NULL;
        }
        if (meaning instanceof Boolean) {
            return Tag.BOOL;
        }
        if (meaning instanceof Number) {
            return meaning instanceof Double ? Tag.FLOAT : Tag.INT;
        }
        return Tag.STR;
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
}
