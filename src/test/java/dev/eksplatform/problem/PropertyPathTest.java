package dev.eksplatform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PropertyPathTest {

    @Test
    void aPathReadsLikeTheFile() {
        PropertyPath path = PropertyPath.ROOT
                .key("identities")
                .key("default/iam-test")
                .key("policies")
                .index(0);
        assertThat(path).hasToString("identities[\"default/iam-test\"].policies[0]");
        assertThat(PropertyPath.ROOT.key("a\"b\\c")).hasToString("[\"a\\\"b\\\\c\"]");
        assertThat(PropertyPath.ROOT).hasToString("");
    }

    @Test
    void anyTextIsAPath() {
        assertThat(PropertyPath.parse("a[x].[\"b").steps())
                .containsExactly(new PropertyPath.Key("a"), new PropertyPath.Key("[x]"), new PropertyPath.Key("[\"b"));
    }

    @Property
    void aPathIsReadBackFromItsText(@ForAll("paths") PropertyPath path) {
        assertThat(PropertyPath.parse(path.toString())).isEqualTo(path);
    }

    @Provide
    Arbitrary<PropertyPath> paths() {
        Arbitrary<PropertyPath.Step> keys = Arbitraries.strings().ofMaxLength(8).map(PropertyPath.Key::new);
        Arbitrary<PropertyPath.Step> plainKeys = Arbitraries.of("size", "cert-manager", "a.b", "default/iam-test")
                .map(PropertyPath.Key::new);
        Arbitrary<PropertyPath.Step> indexes =
                Arbitraries.integers().between(0, 999_999_999).map(PropertyPath.Index::new);
        return Arbitraries.oneOf(List.of(keys, plainKeys, indexes))
                .list()
                .ofMaxSize(6)
                .map(PropertyPath::new);
    }
}
