package dev.eksplatform.internal.cli;

import dev.eksplatform.internal.apply.AppliedStack;
import dev.eksplatform.internal.apply.Checkout;
import dev.eksplatform.internal.apply.ReviewedApply;
import dev.eksplatform.internal.files.OutputFiles;
import dev.eksplatform.internal.plan.SynthesizedFolder;
import dev.eksplatform.internal.review.render.MarkdownApply;
import dev.eksplatform.problem.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Applies what was reviewed. */
@Command(
        name = "apply",
        description = {
            "Applies exactly the reviewed plan files, with terraform (or what TERRAFORM_BINARY_NAME names).",
            "Refuses another plan, one whose state has changed since, another configuration, workspace or lock file, and another",
            "commit than the one that is checked out."
        },
        exitCodeList = {
            "0:applied",
            "1:terraform failed",
            "2:the input cannot be used, or is not what was reviewed; nothing is applied",
            ExitStatus.INTERNAL_ERROR_HELP
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  eks-platform apply --reviewed review.json --stack shop-platform=plan.tfplan",
            "Without a review: npx cdktf deploy 'shop-*'"
        })
final class ApplyCommand extends Subcommand {

    @Option(
            names = "--reviewed",
            required = true,
            paramLabel = "FILE",
            description = "The review, as `review --json FILE` wrote it.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path review;

    @Option(
            names = "--stack",
            required = true,
            paramLabel = "NAME=PLANFILE",
            description =
                    "A stack and its plan file, as `terraform plan -out` wrote it. May be repeated: all are checked"
                            + " first, then applied in this order.")
    private List<String> stacks = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = "cdktf.out",
            description = "The synthesized folder, its stacks initialized (default: ${DEFAULT-VALUE}).")
    private Path configuration = Path.of("cdktf.out");

    @Option(
            names = "--commit",
            paramLabel = "SHA",
            description =
                    "The commit to apply, where there is no git (default: the one that git has checked out here).")
    private @Nullable String commit;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the result for the comment that has the review.")
    private @Nullable Path markdown;

    @Override
    public Integer call() {
        String terraform = Objects.requireNonNullElse(System.getenv("TERRAFORM_BINARY_NAME"), "terraform");
        Map<String, Path> planFiles = StackOption.byName(stacks);
        ReviewedApply apply =
                new ReviewedApply(terraform, new SynthesizedFolder(configuration), Checkout.of(Path.of(""), commit));
        List<AppliedStack> done = new ArrayList<>();
        try {
            boolean all = apply.run(review, planFiles, out(), done::add);
            write(MarkdownApply.render(done, List.of()));
            return all ? ExitStatus.SUCCESS : ExitStatus.NEGATIVE_VERDICT;
        } catch (InvalidInputException e) {
            write(MarkdownApply.render(done, e.problems()));
            throw e;
        }
    }

    private void write(String result) {
        if (markdown != null) {
            OutputFiles.write(Map.of(markdown, out -> out.write(result)));
        }
    }
}
