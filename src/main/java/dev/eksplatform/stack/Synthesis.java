package dev.eksplatform.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.AppConfig;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.internal.files.OutputFiles;
import dev.eksplatform.internal.files.TemporaryPath;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import software.constructs.IConstruct;

/**
 * Writes the Terraform JSON of environments. It is made in a folder of its own and moved into place when all of it is
 * right, so that bad input leaves the output as it was.
 *
 * <p>An output folder may hold the stacks of other environments: they stay as they are, and {@code manifest.json} lists
 * those of the last synthesis alone. A stack that an environment had and no longer has loses its {@code cdk.tf.json} and
 * {@code sources.json}; whatever else is in its folder, such as {@code .terraform} or a state, stays.
 */
public final class Synthesis {

    private static final String STACKS = "stacks";
    private static final String CONFIGURATION = "cdk.tf.json";
    private static final String SOURCES = "sources.json";
    private static final String MANIFEST = "manifest.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Synthesis() {}

    /**
     * A stack that was written.
     *
     * @param stack its name
     * @param file its {@code cdk.tf.json}
     * @param resources how many resources it has
     */
    public record Written(String stack, Path file, int resources) {}

    /**
     * Writes environments.
     *
     * @param environments the environments, each with a name of its own
     * @param output the output folder, {@code cdktf.out} by default of CDKTF
     * @return what was written, in the order of deployment
     * @throws InvalidInputException when two environments have one name, or the output folder cannot be written
     */
    public static List<Written> write(List<Environment> environments, Path output) {
        checkNames(environments);
        JsiiRuntime.await();
        Path folder = output.toAbsolutePath().normalize();
        checkFolders(environments, output, folder);
        try {
            Path parent = Files.isDirectory(folder) ? folder : Objects.requireNonNullElse(folder.getParent(), folder);
            OutputFiles.makeFolder(parent);
            try (TemporaryPath making = TemporaryPath.folderIn(parent, ".synth-")) {
                List<EnvironmentStacks> all = synthesize(environments, making.path(), output);
                List<Written> written = moveInto(output, folder, making.path(), all);
                removeLeftOver(environments, folder);
                return written;
            }
        } catch (IOException e) {
            throw unwritable(output, e);
        }
    }

    private static InvalidInputException unwritable(Path output, IOException fault) {
        return withOption(FileFault.unwritable(output.toString(), fault, "a folder that can be written"));
    }

    private static InvalidInputException withOption(Problem problem) {
        return new InvalidInputException(new Problem(
                problem.place(),
                problem.found(),
                problem.allowed(),
                problem.fix() + (problem.fix().endsWith("another place") ? " with --output" : "")));
    }

    /**
     * Writes what a program of your own has made, as {@code app.synth()} does, and beside each {@code cdk.tf.json} a {@code
     * sources.json} with the line of Java or of an environment file that each resource comes from, for checks and reviews.
     *
     * @param app the app, with the output folder it was made with
     * @param environments the environments in it
     * @throws IllegalStateException when a token was used as something else than a value of a resource, so that the
     *     configuration holds its token; the message names each attribute and construct
     */
    public static void write(App app, EnvironmentStacks... environments) {
        Origins lines = new Origins();
        List<String> stacks = new ArrayList<>();
        for (IConstruct construct : app.getNode().findAll()) {
            if (construct instanceof TerraformStack stack) {
                stacks.add(stack.getNode().getId());
                StateBackend.keepLocal(stack);
            } else if (construct instanceof PlatformConstruct made) {
                made.source().ifPresent(line -> lines.add(made.getNode().getPath(), line));
            }
        }
        app.synth();
        List<Function<String, Optional<String>>> positions = new ArrayList<>(List.of(lines::of));
        for (EnvironmentStacks environment : environments) {
            positions.add(environment::position);
        }
        try {
            for (String stack : stacks) {
                describe(stack, configuration(Path.of(app.getOutdir()), stack), path -> positions.stream()
                        .flatMap(position -> position.apply(path).stream())
                        .findFirst());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The files of stacks that environments had in an output folder and no longer have; writing removes them.
     *
     * @param environments the environments
     * @param output the output folder
     * @return the {@code cdk.tf.json} of each such stack
     */
    public static List<Path> leftOver(List<Environment> environments, Path output) {
        List<Path> files = new ArrayList<>();
        for (Environment environment : environments) {
            String name = environment.blueprint().spec().environment();
            if (!WorkloadsStack.hasContent(environment.blueprint(), environment.manifests())) {
                files.add(configuration(output, name + EnvironmentStacks.WORKLOADS));
            }
            if (!PlatformStack.hasContent(environment.blueprint())) {
                files.add(configuration(output, name + EnvironmentStacks.PLATFORM));
            }
        }
        return files.stream().filter(Files::isRegularFile).toList();
    }

    private static void removeLeftOver(List<Environment> environments, Path folder) throws IOException {
        for (Path file : leftOver(environments, folder)) {
            Files.delete(file);
            Files.deleteIfExists(file.resolveSibling(SOURCES));
            Path stack = file.resolveSibling("");
            try (Stream<Path> rest = Files.list(stack)) {
                if (rest.findAny().isPresent()) {
                    continue;
                }
            }
            Files.delete(stack);
        }
    }

    private static Path configuration(Path output, String stack) {
        return output.resolve(STACKS).resolve(stack).resolve(CONFIGURATION);
    }

    private static void checkFolders(List<Environment> environments, Path output, Path folder) {
        List<Path> needed = new ArrayList<>(List.of(folder, folder.resolve(STACKS)));
        for (Environment environment : environments) {
            String name = environment.blueprint().spec().environment();
            for (String stack : List.of(
                    EnvironmentStacks.INFRASTRUCTURE, EnvironmentStacks.PLATFORM, EnvironmentStacks.WORKLOADS)) {
                needed.add(folder.resolve(STACKS).resolve(name + stack));
            }
        }
        int parents = 0;
        for (Path parent = folder.getParent(); parent != null; parent = parent.getParent()) {
            needed.add(parent);
            parents++;
        }
        for (Path path : needed) {
            String name = path.equals(folder) ? "the output folder" : String.valueOf(path.getFileName());
            if (Files.isSymbolicLink(path) && !Files.exists(path)) {
                throw inTheWay(output, name + " is a link that leads nowhere", "remove the link");
            }
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw inTheWay(output, name + " is a file", "remove the file");
            }
        }
        for (Path path : needed.subList(0, needed.size() - parents)) {
            if (!path.equals(folder) && Files.isDirectory(path) && !Files.isWritable(path)) {
                throw unwritable(output, new AccessDeniedException(path.toString()));
            }
            for (String file : List.of(CONFIGURATION, SOURCES, MANIFEST)) {
                if (Files.isDirectory(path.resolve(file))) {
                    throw inTheWay(output, folder.relativize(path.resolve(file)) + " is a folder", "remove it");
                }
            }
        }
    }

    private static InvalidInputException inTheWay(Path output, String found, String fix) {
        return new InvalidInputException(new Problem(
                output.toString(),
                found,
                "a folder, or a path where one can be made",
                fix + ", or choose another folder with --output"));
    }

    private static void checkNames(List<Environment> environments) {
        Map<String, Environment> byName = new HashMap<>();
        Problems problems = new Problems();
        for (Environment environment : environments) {
            String name = environment.blueprint().spec().environment();
            Environment other = byName.putIfAbsent(name, environment);
            if (other != null) {
                problems.add(new Problem(
                        environment.positions().at(PropertyPath.of("environment")),
                        "\"" + name + "\" is the name of " + other.file() + " too",
                        "rename one of them"));
            }
        }
        problems.throwIfAny();
    }

    private static List<EnvironmentStacks> synthesize(List<Environment> environments, Path making, Path output) {
        App app = new App(
                AppConfig.builder().outdir(making.toString()).stackTraces(false).build());
        List<EnvironmentStacks> all = new ArrayList<>();
        for (Environment environment : environments) {
            try {
                all.add(EnvironmentStacks.of(app, environment));
            } catch (InvalidInputException e) {
                throw environment.positions().place(e);
            }
        }
        try {
            app.synth();
        } catch (RuntimeException e) {
            throw FileFault.in(e)
                    .<RuntimeException>map(problem -> withOption(problem.at(output.toString())))
                    .orElse(e);
        }
        return all;
    }

    private static List<Written> moveInto(Path output, Path folder, Path making, List<EnvironmentStacks> all)
            throws IOException {
        List<Written> written = new ArrayList<>();
        for (EnvironmentStacks environment : all) {
            for (TerraformStack stack : environment.all()) {
                String name = stack.getNode().getId();
                int resources = describe(name, configuration(making, name), environment::position);
                written.add(new Written(name, configuration(output, name), resources));
            }
        }
        for (Written stack : written) {
            Path target = folder.resolve(STACKS).resolve(stack.stack());
            OutputFiles.makeFolder(target);
            for (String file : List.of(CONFIGURATION, SOURCES)) {
                move(making.resolve(STACKS).resolve(stack.stack()).resolve(file), target.resolve(file));
            }
        }
        move(making.resolve(MANIFEST), folder.resolve(MANIFEST));
        return written;
    }

    private static void checkResolved(String stack, JsonNode configuration) {
        List<String> tokens = UnresolvedTokens.in(configuration);
        if (!tokens.isEmpty()) {
            throw new IllegalStateException("the configuration of " + stack
                    + " holds unresolved tokens of CDKTF; allowed: a token as the whole value of an argument, or as a part"
                    + " of its text; fix: change a value that only Terraform knows with functions of Terraform (Fn.upper,"
                    + " Fn.substr, …), not with methods of Java\n  "
                    + String.join("\n  ", tokens));
        }
    }

    /**
     * Checks a stack that was written, and writes where its resources and data sources come from beside it.
     *
     * @param position the position of a construct by its path
     * @return how many resources it has
     */
    private static int describe(String stack, Path file, Function<String, Optional<String>> position)
            throws IOException {
        String text = Files.readString(file);
        JsonNode configuration = MAPPER.readTree(text);
        checkResolved(stack, configuration);
        Map<String, String> sources = new TreeMap<>();
        for (String block : List.of("resource", "data")) {
            configuration.path(block).fields().forEachRemaining(type -> type.getValue()
                    .fields()
                    .forEachRemaining(one -> {
                        String path = one.getValue().at("/~1~1/metadata/path").asText();
                        String address = (block.equals("data") ? "data." : "") + type.getKey() + "." + one.getKey();
                        position.apply(path).ifPresent(place -> sources.put(address, place));
                    }));
        }
        Files.writeString(file.resolveSibling(SOURCES), Json.pretty(sources) + "\n", StandardCharsets.UTF_8);
        int resources = 0;
        for (JsonNode type : configuration.path("resource")) {
            resources += type.size();
        }
        return resources;
    }

    /** A folder of the output may be a link to another file system, between which nothing moves in one step. */
    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            try (TemporaryPath near = TemporaryPath.folderIn(to.resolveSibling(""), ".synth-")) {
                Path copy = near.path().resolve(to.getFileName());
                Files.copy(from, copy);
                Files.move(copy, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
