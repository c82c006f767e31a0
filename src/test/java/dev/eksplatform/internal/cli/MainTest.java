package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
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

    private static void isInternalError(Throwable fault) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Failing(fault)).setErr(new PrintWriter(err));
        assertThat(Main.run(command)).isEqualTo(3);
        assertThat(err.toString())
                .startsWith(
                        "This is an internal error of eks-platform, not an error in your input. Please report it with the"
                                + " following:\n" + fault.getClass().getName() + "\n\tat " + MainTest.class.getName());
    }

    @Test
    void anInternalErrorEndsWith3AndItsStackTrace() {
        isInternalError(new IllegalStateException("broken"));
    }

    @Test
    void soDoesAnErrorOfTheMachine() {
        isInternalError(new StackOverflowError("broken"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sinth | sinth: an unknown command; allowed: synth, check, outdated, review, apply, upgrade, state, policies,"
                        + " explain, schema, thumbprint; fix: did you mean synth?",
                "policies tets | tets: an unknown command; allowed: test; fix: did you mean test?",
                "frobnicate | frobnicate: an unknown command; allowed: synth, check, outdated, review, apply, upgrade, state, policies,"
                        + " explain, schema, thumbprint; fix: see eks-platform --help",
                "-x | -x: an unknown option; allowed: -h, --help, -V, --version; fix: see eks-platform --help",
                "schema --ouptut=x | --ouptut: an unknown option; allowed: --partial, -h, --help, -V, --version; fix: see eks-platform"
                        + " schema --help",
                "schema x | x: one argument too many; allowed: eks-platform schema [OPTION...]; fix: leave it out, or see"
                        + " eks-platform schema --help",
                "explain access | FILE: missing; fix: add FILE; see eks-platform explain access --help",
                "explain access x --action | --action: no value; fix: add --action ACTION; see eks-platform"
                        + " explain access --help",
                "thumbprint | thumbprint: an argument is missing; allowed: HOST_OR_URL, or --chain FILE; fix: add one; see"
                        + " eks-platform thumbprint --help",
            })
    void wrongUsageEndsWith2(String arguments, String err) {
        assertThat(CommandRun.of(arguments.split(" "))).isEqualTo(new CommandRun(2, "", err + "\n1 problem\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "synth --ouptut x | --ouptut: an unknown option; allowed: -o, --output, -h, --help, -V, --version; fix: did"
                        + " you mean --output?",
                "synth --output | --output: no value; fix: add --output DIR; see eks-platform synth --help",
                "synth -o a -o b | --output: given twice; fix: remove one",
                "synth stacks -o target/none | stacks: a folder; fix: name the files in it: stacks/*.yaml",
                "synth ingress | ingress: no such file; fix: did you mean" + " stacks/ingress.yaml?",
                "synth stacks/ingres.yml | stacks/ingres.yml: no such file; fix: did you mean"
                        + " stacks/ingress.yaml?",
            })
    void soDoesSynthWhichWritesNothingThen(String arguments, String err) {
        assertThat(CommandRun.of(arguments.split(" ")))
                .isEqualTo(new CommandRun(2, "", err + "\n1 problem, nothing was written\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy | run after synth: npx cdktf deploy 'NAME-*'",
                "deploy stacks/ingress.yaml | run after synth: npx cdktf deploy 'ingress-*'",
                "destroy ingress | run: npx cdktf destroy 'ingress-*'",
                "plan ingress-platform | run after synth: terraform -chdir=cdktf.out/stacks/ingress-platform init && terraform"
                        + " -chdir=cdktf.out/stacks/ingress-platform plan",
                "init ingress | run after synth: terraform -chdir=cdktf.out/stacks/ingress-infrastructure init",
            })
    void commandsOfTerraformSayWhatToRun(String arguments, String fix) {
        CommandRun run = CommandRun.of(arguments.split(" "));
        assertThat(run.err())
                .isEqualTo(arguments.split(" ")[0] + ": a command of Terraform or CDKTF; allowed: the commands of"
                        + " eks-platform, which writes their input and reviews their plans; fix: " + fix
                        + "\n1 problem\n");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void applyingAnEnvironmentSaysSoToo() {
        CommandRun run = CommandRun.of("apply", "ingress");
        assertThat(run.err()).isEqualTo("""
                apply ingress: an environment; allowed: the plan files of a review: apply --reviewed FILE --stack NAME=PLANFILE; fix: without a review: npx cdktf deploy 'ingress-*'
                1 problem
                """);
        assertThat(run.status()).isEqualTo(2);
        assertThat(CommandRun.of("apply").err())
                .startsWith("--reviewed: missing;")
                .endsWith("2 problems\n");
    }

    @ParameterizedTest
    @CsvSource({"''", "policies", "explain"})
    void noCommandPrintsAShortHelp(String arguments) {
        CommandRun run = CommandRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(run.err()).startsWith("Usage: eks-platform ").contains("Commands:");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void everyHelpFitsATerminalAndHasAnExample() {
        for (String command : List.of(
                "synth",
                "check",
                "outdated",
                "review",
                "apply",
                "policies test",
                "explain access",
                "schema",
                "thumbprint")) {
            String help = CommandRun.of((command + " --help").split(" ")).out();
            assertThat(help).as(command).containsPattern("Examples?:\n  ");
            assertThat(help.lines()).as(command).allMatch(line -> line.length() <= 80);
            assertThat(CommandRun.of((command + " --version").split(" ")).out()).startsWith("eks-platform ");
        }
    }

    @Test
    void badInputEndsWith2WithAndWithoutOptions() {
        String err = "none/none.yaml: no such file; fix: check the path\n" + "1 problem, nothing was written\n";
        assertThat(CommandRun.of("synth", "none/none.yaml")).isEqualTo(new CommandRun(2, "", err));
        assertThat(CommandRun.of("synth", "none/none.yaml", "-o", "target/none"))
                .isEqualTo(new CommandRun(2, "", err));
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
