package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.plan.PlanBuilder;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Counts;
import dev.eksplatform.internal.review.Outcome;
import dev.eksplatform.internal.review.PlatformPicture;
import dev.eksplatform.internal.review.PlatformPicture.Box;
import dev.eksplatform.internal.review.PlatformPicture.Cluster;
import dev.eksplatform.internal.review.PlatformPicture.Network;
import dev.eksplatform.internal.review.PlatformPicture.Platform;
import dev.eksplatform.internal.review.PlatformPicture.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureBuilderTest {

    private static PlatformPicture picture(String... plans) {
        List<StackEvidence> stacks = new ArrayList<>();
        List<String> names = List.of("shop-infrastructure", "shop-platform", "shop-workloads");
        IntStream.range(0, plans.length)
                .forEach(i -> stacks.add(StackEvidence.planned(names.get(i), PlanFiles.recorded(plans[i]))));
        return PictureBuilder.of(stacks);
    }

    private static List<Box> boxes(Platform platform) {
        List<Box> boxes = new ArrayList<>(platform.entries());
        for (Network network : platform.networks()) {
            boxes.add(network.box());
            network.zones().forEach(zone -> zone.subnets().forEach(subnet -> {
                boxes.add(subnet.box());
                boxes.addAll(subnet.contents());
            }));
            network.nodes().forEach(nodes -> boxes.add(nodes.box()));
            boxes.addAll(network.parts());
        }
        for (Cluster cluster : platform.clusters()) {
            boxes.add(cluster.box());
            boxes.addAll(cluster.parts());
            cluster.namespaces().forEach(namespace -> {
                boxes.add(namespace.box());
                boxes.addAll(namespace.contents());
                boxes.addAll(namespace.roles());
            });
        }
        boxes.addAll(platform.others());
        return boxes;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-create",
                "a-update",
                "a-replace-cluster",
                "a-noop",
                "b-create",
                "c-bucket-replaced",
                "recorded/ingress-create",
                "recorded/ingress-update",
                "recorded/zones-changed",
                "recorded/kubernetes-changed",
                "recorded/guardrails-broken",
                "recorded/move",
                "recorded/import",
                "recorded/forget"
            })
    void everyResourceIsInExactlyOneBox(String plan) {
        Counts drawn = picture(plan).platforms().stream()
                .flatMap(platform -> boxes(platform).stream())
                .map(Box::counts)
                .reduce(Counts.NONE, Counts::plus);
        Counts planned = PlanFiles.recorded(plan).resourceChanges().stream()
                .filter(change -> change.mode() == ResourceMode.MANAGED
                        && change.deposed().isEmpty())
                .map(change -> Counts.of(Outcome.of(change)))
                .reduce(Counts.NONE, Counts::plus);
        assertThat(drawn).isEqualTo(planned);
    }

    @Test
    void manyNodeGroupsOfANetworkShareABox() {
        PlanBuilder plan = PlanBuilder.empty()
                .keep("aws_vpc.v", Map.of("id", "vpc-12345678"))
                .keep(
                        "aws_subnet.s",
                        Map.of("id", "subnet-12345678", "vpc_id", "vpc-12345678", "availability_zone", "a"));
        Map<String, Object> group = Map.of("subnet_ids", List.of("subnet-12345678"));
        for (int i = 0; i < 20; i++) {
            plan = plan.keep("aws_eks_node_group.n" + i, group);
        }
        plan = plan.delete("aws_eks_node_group.last", group);
        Network network = PictureBuilder.of(List.of(StackEvidence.planned("s", plan.build())))
                .platforms()
                .get(0)
                .networks()
                .get(0);
        assertThat(network.nodes()).hasSize(12);
        assertThat(network.nodes()).extracting(nodes -> nodes.box().state()).contains(State.DELETED);
        assertThat(network.nodes().get(11).box().title()).isEqualTo("10 more node groups");
        assertThat(network.nodes().get(11).zones()).containsExactly("a");
    }

    @Test
    void anEnvironmentIsDrawnWithItsZonesClusterNamespacesAndRoles() {
        Platform platform = picture("a-create", "b-create").platforms().get(0);
        Network network = platform.networks().get(0);
        assertThat(network.zones()).extracting("name").containsExactly("us-east-1a", "us-east-1b", "us-east-1c");
        assertThat(network.zones())
                .allSatisfy(zone ->
                        assertThat(zone.subnets()).extracting("isPublic").containsExactly(true, false));
        assertThat(network.zones().get(0).subnets().get(0).contents())
                .extracting(Box::title)
                .containsExactly("NAT gateway");
        assertThat(network.nodes()).singleElement().satisfies(nodes -> {
            assertThat(nodes.zones()).hasSize(3);
            assertThat(nodes.isPublic()).isFalse();
        });
        Cluster cluster = platform.clusters().get(0);
        assertThat(cluster.endpoint()).isNotNull().matches(Box::open);
        assertThat(cluster.namespaces())
                .filteredOn(namespace -> namespace.box().title().equals("Namespace kube-system"))
                .singleElement()
                .satisfies(namespace -> {
                    assertThat(namespace.contents()).extracting(Box::title).contains("aws-load-balancer-controller");
                    assertThat(namespace.roles()).extracting(Box::title).containsExactly("proof-lbc");
                });
        assertThat(platform.entries()).extracting(Box::title).containsExactly("Internet gateway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "128.0.0.0/1", "::/0", "0:0::/0"})
    void theEndpointOfAClusterIsOpenHoweverItIsWritten(String network) {
        Map<String, Object> config = Map.of("endpoint_public_access", true, "public_access_cidrs", List.of(network));
        for (Object block : List.of(config, List.of(config))) {
            StackEvidence stack = StackEvidence.planned(
                    "shop",
                    PlanBuilder.empty()
                            .create("aws_eks_cluster.c", Map.of("name", "shop", "vpc_config", block))
                            .build());
            Platform platform = PictureBuilder.of(List.of(stack)).platforms().get(0);
            assertThat(platform.clusters().get(0).endpoint()).isNotNull().matches(Box::open);
        }
    }

    @Test
    void theWorstOfManyIsNeverLeftOut() {
        List<Box> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(box("calm " + i, Counts.of(Outcome.UNCHANGED)));
        }
        many.add(box("bad", Counts.of(Outcome.REPLACED)));
        List<Box> shown = PlatformPicture.limited(many, 5);
        assertThat(shown).hasSize(5).extracting(Box::title).contains("bad", "37 more");
        assertThat(shown.get(4).counts().number(Outcome.UNCHANGED)).isEqualTo(37);
        assertThat(shown).extracting(Box::state).containsOnlyOnce(State.REPLACED);
    }

    private static Box box(String title, Counts counts) {
        return new Box(PlatformPicture.Kind.OTHER, title, "", counts, false);
    }
}
