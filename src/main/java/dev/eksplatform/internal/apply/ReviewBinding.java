package dev.eksplatform.internal.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eksplatform.internal.plan.SynthesizedFolder;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ties a review to exactly one plan and configuration, so that nothing else is applied in its name.
 *
 * <p>A review reads {@code terraform show -json PLANFILE}; apply takes the binary PLANFILE. So apply runs {@code
 * terraform show -json PLANFILE} again and compares: the same plan file always gives the same plan, and another plan,
 * even of the same change, has another time stamp. Terraform itself refuses a plan file whose state is no longer the current
 * one.
 *
 * @param stack the stack's name
 * @param planDigest SHA-256 of the plan in canonical form, see {@link PlanDigest}
 * @param configurationDigest SHA-256 of the stack's synthesized files
 * @param commit the commit that was reviewed; {@code null} when not given
 */
public record ReviewBinding(
        String stack,
        String planDigest,
        String configurationDigest,
        @Nullable String commit) {

    /**
     * Binds the stacks of a review.
     *
     * @param plans the output of {@code terraform show -json PLANFILE} by stack
     * @param configuration the synthesized folder of the change; empty when there is none
     * @param commit the commit that is reviewed; {@code null} when there is none
     * @return binding by stack; empty without a configuration
     * @throws InvalidInputException when a file cannot be read
     */
    public static Map<String, ReviewBinding> all(
            Map<String, Path> plans, Optional<SynthesizedFolder> configuration, @Nullable String commit) {
        Map<String, ReviewBinding> bindings = new LinkedHashMap<>();
        configuration.ifPresent(folder ->
                plans.forEach((stack, file) -> bindings.put(stack, of(stack, file, folder.stack(stack), commit))));
        return bindings;
    }

    /**
     * Binds a stack.
     *
     * @param stack its name
     * @param planJson the output of {@code terraform show -json PLANFILE}
     * @param configuration the folder {@code cdktf.out/stacks/<stack>}
     * @param commit the commit; {@code null} when there is none
     * @return the binding
     * @throws InvalidInputException when a file cannot be read
     */
    public static ReviewBinding of(String stack, Path planJson, Path configuration, @Nullable String commit) {
        return new ReviewBinding(stack, PlanDigest.ofPlan(planJson), PlanDigest.ofConfiguration(configuration), commit);
    }

    /**
     * The binding of a stack in a review.
     *
     * @param review the review in JSON, as written with {@code --json}
     * @param stack the stack's name
     * @return its binding
     * @throws InvalidInputException when the file is not a review, does not have this stack, or is not bound
     */
    public static ReviewBinding read(Path review, String stack) {
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(review));
            for (JsonNode one : root.path("stacks")) {
                JsonNode binding = one.path("binding");
                if (one.path("name").asText().equals(stack) && binding.isObject()) {
                    String commit = binding.path("commit").asText("");
                    return new ReviewBinding(
                            stack,
                            binding.path("planDigest").asText(),
                            binding.path("configurationDigest").asText(),
                            commit.isEmpty() ? null : commit);
                }
            }
        } catch (JsonProcessingException e) {
            throw notReview(review, "not JSON, or cut off");
        } catch (IOException e) {
            throw notReview(review, "cannot be read");
        }
        throw notReview(review, "nothing that binds stack " + stack);
    }

    private static InvalidInputException notReview(Path review, String found) {
        return new InvalidInputException(new Problem(
                Place.file(review),
                found,
                "a review in JSON of this stack and its plan",
                "run the review again with --json FILE and give that file"));
    }

    /**
     * Refuses anything but what was reviewed.
     *
     * @param planJson the output of {@code terraform show -json PLANFILE} for the plan file about to be applied
     * @param configuration the folder {@code cdktf.out/stacks/<stack>}
     * @param head the commit about to be applied; {@code null} when there is none
     * @throws InvalidInputException with every way in which it differs from what was reviewed
     */
    public void verify(Path planJson, Path configuration, @Nullable String head) {
        Problems problems = new Problems();
        Place place = new Place.OnCommandLine("stack " + stack);
        String again = "review this plan, then apply it with that review";
        if (!PlanDigest.ofPlan(planJson).equals(planDigest)) {
            problems.add(place, "another plan than the reviewed one", "plan " + shorten(planDigest), again);
        }
        if (!PlanDigest.ofConfiguration(configuration).equals(configurationDigest)) {
            problems.add(
                    place,
                    "the configuration in " + configuration + " has changed since the review",
                    "configuration " + shorten(configurationDigest),
                    "plan and review again");
        }
        if (commit != null && !commit.equals(head)) {
            problems.add(
                    place,
                    head == null ? "no commit" : "commit " + head,
                    "the reviewed commit " + commit,
                    "check out the reviewed commit, or review this one");
        }
        problems.throwIfAny();
    }

    private static String shorten(String digest) {
        return digest.substring(0, Math.min(12, digest.length()));
    }
}
