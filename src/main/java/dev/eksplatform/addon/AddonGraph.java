package dev.eksplatform.addon;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The order in which add-ons become ready, and, read backwards, in which they are removed.
 *
 * <p>An add-on comes after those it needs. One that guards Services comes before every add-on it does not need itself:
 * once its webhook is registered, no Service or Ingress can be created while it does not answer.
 */
@API(status = API.Status.INTERNAL)
public final class AddonGraph {

    private final Map<String, HelmAddon> addons = new TreeMap<>();
    private final Map<String, Set<String>> before = new TreeMap<>();
    private final List<HelmAddon> order;

    /**
     * Relates add-ons to each other.
     *
     * @param addons the add-ons of one environment
     * @param unresolved the names of others, of which nothing else is known
     * @param problems collects duplicate names, needs that are not there, and dependency cycles
     */
    AddonGraph(Collection<HelmAddon> addons, Set<String> unresolved, Problems problems) {
        for (HelmAddon addon : addons) {
            if (this.addons.putIfAbsent(addon.name(), addon) != null) {
                problems.add(
                        addon.property(),
                        "duplicate release name " + addon.name(),
                        "rename the release, or configure the add-on " + addon.name());
            }
        }
        Set<String> known = new TreeSet<>(unresolved);
        known.addAll(this.addons.keySet());
        this.addons.values().forEach(addon -> before.put(addon.name(), directNeeds(addon, known, problems)));
        this.addons.values().stream().filter(HelmAddon::guardsServices).forEach(this::putFirst);
        order = order(problems);
        this.addons.values().forEach(addon -> checkWait(addon, problems));
    }

    /**
     * Terraform goes on when Helm does: of a release that Helm does not wait for nothing is ready then, neither for other releases nor for
     * the objects of the workloads that need its CRDs and webhooks.
     */
    private void checkWait(HelmAddon addon, Problems problems) {
        if (addon.options().waits()) {
            return;
        }
        List<String> later = before.entrySet().stream()
                .filter(entry -> entry.getValue().contains(addon.name()))
                .map(Map.Entry::getKey)
                .toList();
        if (!later.isEmpty()) {
            problems.add(
                    addon.property().key("wait"),
                    "false, but " + String.join(", ", later) + (later.size() == 1 ? " comes" : " come") + " after "
                            + addon.name() + " is ready",
                    "remove it");
        } else if (!addon.objects().isEmpty()) {
            ClusterObject first = addon.objects().get(0);
            problems.add(
                    addon.property().key("wait"),
                    "false, but " + first.body().get("kind") + " " + nameOf(first) + " is applied after " + addon.name()
                            + " is ready",
                    "remove it");
        }
    }

    private static String nameOf(ClusterObject object) {
        return object.body().get("metadata") instanceof Map<?, ?> metadata ? String.valueOf(metadata.get("name")) : "";
    }

    private Set<String> directNeeds(HelmAddon addon, Set<String> known, Problems problems) {
        for (String need : addon.needs()) {
            if (!known.contains(need)) {
                report(addon, need, known, problems);
            }
        }
        return Stream.of(addon.needs(), addon.after())
                .flatMap(List::stream)
                .filter(addons::containsKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Only charts of the user have a key for what they need. */
    private static void report(HelmAddon addon, String need, Set<String> known, Problems problems) {
        if (addon.property().equals(PropertyPath.of("helm", addon.name()))) {
            problems.add(
                    addon.property().key("needs"),
                    "\"" + need + "\" is not an add-on of this environment",
                    String.join(", ", known),
                    Suggestion.fix(need, known, "add it, or remove the need"));
        } else {
            problems.add(
                    addon.property(),
                    "needs " + need + ", which is not in this environment",
                    "add addons: {" + need + ": {}}");
        }
    }

    private void putFirst(HelmAddon guard) {
        Set<String> earlier = reachable(guard.name());
        for (String name : addons.keySet()) {
            if (!name.equals(guard.name()) && !earlier.contains(name)) {
                before.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(guard.name());
            }
        }
    }

    private Set<String> reachable(String from) {
        Set<String> seen = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(before.getOrDefault(from, Set.of()));
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            if (seen.add(name)) {
                open.addAll(before.getOrDefault(name, Set.of()));
            }
        }
        return seen;
    }

    /**
     * The add-ons that must be ready before one.
     *
     * @param name an add-on of the graph
     * @return their names, sorted
     */
    public List<String> before(String name) {
        return before.getOrDefault(name, Set.of()).stream().sorted().toList();
    }

    /**
     * All add-ons, each after those it waits for; among equals by name.
     *
     * @return the add-ons
     */
    public List<HelmAddon> inOrder() {
        return order;
    }

    private List<HelmAddon> order(Problems problems) {
        Map<String, HelmAddon> done = new LinkedHashMap<>();
        while (done.size() < addons.size()) {
            List<HelmAddon> waiting = addons.values().stream()
                    .filter(addon -> !done.containsKey(addon.name()))
                    .toList();
            HelmAddon next = waiting.stream()
                    .filter(addon -> done.keySet().containsAll(before(addon.name())))
                    .findFirst()
                    .orElseGet(() -> reportCycle(waiting, problems));
            done.put(next.name(), next);
        }
        return List.copyOf(done.values());
    }

    private static HelmAddon reportCycle(List<HelmAddon> waiting, Problems problems) {
        HelmAddon first = waiting.get(0);
        problems.add(
                first.property().key("needs"),
                "dependency cycle between add-ons: "
                        + waiting.stream().map(HelmAddon::name).collect(Collectors.joining(", ")),
                "remove one of the needs");
        return first;
    }
}
