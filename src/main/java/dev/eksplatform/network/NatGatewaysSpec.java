package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Settings of the NAT gateways.
 *
 * @param allocationIds Elastic IP addresses that exist and are kept when the network is deleted, by their allocation ids: one for
 *     each gateway in the order of the zones, with {@code regional} one for each zone; default new ones. Changing them
 *     replaces the gateways, except with {@code regional}
 * @param destinationCidrs what private subnets reach through the gateways; default everything ({@code 0.0.0.0/0})
 */
@RecordBuilder
public record NatGatewaysSpec(
        @Example("[eipalloc-0a1b2c3d4e5f60711, eipalloc-0a1b2c3d4e5f60712]")
        @Limit(pattern = NatGatewaysSpec.PATTERN, unique = true)
        List<String> allocationIds,

        @Example("[0.0.0.0/0]") @Limit(unique = true) List<Cidr> destinationCidrs)
        implements NatGatewaysSpecBuilder.With {

    private static final String PATTERN = "^eipalloc-[0-9a-f]{8,17}$";

    /** Programs may give a reference to an address that they create. */
    private static final Pattern ID = Pattern.compile(PATTERN + "|^\\$\\{TfToken\\[.+]}$");

    /** Checks the form of the ids, and that nothing is given twice. */
    public NatGatewaysSpec {
        allocationIds = Components.list("allocationIds", allocationIds);
        destinationCidrs = Components.list("destinationCidrs", destinationCidrs);
        Problems problems = new Problems();
        PropertyPath ids = PropertyPath.of("allocationIds");
        for (int i = 0; i < allocationIds.size(); i++) {
            problems.match(
                    ids.index(i),
                    allocationIds.get(i),
                    ID,
                    "the allocation id of an Elastic IP address",
                    "eipalloc- and 8 to 17 hex digits",
                    "copy it from `aws ec2 describe-addresses`");
        }
        problems.once(ids, allocationIds, "address");
        problems.once(PropertyPath.of("destinationCidrs"), destinationCidrs, "block");
        problems.throwIfAny();
    }

    /**
     * New addresses, and a route to everything.
     *
     * @return the spec
     */
    @Defaults
    public static NatGatewaysSpec standard() {
        return new NatGatewaysSpec(List.of(), List.of());
    }

    /** Whether a number of addresses goes with a way out. */
    void check(NatMode nat, int zones, Problems problems) {
        boolean set = !allocationIds.isEmpty() || !destinationCidrs.isEmpty();
        if (nat == NatMode.NONE && set) {
            problems.add(
                    PropertyPath.of("natGateways"),
                    "settings of NAT gateways with nat: none, which has none",
                    "remove natGateways, or set nat: single");
        } else if (!allocationIds.isEmpty() && allocationIds.size() != nat.addresses(zones)) {
            int needed = nat.addresses(zones);
            problems.add(
                    PropertyPath.of("natGateways", "allocationIds"),
                    allocationIds.size() + " given",
                    needed + " with nat: " + nat.word() + (needed == 1 ? "" : ", one for each zone"),
                    allocationIds.size() < needed ? "add " + (needed - allocationIds.size()) : "remove some");
        }
    }
}
