package dev.eksplatform.internal.cli;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.internal.files.InputFiles;
import dev.eksplatform.internal.upgrade.Upgrade;
import dev.eksplatform.internal.upgrade.UpgradeJson;
import dev.eksplatform.internal.upgrade.UpgradePlanner;
import dev.eksplatform.internal.upgrade.UpgradeText;
import dev.eksplatform.internal.yaml.YamlDocument;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Upgrades the Kubernetes version in an environment file. */
@Command(
        name = "upgrade",
        description = {
            "Upgrades the Kubernetes version in an environment file and those it includes, with the pinned versions of EKS add-ons and charts that do"
                    + " not support it. Comments and formatting stay as they are.",
            "Reports what blocks the upgrade; then nothing is written. The cluster changes when the file is applied:"
                    + " docs/upgrading.md."
        },
        exitCodeList = {
            "0:the file is upgraded; with --dry-run, nothing blocks the upgrade",
            "1:something blocks the upgrade; nothing is written",
            ExitStatus.BAD_INPUT_HELP,
            ExitStatus.INTERNAL_ERROR_HELP
        },
        footer = {
            "  eks-platform upgrade stacks/shop.yaml --to 1.37 --dry-run   the changes and what blocks them",
            "  eks-platform upgrade stacks/shop.yaml --to 1.37             write the file",
            "  eks-platform upgrade stacks/shop.yaml --json - | jq .blockers"
        })
final class UpgradeCommand extends Subcommand {

    @Parameters(paramLabel = "FILE", description = "The environment file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description = "The Kubernetes version, one minor version after that of the file (default: the next one).")
    private @Nullable String target;

    @Option(
            names = "--node-groups",
            description = "Raise the version of node groups that have their own, too (default: report them).")
    private boolean nodeGroups;

    @Option(names = "--dry-run", description = "Print the changes and the report, and write nothing.")
    private boolean dryRun;

    @Option(names = "--force", description = "Write the file although something blocks the upgrade.")
    private boolean force;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the report for programs; - is standard output, without the text then.")
    private @Nullable Path json;

    @Mixin
    private Color color = new Color();

    @Mixin
    private Today today = new Today();

    @Override
    public Integer call() {
        new Outputs().add("FILE", file, () -> "").add("--json", json, () -> "");
        LocalDate day = today.day();
        Environment environment = EnvironmentFiles.read(List.of(file)).get(0);
        Map<Path, String> texts = new LinkedHashMap<>();
        for (String name : environment.positions().files()) {
            Path one = Path.of(name);
            checkRegular(one);
            texts.put(one, InputFiles.exactText(one, YamlDocument.MOST_BYTES));
        }
        Upgrade upgrade = UpgradePlanner.plan(environment, texts, Optional.ofNullable(target), nodeGroups, day);
        EnvironmentFiles.warn(List.of(environment), err());
        boolean goes = force || !upgrade.isBlocked();
        write(upgrade, goes && !dryRun, goes);
        return goes ? ExitStatus.SUCCESS : ExitStatus.NEGATIVE_VERDICT;
    }

    private void write(Upgrade upgrade, boolean writes, boolean goes) {
        Outputs outputs = new Outputs().add("--json", json, () -> UpgradeJson.render(upgrade, writes));
        boolean isPrinted = outputs.arePrinted();
        if (writes) {
            upgrade.edits().forEach(UpgradeCommand::checkWritable);
            upgrade.edits().forEach(edit -> outputs.add("FILE", edit.file(), edit::after));
        }
        outputs.write(out());
        if (!isPrinted) {
            out().print(UpgradeText.render(upgrade, outcome(upgrade, writes, goes), color.isOn()));
            out().flush();
        }
    }

    private String outcome(Upgrade upgrade, boolean writes, boolean goes) {
        int blockers = upgrade.blockers().size();
        String blocked = blockers == 0
                ? ""
                : (blockers == 1 ? "1 problem blocks" : blockers + " problems block") + " the upgrade to "
                        + upgrade.to();
        if (writes) {
            return (blocked.isEmpty() ? "" : blocked + "; by --force, ") + written(upgrade)
                    + " written; next: synth, review, apply";
        }
        return goes
                ? (blocked.isEmpty() ? "Nothing blocks the upgrade to " + upgrade.to() : blocked)
                        + "; by --dry-run, nothing was written"
                : blocked + "; nothing was written";
    }

    private static String written(Upgrade upgrade) {
        List<Upgrade.Edit> edits = upgrade.edits();
        return edits.stream().map(edit -> edit.file().toString()).collect(Collectors.joining(" and "))
                + (edits.size() == 1 ? " was" : " were");
    }

    private static void checkRegular(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(new Problem(
                    Place.file(file), "not a regular file, so it cannot be edited", "name the file itself"));
        }
    }

    private static void checkWritable(Upgrade.Edit edit) {
        if (!isWritable(edit.file())) {
            throw new InvalidInputException(new Problem(
                    Place.file(edit.file()),
                    "the file is read-only",
                    "make it writable (chmod u+w), or use --dry-run"));
        }
        // an editor may have saved the file while the upgrade was planned
        if (!InputFiles.exactText(edit.file(), YamlDocument.MOST_BYTES).equals(edit.before())) {
            throw new InvalidInputException(new Problem(
                    Place.file(edit.file()),
                    "another program has changed it in the meantime",
                    "run the command again"));
        }
    }

    /** A new file takes its place, which the folder would allow. */
    private static boolean isWritable(Path file) {
        PosixFileAttributeView permissions = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        try {
            return Files.isWritable(file)
                    && (permissions == null
                            || permissions.readAttributes().permissions().contains(PosixFilePermission.OWNER_WRITE));
        } catch (IOException e) {
            throw new InvalidInputException(FileFault.unreadable(Place.file(file), e));
        }
    }
}
