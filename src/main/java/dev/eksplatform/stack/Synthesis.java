package dev.eksplatform.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.AppConfig;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.ProvidersSpec;
import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.internal.files.OutputFiles;
import dev.eksplatform.internal.files.TemporaryPath;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.constructs.IConstruct;

/**
 * Writes the Terraform JSON of environments. It is written to a folder of its own and moved into place when all of it
 * is correct, so that bad input leaves the output as it was.
 *
 * <p>An output folder may hold the stacks of other environments: they stay as they are, and {@code manifest.json} lists
 * only those of the last synthesis. A stack that an environment had and no longer has loses its {@code cdk.tf.json} and
 * {@code sources.json}; whatever else is in its folder, such as {@code .terraform} or a state, stays.
 */
public final class Synthesis {

    private static final String STACKS = "stacks";
    private static final String CONFIGURATION = "cdk.tf.json";
    private static final String SOURCES = "sources.json";
    private static final String MANIFEST = "manifest.json";

    private static final String ELSEWHERE = "name another place with --output";

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
     * What a synthesis changed in the output folder.
     *
     * @param written the stacks, in the order of deployment
     * @param removed the {@code cdk.tf.json} of each stack that an environment had and no longer has
     */
    public record Synthesized(List<Written> written, List<Path> removed) {

        /** Copies the lists. */
        public Synthesized {
            written = List.copyOf(written);
            removed = List.copyOf(removed);
        }
    }

    /**
     * Writes environments.
     *
     * @param environments the environments, each with a name of its own
     * @param output the output folder, {@code cdktf.out} by default of CDKTF
     * @return what was written and removed
     * @throws InvalidInputException when two environments have one name, or the output folder cannot be written
     */
    public static Synthesized write(List<Environment> environments, Path output) {
        checkNames(environments);
        JsiiRuntime.await();
        Path folder = output.toAbsolutePath().normalize();
        checkFolders(environments, output, folder);
        try {
            Path parent = Files.isDirectory(folder) ? folder : Objects.requireNonNullElse(folder.getParent(), folder);
            OutputFiles.createFolder(parent);
            try (TemporaryPath temporary = TemporaryPath.folderIn(parent, ".synth-")) {
                List<EnvironmentStacks> all = synthesize(environments, temporary.path(), output);
                List<Written> written = moveInto(output, folder, temporary.path(), all);
                return new Synthesized(written, removeLeftOver(environments, output));
            }
        } catch (IOException e) {
            throw unwritable(output, e);
        }
    }

    private static InvalidInputException unwritable(Path output, IOException fault) {
        return new InvalidInputException(FileFault.unwritable(Place.file(output), fault, ELSEWHERE));
    }

    /**
     * Writes what a program of your own has created, as {@code app.synth()} does, and beside each {@code cdk.tf.json} a {@code
     * sources.json} with the line of Java or of an environment file that each resource comes from, for checks and reviews.
     *
     * @param app the app, with its output folder
     * @param environments the environments in it
     * @throws IllegalStateException when a token was used as something else than a value of a resource, so that the
     *     configuration holds its token; the message names each attribute and construct
     * @throws InvalidInputException when no version of a provider that can be used has all the attributes
     */
    public static void write(App app, EnvironmentStacks... environments) {
        Origins lines = new Origins();
        List<String> stacks = new ArrayList<>();
        for (IConstruct construct : app.getNode().findAll()) {
            if (construct instanceof TerraformStack stack) {
                stacks.add(stack.getNode().getId());
                StateBackend.configureLocal(stack);
            } else if (construct instanceof PlatformConstruct created) {
                created.source()
                        .ifPresent(line ->
                                lines.add(created.getNode().getPath(), new Place.InFile(line, PropertyPath.ROOT)));
            }
        }
        app.synth();
        List<Function<String, Optional<Place>>> positions = new ArrayList<>();
        positions.add(lines::of);
        for (EnvironmentStacks environment : environments) {
            positions.add(environment::position);
        }
        Function<String, Optional<Place>> position = path ->
                positions.stream().flatMap(one -> one.apply(path).stream()).findFirst();
        Path folder = Path.of(app.getOutdir());
        try {
            for (EnvironmentStacks environment : environments) {
                List<String> own = names(environment);
                describe(folder, own, environment, position);
                stacks.removeAll(own);
            }
            describe(folder, stacks, null, position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of stacks that environments had in an output folder and no longer have. */
    private static List<Path> leftOver(List<Environment> environments, Path output) {
        List<Path> files = new ArrayList<>();
        for (Environment environment : environments) {
            String name = environment.resolved().spec().environment();
            if (!EnvironmentStacks.hasWorkloads(environment)) {
                files.add(configuration(output, name + EnvironmentStacks.WORKLOADS));
            }
            if (!EnvironmentStacks.hasPlatform(environment)) {
                files.add(configuration(output, name + EnvironmentStacks.PLATFORM));
            }
        }
        return files.stream().filter(Files::isRegularFile).toList();
    }

    private static List<Path> removeLeftOver(List<Environment> environments, Path output) throws IOException {
        List<Path> leftOver = leftOver(environments, output);
        for (Path file : leftOver) {
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
        return leftOver;
    }

    private static Path configuration(Path output, String stack) {
        return output.resolve(STACKS).resolve(stack).resolve(CONFIGURATION);
    }

    private static void checkFolders(List<Environment> environments, Path output, Path folder) {
        List<Path> needed = new ArrayList<>(List.of(folder, folder.resolve(STACKS)));
        for (Environment environment : environments) {
            String name = environment.resolved().spec().environment();
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
        return new InvalidInputException(
                new Problem(Place.file(output), found, fix + ", or choose another folder with --output"));
    }

    private static void checkNames(List<Environment> environments) {
        Map<String, Environment> byName = new HashMap<>();
        Problems problems = new Problems();
        for (Environment environment : environments) {
            String name = environment.resolved().spec().environment();
            Environment other = byName.putIfAbsent(name, environment);
            if (other != null) {
                problems.add(new Problem(
                        environment.positions().at(PropertyPath.of("environment")),
                        "duplicate environment name \"" + name + "\": " + other.file() + " has it too",
                        "rename one of them"));
            }
        }
        problems.throwIfAny();
    }

    private static List<EnvironmentStacks> synthesize(List<Environment> environments, Path temporary, Path output) {
        App app = new App(AppConfig.builder()
                .outdir(temporary.toString())
                .stackTraces(false)
                .build());
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
            throw FileFault.in(e, ELSEWHERE)
                    .<RuntimeException>map(problem -> new InvalidInputException(problem.at(Place.file(output))))
                    .orElse(e);
        }
        return all;
    }

    private static List<Written> moveInto(Path output, Path folder, Path temporary, List<EnvironmentStacks> all)
            throws IOException {
        List<Written> written = new ArrayList<>();
        for (EnvironmentStacks environment : all) {
            describe(temporary, names(environment), environment, environment::position)
                    .forEach((name, resources) ->
                            written.add(new Written(name, configuration(output, name), resources)));
        }
        for (Written stack : written) {
            Path target = folder.resolve(STACKS).resolve(stack.stack());
            OutputFiles.createFolder(target);
            for (String file : List.of(CONFIGURATION, SOURCES)) {
                move(temporary.resolve(STACKS).resolve(stack.stack()).resolve(file), target.resolve(file));
            }
        }
        move(temporary.resolve(MANIFEST), folder.resolve(MANIFEST));
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

    /** A {@code cdk.tf.json} as CDKTF writes it. */
    private record Configuration(String stack, String text, JsonNode content) {}

    private static List<String> names(EnvironmentStacks environment) {
        return environment.all().stream().map(stack -> stack.getNode().getId()).toList();
    }

    /**
     * Checks stacks that were written, writes into them what their environment adds and which versions of providers they may use,
     * and beside them where their resources and data sources come from.
     *
     * @param folder the output folder
     * @param stacks the stacks, which may use the same versions
     * @param environment the environment of the stacks; {@code null} for those of a program
     * @param position the position of what is at a path of {@link Origins}
     * @return how many resources each has, in the order of the stacks
     */
    private static Map<String, Integer> describe(
            Path folder,
            List<String> stacks,
            @Nullable EnvironmentStacks environment,
            Function<String, Optional<Place>> position)
            throws IOException {
        List<Configuration> configurations = new ArrayList<>();
        for (String stack : stacks) {
            String text = Files.readString(configuration(folder, stack));
            configurations.add(new Configuration(stack, text, MAPPER.readTree(text)));
        }
        configurations.forEach(one -> checkResolved(one.stack, one.content));
        if (environment != null) {
            configurations.replaceAll(one -> edited(one, environment));
            environment.checkEdits();
        }
        ProviderRanges ranges = ProviderRanges.of(
                configurations.stream().map(Configuration::content).toList(),
                environment == null ? ProvidersSpec.supported() : environment.providers(),
                position);
        Map<String, Integer> resources = new LinkedHashMap<>();
        for (Configuration one : configurations) {
            Path file = configuration(folder, one.stack);
            Files.writeString(file, ranges.writeTo(one.text, one.content));
            Map<String, String> sources = sources(one.content, position);
            if (environment != null) {
                environment.overrides(one.stack).forEach((argument, place) -> sources.put(argument, place.toString()));
            }
            Files.writeString(file.resolveSibling(SOURCES), Json.pretty(sources) + "\n");
            int count = 0;
            for (JsonNode type : one.content.path("resource")) {
                count += type.size();
            }
            resources.put(one.stack, count);
        }
        return resources;
    }

    private static Configuration edited(Configuration written, EnvironmentStacks environment) {
        return environment.edit(written.stack, (ObjectNode) written.content)
                ? new Configuration(written.stack, text(written.content), written.content)
                : written;
    }

    /** As CDKTF writes it. */
    private static String text(JsonNode configuration) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            return MAPPER.writer(new DefaultPrettyPrinter(PrettyPrinter.DEFAULT_SEPARATORS
                                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                                    .withObjectEmptySeparator("")
                                    .withArrayEmptySeparator(""))
                            .withObjectIndenter(lines)
                            .withArrayIndenter(lines))
                    .writeValueAsString(configuration);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> sources(JsonNode configuration, Function<String, Optional<Place>> position) {
        Map<String, String> sources = new TreeMap<>();
        for (String block : List.of("resource", "data")) {
            configuration.path(block).fields().forEachRemaining(type -> type.getValue()
                    .fields()
                    .forEachRemaining(one -> {
                        String path = one.getValue().at("/~1~1/metadata/path").asText();
                        String address = (block.equals("data") ? "data." : "") + type.getKey() + "." + one.getKey();
                        position.apply(path).ifPresent(place -> sources.put(address, place.toString()));
                    }));
        }
        return sources;
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
