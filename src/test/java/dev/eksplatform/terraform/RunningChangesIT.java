package dev.eksplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import dev.eksplatform.internal.review.facts.Reviewer;
import dev.eksplatform.stack.Synthesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A running environment is changed step by step, each an edit of its file: after each apply the next plan is empty, and Terraform
 * replaces and destroys exactly what the review of the plan announces.
 */
@RequiresPrograms({"terraform", "python3", "node"})
class RunningChangesIT {

    private static final Path ENVIRONMENT = Path.of("src/test/resources/terraform/running.yaml");
    private static final Path OUTPUT = Path.of("target", "running-changes");
    private static final Set<Action> DESTRUCTIVE = EnumSet.of(
            Action.DELETE,
            Action.FORGET,
            Action.REPLACE_CREATE_FIRST,
            Action.REPLACE_DELETE_FIRST,
            Action.REPLACE_FORGET_OLD);

    /**
     * An edit of the environment file.
     *
     * @param name what it is
     * @param old the text that it replaces
     * @param text the text that it is replaced with
     * @param created a type of which it creates resources
     * @param destroyed the types of what it replaces or destroys
     */
    private record Step(String name, String old, String text, String created, Set<String> destroyed) {}

    private static final List<Step> STEPS = List.of(
            new Step("second-node-group", "nodeGroups:\n", """
                    nodeGroups:
                      batch:
                        instanceTypes: [m7i.large, m6i.large]
                        capacity: spot
                        perZone: true
                        zones: [eu-central-1a, eu-central-1b]
                        size: {min: 0, desired: 1, max: 4}
                        disk: {iops: 6000, throughputMib: 500}
                        volumes: [{deviceName: /dev/sdf, sizeGib: 20}]
                        placementGroup: {existing: near}
                        policies: [CloudWatchAgentServerPolicy]
                        ssm: true
                        tags: {team: batch}
                        launchTemplate: {detailedMonitoring: true}
                    """, "aws_eks_node_group", Set.of()),
            new Step("third-zone", "eu-central-1b]", "eu-central-1b, eu-central-1c]", "aws_subnet", Set.of()),
            new Step("nat-per-zone", "nat: single", "nat: per-zone", "aws_nat_gateway", Set.of()),
            new Step(
                    "secondary-cidr",
                    "nat: per-zone",
                    "nat: per-zone, pods: {cidr: 100.64.0.0/16, prefixDelegation: true}",
                    "aws_vpc_ipv4_cidr_block_association",
                    Set.of()),
            new Step("larger-nodes", "m7g.large", "m7g.xlarge", "", Set.of("aws_eks_node_group")));

    @Test
    void nothingIsReplacedThatTheReviewDoesNotAnnounce() throws IOException {
        TerraformRunner.delete(OUTPUT);
        String file = Files.readString(ENVIRONMENT);
        try (Moto aws = Moto.start("111122223333")) {
            TerraformRunner terraform = TerraformRunner.of("running-changes", synthesized("made", file), aws);
            terraform.init();
            terraform.validate();
            terraform.apply();
            assertThat(terraform.planDetailed()).as("the plan after the apply").isEmpty();
            for (Step step : STEPS) {
                String edited = file.replace(step.old(), step.text());
                assertThat(edited).as(step.name()).isNotEqualTo(file);
                file = edited;
                terraform.replaceStack(synthesized(step.name(), file));
                assertThat(terraform.planDetailed())
                        .as("the plan of " + step.name())
                        .isPresent();
                isAnnounced(step, terraform.showJson());
                terraform.apply();
                assertThat(terraform.planDetailed())
                        .as("the plan after " + step.name())
                        .isEmpty();
            }
        }
    }

    private static void isAnnounced(Step step, JsonNode plan) {
        Set<String> destroyed = new TreeSet<>();
        Set<String> types = new TreeSet<>();
        Set<String> created = new TreeSet<>();
        for (JsonNode change : plan.path("resource_changes")) {
            String actions = change.at("/change/actions").toString();
            if (actions.contains("delete") || actions.contains("forget")) {
                destroyed.add(change.path("address").asText());
                types.add(change.path("type").asText());
            } else if (actions.contains("create")) {
                created.add(change.path("type").asText());
            }
        }
        assertThat(types).as(step.name()).isEqualTo(step.destroyed());
        if (!step.created().isEmpty()) {
            assertThat(created).as(step.name()).contains(step.created());
        }
        Review review = Reviewer.review(
                List.of(StackEvidence.planned("shop-infrastructure", PlanFiles.of(plan.toString()))), List.of());
        assertThat(review.groups().stream()
                        .flatMap(group -> group.changes().stream())
                        .filter(change -> DESTRUCTIVE.contains(change.action()))
                        .map(change -> change.address()))
                .as("replaced or destroyed by " + step.name())
                .containsExactlyInAnyOrderElementsOf(destroyed);
        assertThat(review.risks().stream().map(Risk::address))
                .as("risks of " + step.name())
                .containsAll(destroyed);
    }

    private static Path synthesized(String name, String content) throws IOException {
        Path folder = Files.createDirectories(OUTPUT.resolve(name));
        Path file = Files.writeString(folder.resolve("shop.yaml"), content);
        Synthesis.write(List.of(Environment.read(file)), folder.resolve("cdktf.out"));
        return folder.resolve("cdktf.out/stacks/shop-infrastructure/cdk.tf.json");
    }
}
