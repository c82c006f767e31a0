package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Rules of the platform's security groups beside those that it needs itself, by name.
 *
 * @param cluster rules of the cluster security group, which EKS creates for the control plane and pods on Fargate; default none
 * @param node rules of the security group of the nodes; default none
 */
@RecordBuilder
public record SecurityGroupRulesSpec(
        @Example(
                "{office: {direction: ingress, fromPort: 443, cidr: 10.40.0.0/16, reason: The office to the API server}}")
        @Limit(keys = SecurityGroupRulesSpec.NAME)
        Map<String, SecurityGroupRuleSpec> cluster,

        @Example("{metrics: {direction: ingress, fromPort: 9100, group: self, reason: Metrics of nodes}}")
        @Limit(keys = SecurityGroupRulesSpec.NAME)
        Map<String, SecurityGroupRuleSpec> node)
        implements SecurityGroupRulesSpecBuilder.With {

    private static final String NAME = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";
    private static final Pattern NAME_FORM = Pattern.compile(NAME);

    /**
     * EC2 takes 60 rules a direction in a security group, and the platform needs up to 15 itself. Source: <a
     * href="https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups">quotas of
     * security groups</a>.
     */
    private static final int MOST = 45;

    /** Checks names, ports and peers, and the number of rules. */
    public SecurityGroupRulesSpec {
        cluster = Components.map("cluster", cluster);
        node = Components.map("node", node);
        Problems problems = new Problems();
        check("cluster", cluster, problems);
        check("node", node, problems);
        problems.throwIfAny();
    }

    private static void check(String group, Map<String, SecurityGroupRuleSpec> rules, Problems problems) {
        rules.forEach((name, rule) -> {
            PropertyPath where = PropertyPath.of(group, name);
            problems.match(
                    where,
                    name,
                    NAME_FORM,
                    "the name of a rule",
                    "1 to 63 lower case letters, digits and -",
                    "rename it, such as to office");
            rule.check(where, problems);
        });
        Arrays.stream(SecurityGroupRuleSpec.Direction.values()).forEach(direction -> {
            long count = rules.values().stream()
                    .filter(rule -> rule.direction() == direction)
                    .count();
            if (count > MOST) {
                problems.add(
                        group,
                        count + " rules of one direction",
                        "at most " + MOST + ": EC2 takes 60 in a security group, and the platform needs up to 15",
                        "join blocks in a prefix list, or remove some");
            }
        });
    }

    /** Whether a rule belongs to the security group of the nodes, or has it as its peer. */
    boolean nameNodes() {
        return !node.isEmpty()
                || cluster.values().stream().anyMatch(rule -> rule.group()
                        .filter(SecurityGroupRuleSpec.Group.NODE::equals)
                        .isPresent());
    }

    /**
     * No further rules.
     *
     * @return the spec
     */
    @Defaults
    public static SecurityGroupRulesSpec none() {
        return new SecurityGroupRulesSpec(Map.of(), Map.of());
    }
}
