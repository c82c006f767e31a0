package dev.eksplatform.internal.apply;

import dev.eksplatform.internal.apply.AppliedStack.Outcome;
import dev.eksplatform.internal.files.Interrupt;
import dev.eksplatform.internal.files.TemporaryPath;
import dev.eksplatform.internal.plan.SynthesizedFolder;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Applies the plan files that were reviewed. Each is copied first, and the copy is checked and applied, so that it cannot be
 * replaced in between. All of them are checked before the first one is applied.
 *
 * @param terraform the program, such as {@code terraform} or {@code tofu}
 * @param configuration the synthesized folder; terraform runs in the folders of its stacks, which are initialized
 * @param checkout what is checked out
 */
public record ReviewedApply(String terraform, SynthesizedFolder configuration, Checkout checkout) {

    /** A status from here on is 128 and the signal that ended the program. */
    private static final int SIGNAL = 128;

    /**
     * Refuses everything but what was reviewed, then applies.
     *
     * @param review the review in JSON
     * @param planFiles the plan file, as {@code terraform plan -out} wrote it, by stack, in the order to apply
     * @param out what terraform says
     * @param done learns what became of each stack, as soon as that is known
     * @return whether everything was applied; false when terraform failed on the way, which it has said
     * @throws InvalidInputException when a plan, its configuration, workspace, lock file or the commit is not the reviewed one,
     *     and when the state has changed since a plan was created; when Terraform finds that out, the stacks before that one are
     *     applied
     */
    public boolean run(Path review, Map<String, Path> planFiles, PrintWriter out, Consumer<AppliedStack> done) {
        try (TemporaryPath copies = TemporaryPath.folder("plans-")) {
            Map<String, Path> checked = new LinkedHashMap<>();
            Problems problems = new Problems();
            for (Map.Entry<String, Path> plan : planFiles.entrySet()) {
                try {
                    Path copy = copies.path().resolve("plan-" + checked.size() + ".tfplan");
                    copy(plan.getValue(), copy);
                    verify(review, plan.getKey(), plan.getValue(), copy);
                    checked.put(plan.getKey(), copy);
                } catch (InvalidInputException e) {
                    e.problems().forEach(problems::add);
                }
            }
            if (!problems.isEmpty()) {
                planFiles
                        .keySet()
                        .forEach(stack -> done.accept(new AppliedStack(
                                stack, checked.containsKey(stack) ? Outcome.NOT_REACHED : Outcome.REFUSED, "")));
            }
            problems.throwIfAny();
            return apply(checked, planFiles, out, done);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean apply(
            Map<String, Path> copies, Map<String, Path> planFiles, PrintWriter out, Consumer<AppliedStack> done) {
        boolean all = true;
        Optional<Problem> refusal = Optional.empty();
        for (Map.Entry<String, Path> plan : copies.entrySet()) {
            String stack = plan.getKey();
            if (!all) {
                done.accept(new AppliedStack(stack, Outcome.NOT_REACHED, ""));
                continue;
            }
            out.println("Applying the reviewed plan of " + stack);
            out.flush();
            ExternalProgram.Ended ended = new ExternalProgram(terraform, configuration.stack(stack))
                    .run(out, List.of("apply", "-input=false", "-no-color", absolute(plan.getValue())));
            all = ended.status() == 0;
            if (all) {
                done.accept(new AppliedStack(stack, Outcome.APPLIED, TerraformOutput.summary(ended.said())));
                continue;
            }
            refusal = TerraformOutput.refusal(ended.said(), stack, planFiles.getOrDefault(stack, plan.getValue()));
            done.accept(
                    refusal.isPresent()
                            ? new AppliedStack(stack, Outcome.REFUSED, "")
                            : new AppliedStack(stack, Outcome.FAILED, TerraformOutput.complaint(ended.said())));
        }
        if (refusal.isPresent()) {
            throw new InvalidInputException(refusal.get());
        }
        return all;
    }

    private static void copy(Path planFile, Path copy) throws IOException {
        if (!Files.isRegularFile(planFile)) {
            throw new InvalidInputException(new Problem(
                    Place.file(planFile),
                    Files.exists(planFile) ? "not a file, but a folder, pipe or device" : "no such file",
                    "fetch the one that `terraform plan -out` wrote for the review"));
        }
        Files.copy(planFile, copy);
    }

    private void verify(Path review, String stack, Path planFile, Path copy) {
        ReviewBinding binding = ReviewBinding.read(review, stack);
        Path folder = configuration.stack(stack);
        // only its owner may read it: it holds the plan's secrets
        try (TemporaryPath file = TemporaryPath.file("plan-", ".json")) {
            Path shown = file.path();
            ExternalProgram.Ended ended =
                    new ExternalProgram(terraform, folder).runInto(shown, List.of("show", "-json", absolute(copy)));
            if (ended.status() != 0 && !isInterrupted(ended)) {
                throw new InvalidInputException(new Problem(
                        Place.file(planFile),
                        "not shown by " + terraform + ": " + TerraformOutput.complaint(ended.said()),
                        "a plan file of `terraform plan -out`, in an initialized stack",
                        "run `terraform init` in " + folder + "; give the plan file, not its JSON"));
            }
            Optional<PlanFile> plan = PlanFile.read(copy);
            binding.verify(shown, plan, folder, checkout);
            if (plan.isPresent()) {
                state(stack, planFile, plan.get().state(), folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Terraform compares the states as well, but only when the stacks before are applied. */
    private void state(String stack, Path planFile, PlanFile.State planned, Path folder) throws IOException {
        try (TemporaryPath file = TemporaryPath.file("state-", ".json")) {
            ExternalProgram.Ended ended =
                    new ExternalProgram(terraform, folder).runInto(file.path(), List.of("state", "pull"));
            Place place = new Place.OnCommandLine("stack " + stack);
            if (ended.status() != 0) {
                if (isInterrupted(ended)) {
                    return;
                }
                throw new InvalidInputException(new Problem(
                        place,
                        "the state cannot be read: " + TerraformOutput.complaint(ended.said()),
                        "check the credentials, and run `terraform init` in " + folder));
            }
            PlanFile.State now = PlanFile.State.of(Files.readAllBytes(file.path()));
            boolean first = planned.equals(new PlanFile.State("", 0));
            if (!first && !planned.lineage().equals(now.lineage())) {
                throw new InvalidInputException(new Problem(
                        place,
                        planFile + " was created from the state of another lineage, " + planned.lineage(),
                        "the lineage of the current state, "
                                + (now.lineage().isEmpty() ? "which is empty" : now.lineage()),
                        "check that workspace and backend are those of the plan; else plan, review and apply again"));
            }
            if (planned.serial() != now.serial()) {
                throw new InvalidInputException(new Problem(
                        place,
                        "a stale plan: the state has changed since " + planFile + " was created",
                        "plan, review and apply again"));
            }
        }
    }

    private static boolean isInterrupted(ExternalProgram.Ended ended) {
        return ended.status() >= SIGNAL && Interrupt.isUnderWay();
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }
}
