package dev.eksplatform.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Rendered;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.facts.Reviewer;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewBindingTest {

    @TempDir
    Path folder;

    private Path plan;
    private Path stack;

    @BeforeEach
    void planAndConfiguration() throws Exception {
        plan = Files.write(folder.resolve("plan.json"), PlanFiles.recordedBytes("a-update"));
        stack = Files.createDirectories(folder.resolve("stacks/shop"));
        Files.writeString(stack.resolve("cdk.tf.json"), "{\"terraform\":{}}");
    }

    private ReviewBinding bound(@Nullable String commit) {
        Review review = Reviewer.review(List.of(StackEvidence.planned("shop", Plan.read(plan))), List.of())
                .boundTo(Map.of("shop", ReviewBinding.of("shop", plan, Optional.empty(), stack, commit)));
        Path file = folder.resolve("review.json");
        try {
            Files.writeString(file, Rendered.json(review));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ReviewBinding.read(file, "shop");
    }

    @Test
    void acceptsWhatWasReviewed() {
        assertThatCode(() -> bound("abc").verify(plan, Optional.empty(), stack, Checkout.given("abc")))
                .doesNotThrowAnyException();
        assertThatCode(() -> bound(null).verify(plan, Optional.empty(), stack, Checkout.given("whatever")))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsTheSamePlanShownAgain() throws Exception {
        ReviewBinding binding = bound("abc");
        ObjectNode tree = (ObjectNode) TestJson.read(plan);
        List<JsonNode> shuffled = new ArrayList<>();
        tree.get("relevant_attributes").forEach(shuffled::add);
        Collections.reverse(shuffled);
        ((ArrayNode) tree.get("relevant_attributes")).removeAll().addAll(shuffled);
        Files.writeString(plan, tree.toPrettyString());
        assertThatCode(() -> binding.verify(plan, Optional.empty(), stack, Checkout.given("abc")))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherPlanOfTheSameChange() throws Exception {
        ReviewBinding binding = bound("abc");
        Files.writeString(plan, Files.readString(plan).replace("2026-11-22T04:48:36Z", "2026-11-22T04:49:36Z"));
        assertThatThrownBy(() -> binding.verify(plan, Optional.empty(), stack, Checkout.given("abc")))
                .hasMessage("stack shop: another plan than the reviewed one; allowed: plan "
                        + binding.planDigest().substring(0, 12)
                        + "; fix: review this plan, then apply it with that review");
    }

    @Test
    void refusesAnotherConfigurationAndAnotherCommitAtOnce() throws Exception {
        ReviewBinding binding = bound("abc");
        Files.createDirectories(stack.resolve("assets"));
        Files.writeString(stack.resolve("assets/policy.json"), "{}");
        assertThatThrownBy(() -> binding.verify(plan, Optional.empty(), stack, Checkout.given("def")))
                .hasMessage("stack shop: the configuration in " + stack + " has changed since the review; allowed:"
                        + " configuration " + binding.configurationDigest().substring(0, 12)
                        + "; fix: plan and review again" + System.lineSeparator()
                        + "stack shop: commit def; allowed: the reviewed commit abc; fix: check out the reviewed commit, or"
                        + " review this one");
    }

    @Test
    void refusesAReviewThatDoesNotBindTheStack() {
        bound("abc");
        Path file = folder.resolve("review.json");
        Path missing = file.resolveSibling("nowhere.json");
        assertThatThrownBy(() -> ReviewBinding.read(missing, "other"))
                .hasMessage(missing + ": no such file; fix: write it with `eks-platform review --plan-file … --json "
                        + missing + "`");
        assertThatThrownBy(() -> ReviewBinding.read(file, "other"))
                .hasMessage(file
                        + ": nothing that binds stack other; allowed: a review in JSON of this stack and its plan;"
                        + " fix: run the review again with --json FILE and give that file");
    }

    @Test
    void everyValueCounts() throws Exception {
        String before = PlanDigest.ofPlan(plan);
        Files.writeString(plan, Files.readString(plan).replace("\"1.34\"", "\"1.35\""));
        assertThat(PlanDigest.ofPlan(plan)).isNotEqualTo(before);
    }
}
