package dev.eksplatform.internal.apply;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What terraform and OpenTofu say, for people. */
public final class TerraformOutput {

    private static final String ESCAPES =
            "\u001B(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(\u0007|\u001B\\\\)|[@-Z\\\\^_])";
    private static final String FRAME = "^[\\s│╷╵]+";

    /**
     * An error that means that the plan cannot be applied any more.
     *
     * @param title how terraform calls it
     * @param found what it means; {@code %s} is the plan file
     * @param fix what to do
     * @see <a href="https://github.com/hashicorp/terraform/blob/main/internal/backend/local/backend_local.go">localRunForPlanFile</a>
     */
    private record Refusal(String title, String found, String fix) {}

    private static final List<Refusal> REFUSALS = List.of(
            new Refusal(
                    "Saved plan is stale",
                    "a stale plan: the state has changed since %s was created",
                    "plan, review and apply again"),
            new Refusal(
                    "Saved plan does not match the given state",
                    "%s was created from the state of another lineage",
                    "check that workspace and backend are those of the plan; else plan, review and apply again"),
            new Refusal(
                    "Inconsistent dependency lock file",
                    "%s was created with other providers than those of the lock file",
                    "put the reviewed lock file back and run `terraform init -lockfile=readonly`, or plan and review again"));

    private TerraformOutput() {}

    /**
     * Without colour codes and other escape sequences.
     *
     * @param said what terraform says
     * @return its text
     */
    public static String plain(String said) {
        return said.replaceAll(ESCAPES, "");
    }

    /**
     * The first line that says something: the rest may go on for pages.
     *
     * @param said what terraform says
     * @return its first error, or else its first line
     */
    public static String complaint(String said) {
        List<String> lines = plain(said)
                .lines()
                .map(line -> line.replaceAll(FRAME, "").strip())
                .filter(line -> !line.isBlank())
                .toList();
        return lines.stream()
                .filter(line -> line.startsWith("Error: "))
                .findFirst()
                .or(() -> lines.stream().findFirst())
                .map(line -> line.replaceFirst("^Error: ", ""))
                .orElse("it says nothing");
    }

    /** The line that sums up a successful apply. */
    static String summary(String said) {
        return plain(said)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Apply complete!"))
                .reduce((first, second) -> second)
                .orElse("");
    }

    /** The problem behind an error that means that the plan cannot be applied any more. */
    static Optional<Problem> refusal(String said, String stack, Path planFile) {
        String text = plain(said);
        return REFUSALS.stream()
                .filter(one -> text.contains(one.title()))
                .findFirst()
                .map(one -> new Problem(
                        new Place.OnCommandLine("stack " + stack), String.format(one.found(), planFile), one.fix()));
    }
}
