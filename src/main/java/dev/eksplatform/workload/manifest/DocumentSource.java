package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.yaml.YamlNode;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import org.jspecify.annotations.Nullable;

/** Where each field of a document is in its file. */
public final class DocumentSource {

    private final YamlNode root;

    DocumentSource(YamlNode root) {
        this.root = root;
    }

    /**
     * The place of a field.
     *
     * @param path the field; {@link PropertyPath#ROOT} for the document
     * @return where its value begins; for a field that is not there, where its nearest present owner begins
     */
    public Place.InFile place(PropertyPath path) {
        return new Place.InFile(start(path), path);
    }

    String file() {
        return root.start().file();
    }

    SourcePosition start(PropertyPath path) {
        SourcePosition start = root.start();
        YamlNode node = root;
        for (PropertyPath.Step step : path.steps()) {
            node = node == null ? null : node.at(step);
            start = node == null ? start : node.start();
        }
        return start;
    }

    /** The place of a field's key, for a field that should not be there. */
    Place.InFile keyPlace(PropertyPath owner, String name) {
        PropertyPath path = owner.key(name);
        YamlNode.Entry entry = root.at(owner) instanceof YamlNode.Mapping mapping
                ? mapping.entries().get(name)
                : null;
        return entry == null ? place(path) : new Place.InFile(entry.key(), path);
    }

    /** A plain scalar as written; null for anything else. */
    @Nullable
    String written(PropertyPath path) {
        return root.at(path) instanceof YamlNode.Scalar scalar && scalar.plain() ? scalar.text() : null;
    }
}
