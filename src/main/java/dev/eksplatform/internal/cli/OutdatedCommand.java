package dev.eksplatform.internal.cli;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.outdated.InventoryJson;
import dev.eksplatform.internal.outdated.InventoryText;
import dev.eksplatform.internal.outdated.VersionInventory;
import dev.eksplatform.internal.outdated.VersionItem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the versions of environments with what AWS, Kubernetes and charts offer. */
@Command(
        name = "outdated",
        description = {
            "Compares the versions of environments with what AWS, Kubernetes and charts offer: the data of this release,",
            "whose day is printed. Nothing is asked on the network."
        },
        exitCodeList = {
            "0:nothing is outdated",
            "1:something is outdated",
            ExitStatus.BAD_INPUT_HELP,
            ExitStatus.INTERNAL_ERROR_HELP
        },
        footer = {
            "  eks-platform outdated                            all of stacks",
            "  eks-platform outdated --all stacks/shop.yaml     what is current or unknown, too",
            "  eks-platform outdated --json - | jq .items       for programs, instead"
        })
final class OutdatedCommand extends Subcommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Environment files (default: all of stacks/*.yaml and stacks/*.yml).")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--all", description = "List what is current or unknown, too (default: only count it).")
    private boolean all;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write all versions for programs; - is standard output, without the text then.")
    private @Nullable Path json;

    @Mixin
    private Today today = new Today();

    @Override
    public Integer call() {
        LocalDate day = today.day();
        List<Environment> environments = EnvironmentFiles.read(files);
        VersionInventory inventory = VersionInventory.of(environments, day);
        PrintWriter out = out();
        Outputs outputs = new Outputs().add("--json", json, () -> InventoryJson.render(inventory));
        if (inventory.staleDays() > 0) {
            err().println("warning: the data of this release is " + inventory.staleDays()
                    + " days old; use a newer release of eks-platform");
            err().flush();
        }
        if (!outputs.arePrinted()) {
            out.print(InventoryText.render(inventory, all));
        }
        outputs.write(out);
        return inventory.in(VersionItem.State.OUTDATED).isEmpty() ? ExitStatus.SUCCESS : ExitStatus.NEGATIVE_VERDICT;
    }
}
