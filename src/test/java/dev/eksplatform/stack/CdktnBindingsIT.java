package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.terraform.Command;
import dev.eksplatform.terraform.RequiresPrograms;
import dev.eksplatform.testing.TestJson;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The bindings build with the packages of {@code bindings/cdktn}, CDK Terrain and its AWS provider: the sources that create AWS resources
 * compile with these bindings, and synthesize what they synthesize with those of CDKTF, which is in the golden files.
 */
@RequiresPrograms({"mvn", "node", "npm"})
class CdktnBindingsIT {

    private static final Path BINDINGS = Path.of("bindings");
    private static final Path WORK = Path.of("target/cdktn").toAbsolutePath();
    private static final Pattern OTHER_PROVIDERS = Pattern.compile("cdktf\\.providers\\.(kubernetes|helm)\\.");

    @Test
    void cdktnSynthesizesTheSameInfrastructure() throws IOException {
        Path copy = WORK.resolve("bindings");
        copyFiles(BINDINGS, copy);
        copyFiles(BINDINGS.resolve("runtime"), copy.resolve("runtime"));
        copyFiles(BINDINGS.resolve("cdktn"), copy);
        run(Map.of(), List.of("mvn", "-q", "-B", "-o", "-f", copy.toString(), "install"));

        String classPath = classPath(copy.resolve("target/dist"));
        Path classes = WORK.resolve("classes");
        compile(classPath, classes);
        Path output = WORK.resolve("cdktf.out");
        run(
                Map.of(
                        "JSII_RUNTIME",
                        copy.resolve("target/runtime/jsii-runtime").toString()),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes + File.pathSeparator + classPath,
                        InfrastructureProgram.class.getName(),
                        output.toString()));

        String cdktn = TestJson.read(BINDINGS.resolve("cdktn/package.json"))
                .at("/devDependencies/cdktn")
                .asText();
        for (Path environment : EnvironmentGoldenTest.environments()) {
            String name = environment.getFileName().toString().replace(".yaml", "");
            String stack = name + EnvironmentStacks.INFRASTRUCTURE;
            Path app = output.resolve(name);
            assertThat(TestJson.read(app.resolve("manifest.json"))
                            .path("version")
                            .asText())
                    .as("the version of cdktn")
                    .isEqualTo(cdktn);
            JsonNode golden = TestJson.read(Path.of("src/test/resources/golden", name, stack + ".json"));
            JsonNode synthesized =
                    TestJson.read(app.resolve("stacks").resolve(stack).resolve("cdk.tf.json"));
            assertThat(comparable(synthesized)).as(stack).isEqualTo(comparable(golden));
        }
    }

    /** Without the version of the framework; the two write the source of the AWS provider in different ways, short and in full. */
    private static JsonNode comparable(JsonNode stack) {
        ((ObjectNode) stack.at("/~1~1/metadata")).remove("version");
        ObjectNode aws = (ObjectNode) stack.at("/terraform/required_providers/aws");
        if (aws.path("source").asText().equals("aws")) {
            aws.put("source", "hashicorp/aws");
        }
        return stack;
    }

    /** The bindings of cdktn for AWS come before those of CDKTF, which only the compiler needs, for classes of other providers. */
    private static String classPath(Path dist) throws IOException {
        List<String> entries = new ArrayList<>();
        try (Stream<Path> jars = Files.walk(dist)) {
            jars.filter(file -> file.toString().endsWith(".jar"))
                    .map(Path::toString)
                    .sorted()
                    .forEach(entries::add);
        }
        assertThat(entries).as("jars of the framework and of AWS").hasSize(2);
        Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> !entry.matches(".*/cdktf(-provider-aws)?-[0-9].*\\.jar"))
                .forEach(entries::add);
        return String.join(File.pathSeparator, entries);
    }

    /** Compiles the sources that use the bindings of no provider but AWS. */
    private static void compile(String classPath, Path classes) throws IOException {
        Path list = Files.createDirectories(classes).resolveSibling("sources");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(CdktnBindingsIT::needsOnlyAws)
                    .map(file -> file.toAbsolutePath().toString())
                    .sorted()
                    .toList();
            assertThat(sources).hasSizeGreaterThan(20);
            Files.writeString(
                    list, sources.stream().map(source -> '"' + source + '"').collect(Collectors.joining("\n")));
        }
        run(
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                        "--release",
                        "17",
                        "-proc:none",
                        "-nowarn",
                        "-cp",
                        classPath,
                        "-d",
                        classes.toString(),
                        "@" + list));
    }

    private static boolean needsOnlyAws(Path file) {
        try {
            String text = Files.readString(file);
            return text.contains("com.hashicorp.cdktf")
                    && !OTHER_PROVIDERS.matcher(text).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Map<String, String> settings, List<String> line) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.putAll(settings);
        Command.run(Path.of("").toAbsolutePath(), environment, line).expect(0);
    }

    /** Installed packages of an earlier run stay in the target folder. */
    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file,
                        to.resolve(file.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
