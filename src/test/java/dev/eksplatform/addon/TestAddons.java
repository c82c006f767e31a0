package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.construct.RoleSettings;
import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.testing.TestJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Add-ons of a cluster without Fargate. */
final class TestAddons {

    /** Nodes in a network that is created, with a security group that is created. */
    static final ClusterNodes CREATED = new ClusterNodes(true, List.of(), true, List.of(), false, false, false, false);

    static final AddonContext AWS = in(Partition.AWS);

    static final AddonContext FARGATE = AWS.withOnFargate(namespace -> true);

    private TestAddons() {}

    static AddonContext on(ClusterNodes nodes) {
        return AWS.withNodes(nodes);
    }

    static AddonContext in(Partition partition) {
        return new AddonContext(
                partition,
                partition.equals(Partition.AWS) ? "eu-central-1" : "cn-north-1",
                AccountId.parse("111122223333"),
                "shop",
                Map.of("team", "shop"),
                Optional.of(KubernetesVersion.parse("1.36")),
                RoleSettings.standard(),
                CREATED,
                namespace -> false);
    }

    /** The values of a release beside other add-ons. */
    static JsonNode values(HelmAddon addon, String... others) {
        return TestJson.tree(addon.values()
                .apply(new HelmAddon.ReleaseContext(
                        AWS.clusterName(), AWS.region(), "vpc-0a1b2c3d", List.of(others), AWS.tags())));
    }

    /** What its only controller may do: action, resource and condition. */
    static Set<List<String>> grants(HelmAddon addon) {
        assertThat(addon.controllers()).hasSize(1);
        return GrantFacts.of(addon.controllers().get(0).policy().orElseThrow().toJson());
    }

    static List<HelmAddon> resolve(AddonsSpec spec) {
        Problems problems = new Problems();
        AddonGraph graph = spec.resolve(AWS, problems);
        problems.throwIfAny();
        return graph.inOrder();
    }

    /** The values of its chart, of the cluster shop in eu-central-1. */
    static String text(HelmAddon addon) {
        return Json.compact(addon.values()
                .apply(new HelmAddon.ReleaseContext("shop", "eu-central-1", "vpc-0a1b2c3d", List.of(), Map.of())));
    }
}
