package dev.eksplatform.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The real {@code cdktf} or {@code cdktn}, as a user runs it in a project's folder, with {@link Moto} as its AWS. What it synthesizes and
 * Terraform's local state go to {@code target/cdktf/<name>} instead of {@code cdktf.out}. Every method throws an {@link
 * AssertionError} with the whole output when the program fails.
 */
public final class CdktfRunner {

    /** The command lines that read {@code cdktf.json}: of CDKTF, and of its continuation CDK Terrain. */
    public enum Program {
        CDKTF("cdktf"),
        CDKTN("cdktn");

        private final String command;

        Program(String command) {
            this.command = command;
        }

        private void addTo(Map<String, String> environment) {
            if (this == CDKTN) {
                Installation.newerNode()
                        .ifPresent(folder ->
                                environment.merge("PATH", folder.toString(), (path, first) -> first + ":" + path));
            }
        }
    }

    private final Program program;
    private final Path project;
    private final Path folder;
    private final Map<String, String> environment;

    private CdktfRunner(Program program, Path project, Path folder, Map<String, String> environment) {
        this.program = program;
        this.project = project;
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Makes an empty output folder {@code target/cdktf/<name>}.
     *
     * @param program what to run
     * @param name the output folder's, one per test
     * @param project the folder with {@code cdktf.json}, whose app command synthesizes; CDKTF tells it where to in {@code CDKTF_OUTDIR}
     * @param aws the account to deploy to
     */
    public static CdktfRunner of(Program program, String name, Path project, Moto aws) {
        Path folder = Path.of("target", "cdktf", name).toAbsolutePath();
        try {
            TerraformRunner.delete(folder);
            Files.createDirectories(folder);
            Map<String, String> environment = new TreeMap<>(TerraformRunner.environment(folder, aws));
            environment.put("CI", "1");
            // Otherwise there would be a cache in the home folder.
            environment.put("CDKTF_DISABLE_PLUGIN_CACHE_ENV", "1");
            environment.put("DISABLE_VERSION_CHECK", "1");
            program.addTo(environment);
            return new CdktfRunner(program, project.toAbsolutePath(), folder, Map.copyOf(environment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The other program, with the same project, output folder and states. */
    public CdktfRunner with(Program other) {
        Map<String, String> changed = new TreeMap<>(environment);
        other.addTo(changed);
        return new CdktfRunner(other, project, folder, Map.copyOf(changed));
    }

    /** The output folder, which also has the local states. */
    public Path folder() {
        return folder;
    }

    /**
     * {@code deploy}: synthesizes, and applies the stacks in the order of their dependencies.
     *
     * @return what it said
     */
    public String deploy(String... stacks) {
        // Without the flag it asks the registry for the providers of every platform.
        return run("deploy", List.of("--auto-approve", "--skip-provider-lock"), stacks);
    }

    /**
     * {@code diff}: synthesizes, and plans a stack.
     *
     * @return what it said
     */
    public String diff(String stack) {
        return run("diff", List.of("--skip-provider-lock"), stack);
    }

    /**
     * {@code destroy}: synthesizes, and destroys the stacks in the reverse order of their dependencies.
     *
     * @return what it said
     */
    public String destroy(String... stacks) {
        return run("destroy", List.of("--auto-approve"), stacks);
    }

    /**
     * {@code destroy} of a stack whose dependants were never deployed, which is refused without the flag.
     *
     * @return what it said
     */
    public String destroyAlone(String stack) {
        return run("destroy", List.of("--auto-approve", "--ignore-missing-stack-dependencies"), stack);
    }

    private String run(String command, List<String> flags, String... stacks) {
        List<String> line =
                new ArrayList<>(List.of(Installation.program(program.command).toString(), command));
        line.addAll(Arrays.asList(stacks));
        line.addAll(List.of("--output", folder.resolve("cdktf.out").toString()));
        line.addAll(flags);
        return Command.run(project, environment, line).expect(0).output();
    }
}
