package dev.eksplatform.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.problem.ProblemsOf;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6CidrTest {

    @ParameterizedTest
    @CsvSource({
        "::/0, ::/0",
        "::1/128, ::1/128",
        "2001:DB8::/32, 2001:db8::/32",
        "2001:0db8:0:0:1:0:0:0/80, 2001:db8:0:0:1::/80",
        "2001:db8:0:1:1:1:1:1/128, 2001:db8:0:1:1:1:1:1/128",
        "2001:db8:0:0:1:0:0:1/128, 2001:db8::1:0:0:1/128",
        "0:0:0:0:0:0:0:0/0, ::/0",
        "fe80:1:2:3:4:5:6::/112, fe80:1:2:3:4:5:6:0/112"
    })
    void itsTextIsTheShortest(String text, String shortest) {
        assertThat(IpBlock.parse(text)).isInstanceOf(Ipv6Cidr.class).hasToString(shortest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::/129",
                "1::2::3/64",
                ":::/0",
                "12345::/16",
                "1:2:3:4:5:6:7/64",
                "1:2:3:4:5:6:7:8::/64",
                "g::/16",
                ":1:2:3:4:5:6:7/64"
            })
    void whatIsNoBlockIsRefused(String text) {
        assertThat(ProblemsOf.making(() -> IpBlock.parse(text)))
                .containsExactly(
                        "\"" + text + "\" is not an IPv6 block; allowed: CIDR notation, an address and a prefix"
                                + " length of 0 to 128; fix: write it like 2001:db8::/32");
    }

    @Test
    void bitsBehindThePrefixAreRefused() {
        assertThat(ProblemsOf.making(() -> IpBlock.parse("2001:db8::1/32")))
                .containsExactly("\"2001:db8::1/32\" has address bits set behind its prefix; allowed: the first address"
                        + " of a block; fix: use 2001:db8::/32");
        assertThatThrownBy(() -> new Ipv6Cidr(BigInteger.ONE, 0)).hasMessage("bits set behind the prefix: ::1/0");
        assertThatThrownBy(() -> new Ipv6Cidr(BigInteger.ONE, 129)).hasMessage("not an IPv6 block: 1/129");
    }

    @Test
    void withoutAColonItIsAnIpv4Block() {
        assertThat(IpBlock.parse("10.0.0.0/8")).isEqualTo(Cidr.parse("10.0.0.0/8"));
    }

    /** The JDK reads the same address, and the shortest text is read as the block that it is of. */
    @Property
    void anyAddressIsReadAsTheJdkReadsIt(@ForAll @Size(8) List<@IntRange(max = 0xffff) Integer> groups)
            throws UnknownHostException {
        String text = String.join(":", groups.stream().map(Integer::toHexString).toList());
        Ipv6Cidr block = Ipv6Cidr.parse(text + "/128");
        assertThat(Ipv6Cidr.parse(block.toString())).isEqualTo(block);
        String shortest = block.toString().replace("/128", "");
        byte[] bytes = InetAddress.getByName(text).getAddress();
        // An IPv4-mapped address is one of IPv4 for the JDK.
        if (bytes.length == 16) {
            assertThat(InetAddress.getByName(shortest).getAddress()).isEqualTo(bytes);
            assertThat(block.address()).isEqualTo(new BigInteger(1, bytes));
        }
    }
}
