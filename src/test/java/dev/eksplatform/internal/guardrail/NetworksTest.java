package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.internal.logic.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that are the internet, however it is divided. */
class NetworksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "1.2.3.4/0",
                "128.0.0.0/1",
                "0.0.0.0/2",
                "192.0.0.0/2",
                "32.0.0.0/3",
                "8.0.0.0/7",
                " 0.0.0.0/0 ",
                "::/0",
                "0::0/0",
                "0:0:0:0:0:0:0:0/0",
                "::/1",
                "8000::/1",
                "2000::/3",
                "2000::/4",
                "2a00::/12",
            })
    void oneNetworkIsTheInternet(String cidr) {
        assertThat(Networks.isOpen(cidr)).isTrue();
        assertThat(Networks.areOpen(List.of("203.0.113.0/24", cidr))).isEqualTo(Truth.TRUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8",
                "203.0.113.7/32",
                "172.16.0.0/12",
                "2001:db8::/32",
                "fc00::/7",
                "fd00::/8",
                "fe80::/10",
                "::1/128",
                "2630::/16",
                "pl-12345678",
                "203.0.113.7",
            })
    void oneNetworkIsSomebodys(String cidr) {
        assertThat(Networks.isOpen(cidr)).isFalse();
        assertThat(Networks.areOpen(List.of(cidr))).isEqualTo(Truth.FALSE);
    }

    @Test
    void manySmallNetworksAreTheInternetToo() {
        List<String> first =
                IntStream.range(0, 64).mapToObj(i -> i + ".0.0.0/8").toList();

        assertThat(Networks.areOpen(first)).isEqualTo(Truth.TRUE);
        assertThat(Networks.areOpen(first.subList(0, 63))).isEqualTo(Truth.FALSE);
    }

    @Test
    void whatIsListedTwiceCountsOnce() {
        List<String> twice = new ArrayList<>();
        IntStream.range(0, 40).forEach(i -> twice.addAll(List.of(i + ".0.0.0/8", i + ".128.0.0/9", i + ".0.0.0/8")));

        assertThat(Networks.areOpen(twice)).isEqualTo(Truth.FALSE);
    }

    @Test
    void anUnknownNetworkMayBeTheInternet() {
        assertThat(Networks.areOpen(List.of(ConfigValue.UNKNOWN, "203.0.113.0/24")))
                .isEqualTo(Truth.UNKNOWN);
        assertThat(Networks.areOpen(List.of(ConfigValue.UNKNOWN, "0.0.0.0/0"))).isEqualTo(Truth.TRUE);
        assertThat(Networks.areOpen(List.of())).isEqualTo(Truth.FALSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0/33", "256.0.0.0/8", "1.2.3/8", "::/129", "office/24", "1.2.3.4/", "1.2.3.4./8", ":/0"})
    void whatIsNoNetworkIsNotGuessed(String text) {
        assertThatThrownBy(() -> Networks.areOpen(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a network in CIDR notation");
        assertThat(Networks.areOpen(List.of(text, "0.0.0.0/0"))).isEqualTo(Truth.TRUE);
    }
}
