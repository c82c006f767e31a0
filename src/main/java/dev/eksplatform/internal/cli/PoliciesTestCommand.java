package dev.eksplatform.internal.cli;

import dev.eksplatform.internal.guardrail.Guardrails;
import dev.eksplatform.internal.guardrail.RuleTests;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the tests of guardrails. */
@Command(
        name = "test",
        description = "Runs the tests in the files of guardrails: the shipped ones, and those of your own folders.",
        exitCodeList = {"0:all passed", "1:a test failed", ExitStatus.BAD_INPUT_HELP, ExitStatus.INTERNAL_ERROR_HELP},
        footerHeading = "%nExample:%n",
        footer = "  eks-platform policies test --policies our-rules")
final class PoliciesTestCommand extends Subcommand {

    @Option(
            names = "--policies",
            paramLabel = "DIR",
            description = "A folder with rules of your own, in addition to the shipped ones. May be repeated.")
    private List<Path> policies = new ArrayList<>();

    @Option(
            names = {"-v", "--verbose"},
            description = "List every test, not only those that fail.")
    private boolean verbose;

    @Override
    public Integer call() {
        Guardrails guardrails = GuardrailOptions.guardrails(policies);
        List<RuleTests.Outcome> outcomes = RuleTests.run(guardrails.rules());
        PrintWriter out = out();
        List<RuleTests.Outcome> failed =
                outcomes.stream().filter(outcome -> !outcome.passed()).toList();
        if (verbose) {
            outcomes.forEach(out::println);
            out.println();
        }
        failed.forEach(out::println);
        out.println(guardrails.rules().size() + " rules, " + outcomes.size() + " tests, "
                + (failed.isEmpty() ? "all passed" : failed.size() + " failed"));
        out.flush();
        return failed.isEmpty() ? ExitStatus.SUCCESS : ExitStatus.NEGATIVE_VERDICT;
    }
}
