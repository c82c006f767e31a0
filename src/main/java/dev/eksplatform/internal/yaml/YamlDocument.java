package dev.eksplatform.internal.yaml;

import dev.eksplatform.internal.files.InputFiles;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * One YAML 1.2 document with the position of each of its values. Anchors, aliases and merge keys ({@code <<}) work.
 * Duplicate keys, aliases that contain themselves, documents of too many values once their aliases are written out, more
 * than 64 levels of nesting and tags outside the core schema are refused.
 */
public final class YamlDocument {

    /** The size of the largest file that is read. */
    public static final int MOST_BYTES = 1 << 20;

    private static final int MOST_ALIASES = 10_000;

    private final String file;
    private final YamlNode root;
    private final List<String> files;

    private YamlDocument(String file, YamlNode root) {
        this(file, root, List.of(file));
    }

    private YamlDocument(String file, YamlNode root, List<String> files) {
        this.file = file;
        this.root = root;
        this.files = files;
    }

    /**
     * A document whose values come from several files.
     *
     * @param file the name of the file that names the others
     * @param root the value
     * @param files the names of all of them, this one first
     * @return the document
     */
    public static YamlDocument of(String file, YamlNode root, List<String> files) {
        return new YamlDocument(file, root, List.copyOf(files));
    }

    /**
     * Reads the text of a file, in UTF-8 and of up to 1 MiB.
     *
     * @param file the file, shown in errors as given
     * @return its text
     * @throws InvalidInputException when there is no such file, or it cannot be read
     */
    public static String text(Path file) {
        return InputFiles.text(file, MOST_BYTES);
    }

    /**
     * Reads a text with one document.
     *
     * @param file the name to show in errors
     * @param text the YAML
     * @return its document; of a text without content, a root that {@linkplain YamlNode#isNothing() is nothing}
     * @throws InvalidInputException when it is not one acceptable document
     */
    public static YamlDocument parse(String file, String text) {
        return parse(file, text, YamlDialect.CORE);
    }

    /**
     * Reads a text with one document.
     *
     * @param file the name to show in errors
     * @param text the YAML
     * @param dialect what it may contain
     * @return its document, as {@link #parse(String, String)}
     * @throws InvalidInputException when it is not one acceptable document
     */
    public static YamlDocument parse(String file, String text, YamlDialect dialect) {
        PlacedProblems problems = new PlacedProblems(file);
        List<YamlDocument> documents = all(file, text, dialect, problems);
        problems.throwIfAny();
        if (documents.size() > 1) {
            throw new InvalidInputException(new Problem(
                    new Place.InFile(documents.get(1).root.start(), PropertyPath.ROOT),
                    "a second document",
                    "remove the --- between them"));
        }
        return documents.isEmpty()
                ? new YamlDocument(file, new YamlNode.Scalar(Marks.start(file), YamlNode.Kind.NOTHING, ""))
                : documents.get(0);
    }

    /**
     * Reads a text with any number of documents, separated by {@code ---}.
     *
     * @param file the name to show in errors
     * @param text the YAML
     * @param dialect what each may contain
     * @param problems collects what is not YAML or not acceptable
     * @return the documents in the order of the file; when there is a syntax error, those before it
     */
    public static List<YamlDocument> all(String file, String text, YamlDialect dialect, PlacedProblems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
        List<YamlDocument> documents = new ArrayList<>();
        try {
            BoundedComposer composer = new BoundedComposer(settings, file, text);
            while (composer.hasNext()) {
                NodeResolver resolver = new NodeResolver(file, dialect, problems);
                documents.add(new YamlDocument(file, resolver.resolve(composer.next())));
            }
        } catch (InvalidInputException e) {
            e.problems().forEach(problems::add);
        } catch (MarkedYamlEngineException e) {
            addSyntax(Marks.position(file, e.getProblemMark().or(e::getContextMark)), e.getProblem(), problems);
        } catch (ReaderException e) {
            problems.add(
                    SourcePosition.of(file, text, text.offsetByCodePoints(0, e.getPosition())),
                    PropertyPath.ROOT,
                    String.format("the character U+%04X", e.getCodePoint()),
                    "printable characters",
                    "remove it");
        } catch (YamlEngineException e) {
            problems.add(
                    Marks.start(file),
                    PropertyPath.ROOT,
                    "not YAML: " + oneLine(String.valueOf(e.getMessage())),
                    "fix it");
        }
        return documents;
    }

    private static void addSyntax(SourcePosition position, String problem, PlacedProblems problems) {
        if (problem.contains("TAB")) {
            problems.add(
                    position,
                    PropertyPath.ROOT,
                    "not YAML: a tab",
                    "YAML 1.2, which has no tabs",
                    "indent with spaces");
        } else {
            problems.add(
                    position,
                    PropertyPath.ROOT,
                    "not YAML: " + oneLine(problem),
                    "check indentation, colons, quotes and brackets there and above");
        }
    }

    /**
     * The file's name.
     *
     * @return the name as the caller gave it
     */
    public String file() {
        return file;
    }

    /**
     * The files that its values come from.
     *
     * @return their names, that of the document first
     */
    public List<String> files() {
        return files;
    }

    /**
     * The document's value.
     *
     * @return mostly a mapping
     */
    public YamlNode root() {
        return root;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
