package dev.eksplatform.addon;

import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Add-ons of a cluster without Fargate. */
final class TestAddons {

    static final AddonContext AWS = in(Partition.AWS);

    private TestAddons() {}

    static AddonContext in(Partition partition) {
        return new AddonContext(
                partition,
                partition.equals(Partition.AWS) ? "eu-central-1" : "cn-north-1",
                AccountId.parse("111122223333"),
                "shop",
                Map.of("team", "shop"),
                namespace -> false);
    }

    static List<HelmAddon> resolve(AddonsSpec spec) {
        Problems problems = new Problems();
        AddonGraph graph = spec.resolve(AWS, problems);
        problems.throwIfAny();
        return graph.inOrder();
    }

    /** The values of its chart, of the cluster shop in eu-central-1. */
    static String values(HelmAddon addon) {
        return Json.compact(addon.values()
                .apply(new HelmAddon.ReleaseContext("shop", "eu-central-1", "vpc-0a1b2c3d", List.of(), Map.of())));
    }

    /** What its first controller may do. */
    static Set<List<String>> grants(HelmAddon addon) {
        return GrantFacts.of(addon.controllers().get(0).policy().orElseThrow().toJson());
    }
}
