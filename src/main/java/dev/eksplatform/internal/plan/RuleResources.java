package dev.eksplatform.internal.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The security groups whose rules are resources of their own. Such a group repeats them in {@code ingress} and {@code
 * egress} once it is refreshed; a group must not have rules of both kinds, so what it repeats can be left out.
 *
 * <p>The configuration does not distinguish the two kinds, as a plan does not repeat generated blocks ({@code
 * dynamic}).
 *
 * @see <a href="https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group">aws_security_group</a>
 */
public final class RuleResources {

    private static final String GROUP = "aws_security_group";
    private static final Set<String> TYPES = Set.of(
            "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule", "aws_security_group_rule");

    private RuleResources() {}

    /**
     * Finds the groups.
     *
     * @param plan a plan
     * @return their addresses
     */
    public static Set<String> groups(Plan plan) {
        Map<String, String> byId = new HashMap<>();
        Map<String, Set<String>> byBlock = new HashMap<>();
        for (ResourceChange change : plan.resourceChanges()) {
            if (change.type().equals(GROUP)) {
                byBlock.computeIfAbsent(change.block(), block -> new HashSet<>())
                        .add(change.address());
                byId.put(change.before().path("id").asText(""), change.address());
            }
        }
        Set<String> groups = new HashSet<>();
        for (ResourceChange change : plan.resourceChanges()) {
            if (!TYPES.contains(change.type())) {
                continue;
            }
            plan.configuration()
                    .references(change.block(), "security_group_id")
                    .forEach(reference -> groups.addAll(byBlock.getOrDefault(reference, Set.of())));
            String group = byId.get(change.before().path("security_group_id").asText(""));
            if (group != null) {
                groups.add(group);
            }
        }
        return groups;
    }
}
