package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * One YAML 1.2 document in UTF-8, up to 1 MiB, with the place of each of its values. Anchors, aliases and merge keys
 * ({@code <<}) work. Duplicate keys, aliases that contain themselves, documents of more than 100,000 values once their
 * aliases are written out, more than 64 levels of nesting and tags outside the core schema are refused.
 */
public final class YamlDocument {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_ALIASES = 10_000;

    private final String file;
    private final YamlNode root;

    private YamlDocument(String file, YamlNode root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @param file the file, shown in errors as given
     * @return its document
     * @throws InvalidInputException when there is no such file, it cannot be read, or is not one acceptable document
     */
    public static YamlDocument read(Path file) {
        return parse(file.toString(), text(file));
    }

    /**
     * Reads the text of a file.
     *
     * @throws InvalidInputException when there is no such file, it cannot be read, is too large or not UTF-8
     */
    static String text(Path file) {
        String name = file.toString();
        try {
            if (!Files.isRegularFile(file)) {
                throw Files.exists(file)
                        ? invalid(name, "a folder", "a YAML file", "name the files in it")
                        : invalid(name, "no such file", "an existing YAML file", near(file));
            }
            if (Files.size(file) > MAX_BYTES) {
                throw invalid(name, "a file of more than 1 MiB", "up to 1 MiB", "split it into several files");
            }
            return decode(name, Files.readAllBytes(file));
        } catch (IOException e) {
            throw invalid(name, "the file cannot be read", "a readable YAML file", "check its permissions");
        }
    }

    /**
     * Reads a text.
     *
     * @param file the name to show in errors
     * @param text the YAML
     * @return its document
     * @throws InvalidInputException when it is not one acceptable document
     */
    public static YamlDocument parse(String file, String text) {
        PlacedProblems problems = new PlacedProblems(file);
        YamlNode root = new NodeResolver(problems).resolve(compose(file, text));
        problems.throwIfAny();
        if (root.isNothing()) {
            throw empty(file);
        }
        return new YamlDocument(file, root);
    }

    /**
     * The file's name.
     *
     * @return the name as the caller gave it
     */
    public String file() {
        return file;
    }

    public YamlNode root() {
        return root;
    }

    private static Node compose(String file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setMaxAliasesForCollections(MAX_ALIASES)
                .build();
        try {
            BoundedComposer composer = new BoundedComposer(settings, file, text);
            if (!composer.hasNext()) {
                throw empty(file);
            }
            Node root = composer.next();
            if (composer.hasNext()) {
                Spot second = Spot.of(composer.next().getStartMark());
                throw invalid(place(file, second), "a second document", "one document", "remove the --- between them");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            Spot spot = Spot.of(e.getProblemMark().or(e::getContextMark));
            boolean tab = e.getProblem().contains("TAB");
            if (tab) {
                throw invalid(
                        place(file, spot), "not YAML: a tab", "YAML 1.2, which has no tabs", "indent with spaces");
            }
            throw invalid(
                    place(file, spot),
                    "not YAML: " + oneLine(e.getProblem()),
                    "YAML 1.2",
                    "check indentation, colons, quotes and brackets there and above");
        } catch (ReaderException e) {
            String character = String.format("U+%04X", e.getCodePoint());
            throw invalid(
                    place(file, Spot.of(text, text.offsetByCodePoints(0, e.getPosition()))),
                    "the character " + character,
                    "printable characters",
                    "remove it");
        } catch (YamlEngineException e) {
            throw invalid(
                    place(file, Spot.START),
                    "not YAML: " + oneLine(String.valueOf(e.getMessage())),
                    "YAML 1.2",
                    "correct it");
        }
    }

    private static String near(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        Path last = file.getFileName();
        if (folder != null && last != null && Files.isDirectory(folder)) {
            try (Stream<Path> siblings = Files.list(folder)) {
                List<String> names =
                        siblings.map(path -> String.valueOf(path.getFileName())).toList();
                return Suggestion.nearest(last.toString(), names)
                        .map(name -> "did you mean " + file.resolveSibling(name) + "?")
                        .orElse("check the path");
            } catch (IOException e) {
                return "check the path and its permissions";
            }
        }
        return "check the path";
    }

    private static String decode(String file, byte[] bytes) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(input).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            String before = new String(bytes, 0, input.position(), StandardCharsets.UTF_8);
            throw invalid(
                    place(file, Spot.of(before, before.length())),
                    "bytes that are not UTF-8",
                    "UTF-8",
                    "save the file as UTF-8");
        }
    }

    private static InvalidInputException empty(String file) {
        return invalid(
                place(file, Spot.START),
                "an empty file",
                "keys with their values",
                "write at least environment, region, account and cluster");
    }

    private static String place(String file, Spot spot) {
        return spot.in(file, PropertyPath.ROOT).toString();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static InvalidInputException invalid(String where, String found, String allowed, String fix) {
        return new InvalidInputException(new Problem(where, found, allowed, fix));
    }
}
