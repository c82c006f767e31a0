package dev.eksplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code ci/plan-review.sh} in a repository with this project's program and one environment. Its branch {@code change} gives one more
 * ServiceAccount permissions, while {@code main} has moved on. Runs after the package is made, or the launcher would build it.
 */
@RequiresPrograms({"terraform", "python3", "node", "git", "jq"})
class PlanReviewScriptIT {

    private static final String BASE_FILE = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
            cluster: {version: "1.36"}
            nodeGroups:
              general: {instanceTypes: [m7g.large]}
            identities:
              default/orders: {policies: [AmazonS3ReadOnlyAccess]}
            """;
    private static final String CHANGED_FILE = BASE_FILE + "  default/invoices: {policies: [AmazonS3ReadOnlyAccess]}\n";
    private static final String OTHER_PROGRAM = """
            #!/bin/sh
            echo "the base's own program: $1" >&2
            exit 1
            """;

    private static final Path FOLDER = Path.of("target", "plan-review-script").toAbsolutePath();
    private static final Path REPOSITORY = FOLDER.resolve("a repository");
    private static final Path TEMPORARY = FOLDER.resolve("tmp");

    @BeforeAll
    static void makeRepository() throws IOException {
        TerraformRunner.delete(FOLDER);
        Files.createDirectories(REPOSITORY);
        Files.createDirectories(TEMPORARY);
        copy(".gitignore", "pom.xml", "src/main", "policies", "bindings", "ci", "eks-platform");
        copy("target/classpath", "target/lib", "target/eks-platform-0.1.0.jar");

        git("init", "--quiet", "--initial-branch=main");
        Files.move(REPOSITORY.resolve("eks-platform"), FOLDER.resolve("program"));
        write("eks-platform", OTHER_PROGRAM);
        Files.setPosixFilePermissions(REPOSITORY.resolve("eks-platform"), PosixFilePermissions.fromString("rwxr-xr-x"));
        write("stacks/shop.yaml", BASE_FILE);
        commit("other-program");
        Files.delete(REPOSITORY.resolve("eks-platform"));
        Files.move(FOLDER.resolve("program"), REPOSITORY.resolve("eks-platform"));
        commit("base");
        write("stacks/zoo.yaml", BASE_FILE.replace("shop", "zoo"));
        commit("moved-on");
        git("checkout", "--quiet", "-b", "change", "base");
        write("stacks/shop.yaml", CHANGED_FILE);
        commit("head");
        write("drafts/broken.yaml", BASE_FILE.replace("eu-central-1a", "eu-west-1a"));
    }

    @Test
    void whatItPlannedAndReviewedIsWhatApplyApplies() throws IOException {
        try (Moto aws = Moto.start("111122223333")) {
            Map<String, String> environment = environment(TerraformRunner.environment(FOLDER, aws));
            Path out = FOLDER.resolve("planned");
            environment.putAll(Map.of("OUT", out.toString(), "BASE", "main", "FAIL_ON", "low"));

            Command review = script(environment).expect(1);

            assertThat(review.output())
                    .as("the base is where the change left main, and of the same program")
                    .contains("Synthesizing the base " + git("rev-parse", "base^{commit}"));
            assertThat(review.output()).contains("shop-platform has no plan: Error: ");
            assertThat(files(out))
                    .containsExactly(
                            "plans/shop-infrastructure.tfplan",
                            "review.html",
                            "review.json",
                            "review.md",
                            "review.sarif",
                            "review.xml");
            assertThat(Files.readString(out.resolve("review.md")))
                    .contains("| `shop-infrastructure` | ")
                    .contains("| `shop-platform` | 1 created (no plan yet) |")
                    .contains("⚠️ `shop-platform`: There is no plan yet")
                    .contains("stacks/shop.yaml:10:");
            secretsAreKept(out);

            Command apply = Command.run(
                            REPOSITORY,
                            environment,
                            List.of(
                                    "./eks-platform",
                                    "apply",
                                    "--reviewed",
                                    out.resolve("review.json").toString(),
                                    "--stack",
                                    "shop-infrastructure=" + out.resolve("plans/shop-infrastructure.tfplan")))
                    .expect(0);
            assertThat(apply.output()).contains("Apply complete!");
            assertThat(aws.inventory("eu-central-1"))
                    .contains("eks shop", "iam arn:aws:iam::111122223333:role/shop-default-invoices");
        }
    }

    private static void secretsAreKept(Path out) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("plans"))))
                .isEqualTo("rwx------");
        assertThat(TEMPORARY).as("plans in JSON, the base's files").isEmptyDirectory();
        assertThat(git("worktree", "list").lines()).hasSize(1);
        for (String file : files(REPOSITORY)) {
            if (file.endsWith(".json") && !file.startsWith("bindings/")) {
                assertThat(Files.readString(REPOSITORY.resolve(file))).as(file).doesNotContain("planned_values");
            }
        }
    }

    @Test
    void withoutCredentialsTheSynthesizedDifferenceIsReviewed() throws IOException {
        Map<String, String> environment = withoutAccount();
        environment.putAll(Map.of("BASE", "base", "AWS_CONFIG_FILE", "/dev/null", "AWS_EC2_METADATA_DISABLED", "true"));
        environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        Files.writeString(FOLDER.resolve("terraform.rc"), ProviderMirror.cliConfiguration());
        environment.put("TF_CLI_CONFIG_FILE", FOLDER.resolve("terraform.rc").toString());

        Command review = script(environment, "stacks/shop.yaml").expect(0);

        assertThat(review.output())
                .contains("shop-infrastructure has no plan: Error: No valid credential sources found")
                .contains("shop-platform has no plan: Error: ");
        Path out = REPOSITORY.resolve("plan-review");
        assertThat(files(out)).containsExactly("review.html", "review.json", "review.md", "review.sarif", "review.xml");
        assertThat(Files.readString(out.resolve("review.md")))
                .contains("| `shop-infrastructure` | 2 created (no plan yet) |")
                .contains("| `shop-platform` | 1 created (no plan yet) |");
    }

    /** Building the base's program takes a minute, so it is one that says that it ran and fails. */
    @Test
    void theBaseOfAnotherProgramIsSynthesizedByThat() throws IOException {
        Map<String, String> environment = withoutAccount();
        environment.putAll(Map.of("BASE", "other-program", "TERRAFORM_BINARY_NAME", "false", "FAIL_ON", "critical"));
        environment.put("OUT", FOLDER.resolve("another").toString());

        assertThat(script(environment).expect(0).output())
                .contains("with its own version of eks-platform")
                .contains("the base's own program: synth")
                .contains("The base cannot be synthesized: everything without a plan is shown as new.")
                .contains("shop-infrastructure has no plan: false failed");
        assertThat(Files.readString(FOLDER.resolve("another/review.md")))
                .contains("| `shop-platform` | 2 created (no plan yet) |");
    }

    @Test
    void anUnknownBaseIsNoReview() throws IOException {
        noReview("BASE", "no-such-branch", "HEAD and no-such-branch have no common ancestor: fetch the whole history");
    }

    @Test
    void aMissingTerraformIsNoReview() throws IOException {
        noReview("TERRAFORM_BINARY_NAME", "no-such-terraform", "no-such-terraform is missing: install it");
    }

    @Test
    void aChangeThatCannotBeSynthesizedIsNoReview() throws IOException {
        noReview("BASE", "base", "drafts/broken.yaml:4:", "drafts/broken.yaml");
    }

    /** And what an earlier run left goes, so that nobody takes it for this one's. */
    private static void noReview(String name, String value, String said, String... files) throws IOException {
        Map<String, String> environment = withoutAccount();
        Path out = Files.createDirectories(FOLDER.resolve("none"));
        Files.writeString(out.resolve("review.md"), "of an earlier commit");
        environment.putAll(Map.of("OUT", out.toString(), name, value));

        assertThat(script(environment, files).expect(2).output()).contains(said);
        assertThat(files(out)).isEmpty();
        assertThat(TEMPORARY).isEmptyDirectory();
    }

    private static Command script(Map<String, String> environment, String... files) {
        List<String> line = new ArrayList<>(List.of("ci/plan-review.sh"));
        line.addAll(List.of(files));
        return Command.run(REPOSITORY, environment, line);
    }

    private static Map<String, String> withoutAccount() {
        Map<String, String> environment = environment(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("TF_"));
        return environment;
    }

    private static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(more);
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("TMPDIR", TEMPORARY.toString());
        return environment;
    }

    /** With modification times, by which the launcher knows what to build. */
    private static void copy(String... files) throws IOException {
        for (String file : files) {
            Path to = REPOSITORY.resolve(file);
            Files.createDirectories(to.getParent());
            Command.run(Path.of("").toAbsolutePath(), System.getenv(), List.of("cp", "-a", file, to.toString()))
                    .expect(0);
        }
    }

    private static void write(String file, String text) throws IOException {
        Path path = REPOSITORY.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static void commit(String tag) {
        git("add", "--all");
        git("-c", "user.name=shop", "-c", "user.email=shop@example.com", "commit", "--quiet", "--message", tag);
        git("tag", tag);
    }

    private static String git(String... arguments) {
        List<String> line = new ArrayList<>(List.of("git"));
        line.addAll(List.of(arguments));
        return Command.run(REPOSITORY, withoutAccount(), line)
                .expect(0)
                .output()
                .strip();
    }

    /** What is in a FOLDER, without what git, Maven and terraform keep there. */
    private static List<String> files(Path in) throws IOException {
        try (Stream<Path> files = Files.walk(in)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> in.relativize(file).toString())
                    .filter(file ->
                            !file.startsWith(".git/") && !file.startsWith("target/") && !file.contains(".terraform/"))
                    .sorted()
                    .toList();
        }
    }
}
