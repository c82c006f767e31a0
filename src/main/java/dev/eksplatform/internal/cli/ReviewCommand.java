package dev.eksplatform.internal.cli;

import dev.eksplatform.internal.apply.ReviewBinding;
import dev.eksplatform.internal.guardrail.FindingsSarif;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.ReviewInputs;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.SynthesizedFolder;
import dev.eksplatform.internal.review.Gate;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.facts.Reviewer;
import dev.eksplatform.internal.review.render.HtmlReview;
import dev.eksplatform.internal.review.render.JUnitReview;
import dev.eksplatform.internal.review.render.JsonReview;
import dev.eksplatform.internal.review.render.MarkdownReview;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reviews a change of a platform. */
@Command(
        name = "review",
        description = {
            "Explains what a change does to the platform and its risks, the highest first.",
            "Without an output option, Markdown is written to standard output. FILE - is standard output."
        },
        exitCodeList = {
            "0:the change passes",
            "1:a finding of the change at or above --fail-on, what --fail-on-all or --fail-on-risk fails, a failed check, or a plan"
                    + " that Terraform did not finish or does not apply",
            ExitStatus.BAD_INPUT_HELP,
            ExitStatus.INTERNAL_ERROR_HELP
        },
        footer = {
            "  terraform -chdir=cdktf.out/stacks/shop-platform show -json plan.tfplan > plan.json",
            "  eks-platform review --stack shop-platform=plan.json",
            "  eks-platform review --base ../main/cdktf.out --markdown comment.md --html review.html"
        })
final class ReviewCommand extends Subcommand {

    @Option(
            names = "--stack",
            paramLabel = "NAME=FILE",
            description = "A stack and the output of `terraform show -json PLANFILE`. May be repeated.")
    private List<String> stacks = new ArrayList<>();

    @Option(
            names = "--plan-file",
            paramLabel = "NAME=PLANFILE",
            description = "The plan file of a stack: apply refuses another state, workspace and lock file then. May be"
                    + " repeated.")
    private List<String> planFiles = new ArrayList<>();

    @Option(
            names = "--unplanned",
            paramLabel = "NAME",
            description =
                    "A stack that could not be planned: named in the review even when its synthesized JSON is the same"
                            + " as before. May be repeated.")
    private Set<String> unplanned = new TreeSet<>();

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description =
                    "The synthesized folder of the change (default: cdktf.out, for the stacks it has). A stack in it"
                            + " without a plan is compared with --base.")
    private @Nullable Path configuration;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "The synthesized folder before the change, such as that of the base branch.")
    private @Nullable Path base;

    @Option(names = "--commit", paramLabel = "SHA", description = "The reviewed commit; apply refuses another one.")
    private @Nullable String commit;

    @Option(
            names = "--run",
            paramLabel = "URL",
            description = "The address of the run that creates the review, which links to it.")
    private @Nullable String run;

    @Option(
            names = "--fail-on-all",
            paramLabel = "SEVERITY",
            description =
                    "The lowest severity of any finding that ends with status 1, also of one that existed before the change"
                            + " (default: those do not fail it).")
    private @Nullable String failOnAll;

    @Option(
            names = "--fail-on-risk",
            paramLabel = "SEVERITY",
            description = "The lowest severity of a risk that ends with status 1 (default: risks do not fail it).")
    private @Nullable String failOnRisk;

    @Mixin
    private GuardrailOptions guardrails = new GuardrailOptions();

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write a comment for a pull request.")
    private @Nullable Path markdown;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page that needs nothing else.")
    private @Nullable Path html;

    @Option(names = "--sarif", paramLabel = "FILE", description = "Write the findings as SARIF 2.1.0.")
    private @Nullable Path sarif;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the findings as JUnit XML.")
    private @Nullable Path junit;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the review for programs and for apply.")
    private @Nullable Path json;

    @Override
    public Integer call() {
        outputs(
                () -> {
                    throw new IllegalStateException("nothing is reviewed yet");
                },
                Gate.on(Severity.HIGH));
        Map<String, Path> plans = StackOption.byName(stacks);
        Map<String, Path> ofPlans = StackOption.byName("--plan-file", planFiles);
        ofPlans.keySet().stream()
                .filter(stack -> !plans.containsKey(stack))
                .findFirst()
                .ifPresent(stack -> {
                    throw new InvalidInputException(new Problem(
                            new Place.OnCommandLine("--plan-file"),
                            "given for " + stack + ", which has no --stack",
                            "add --stack " + stack + "=FILE with the output of `terraform show -json`"));
                });
        if (plans.isEmpty() && unplanned.isEmpty() && base == null) {
            throw new InvalidInputException(new Problem(
                    new Place.OnCommandLine("review"),
                    "nothing to review",
                    "add --stack NAME=FILE, --unplanned NAME or --base DIR; see eks-platform review --help"));
        }
        Gate gate = gate();
        Review review = review(plans, ofPlans, gate);
        outputs(() -> review, gate).write(out());
        return gate.reasons(review).isEmpty() ? ExitStatus.SUCCESS : ExitStatus.NEGATIVE_VERDICT;
    }

    /** The plans are large and no longer needed when the outputs are written. */
    private Review review(Map<String, Path> plans, Map<String, Path> ofPlans, Gate gate) {
        // compiling rules takes about as long as reading plans: both at the same time
        CompletableFuture<GuardrailOptions.Evaluation> compiled = CompletableFuture.supplyAsync(guardrails::evaluation);
        Problems problems = new Problems();
        Optional<SynthesizedFolder> head = configurationOf(plans);
        List<StackEvidence> evidence = problems.collect(
                () -> ReviewInputs.read(
                        plans, unplanned, head, Optional.ofNullable(base).map(SynthesizedFolder::new)),
                List.of());
        GuardrailOptions.Evaluation evaluation = problems.collect(() -> joined(compiled), stacks -> List.of());
        problems.throwIfAny();
        return Reviewer.review(evidence, evaluation.of(evidence))
                .boundTo(ReviewBinding.all(plans, ofPlans, head, commit))
                .concluded(Version.number(), commit, planned(evidence), run, gate);
    }

    private Gate gate() {
        Problems problems = new Problems();
        Gate gate = new Gate(
                guardrails.failOn(),
                severity("--fail-on-all", failOnAll, problems),
                severity("--fail-on-risk", failOnRisk, problems));
        if (run != null && !run.matches("https?://[^\\s\"<>]+")) {
            problems.add(
                    new Place.OnCommandLine("--run"), "\"" + run + "\" is not an address", "write it as https://…");
        }
        problems.throwIfAny();
        return gate;
    }

    private static @Nullable Severity severity(String option, @Nullable String word, Problems problems) {
        return word == null ? null : problems.collect(new Place.OnCommandLine(option), () -> Severity.of(word));
    }

    /** When the plans were created: the latest of them. */
    private static @Nullable String planned(List<StackEvidence> stacks) {
        return stacks.stream()
                .flatMap(stack -> stack.plan().flatMap(Plan::timestamp).stream())
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** The default folder is used only when it has all planned stacks: it may belong to another environment. */
    private Optional<SynthesizedFolder> configurationOf(Map<String, Path> plans) {
        if (configuration != null) {
            return Optional.of(new SynthesizedFolder(configuration));
        }
        SynthesizedFolder folder = SynthesizedFolder.DEFAULT;
        boolean ofThese =
                Files.isDirectory(folder.folder()) && plans.keySet().stream().allMatch(folder::has);
        return ofThese ? Optional.of(folder) : Optional.empty();
    }

    private Outputs outputs(Supplier<Review> review, Gate gate) {
        String rest = html == null ? "the whole review: --html FILE" : html.getFileName() + " of this review";
        Outputs outputs = new Outputs()
                .add("--markdown", markdown, () -> MarkdownReview.render(review.get(), rest))
                .addLarge("--html", html, out -> HtmlReview.write(review.get(), out))
                .addLarge(
                        "--sarif",
                        sarif,
                        out -> FindingsSarif.write(review.get().findings(), true, out))
                .add("--junit", junit, () -> JUnitReview.render(review.get(), gate))
                .addLarge("--json", json, out -> JsonReview.write(review.get(), out));
        return outputs.isEmpty()
                ? outputs.add("--markdown", Path.of("-"), () -> MarkdownReview.render(review.get(), rest))
                : outputs;
    }
}
