package dev.eksplatform.addon;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Values of a release that its chart does not read: Helm ignores them, so that a slip in a name is never noticed. */
final class UnknownValues {

    private final HelmAddon addon;
    private final ChartTable table;
    private final List<Problem> found = new ArrayList<>();

    private UnknownValues(HelmAddon addon, ChartTable table) {
        this.addon = addon;
        this.table = table;
    }

    /** The values of a user, each at its place under the release's settings; none for a chart that is not known. */
    static List<Problem> of(HelmAddon addon) {
        ReleaseOptions options = addon.options();
        boolean none =
                options.allValues().isEmpty() && options.sensitiveValues().isEmpty();
        return none
                ? List.of()
                : ChartTable.nearest(addon.chart(), addon.version())
                        .map(table -> new UnknownValues(addon, table).find())
                        .orElse(List.of());
    }

    /** Paths of values that a version of a chart does not read. */
    static List<String> paths(ChartTable table, Map<String, ?> values) {
        List<String> paths = new ArrayList<>();
        collect(table.values(), List.of(), values, (unknown, siblings) -> paths.add(String.join(".", unknown)));
        return paths;
    }

    private List<Problem> find() {
        ChartTable.Value known = table.values();
        addon.options()
                .layers()
                .forEach(layer -> collect(
                        known,
                        List.of(),
                        layer.values(),
                        (path, siblings) -> report(path, siblings, known, layer.place())));
        addon.options().sensitiveValues().keySet().forEach(path -> sensitive(path, known));
        return found;
    }

    /** Takes what is not known, with the names that are known in its place. */
    private interface Finder {

        void found(List<String> path, List<String> siblings);
    }

    private static void collect(ChartTable.Value known, List<String> path, Map<?, ?> values, Finder finder) {
        if (known.below().isEmpty()) {
            return;
        }
        values.forEach((name, value) -> {
            String key = String.valueOf(name);
            List<String> inner = new ArrayList<>(path);
            inner.add(key);
            ChartTable.Value below = known.below().get(key);
            if (below == null) {
                finder.found(inner, List.copyOf(known.below().keySet()));
            } else if (value instanceof Map<?, ?> map) {
                collect(below, inner, map, finder);
            }
        });
    }

    private void sensitive(String path, ChartTable.Value known) {
        ChartTable.Value at = known;
        List<String> keys = new ArrayList<>();
        for (String step : path.split("\\.", -1)) {
            String key = step.replaceAll("\\[.*", "");
            keys.add(key);
            if (at.below().isEmpty()) {
                return;
            }
            ChartTable.Value below = at.below().get(key);
            if (below == null) {
                report(
                        keys,
                        List.copyOf(at.below().keySet()),
                        known,
                        unknown -> Place.of(PropertyPath.of("sensitiveValues", path)));
                return;
            }
            at = below;
        }
    }

    private void report(
            List<String> path, List<String> siblings, ChartTable.Value known, Function<List<String>, Place> place) {
        String key = path.get(path.size() - 1);
        boolean same = table.version().number().equals(addon.version().number());
        String what = "not a value of the chart " + table.chart() + " " + table.version()
                + (same ? "" : ", the known version nearest to " + addon.version());
        String fix = Suggestion.nearest(key, siblings)
                .map(near -> {
                    List<String> meant = new ArrayList<>(path.subList(0, path.size() - 1));
                    meant.add(near);
                    return String.join(".", meant);
                })
                .or(() -> elsewhere(key, known))
                .map(Suggestion::didYouMean)
                .orElse("remove it: Helm ignores it");
        found.add(new Problem(place.apply(path), what, fix).under(addon.property()));
    }

    /** The only other path that ends in a name. */
    private static Optional<String> elsewhere(String key, ChartTable.Value known) {
        List<String> paths = new ArrayList<>();
        named(key, "", known, paths);
        return paths.size() == 1 ? Optional.of(paths.get(0)) : Optional.empty();
    }

    private static void named(String key, String path, ChartTable.Value known, List<String> paths) {
        known.below().forEach((name, below) -> {
            if (name.equals(key)) {
                paths.add(path + name);
            }
            named(key, path + name + ".", below, paths);
        });
    }
}
