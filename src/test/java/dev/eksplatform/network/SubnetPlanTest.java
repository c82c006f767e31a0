package dev.eksplatform.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.problem.ProblemsOf;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SubnetPlanTest {

    @Provide
    Arbitrary<Cidr> networks() {
        return Arbitraries.integers().between(16, 22).flatMap(prefix -> Arbitraries.longs()
                .between(0, (1L << prefix) - 1)
                .map(index -> new Cidr(index << (32 - prefix), prefix)));
    }

    private static List<Cidr> all(SubnetPlan plan) {
        List<Cidr> all = new ArrayList<>(plan.publicSubnets());
        all.addAll(plan.privateSubnets());
        return all;
    }

    @Property
    void blocksLieWithinTheNetworkShareNothingAndAreNotTooSmall(
            @ForAll("networks") Cidr network, @ForAll @IntRange(min = 1, max = 7) int zones) {
        List<Cidr> blocks = all(SubnetPlan.of(network, zones));

        assertThat(blocks).hasSize(2 * zones).allSatisfy(block -> {
            assertThat(network.contains(block)).isTrue();
            assertThat(block.prefixLength()).isBetween(16, 28);
        });
        for (int i = 0; i < blocks.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(blocks.get(i).overlaps(blocks.get(j))).isFalse();
            }
        }
    }

    @Property
    void aZoneAddedLaterMovesNoSubnet(@ForAll("networks") Cidr network, @ForAll @IntRange(min = 1, max = 6) int zones) {
        SubnetPlan before = SubnetPlan.of(network, zones);
        SubnetPlan after = SubnetPlan.of(network, zones + 1);

        assertThat(after.publicSubnets()).startsWith(before.publicSubnets().toArray(Cidr[]::new));
        assertThat(after.privateSubnets()).startsWith(before.privateSubnets().toArray(Cidr[]::new));
    }

    @Test
    void aSlash16IsCutIntoPrivateEighthsAndPublicSixtyFourths() {
        assertThat(SubnetPlan.of(Cidr.parse("10.20.0.0/16"), 2))
                .isEqualTo(new SubnetPlan(
                        List.of(Cidr.parse("10.20.224.0/22"), Cidr.parse("10.20.228.0/22")),
                        List.of(Cidr.parse("10.20.0.0/19"), Cidr.parse("10.20.32.0/19"))));
    }

    @Test
    void aNetworkTooSmallToBeCutIsRefused() {
        assertThat(ProblemsOf.making(() -> SubnetPlan.of(Cidr.parse("10.0.0.0/23"), 2)))
                .containsExactly("10.0.0.0/23 is too small to be cut into subnets; allowed: /16 to /22 (the smallest "
                        + "subnet of AWS is a /28); fix: use a larger block, or give publicSubnets and privateSubnets "
                        + "yourself");
    }

    @Test
    void thereAreSevenZonesAtMost() {
        assertThatThrownBy(() -> SubnetPlan.of(Cidr.parse("10.0.0.0/16"), 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("8 zones; a plan holds 1 to 7");
        assertThatThrownBy(() -> SubnetPlan.of(Cidr.parse("10.0.0.0/16"), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 zones; a plan holds 1 to 7");
    }
}
