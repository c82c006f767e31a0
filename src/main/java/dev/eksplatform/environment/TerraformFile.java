package dev.eksplatform.environment;

import dev.eksplatform.internal.files.InputFiles;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.internal.json.LocatedJson.Obj;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import dev.eksplatform.workload.manifest.ManifestFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * A file with Terraform configuration in JSON syntax that is added to a stack. Source: <a
 * href="https://developer.hashicorp.com/terraform/language/syntax/json">JSON configuration syntax</a>.
 *
 * @param stack {@code infrastructure}, {@code platform} or {@code workloads}
 * @param content the blocks of the file
 */
@API(status = API.Status.INTERNAL)
public record TerraformFile(String stack, Obj content) {

    private static final long MOST_BYTES = 4L * 1024 * 1024;

    /** Blocks with two labels, which are two levels of JSON. */
    private static final Set<String> TYPED = Set.of("resource", "data", "ephemeral");

    /** Blocks with one label. */
    private static final Set<String> NAMED = Set.of("module", "output", "variable", "check", "locals");

    private static final Set<String> BLOCKS = Set.of(
            "resource",
            "data",
            "ephemeral",
            "module",
            "output",
            "variable",
            "check",
            "locals",
            "provider",
            "terraform",
            "moved",
            "import",
            "removed");

    /** Providers that the platform configures itself. */
    private static final Set<String> OF_PLATFORM = Set.of("aws", "kubernetes", "helm");

    /** Reads the files of an environment. */
    private record Reading(
            Function<String, Path> folders, Problems problems, Map<String, Place> names, List<TerraformFile> files) {

        void stack(String stack, List<String> patterns) {
            Problems ofPatterns = new Problems();
            List<Path> found = ManifestFiles.find(folders.apply(stack), patterns, ofPatterns, new Problems());
            ofPatterns.found().forEach(problem -> problems.add(problem.under(PropertyPath.of("terraform", stack))));
            found.forEach(file -> read(stack, file));
        }

        private void read(String stack, Path file) {
            LocatedJson content;
            try {
                content = LocatedJson.read(file.toString(), InputFiles.text(file, MOST_BYTES));
            } catch (InvalidInputException e) {
                e.problems().forEach(problems::add);
                return;
            }
            if (content instanceof Obj blocks) {
                blocks.members().forEach((block, value) -> block(stack, block, blocks.keyAt(block), value));
                files.add(new TerraformFile(stack, blocks));
            } else {
                notAnObject(content, "the configuration");
            }
        }

        private void block(String stack, String block, Place at, LocatedJson value) {
            if (block.equals("//")) {
                return;
            }
            if (!BLOCKS.contains(block)) {
                problems.add(
                        at,
                        "\"" + block + "\" is not a block that a stack can have",
                        String.join(", ", BLOCKS.stream().sorted().toList()),
                        Suggestion.fix(block, BLOCKS, "remove it"));
            } else if (TYPED.contains(block)) {
                object(value, block).forEach((type, ofType) -> object(ofType, block + "." + type)
                        .forEach((name, one) -> {
                            object(one, block + "." + type + "." + name);
                            once(stack, block + "." + type + "." + name, one);
                        }));
            } else if (NAMED.contains(block)) {
                object(value, block).forEach((name, one) -> once(stack, block + "." + name, one));
            } else if (block.equals("provider")) {
                object(value, block).forEach(this::provider);
            } else if (block.equals("terraform")) {
                object(value, block).forEach(this::setting);
            }
        }

        private Map<String, LocatedJson> object(LocatedJson value, String what) {
            if (value instanceof Obj object) {
                Map<String, LocatedJson> members = new TreeMap<>(object.members());
                members.remove("//");
                return members;
            }
            notAnObject(value, what);
            return Map.of();
        }

        private void notAnObject(LocatedJson value, String what) {
            problems.add(value.place(), what + " is " + value.kind(), "write an object, with names as keys");
        }

        private void once(String stack, String name, LocatedJson value) {
            Place first = names.putIfAbsent(stack + " " + name, value.place());
            if (first != null) {
                problems.add(
                        value.place(), "duplicate " + name + ": it is at " + first + ", too", "rename one of them");
            }
        }

        private void provider(String name, LocatedJson value) {
            List<LocatedJson> all = value instanceof LocatedJson.Arr many ? many.items() : List.of(value);
            for (LocatedJson one : all) {
                if (OF_PLATFORM.contains(name)
                        && object(one, "provider." + name).get("alias") == null) {
                    problems.add(
                            one.place(),
                            "provider " + name + " is configured by the platform",
                            "set arguments of it with overrides, or add alias and use provider = " + name
                                    + ".ALIAS in your resources");
                }
            }
        }

        private void setting(String name, LocatedJson value) {
            if (!name.equals("required_providers")) {
                problems.add(
                        value.place(),
                        "terraform." + name + " cannot be added to a stack",
                        "required_providers",
                        name.equals("backend") || name.equals("cloud")
                                ? "set state in the environment file"
                                : "remove it");
                return;
            }
            object(value, "terraform." + name).forEach((provider, requirement) -> {
                if (OF_PLATFORM.contains(provider)) {
                    problems.add(
                            requirement.place(),
                            "provider " + provider + " is required by the platform",
                            "set providers." + provider + " in the environment file");
                }
            });
        }
    }

    /**
     * Reads the files of an environment.
     *
     * @param folders by stack the folder that its names are relative to
     * @param spec the names
     * @param problems collects what is wrong: with a pattern below {@code terraform}, with a file at its place in it
     * @return the files, stack by stack
     */
    static List<TerraformFile> read(Function<String, Path> folders, TerraformSpec spec, Problems problems) {
        Reading reading = new Reading(folders, problems, new TreeMap<>(), new ArrayList<>());
        spec.byStack().forEach(reading::stack);
        return List.copyOf(reading.files);
    }
}
