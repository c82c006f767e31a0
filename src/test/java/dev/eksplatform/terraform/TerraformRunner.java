package dev.eksplatform.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.plan.SynthesizedStack;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The real {@code terraform} on one synthesized stack, unchanged, in a working folder of its own, with {@link Moto} as its AWS. Every method
 * throws an {@link AssertionError} with Terraform's whole output when Terraform fails.
 */
public final class TerraformRunner {

    private static final System.Logger LOG = System.getLogger(TerraformRunner.class.getName());
    private static final Path PLAN = Path.of("plan.tfplan");

    private final Path folder;
    private final Map<String, String> environment;

    private TerraformRunner(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Makes an empty project {@code target/terraform/<name>} with a copy of the stack in it, as deep as CDKTF writes one: a stack's local
     * state is beside {@code cdktf.out}, which stays inside this project.
     *
     * @param name the project's, one per test
     * @param stack the synthesized {@code cdk.tf.json}, or a configuration written by hand ({@code .tf})
     * @param aws the account to deploy to
     */
    public static TerraformRunner of(String name, Path stack, Moto aws) {
        Path project = Path.of("target", "terraform", name).toAbsolutePath();
        Path folder = project.resolve("cdktf.out").resolve("stacks").resolve(name);
        try {
            delete(project);
            Files.createDirectories(folder);
            Files.copy(stack, folder.resolve(fileName(stack)));
            return new TerraformRunner(folder, environment(folder, aws));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What Terraform runs with: this process's environment without any setting of AWS or Terraform, the account, and a CLI
     * configuration (written into the folder) that takes providers from a {@link ProviderMirror}.
     */
    static Map<String, String> environment(Path folder, Moto aws) throws IOException {
        Path configuration = folder.resolve("terraform.rc");
        Files.writeString(configuration, ProviderMirror.cliConfiguration());
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("TF_"));
        environment.putAll(aws.environment());
        environment.put("TF_CLI_CONFIG_FILE", configuration.toString());
        environment.put("TF_IN_AUTOMATION", "1");
        environment.put("TF_INPUT", "0");
        environment.put("CHECKPOINT_DISABLE", "1");
        return Map.copyOf(environment);
    }

    /** The working folder. */
    public Path folder() {
        return folder;
    }

    /** What a program needs to run terraform itself in {@link #folder()}. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Replaces the stack by another version of it, as an edited environment file would. */
    public void replaceStack(Path stack) {
        try {
            Files.copy(stack, folder.resolve(fileName(stack)), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fileName(Path stack) {
        return stack.toString().endsWith(".tf") ? "main.tf" : "cdk.tf.json";
    }

    /** {@code terraform init}; what was selected is logged. */
    public void init() {
        run("init").expect(0);
        LOG.log(System.Logger.Level.INFO, "{0} runs with {1}", folder.getFileName(), providers());
    }

    /** The versions of the providers in the lock file that {@link #init()} wrote, such as {@code aws -> 5.100.0}. */
    public Map<String, String> providers() {
        try {
            return SynthesizedStack.read(folder.resolve("cdk.tf.json")).lockedVersions();
        } catch (InvalidInputException e) {
            return Map.of();
        }
    }

    /** {@code terraform validate}, after {@link #init()}. */
    public void validate() {
        run("validate").expect(0);
    }

    /** {@code terraform apply} without a question. */
    public void apply() {
        run("apply", "-auto-approve").expect(0);
    }

    /**
     * {@code terraform apply} that is expected to fail.
     *
     * @return what Terraform said
     */
    public String applyFailing() {
        return run("apply", "-auto-approve").expect(1).output();
    }

    /**
     * {@code terraform plan -detailed-exitcode}; the plan is kept for {@link #showJson()}.
     *
     * @return the plan as a person reads it, or nothing when there is no change
     */
    public Optional<String> planDetailed() {
        Command plan = run("plan", "-detailed-exitcode", "-out=" + PLAN).expect(0, 2);
        return plan.exitCode() == 2 ? Optional.of(plan.output()) : Optional.empty();
    }

    /** {@code terraform show -json} of the plan that {@link #planDetailed()} made. */
    public JsonNode showJson() {
        return json("show", "-json", PLAN.toString());
    }

    /** {@code terraform plan}, with changes or without; the plan is kept for {@link #showJson()}. */
    public void plan() {
        run("plan", "-out=" + PLAN).expect(0);
    }

    /**
     * {@code terraform plan} that is expected to fail; what was planned until then is kept for {@link #showJson()}.
     *
     * @return what Terraform said
     */
    public String planFailing() {
        return run("plan", "-out=" + PLAN).expect(1).output();
    }

    /** {@code terraform output -json}: the value of one output, a missing node when there is none of the name. */
    public JsonNode output(String name) {
        return json("output", "-json").path(name).path("value");
    }

    /** {@code terraform state list}: the address of everything that Terraform made or read. */
    public List<String> state() {
        return run("state", "list").expect(0).output().lines().toList();
    }

    /**
     * {@code terraform destroy} without a question, by the state as it is: a refresh before it would only read again what {@link
     * #planDetailed()} has just found to be so.
     */
    public void destroy() {
        run("destroy", "-auto-approve", "-refresh=false").expect(0);
    }

    private JsonNode json(String... arguments) {
        return TestJson.parse(run(arguments).expect(0).output());
    }

    private Command run(String... arguments) {
        List<String> line = new ArrayList<>(List.of("terraform", arguments[0]));
        if (!List.of("show", "output", "state").contains(arguments[0])) {
            line.add("-no-color");
        }
        line.addAll(List.of(arguments).subList(1, arguments.length));
        return Command.run(folder, environment, line);
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> content = Files.walk(folder)) {
                for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
