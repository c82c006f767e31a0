package dev.eksplatform.internal.apply;

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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies the plan files that were reviewed. All of them are checked before the first one is applied.
 *
 * @param terraform the program, such as {@code terraform} or {@code tofu}
 * @param configuration the synthesized folder; terraform runs in the folders of its stacks, which are initialized
 * @param commit the commit that is checked out; {@code null} when that is not known
 */
public record ReviewedApply(
        String terraform,
        SynthesizedFolder configuration,
        @Nullable String commit) {

    /** A status from here on is 128 and the signal that ended the program. */
    private static final int SIGNAL = 128;

    /**
     * Refuses everything but what was reviewed, then applies.
     *
     * @param review the review in JSON
     * @param planFiles the plan file, as {@code terraform plan -out} wrote it, by stack, in the order to apply
     * @param out what terraform says
     * @return whether everything was applied; false when terraform failed on the way, which it has said
     * @throws InvalidInputException when a plan, its configuration or the commit is not the reviewed one, and when the
     *     state has moved on since a plan was made; the stacks before that one are applied then
     */
    public boolean run(Path review, Map<String, Path> planFiles, PrintWriter out) {
        Problems problems = new Problems();
        planFiles.forEach((stack, file) -> {
            try {
                verify(review, stack, file);
            } catch (InvalidInputException e) {
                e.problems().forEach(problems::add);
            }
        });
        problems.throwIfAny();
        for (Map.Entry<String, Path> plan : planFiles.entrySet()) {
            out.println("Applying the reviewed plan of " + plan.getKey());
            out.flush();
            if (!apply(plan.getKey(), plan.getValue(), out)) {
                return false;
            }
        }
        return true;
    }

    private void verify(Path review, String stack, Path planFile) {
        ReviewBinding binding = ReviewBinding.read(review, stack);
        Path folder = configuration.stack(stack);
        if (!Files.isRegularFile(planFile)) {
            throw new InvalidInputException(new Problem(
                    Place.file(planFile),
                    "no such file",
                    "fetch the one that `terraform plan -out` wrote for the review"));
        }
        try {
            // only its owner may read it: it holds the plan's secrets
            try (TemporaryPath file = TemporaryPath.file("plan-", ".json")) {
                Path shown = file.path();
                ExternalProgram.Ended ended = new ExternalProgram(terraform, folder)
                        .runInto(shown, List.of("show", "-json", absolute(planFile)));
                if (ended.status() != 0 && !(ended.status() >= SIGNAL && Interrupt.isUnderWay())) {
                    throw new InvalidInputException(new Problem(
                            Place.file(planFile),
                            "not shown by " + terraform + ": " + complaint(ended.said()),
                            "a plan file of `terraform plan -out`, in an initialized stack",
                            "run `terraform init` in " + folder + "; give the plan file, not its JSON"));
                }
                binding.verify(shown, folder, commit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean apply(String stack, Path planFile, PrintWriter out) {
        ExternalProgram.Ended ended = new ExternalProgram(terraform, configuration.stack(stack))
                .run(out, List.of("apply", "-input=false", absolute(planFile)));
        if (ended.status() != 0 && ended.said().contains("Saved plan is stale")) {
            throw new InvalidInputException(new Problem(
                    new Place.OnCommandLine("stack " + stack),
                    "a stale plan: the state has changed since " + planFile + " was made",
                    "plan, review and apply again"));
        }
        return ended.status() == 0;
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    /** The first line that says something: the rest may go on for pages. */
    private static String complaint(String said) {
        return said.lines()
                .map(line -> line.replaceAll("^[\\s│╷╵]+", "").replaceFirst("^Error: ", ""))
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("it says nothing");
    }
}
