package dev.eksplatform.internal.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "1", "web-1", "1web", "a--b"})
    void labels(String name) {
        assertThat(DnsName.isLabel(name)).isTrue();
        assertThat(DnsName.isSubdomain(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "Web", "web_1", "a b", "ü", "a..b", ".a", "a.", "a.-b"})
    void neither(String name) {
        assertThat(DnsName.isLabel(name)).isFalse();
        assertThat(DnsName.isSubdomain(name)).isFalse();
    }

    @Test
    void onlySubdomainsHaveDots() {
        assertThat(DnsName.isSubdomain("example.com")).isTrue();
        assertThat(DnsName.isLabel("example.com")).isFalse();
    }

    @Test
    void theLongest() {
        assertThat(DnsName.isLabel("a".repeat(63))).isTrue();
        assertThat(DnsName.isLabel("a".repeat(64))).isFalse();
        assertThat(DnsName.isSubdomain("a".repeat(253))).isTrue();
        assertThat(DnsName.isSubdomain("a".repeat(254))).isFalse();
    }

    @Test
    void servicesBeginWithALetter() {
        assertThat(DnsName.isLabelWithLetterFirst("web")).isTrue();
        assertThat(DnsName.isLabelWithLetterFirst("1web")).isFalse();
    }
}
