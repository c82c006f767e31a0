package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.files.ProgramFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The kinds that are part of Kubernetes and the types of their fields, of every minor version from {@link #RELEASES}, from
 * {@code kubernetes.types} and, when a document has an alpha or beta version, {@code kubernetes-preview.types}. The program
 * in {@code src/build/kubernetes-types} writes both from the source of the Kubernetes API; its README explains the lines.
 * Types are parsed when they are first asked for.
 */
final class ApiTypes {

    /** The type of the metadata that every kind has, custom ones too. */
    static final String OBJECT_META = "meta/v1.ObjectMeta";

    private static final String PREVIEW = "preview";

    private static final class Holder {
        static final ApiTypes TYPES = new ApiTypes(Parts.read("kubernetes.types"));
    }

    private static final class PreviewHolder {
        static final Parts PREVIEWS = Parts.read("kubernetes-preview.types");
    }

    private static final class DefinitionHolder {
        static final Parts DEFINITIONS = Parts.read("definition-schema.types");
    }

    /**
     * A built-in kind.
     *
     * @param scope whether its objects are in a namespace, cluster-scoped, or not stored at all
     * @param type the name of its type
     * @param releases the Kubernetes versions that have it
     */
    record Kind(Scope scope, String type, Releases releases) {

        boolean namespaced() {
            return scope == Scope.NAMESPACED;
        }
    }

    /** Where the objects of a kind are. */
    enum Scope {
        NAMESPACED,
        CLUSTER,
        /** The API server answers them, and stores none. */
        REQUEST
    }

    /**
     * A kind that all covered Kubernetes versions have removed.
     *
     * @param release the version that removed it, such as {@code 1.22}; empty when it is not known
     * @param successor the API version to use when it is in another group, else empty
     */
    record Gone(String release, String successor) {}

    /**
     * A field.
     *
     * @param type {@code string}, {@code int32}, {@code quantity}, …, {@code []type}, {@code {}type} (a map) or a type's name
     * @param zeroOmitted whether the API server leaves the field out of its answers when it is false, 0, "" or empty
     * @param required whether an object without it is refused
     * @param values the name of the enumeration of its texts, for {@link #values}; empty when any text is allowed
     * @param keys for a list whose items must differ in some fields: those, each with its default or an empty text
     * @param set whether the items of the list must differ
     * @param releases the Kubernetes versions that have it, as far as they have its owner
     */
    record Field(
            String type,
            boolean zeroOmitted,
            boolean required,
            String values,
            Map<String, String> keys,
            boolean set,
            Releases releases) {}

    private final Parts stable;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, Gone> gone = new HashMap<>();
    private final Map<String, Map<String, Field>> types = new HashMap<>();
    private final Releases releases;

    private ApiTypes(Parts stable) {
        this.stable = stable;
        Releases covered = Releases.ALL;
        for (String line : stable.kindLines) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "releases" -> covered = new Releases(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                case "gone" ->
                    gone.put(
                            words[1] + " " + words[2],
                            new Gone(words[3].equals("-") ? "" : words[3], words.length > 4 ? words[4] : ""));
                default -> kinds.put(words[1] + " " + words[2], kind(words));
            }
        }
        releases = covered;
    }

    private static Kind kind(String[] words) {
        Scope scope =
                switch (words[3]) {
                    case "namespaced" -> Scope.NAMESPACED;
                    case "cluster" -> Scope.CLUSTER;
                    default -> Scope.REQUEST;
                };
        return new Kind(scope, words[4], words.length > 5 ? Releases.parse(words[5]) : Releases.ALL);
    }

    static ApiTypes get() {
        return Holder.TYPES;
    }

    /** The Kubernetes versions that are covered. */
    Releases releases() {
        return releases;
    }

    /** The kind in any of the versions, or null when it is not part of Kubernetes. */
    @Nullable
    Kind kind(String apiVersion, String kind) {
        String key = apiVersion + " " + kind;
        Kind known = kinds.get(key);
        if (known == null || !known.type().equals(PREVIEW)) {
            return known;
        }
        for (String line : PreviewHolder.PREVIEWS.kindLines) {
            if (line.startsWith("kind " + key + " ")) {
                return kind(line.split(" ", -1));
            }
        }
        throw new IllegalStateException(key);
    }

    /** A kind that Kubernetes has removed, or null. */
    @Nullable
    Gone gone(String apiVersion, String kind) {
        return gone.get(apiVersion + " " + kind);
    }

    /** The fields of a type in alphabetical order, null for a scalar. */
    @Nullable
    Map<String, Field> fields(String type) {
        Map<String, Field> known = types.get(type);
        if (known == null && type.indexOf('.') > 0) {
            known = stable.fields(type);
            if (known == null) {
                known = PreviewHolder.PREVIEWS.fields(type);
            }
            if (known != null) {
                types.put(type, known);
            }
        }
        return known;
    }

    /**
     * The fields of a type, with those of {@code openAPIV3Schema} in a CustomResourceDefinition, which have any form in
     * {@link #fields}: a schema may break the API's rules, and is only written as the API server answers it.
     */
    @Nullable
    Map<String, Field> answeredFields(String type) {
        Map<String, Field> ofSchema =
                type.startsWith("apiextensions/") ? DefinitionHolder.DEFINITIONS.fields(type) : null;
        return ofSchema == null ? fields(type) : ofSchema;
    }

    /** The texts of an enumeration that one of the Kubernetes versions has, in alphabetical order. */
    List<String> values(String enumeration, Releases target) {
        String line = stable.enumeration(enumeration);
        if (line == null) {
            line = Objects.requireNonNull(PreviewHolder.PREVIEWS.enumeration(enumeration), enumeration);
        }
        List<String> values = new ArrayList<>();
        for (String value : line.split("\\|", -1)) {
            int at = value.indexOf('@');
            if (at < 0) {
                values.add(value);
            } else if (Releases.parse(value.substring(at + 1)).overlaps(target)) {
                values.add(value.substring(0, at));
            }
        }
        return values;
    }

    /** The kinds of an API version whose objects are stored, empty when Kubernetes does not have it. */
    List<String> kindsOf(String apiVersion) {
        return kinds.entrySet().stream()
                .filter(entry -> entry.getValue().scope() != Scope.REQUEST)
                .map(Map.Entry::getKey)
                .filter(key -> key.startsWith(apiVersion + " "))
                .map(key -> key.substring(apiVersion.length() + 1))
                .toList();
    }

    /** The API versions in which Kubernetes has a kind, those that are not a preview first. */
    Collection<String> versionsOf(String kind) {
        return kinds.keySet().stream()
                .filter(key -> key.endsWith(" " + kind))
                .map(key -> key.substring(0, key.indexOf(' ')))
                .sorted(ApiVersion.STABLE_FIRST)
                .toList();
    }

    /** The groups of Kubernetes, also of removed kinds; the core group is the empty text. */
    Set<String> groups() {
        Set<String> groups = new TreeSet<>();
        kinds.keySet().forEach(key -> groups.add(KindScope.group(key.substring(0, key.indexOf(' ')))));
        gone.keySet().forEach(key -> groups.add(KindScope.group(key.substring(0, key.indexOf(' ')))));
        return groups;
    }

    /** The API versions of a group, those that are not a preview first. */
    List<String> versionsOfGroup(String group) {
        return kinds.keySet().stream()
                .map(key -> key.substring(0, key.indexOf(' ')))
                .filter(version -> KindScope.group(version).equals(group))
                .distinct()
                .sorted(ApiVersion.STABLE_FIRST)
                .toList();
    }

    /** One file: the lines of its kinds, and where the rest is. */
    private record Parts(List<String> kindLines, String text) {

        static Parts read(String resource) {
            String text = ProgramFile.read(ApiTypes.class, resource);
            int types = text.indexOf("\ntype ");
            List<String> kindLines = new ArrayList<>();
            for (int start = 0; start < types; ) {
                int end = text.indexOf('\n', start);
                if (text.charAt(start) != '#') {
                    kindLines.add(text.substring(start, end));
                }
                start = end + 1;
            }
            return new Parts(kindLines, text);
        }

        @Nullable
        Map<String, Field> fields(String type) {
            int start = text.indexOf("\ntype " + type + "\n");
            if (start < 0) {
                return null;
            }
            Map<String, Field> fields = new LinkedHashMap<>();
            int line = text.indexOf('\n', start + 1) + 1;
            while (text.charAt(line) == ' ') {
                int end = text.indexOf('\n', line);
                addField(text.substring(line + 1, end), fields);
                line = end + 1;
                if (line == text.length()) {
                    break;
                }
            }
            return Collections.unmodifiableMap(fields);
        }

        private static void addField(String line, Map<String, Field> fields) {
            String[] words = line.split(" ", -1);
            boolean zeroOmitted = false;
            boolean required = false;
            boolean set = false;
            String values = "";
            Map<String, String> keys = Map.of();
            Releases releases = Releases.ALL;
            for (int i = 2; i < words.length; i++) {
                String word = words[i];
                if (word.equals("-")) {
                    zeroOmitted = true;
                } else if (word.equals("!")) {
                    required = true;
                } else if (word.equals("set")) {
                    set = true;
                } else if (word.startsWith("=")) {
                    values = word.substring(1);
                } else if (word.startsWith("key:")) {
                    keys = keys(word.substring("key:".length()));
                } else {
                    releases = Releases.parse(word);
                }
            }
            fields.put(words[0], new Field(words[1], zeroOmitted, required, values, keys, set, releases));
        }

        private static Map<String, String> keys(String text) {
            Map<String, String> keys = new LinkedHashMap<>();
            for (String key : text.split(",", -1)) {
                int equals = key.indexOf('=');
                keys.put(equals < 0 ? key : key.substring(0, equals), equals < 0 ? "" : key.substring(equals + 1));
            }
            return keys;
        }

        @Nullable
        String enumeration(String name) {
            String start = "\nenum " + name + " ";
            int at = text.indexOf(start);
            return at < 0 ? null : text.substring(at + start.length(), text.indexOf('\n', at + 1));
        }
    }
}
