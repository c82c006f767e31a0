package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.BindingResult;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.NamedFile;
import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.internal.yaml.YamlDocument;
import dev.eksplatform.internal.yaml.YamlLayers;
import dev.eksplatform.internal.yaml.YamlNode;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads an environment file and the files that it includes. The included files are merged in their order, then what {@code
 * remove} names is left out, then the file itself is merged over them; {@link YamlLayers#merge} says how.
 */
final class EnvironmentFile {

    private static final String KEY = "include";
    private static final PropertyPath INCLUDE = PropertyPath.of(KEY);
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
    private static final String ALLOWED = "a .yaml, .yml or .json file, relative to this file";

    /** Bounds files that include each other in many ways. */
    private static final int MOST_FILES = 100;

    private final Function<Path, String> texts;
    private final PlacedProblems problems;
    private final List<String> files = new ArrayList<>();
    private final List<Path> open = new ArrayList<>();
    private int read;

    private EnvironmentFile(String file, Function<Path, String> texts) {
        this.texts = texts;
        this.problems = new PlacedProblems(file);
    }

    /** The part of a file that says what it includes. */
    private record Head(Optional<IncludeSpec> include) {

        @Defaults
        @SuppressWarnings("UnusedMethod") // called by the binder
        static Head none() {
            return new Head(Optional.empty());
        }
    }

    /**
     * Reads a file.
     *
     * @param file the file, shown in errors as given
     * @param texts the text of a file
     * @return its content over that of the files that it includes
     * @throws InvalidInputException when one of them cannot be read, is not one YAML document, or includes itself
     */
    static YamlDocument read(Path file, Function<Path, String> texts) {
        EnvironmentFile reader = new EnvironmentFile(file.toString(), texts);
        YamlNode root = reader.content(file);
        reader.problems.throwIfAny();
        return YamlDocument.of(file.toString(), root, reader.files);
    }

    private YamlNode content(Path file) {
        open.add(real(file));
        if (!files.contains(file.toString())) {
            files.add(file.toString());
        }
        YamlDocument document = YamlDocument.parse(file.toString(), texts.apply(file));
        YamlNode node = document.root() instanceof YamlNode.Mapping mapping && mapping.get(KEY) != null
                ? over(mapping, document)
                : document.root();
        open.remove(open.size() - 1);
        return node;
    }

    private YamlNode over(YamlNode.Mapping own, YamlDocument document) {
        YamlNode.Mapping head =
                new YamlNode.Mapping(own.start(), Map.of(KEY, own.entries().get(KEY)));
        BindingResult<Head> bound = Binder.bind(YamlDocument.of(document.file(), head, document.files()), Head.class);
        if (!bound.problems().isEmpty()) {
            bound.problems().inOrder().forEach(problems::add);
            return own;
        }
        IncludeSpec include = bound.orThrow().include().orElseThrow();
        PropertyPath names = include instanceof IncludeSpec.All ? INCLUDE : INCLUDE.key("files");
        YamlNode lower = new YamlNode.Mapping(own.start(), Map.of());
        for (int i = 0; i < include.files().size(); i++) {
            YamlNode included = included(own, names.index(i));
            lower = included == null ? lower : YamlLayers.merge(lower, included);
        }
        boolean complete = problems.isEmpty();
        for (int i = 0; i < include.remove().size(); i++) {
            PropertyPath removed = KeyPath.parse(include.remove().get(i));
            YamlNode rest = YamlLayers.without(lower, removed);
            if (complete && rest.equals(lower)) {
                addUnknown(own, INCLUDE.key("remove").index(i), removed, lower);
            }
            lower = rest;
        }
        return YamlLayers.merge(lower, own);
    }

    /** The content of an included file, which has no {@code include} of its own any more. */
    private @Nullable YamlNode included(YamlNode.Mapping own, PropertyPath path) {
        if (!(own.at(path) instanceof YamlNode.Scalar name)) {
            return null;
        }
        Path file = NamedFile.find(name, path, ENDINGS, ALLOWED, problems);
        if (file == null) {
            return null;
        }
        read++;
        if (open.contains(real(file))) {
            problems.add(
                    name.start(),
                    path,
                    "\"" + name.text() + "\" includes this file, directly or through others",
                    "remove it here, or the include that leads back");
        } else if (read > MOST_FILES) {
            problems.add(
                    name.start(),
                    path,
                    "more than " + MOST_FILES + " included files",
                    "include fewer files, each once");
        } else {
            return mapping(file);
        }
        return null;
    }

    private @Nullable YamlNode mapping(Path file) {
        try {
            YamlNode node = content(file);
            if (node instanceof YamlNode.Mapping) {
                return YamlLayers.without(node, INCLUDE);
            }
            if (!node.isNothing()) {
                problems.add(
                        node.start(), PropertyPath.ROOT, node.describe(), "write keys of an environment file in it");
            }
        } catch (InvalidInputException e) {
            open.remove(open.size() - 1);
            e.problems().forEach(problems::add);
        }
        return null;
    }

    private void addUnknown(YamlNode.Mapping own, PropertyPath place, PropertyPath removed, YamlNode lower) {
        List<PropertyPath.Step> steps = removed.steps();
        PropertyPath owner = new PropertyPath(steps.subList(0, steps.size() - 1));
        String key = ((PropertyPath.Key) steps.get(steps.size() - 1)).name();
        String fix = lower.at(owner) instanceof YamlNode.Mapping around
                ? Suggestion.nearest(key, around.entries().keySet())
                        .map(near -> Suggestion.didYouMean(owner.key(near).toString()))
                        .orElse("remove it")
                : "remove it";
        problems.add(new Problem(
                new Place.InFile(Optional.ofNullable(own.at(place)).orElse(own).start(), place),
                "the included files have no " + removed,
                fix));
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}
