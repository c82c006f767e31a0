package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The network ACL of subnets. It keeps no state: answers need rules, too. What no rule allows is denied. Source: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html">network ACLs</a>.
 *
 * @param ingress rules for packets into the subnets; at most 40, of which AWS allows 20 by default
 * @param egress rules for packets out of the subnets; at most 40, of which AWS allows 20 by default
 */
@RecordBuilder
public record NetworkAclSpec(
        @Example("[{number: 100, cidr: 10.20.0.0/16, protocol: all}]") @Limit(maxItems = NetworkAclSpec.MOST)
        List<NetworkAclRule> ingress,

        @Example("[{number: 100, cidr: 0.0.0.0/0, protocol: all}]") @Limit(maxItems = NetworkAclSpec.MOST)
        List<NetworkAclRule> egress)
        implements NetworkAclSpecBuilder.With {

    /**
     * The most rules of a direction, which AWS allows on request. Source: <a
     * href="https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls">quotas of network ACLs</a>.
     */
    private static final int MOST = 40;

    /** Checks how many rules there are, and that each number is used once. */
    public NetworkAclSpec {
        ingress = Components.list("ingress", ingress);
        egress = Components.list("egress", egress);
        Problems problems = new Problems();
        check("ingress", ingress, problems);
        check("egress", egress, problems);
        problems.throwIfAny();
    }

    private static void check(String property, List<NetworkAclRule> rules, Problems problems) {
        if (rules.size() > MOST) {
            problems.add(property, rules.size() + " rules", "at most " + MOST, "join rules");
        }
        Map<Integer, Integer> first = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            Integer other = first.putIfAbsent(rules.get(i).number(), i);
            if (other != null) {
                problems.add(
                        PropertyPath.of(property).index(i).key("number"),
                        rules.get(i).number() + " is the number of " + property + "[" + other + "], too",
                        "use another number");
            }
        }
    }

    /**
     * Rules of both directions.
     *
     * @param ingress rules for packets into the subnets
     * @param egress rules for packets out of the subnets
     * @return the spec
     */
    @Defaults
    public static NetworkAclSpec of(List<NetworkAclRule> ingress, List<NetworkAclRule> egress) {
        return new NetworkAclSpec(ingress, egress);
    }
}
