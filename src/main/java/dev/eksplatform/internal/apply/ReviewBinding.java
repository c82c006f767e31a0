package dev.eksplatform.internal.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.internal.files.InputFiles;
import dev.eksplatform.internal.plan.SynthesizedFolder;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param workspace the workspace of the plan; {@code null} when not known
 * @param lineage the lineage of the state that the plan was created from, empty for a stack that has none yet; {@code null} when
 *     not known
 * @param lockDigest SHA-256 of the lock file, without comments; {@code null} when not known
 */
public record ReviewBinding(
        String stack,
        String planDigest,
        String configurationDigest,
        @Nullable String commit,
        @Nullable String workspace,
        @Nullable String lineage,
        @Nullable String lockDigest) {

    /**
     * Binds the stacks of a review.
     *
     * @param plans the output of {@code terraform show -json PLANFILE} by stack
     * @param planFiles the plan files, as far as they are given
     * @param configuration the synthesized folder of the change; empty when there is none
     * @param commit the commit that is reviewed; {@code null} when there is none
     * @return binding by stack; empty without a configuration
     * @throws InvalidInputException when a file cannot be read
     */
    public static Map<String, ReviewBinding> all(
            Map<String, Path> plans,
            Map<String, Path> planFiles,
            Optional<SynthesizedFolder> configuration,
            @Nullable String commit) {
        Map<String, ReviewBinding> bindings = new LinkedHashMap<>();
        configuration.ifPresent(folder -> plans.forEach((stack, file) -> bindings.put(
                stack, of(stack, file, Optional.ofNullable(planFiles.get(stack)), folder.stack(stack), commit))));
        return bindings;
    }

    /**
     * Binds a stack.
     *
     * @param stack its name
     * @param planJson the output of {@code terraform show -json PLANFILE}
     * @param planFile the plan file; without it, workspace and lock file are those of the initialized folder
     * @param configuration the folder {@code cdktf.out/stacks/<stack>}
     * @param commit the commit; {@code null} when there is none
     * @return the binding
     * @throws InvalidInputException when a file cannot be read
     */
    public static ReviewBinding of(
            String stack, Path planJson, Optional<Path> planFile, Path configuration, @Nullable String commit) {
        Optional<PlanFile> plan = planFile.map(file -> PlanFile.read(file)
                .orElseThrow(() -> new InvalidInputException(new Problem(
                        Place.file(file),
                        "not a plan file",
                        "what `terraform plan -out` wrote",
                        "give the plan file, not its JSON; leave it out for HCP Terraform and encrypted plans"))));
        StackFolder folder = new StackFolder(configuration);
        Optional<String> selected = folder.isInitialized() ? Optional.of(folder.workspace()) : Optional.empty();
        return new ReviewBinding(
                stack,
                PlanDigest.ofPlan(planJson),
                PlanDigest.ofConfiguration(configuration),
                commit,
                plan.flatMap(PlanFile::workspace).or(() -> selected).orElse(null),
                plan.map(one -> one.state().lineage()).orElse(null),
                plan.map(PlanFile::lock)
                        .or(folder::lock)
                        .map(PlanDigest::ofText)
                        .orElse(null));
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
        InputFiles.check(review, "write it with `eks-platform review --plan-file … --json " + review + "`");
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(review));
            for (JsonNode one : root.path("stacks")) {
                JsonNode binding = one.path("binding");
                if (one.path("name").asText().equals(stack) && binding.isObject()) {
                    return new ReviewBinding(
                            stack,
                            binding.path("planDigest").asText(),
                            binding.path("configurationDigest").asText(),
                            optional(binding.path("commit")),
                            optional(binding.path("workspace")),
                            optional(binding.path("lineage")),
                            optional(binding.path("lockDigest")));
                }
            }
        } catch (JsonProcessingException e) {
            throw notReview(review, "not JSON, or cut off");
        } catch (IOException e) {
            throw new InvalidInputException(FileFault.unreadable(Place.file(review), e));
        }
        throw notReview(review, "nothing that binds stack " + stack);
    }

    private static @Nullable String optional(JsonNode value) {
        return value.isTextual() ? value.asText() : null;
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
     * @param planFile the same plan file; empty when only Terraform can read it
     * @param configuration the folder {@code cdktf.out/stacks/<stack>}
     * @param head what is checked out
     * @throws InvalidInputException with every way in which it differs from what was reviewed
     */
    void verify(Path planJson, Optional<PlanFile> planFile, Path configuration, Checkout head) {
        Problems problems = new Problems();
        Place place = new Place.OnCommandLine("stack " + stack);
        if (!PlanDigest.ofPlan(planJson).equals(planDigest)) {
            problems.add(
                    place,
                    "another plan than the reviewed one",
                    "plan " + shorten(planDigest),
                    "review this plan, then apply it with that review");
        }
        if (!PlanDigest.ofConfiguration(configuration).equals(configurationDigest)) {
            problems.add(
                    place,
                    "the configuration in " + configuration + " has changed since the review",
                    "configuration " + shorten(configurationDigest),
                    "plan and review again");
        }
        head.verify(commit).forEach(problem -> problems.add(problem.at(place)));
        workspace(planFile, new StackFolder(configuration)).forEach(problem -> problems.add(problem.at(place)));
        String planned = planFile.map(plan -> plan.state().lineage()).orElse(lineage);
        if (lineage != null && !lineage.equals(planned)) {
            problems.add(
                    place,
                    "a plan of another state, lineage \"" + planned + "\"",
                    "the reviewed lineage \"" + lineage + "\"",
                    "review this plan, then apply it with that review");
        }
        String lock = new StackFolder(configuration)
                .lock()
                .or(() -> planFile.map(plan -> ""))
                .map(PlanDigest::ofText)
                .orElse(lockDigest);
        if (lockDigest != null && !lockDigest.equals(lock)) {
            problems.add(
                    place,
                    "the lock file " + configuration.resolve(StackFolder.LOCK) + " has changed since the review",
                    "lock file " + shorten(lockDigest),
                    "put the reviewed lock file back and run `terraform init -lockfile=readonly`, or plan and review"
                            + " with this one");
        }
        problems.throwIfAny();
    }

    private List<Problem> workspace(Optional<PlanFile> planFile, StackFolder folder) {
        String wanted = workspace != null
                ? workspace
                : planFile.flatMap(PlanFile::workspace).orElse(null);
        if (wanted == null) {
            return List.of();
        }
        Optional<String> planned = planFile.flatMap(PlanFile::workspace);
        if (planned.isPresent() && !planned.get().equals(wanted)) {
            return List.of(new Problem(
                    Place.InSpec.UNKNOWN,
                    "a plan of the workspace " + planned.get(),
                    "the reviewed workspace " + wanted,
                    "give the plan of that workspace, or review this one"));
        }
        return folder.workspace().equals(wanted)
                ? List.of()
                : List.of(new Problem(
                        Place.InSpec.UNKNOWN,
                        "the selected workspace is " + folder.workspace(),
                        "the reviewed workspace " + wanted,
                        "run `terraform -chdir=" + folder.folder() + " workspace select " + wanted + "`, without "
                                + StackFolder.WORKSPACE_VARIABLE + " in the environment"));
    }

    private static String shorten(String digest) {
        return digest.substring(0, Math.min(12, digest.length()));
    }
}
