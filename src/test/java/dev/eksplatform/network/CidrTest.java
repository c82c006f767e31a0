package dev.eksplatform.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.problem.ProblemsOf;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @Provide
    Arbitrary<Cidr> blocks() {
        return Arbitraries.integers().between(0, 32).flatMap(prefix -> Arbitraries.longs()
                .between(0, (1L << prefix) - 1)
                .map(index -> new Cidr(index << (32 - prefix), prefix)));
    }

    @Property
    void whatIsWrittenIsReadBack(@ForAll("blocks") Cidr block) {
        assertThat(Cidr.parse(block.toString())).isEqualTo(block);
    }

    @Property
    void halvesShareNothingAndMakeTheWhole(@ForAll("blocks") Cidr block) {
        if (block.prefixLength() < 32) {
            Cidr low = block.part(1, 0);
            Cidr high = block.part(1, 1);

            assertThat(low.overlaps(high)).isFalse();
            assertThat(block.contains(low) && block.contains(high)).isTrue();
            assertThat(low.size() + high.size()).isEqualTo(block.size());
            assertThat(low).isLessThan(high);
        }
    }

    @Property
    void blocksOverlapOnlyWhenOneHoldsTheOther(@ForAll("blocks") Cidr one, @ForAll("blocks") Cidr other) {
        assertThat(one.overlaps(other)).isEqualTo(one.contains(other) || other.contains(one));
        assertThat(one.overlaps(other)).isEqualTo(other.overlaps(one));
    }

    @Property
    void orderAgreesWithEquality(@ForAll("blocks") Cidr one, @ForAll("blocks") Cidr other) {
        assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other));
        assertThat(Integer.signum(one.compareTo(other))).isEqualTo(-Integer.signum(other.compareTo(one)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0",
                "10.0.0/8",
                "10.0.0.0/33",
                "10.0.0.256/32",
                "010.0.0.0/8",
                "10.0.0.0/8 ",
                "::/0",
                "a.b.c.d/8"
            })
    void otherTextIsRefused(String text) {
        assertThat(ProblemsOf.making(() -> Cidr.parse(text)))
                .containsExactly(
                        "\"" + text + "\" is not an IPv4 block; allowed: CIDR notation, an address and a prefix "
                                + "length of 0 to 32; fix: write it like 10.20.0.0/16");
    }

    @Test
    void bitsBehindThePrefixAreRefusedWithTheBlockThatWasMeant() {
        assertThat(ProblemsOf.making(() -> Cidr.parse("10.20.30.0/16")))
                .containsExactly("\"10.20.30.0/16\" has address bits set behind its prefix; allowed: the first address "
                        + "of a block; fix: use 10.20.0.0/16");
    }

    @Test
    void theWholeInternetIsABlock() {
        assertThat(Cidr.parse("0.0.0.0/0").size()).isEqualTo(1L << 32);
        assertThat(Cidr.parse("255.255.255.255/32").size()).isEqualTo(1);
    }

    @Test
    void whatIsNoBlockCannotBeMade() {
        assertThatThrownBy(() -> new Cidr(1, 31))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bits set behind the prefix: 0.0.0.1/31");
        assertThatThrownBy(() -> new Cidr(0, 33))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an IPv4 block: 0/33");
        assertThatThrownBy(() -> Cidr.parse("10.0.0.0/8").part(2, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no part 4 of 10.0.0.0/8 with 2 more bits");
        assertThatThrownBy(() -> Cidr.parse("10.0.0.0/31").part(2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no part 0 of 10.0.0.0/31 with 2 more bits");
    }
}
