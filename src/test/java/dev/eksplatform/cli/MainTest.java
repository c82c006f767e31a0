package dev.eksplatform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {

    @Command(name = "fail")
    private static final class Failing implements Callable<Integer> {

        private final Throwable fault;

        Failing(Throwable fault) {
            this.fault = fault;
        }

        @Override
        public Integer call() throws Exception {
            if (fault instanceof Error error) {
                throw error;
            }
            throw (Exception) fault;
        }
    }

    private static void isOwnFault(Throwable fault) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Failing(fault)).setErr(new PrintWriter(err));
        assertThat(Main.run(command)).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("This is a fault of eks-platform, not of your input. Please report it with what follows.\n"
                        + fault.getClass().getName() + ": broken\n\tat " + MainTest.class.getName());
    }

    @Test
    void anOwnFaultEndsWith2AndItsStackTrace() {
        isOwnFault(new IllegalStateException("broken"));
    }

    @Test
    void soDoesAnErrorOfTheMachine() {
        isOwnFault(new StackOverflowError("broken"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "synht ; Unmatched argument at index 0: 'synht' / Did you mean: eks-platform synth?",
                "synth --ouptut x ; Unknown option: '--ouptut' / Possible solutions: --output",
                "synth --output ; Missing required parameter for option '--output' (DIR) / See 'eks-platform synth --help'.",
                "'' ; Missing required subcommand / See 'eks-platform --help'.",
                "thumbprint ; Error: Missing required argument (specify one of these): (HOST_OR_URL | --chain=FILE)"
                        + " / See 'eks-platform thumbprint --help'.",
            })
    void wrongUsageEndsWith1(String arguments, String err) {
        CommandRun run = CommandRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(run.err()).isEqualTo(err.replace(" / ", "\n") + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void badInputEndsWith1WithAndWithoutOptions() {
        String err = "stacks/none.yaml: no such file; allowed: an existing YAML file; fix: check the path\n"
                + "1 problem, nothing was written\n";
        assertThat(CommandRun.of("synth", "stacks/none.yaml")).isEqualTo(new CommandRun(1, "", err));
        assertThat(CommandRun.of("synth", "stacks/none.yaml", "-o", "target/none"))
                .isEqualTo(new CommandRun(1, "", err));
    }

    @ParameterizedTest
    @CsvSource({"--help", "synth --help", "--version", "schema"})
    void whatOnlyPrintsEndsWith0(String arguments) {
        CommandRun run = CommandRun.of(arguments.split(" "));
        assertThat(run.status()).isZero();
        assertThat(run.out()).isNotEmpty();
        assertThat(run.err()).isEmpty();
    }
}
