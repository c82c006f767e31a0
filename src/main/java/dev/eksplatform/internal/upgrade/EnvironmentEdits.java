package dev.eksplatform.internal.upgrade;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.yaml.YamlEdits;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Other values for some scalars of an environment, each in the file that it is in. */
final class EnvironmentEdits {

    private final Environment environment;
    private final Map<Path, String> texts;
    private final Map<String, YamlEdits> edits = new LinkedHashMap<>();
    private final Set<String> edited = new LinkedHashSet<>();

    /**
     * No edits yet.
     *
     * @param environment the environment
     * @param texts the text of each of its files, with a byte order mark if it has one
     */
    EnvironmentEdits(Environment environment, Map<Path, String> texts) {
        this.environment = environment;
        this.texts = texts;
        texts.forEach((file, text) -> edits.put(file.toString(), new YamlEdits(file.toString(), text)));
    }

    /** The text of a scalar; empty when there is none. */
    Optional<String> scalar(PropertyPath path) {
        return owner(path).scalar(path);
    }

    /** Where a value is, see {@link YamlEdits#place}. */
    Place.InFile place(PropertyPath path) {
        return owner(path).place(path);
    }

    /** Gives a scalar another value, see {@link YamlEdits#set}. */
    void set(PropertyPath path, String value) {
        owner(path).set(path, value);
        edited.add(file(path));
    }

    /** The place before the edits of one after them. */
    Place.InFile before(Place.InFile after) {
        YamlEdits file = edits.get(after.position().file());
        return file == null ? after : file.place(after.path());
    }

    /** Whether a value is in a file that the environment includes. */
    boolean isIncluded(PropertyPath path) {
        return !file(path).equals(environment.file().toString());
    }

    /** The files that change, the environment's own first. */
    List<Upgrade.Edit> apply() {
        return texts.entrySet().stream()
                .filter(text -> edited.contains(text.getKey().toString()))
                .map(text -> new Upgrade.Edit(
                        text.getKey(),
                        text.getValue(),
                        Objects.requireNonNull(edits.get(text.getKey().toString()))
                                .apply()))
                .toList();
    }

    private YamlEdits owner(PropertyPath path) {
        return Objects.requireNonNull(edits.get(file(path)));
    }

    private String file(PropertyPath path) {
        return environment.positions().at(path).position().file();
    }
}
