package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** One table of exit statuses for all commands, as docs/design.md has it. */
class ExitStatusTest {

    private static final List<String> VERDICTS =
            List.of("state create", "apply", "check", "outdated", "policies test", "review", "thumbprint", "upgrade");

    @TempDir
    private Path folder;

    static Stream<String> commands() {
        return leaves(new CommandLine(Main.class), "").stream();
    }

    private static List<String> leaves(CommandLine command, String name) {
        List<String> names = new ArrayList<>();
        command.getSubcommands().forEach((word, below) -> {
            if (!word.equals("help")) {
                String whole = (name + " " + word).strip();
                List<String> further = leaves(below, whole);
                names.addAll(further.isEmpty() ? List.of(whole) : further);
            }
        });
        return names;
    }

    private static String help(String command) {
        return CommandRun.of((command + " --help").split(" ")).out();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyHelpHasTheTable(String command) {
        Matcher status =
                Pattern.compile("(?m)^ +(\\d) +\\S").matcher(help(command).replaceFirst("(?s).*Exit status:", ""));
        List<String> statuses = new ArrayList<>();
        while (status.find()) {
            statuses.add(status.group(1));
        }
        assertThat(statuses)
                .isEqualTo(VERDICTS.contains(command) ? List.of("0", "1", "2", "3") : List.of("0", "2", "3"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void wrongUsageOfEveryCommandEndsWith2(String command) {
        CommandRun run = CommandRun.of((command + " --no-such-option").split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("; fix: ").endsWith("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "synth",
                "synth -o out",
                "check",
                "explain access",
                "review --stack s=FILE --config FILE --stack",
                "apply --stack s=FILE --reviewed",
                "policies test --policies",
                "thumbprint --chain",
                "upgrade"
            })
    void anInputThatIsNotThereEndsWith2(String command) {
        Path missing = folder.resolve("missing.yaml");
        List<String> arguments = new ArrayList<>(
                List.of(command.replace("FILE", missing.toString()).split(" ")));
        arguments.add(missing.toString());
        assertThat(CommandRun.of(arguments.toArray(String[]::new)).status()).isEqualTo(2);
    }

    @Test
    void theDocumentedTableNamesEveryCommand() throws IOException {
        String table = Files.readString(Path.of("docs/design.md")).replaceFirst("(?s).*## Exit status", "");
        assertThat(VERDICTS).allSatisfy(command -> assertThat(table).contains("`" + command + "`"));
        assertThat(table)
                .contains("| 0 | ")
                .contains("| 1 | ")
                .contains("| 2 | ")
                .contains("| 3 | ")
                .contains("| 130 | ");
    }
}
