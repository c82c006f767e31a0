package dev.eksplatform.internal.cli;

import dev.eksplatform.internal.bucket.BucketCreation;
import dev.eksplatform.internal.bucket.BucketOptions;
import dev.eksplatform.internal.bucket.StateBucket;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates the bucket of states. */
@Command(
        name = "create",
        description = {
            "Creates the bucket of state.s3, with terraform (or what TERRAFORM_BINARY_NAME names): versioned, encrypted, without",
            "public access, ACLs and access without TLS; old versions are removed. Shows the plan before it is applied.",
            "A bucket that exists is compared with that, and changed with --update only. Nothing has to be kept between runs."
        },
        exitCodeList = {
            "0:each bucket is as it should be, or was created",
            "1:a bucket has other settings, or terraform failed",
            ExitStatus.BAD_INPUT_HELP,
            ExitStatus.INTERNAL_ERROR_HELP
        },
        footer = {
            "  eks-platform state create stacks/shop.yaml --dry-run   the plan, or what differs",
            "  eks-platform state create stacks/shop.yaml             create the bucket",
            "  eks-platform state create --update                     all of stacks; change what differs"
        })
final class StateCreateCommand extends Subcommand {

    /** S3: a retention of at most 100 years. */
    private static final int MOST_DAYS = 36_500;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Environment files (default: all of stacks/*.yaml and stacks/*.yml).")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--keep-days",
            paramLabel = "DAYS",
            defaultValue = "90",
            description =
                    "Remove versions that have been old for so many days, apart from the newest 10 (default: ${DEFAULT-VALUE}).")
    private int keepDays = 90;

    @Option(
            names = "--object-lock-days",
            paramLabel = "DAYS",
            description =
                    "Keep each version for so many days by object lock, in governance mode (default: no object lock).")
    private @Nullable Integer objectLockDays;

    @Option(names = "--update", description = "Change the settings of a bucket that exists (default: report them).")
    private boolean update;

    @Option(names = "--dry-run", description = "Print the plan, and change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        days("--keep-days", keepDays);
        Optional.ofNullable(objectLockDays).ifPresent(days -> days("--object-lock-days", days));
        String terraform = Objects.requireNonNullElse(System.getenv("TERRAFORM_BINARY_NAME"), "terraform");
        BucketCreation creation = new BucketCreation(
                terraform, new BucketOptions(keepDays, Optional.ofNullable(objectLockDays)), update, dryRun, out());
        boolean all = true;
        for (StateBucket bucket : StateBucket.of(EnvironmentFiles.read(files))) {
            all &= creation.run(bucket);
        }
        return all ? ExitStatus.SUCCESS : ExitStatus.NEGATIVE_VERDICT;
    }

    private static void days(String option, int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw new InvalidInputException(new Problem(
                    new Place.OnCommandLine(option),
                    days + " days",
                    "1 to " + MOST_DAYS,
                    "set a number of this range"));
        }
    }
}
