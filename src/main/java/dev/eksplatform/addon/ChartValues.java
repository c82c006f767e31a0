package dev.eksplatform.addon;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values of a chart: the add-on's own, overridden by the user's. */
final class ChartValues {

    /** Control characters, line separators and the byte order mark. */
    private static final Pattern NOT_IN_YAML = Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff]");

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /** A node selector for clusters that also have Windows nodes. */
    static final Map<String, Object> ON_LINUX = Map.of("kubernetes.io/os", "linux");

    /** The security context of a pod in the level restricted, as the user nobody. */
    static final Map<String, Object> NOT_ROOT = new TreeMap<>(Map.of(
            "runAsNonRoot", true,
            "runAsUser", 65_534,
            "runAsGroup", 65_534,
            "fsGroup", 65_534,
            "seccompProfile", Map.of("type", "RuntimeDefault")));

    /** The security context of a container in the level restricted. */
    static final Map<String, Object> NO_PRIVILEGES = new TreeMap<>(Map.of(
            "allowPrivilegeEscalation",
            false,
            "readOnlyRootFilesystem",
            true,
            "capabilities",
            Map.of("drop", List.of("ALL"))));

    /** An annotation of what stays in the cluster when its release is removed. */
    static final Map<String, Object> KEEP = Map.of("helm.sh/resource-policy", "keep");

    private ChartValues() {}

    /** A PodDisruptionBudget of charts that call it {@code enabled}: of a single pod it would block every drain. */
    static Map<String, Object> budget(int replicas) {
        Map<String, Object> budget = new TreeMap<>();
        budget.put("enabled", replicas > 1);
        if (replicas > 1) {
            budget.put("maxUnavailable", 1);
        }
        return budget;
    }

    /** The level of pods in the level restricted, unless one of these values puts them into the network of their nodes. */
    static PodSecurityLevel restricted(Map<String, ? extends @Nullable Object> values, String... hostNetwork) {
        return Stream.of(hostNetwork).anyMatch(path -> at(values, path).equals(Optional.of(true)))
                ? PodSecurityLevel.PRIVILEGED
                : PodSecurityLevel.RESTRICTED;
    }

    /** The value at a path of keys, if there is one. */
    static Optional<Object> at(Map<String, ? extends @Nullable Object> values, String path) {
        Object value = values;
        for (String key : path.split("\\.", -1)) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(key)) {
                return Optional.empty();
            }
            value = map.get(key);
        }
        return Optional.ofNullable(value);
    }

    /**
     * The text of a release's values: JSON, which is YAML too, with the characters escaped that Helm's YAML reader refuses
     * or folds although JSON has them as they are.
     */
    static String text(Map<String, ? extends @Nullable Object> values) {
        return NOT_IN_YAML
                .matcher(Json.compact(values))
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }

    /** A port at a path, as a number or as text in digits; what is no port is left to the chart. */
    static int portAt(Map<String, ? extends @Nullable Object> values, String path, int otherwise) {
        return at(values, path)
                .map(Object::toString)
                .filter(text -> PORT.matcher(text).matches())
                .map(Integer::parseInt)
                .filter(port -> port >= 1 && port <= 65535)
                .orElse(otherwise);
    }

    /**
     * Reports overrides of values that the platform sets itself, because another part of it depends on them; null or text
     * in the place of the map that they are in is one too.
     */
    static void checkReserved(ReleaseOptions options, List<String> reserved, Problems problems) {
        options.layers().forEach(layer -> checkReserved(layer, reserved, problems));
        options.sensitiveValues().keySet().stream()
                .filter(path -> reserved.stream().anyMatch(one -> concerns(path.replaceAll("\\[.*", ""), one)))
                .forEach(path -> report(Place.of(PropertyPath.of("sensitiveValues", path)), reserved, problems));
    }

    /** The same of values at another property. */
    static void checkReserved(String property, Map<String, Object> values, List<String> reserved, Problems problems) {
        checkReserved(ReleaseOptions.Layer.at(property, values), reserved, problems);
    }

    private static void checkReserved(ReleaseOptions.Layer layer, List<String> reserved, Problems problems) {
        Set<String> reported = new HashSet<>();
        for (String path : reserved) {
            overridden(layer.values(), path)
                    .filter(reported::add)
                    .ifPresent(
                            found -> report(layer.place().apply(List.of(found.split("\\.", -1))), reserved, problems));
        }
    }

    /** Whether one path is the other, or leads to it. */
    private static boolean concerns(String path, String reserved) {
        return (path + ".").startsWith(reserved + ".") || (reserved + ".").startsWith(path + ".");
    }

    private static void report(Place place, List<String> reserved, Problems problems) {
        problems.add(
                place,
                "an override of a value that the platform sets",
                "values other than " + String.join(", ", reserved),
                "remove it: role, trust, ServiceAccount and chart must agree");
    }

    /** The part of a path whose value replaces what is at its end. */
    private static Optional<String> overridden(Map<String, ? extends @Nullable Object> overrides, String path) {
        Map<?, ?> values = overrides;
        for (int end = path.indexOf('.'); ; end = path.indexOf('.', end + 1)) {
            String part = end < 0 ? path : path.substring(0, end);
            String key = part.substring(part.lastIndexOf('.') + 1);
            if (!values.containsKey(key)) {
                return Optional.empty();
            }
            if (end < 0 || !(values.get(key) instanceof Map<?, ?> below)) {
                return Optional.of(part);
            }
            values = below;
        }
    }
}
