package dev.eksplatform.internal.yaml;

import java.util.Set;

/**
 * What a document may contain.
 *
 * @param tags tags beside those of the core schema, which become {@link YamlNode.Tagged}, such as {@code !unknown}
 * @param mostValues how many values it may have once its aliases are written out
 * @param anyText whether texts may contain what Terraform and CDKTF cannot take literally: NUL, half a surrogate pair, and
 *     the marks of CDKTF's references
 */
public record YamlDialect(Set<String> tags, int mostValues, boolean anyText) {

    /** The core schema of YAML 1.2, for values that become attributes of resources. */
    public static final YamlDialect CORE = new YamlDialect(Set.of(), 100_000, false);

    /** Copies the tags. */
    public YamlDialect {
        tags = Set.copyOf(tags);
    }
}
