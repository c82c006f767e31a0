package dev.eksplatform.addon;

import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * A ServiceAccount that a Helm chart creates, and where its values say so.
 *
 * @param path the path of its map in the values, such as {@code controller.serviceAccount}, with {@code name} and {@code
 *     annotations}
 * @param create the key in that map that turns it on: {@code create} in most charts
 * @param name its name unless the values have one; empty for the release's full name
 */
@API(status = API.Status.INTERNAL)
public record ChartServiceAccount(String path, String create, Optional<String> name) {

    /**
     * Charts whose pods call AWS, by name, with the values of each as its own documentation (values.yaml) has them, from
     * {@code chart-service-accounts.txt}. An entry is a path, or a path and a name.
     */
    private static final Map<String, String> KNOWN = ProgramFile.read(
                    ChartServiceAccount.class, "chart-service-accounts.txt")
            .lines()
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toMap(line -> line[0], line -> line[1]));

    /**
     * The ServiceAccounts of a chart.
     *
     * @param chart the chart's name, whatever repository it comes from
     * @return its ServiceAccounts; empty for an unknown chart
     */
    public static List<ChartServiceAccount> of(String chart) {
        List<ChartServiceAccount> accounts = new ArrayList<>();
        String known = KNOWN.getOrDefault(chart, "");
        for (String entry : known.isEmpty() ? new String[0] : known.split(" ", -1)) {
            String[] named = entry.split("=", 2);
            String[] path = named[0].split(":", 2);
            accounts.add(new ChartServiceAccount(
                    path[0],
                    path.length == 2 ? path[1] : "create",
                    named.length == 2 ? Optional.of(named[1]) : Optional.empty()));
        }
        return accounts;
    }

    /**
     * Whether the chart would give this name to it.
     *
     * @param candidate a ServiceAccount's name
     * @param addon the release
     * @param values the release's values
     * @return true when it is the name in the values or, without one, a name that the chart or its users give it
     */
    public boolean isNamed(String candidate, HelmAddon addon, Map<String, Object> values) {
        Optional<String> given =
                ChartValues.at(values, path + ".name").map(Object::toString).filter(text -> !text.isEmpty());
        if (given.isPresent()) {
            return given.get().equals(candidate);
        }
        String full = addon.name().contains(addon.chart()) ? addon.name() : addon.name() + "-" + addon.chart();
        if (name.isEmpty()) {
            return List.of(addon.name(), addon.chart(), full).contains(candidate);
        }
        String suffix = name.get().startsWith("*") ? name.get().substring(1) : "";
        return suffix.isEmpty()
                ? candidate.equals(name.get())
                : List.of(addon.name() + suffix, full + suffix).contains(candidate);
    }

    /**
     * Whether the values say that the chart creates it.
     *
     * @param values the release's values
     * @return empty when they do not say
     */
    public Optional<Boolean> isCreated(Map<String, Object> values) {
        return ChartValues.at(values, path + "." + create)
                .filter(Boolean.class::isInstance)
                .map(Boolean.class::cast);
    }

    /**
     * The path of the value that turns it on.
     *
     * @return such as {@code controller.serviceAccount.create}
     */
    public PropertyPath createPath() {
        return PropertyPath.of(path.split("\\.", -1)).key(create);
    }

    /**
     * Values that let the chart create it, or use one that exists.
     *
     * @param serviceAccount its name
     * @param created whether the chart creates it
     * @param annotations its annotations, when the chart creates it
     * @return values for the chart
     */
    public Map<String, Object> values(String serviceAccount, boolean created, Map<String, String> annotations) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(create, created);
        values.put("name", serviceAccount);
        if (created && !annotations.isEmpty()) {
            values.put("annotations", annotations);
        }
        Map<String, Object> nested = values;
        String[] keys = path.split("\\.", -1);
        for (int i = keys.length - 1; i >= 0; i--) {
            nested = Map.of(keys[i], nested);
        }
        return nested;
    }
}
