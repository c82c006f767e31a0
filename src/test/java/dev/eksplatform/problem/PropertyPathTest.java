package dev.eksplatform.problem;

import static org.assertj.core.api.Assertions.assertThat;

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
}
