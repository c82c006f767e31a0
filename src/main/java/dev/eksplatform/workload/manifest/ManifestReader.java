package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.kubernetes.YamlScalar;
import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.internal.yaml.PlainScalars;
import dev.eksplatform.internal.yaml.YamlDialect;
import dev.eksplatform.internal.yaml.YamlDocument;
import dev.eksplatform.internal.yaml.YamlNode;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents of one YAML file with the meaning that {@code kubectl} gives them: plain scalars are those of
 * {@link YamlScalar}, empty documents are skipped, and the items of a {@code kind: List} are documents.
 */
final class ManifestReader {

    /** More values than any real file has, and few enough to be read in a moment. */
    private static final YamlDialect DIALECT = new YamlDialect(Set.of(), 200_000, true);

    /** A byte order mark begins a file, and each file of several that were joined. */
    private static final Pattern MARK = Pattern.compile("^\uFEFF", Pattern.MULTILINE);

    private static final Pattern HELM = Pattern.compile(
            "\\{\\{[^}]*(\\.Values|\\.Release|\\.Chart|\\.Capabilities|\\.Template|\\.Files|\\binclude |\\btemplate |\\btoYaml\\b)");

    private static final Pattern BLOCK = Pattern.compile("([&!]\\S*\\s+)*[|>]");

    private final String text;
    private final PlacedProblems problems;
    private final List<FieldValue> documents = new ArrayList<>();
    private final List<PropertyPath.Step> path = new ArrayList<>();

    private ManifestReader(String text, PlacedProblems problems) {
        this.text = text;
        this.problems = problems;
    }

    /**
     * Reads a file's text.
     *
     * @param file the file's name in problems
     * @param text its content
     * @param problems collects what is not YAML, or YAML that cannot be an object
     * @return the documents in the order of the file, with null values; when there is a syntax error, those before it
     */
    static List<FieldValue> read(String file, String text, PlacedProblems problems) {
        ManifestReader reader = new ManifestReader(MARK.matcher(text).replaceAll(""), problems);
        PlacedProblems ofYaml = new PlacedProblems(file);
        for (YamlDocument document : YamlDocument.all(file, reader.text, DIALECT, ofYaml)) {
            reader.document(document.root());
        }
        ofYaml.inOrder().forEach(reader::add);
        return reader.documents;
    }

    /** Templates begin with braces: to YAML these are a mapping as a key of a mapping, or a syntax error. */
    private void add(Problem problem) {
        if (problem.place() instanceof Place.InFile place) {
            SourcePosition position = place.position();
            int offset = offset(position);
            if (text.startsWith("{{", offset - 1)) {
                addTemplate(new SourcePosition(position.file(), position.line(), position.column() - 1), place.path());
                return;
            } else if (place.path().steps().isEmpty()
                    && (text.contains("{{-") || HELM.matcher(text).find())) {
                addTemplate(position, place.path());
                return;
            }
        }
        problems.add(problem);
    }

    private void document(YamlNode node) {
        if (node.isNothing()) {
            return;
        }
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(
                    node.start(),
                    PropertyPath.ROOT,
                    "this document is " + node.describe(),
                    "a Kubernetes object: a mapping with apiVersion, kind and metadata",
                    "write the object's fields here, or remove the document");
        } else if (mapping.get("kind") instanceof YamlNode.Scalar kind
                && kind.text().endsWith("List")
                && mapping.get("items") instanceof YamlNode.Sequence items) {
            items.items().forEach(this::document);
        } else {
            documents.add(FieldValue.of(new DocumentSource(mapping), mapping(mapping)));
        }
    }

    private @Nullable Object value(PropertyPath.Step step, YamlNode node) {
        path.add(step);
        Object value = node instanceof YamlNode.Mapping mapping
                ? mapping(mapping)
                : node instanceof YamlNode.Sequence sequence ? sequence(sequence) : scalar((YamlNode.Scalar) node);
        path.remove(path.size() - 1);
        return value;
    }

    private Map<String, @Nullable Object> mapping(YamlNode.Mapping mapping) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            if (entry.plainKey()) {
                checkKey(key, entry);
            }
            values.put(key, value(new PropertyPath.Key(key), entry.value()));
        });
        return values;
    }

    private List<@Nullable Object> sequence(YamlNode.Sequence sequence) {
        List<@Nullable Object> values = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            values.add(value(new PropertyPath.Index(values.size()), item));
        }
        return values;
    }

    /** Keys are text in JSON; a key that YAML reads as a number or a boolean becomes its text. */
    private void checkKey(String key, YamlNode.Entry entry) {
        String meaning = String.valueOf(YamlScalar.resolve(key));
        if (!meaning.equals(key)) {
            problems.add(
                    entry.key(),
                    new PropertyPath(path).key(key),
                    "the key " + key + ", which Kubernetes reads as " + meaning,
                    "quote it: \"" + key + "\"");
        }
    }

    private @Nullable Object scalar(YamlNode.Scalar scalar) {
        if (HELM.matcher(scalar.text()).find()
                && !BLOCK.matcher(text)
                        .region(offset(scalar.start()), text.length())
                        .lookingAt()) {
            addTemplate(scalar.start(), new PropertyPath(path));
            return scalar.text();
        }
        return scalar.plain() && PlainScalars.check(scalar, new PropertyPath(path), problems)
                ? YamlScalar.resolve(scalar.text())
                : scalar.text();
    }

    private int offset(SourcePosition position) {
        int line = 0;
        for (int i = 1; i < position.line(); i++) {
            line = text.indexOf('\n', line) + 1;
        }
        return text.offsetByCodePoints(line, position.column() - 1);
    }

    private void addTemplate(SourcePosition position, PropertyPath where) {
        problems.add(
                position,
                where,
                "this is a Helm or Go template, not YAML",
                "render the chart first (helm template), or install it as an add-on");
    }
}
