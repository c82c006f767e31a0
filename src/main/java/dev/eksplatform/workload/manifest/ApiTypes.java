package dev.eksplatform.workload.manifest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The field types of the kinds that are part of Kubernetes, from {@code kubernetes.types}, which the program in
 * {@code src/build/kubernetes-types} prints from the Go types of the Kubernetes API.
 */
final class ApiTypes {

    /** The type of the metadata that every kind has, custom ones too. */
    static final String OBJECT_META = "meta/v1.ObjectMeta";

    private static final class Holder {
        static final ApiTypes TYPES = load();
    }

    /**
     * A built-in kind.
     *
     * @param namespaced whether its objects live in a namespace
     * @param type the name of its type
     */
    record Kind(boolean namespaced, String type) {}

    /**
     * A field.
     *
     * @param type {@code string}, {@code int32}, {@code quantity}, …, {@code []type}, {@code {}type} (a map) or a type's name
     * @param zeroOmitted whether the API server leaves the field out of its answers when it is false, 0, "" or empty
     */
    record Field(String type, boolean zeroOmitted) {}

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, Map<String, Field>> types = new HashMap<>();

    private ApiTypes() {}

    static ApiTypes get() {
        return Holder.TYPES;
    }

    /** The kind, or null when it is not part of Kubernetes. */
    @Nullable
    Kind kind(String apiVersion, String kind) {
        return kinds.get(apiVersion + " " + kind);
    }

    /** The fields of a type, null for a scalar. */
    @Nullable
    Map<String, Field> fields(String type) {
        return types.get(type);
    }

    /** The kinds of an API version, empty when Kubernetes does not have it. */
    List<String> kindsOf(String apiVersion) {
        return kinds.keySet().stream()
                .filter(key -> key.startsWith(apiVersion + " "))
                .map(key -> key.substring(apiVersion.length() + 1))
                .toList();
    }

    /** The API versions in which Kubernetes has a kind. */
    Collection<String> versionsOf(String kind) {
        return kinds.keySet().stream()
                .filter(key -> key.endsWith(" " + kind))
                .map(key -> key.substring(0, key.indexOf(' ')))
                .toList();
    }

    private static ApiTypes load() {
        ApiTypes loaded = new ApiTypes();
        InputStream resource =
                Objects.requireNonNull(ApiTypes.class.getResourceAsStream("kubernetes.types"), "kubernetes.types");
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            Map<String, Field> fields = new HashMap<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] words = line.trim().split(" ", -1);
                if (line.startsWith("kind ")) {
                    loaded.kinds.put(words[1] + " " + words[2], new Kind(words[3].equals("namespaced"), words[4]));
                } else if (line.startsWith("type ")) {
                    fields = new HashMap<>();
                    loaded.types.put(words[1], fields);
                } else if (line.startsWith(" ")) {
                    fields.put(words[0], new Field(words[1], words.length > 2));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return loaded;
    }
}
