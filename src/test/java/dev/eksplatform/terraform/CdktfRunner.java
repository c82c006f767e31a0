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
 * The real {@code cdktf}, as a user runs it in a project's folder, with {@link Moto} as its AWS. What it synthesizes and Terraform's
 * local state go to {@code target/cdktf/<name>} instead of {@code cdktf.out}. Every method throws an {@link AssertionError}
 * with the whole output when {@code cdktf} fails.
 */
public final class CdktfRunner {

    private final Path project;
    private final Path folder;
    private final Map<String, String> environment;

    private CdktfRunner(Path project, Path folder, Map<String, String> environment) {
        this.project = project;
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Makes an empty output folder {@code target/cdktf/<name>}.
     *
     * @param name the output folder's, one per test
     * @param project the folder with {@code cdktf.json}, whose app command synthesizes; CDKTF tells it where to in {@code CDKTF_OUTDIR}
     * @param aws the account to deploy to
     */
    public static CdktfRunner of(String name, Path project, Moto aws) {
        Path folder = Path.of("target", "cdktf", name).toAbsolutePath();
        try {
            TerraformRunner.delete(folder);
            Files.createDirectories(folder);
            Map<String, String> environment = new TreeMap<>(TerraformRunner.environment(folder, aws));
            environment.put("CI", "1");
            // cdktf makes a cache in the home folder otherwise.
            environment.put("CDKTF_DISABLE_PLUGIN_CACHE_ENV", "1");
            environment.put("DISABLE_VERSION_CHECK", "1");
            return new CdktfRunner(project.toAbsolutePath(), folder, Map.copyOf(environment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The output folder, which has the local states too. */
    public Path folder() {
        return folder;
    }

    /**
     * {@code cdktf deploy}: synthesizes, and applies the stacks in the order of their dependencies.
     *
     * @return what it said
     */
    public String deploy(String... stacks) {
        // Without the flag cdktf asks the registry for the providers of every platform.
        return run("deploy", List.of("--auto-approve", "--skip-provider-lock"), stacks);
    }

    /**
     * {@code cdktf destroy}: synthesizes, and destroys the stacks in the reverse order of their dependencies.
     *
     * @return what it said
     */
    public String destroy(String... stacks) {
        return run("destroy", List.of("--auto-approve"), stacks);
    }

    /**
     * {@code cdktf destroy} of a stack whose dependants were never deployed: without the flag cdktf refuses, so that nobody takes away what
     * others stand on.
     *
     * @return what it said
     */
    public String destroyAlone(String stack) {
        return run("destroy", List.of("--auto-approve", "--ignore-missing-stack-dependencies"), stack);
    }

    private String run(String command, List<String> flags, String... stacks) {
        List<String> line = new ArrayList<>(List.of(Installation.cdktf().toString(), command));
        line.addAll(Arrays.asList(stacks));
        line.addAll(List.of("--output", folder.resolve("cdktf.out").toString()));
        line.addAll(flags);
        return Command.run(project, environment, line).expect(0).output();
    }
}
