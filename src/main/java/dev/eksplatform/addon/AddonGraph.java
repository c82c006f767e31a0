package dev.eksplatform.addon;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * The order in which add-ons become ready, and, read backwards, in which they are removed.
 *
 * <p>An add-on comes after those it needs. One that guards Services comes before every add-on it does not need itself:
 * once its webhook is registered, no Service or Ingress can be made while it does not answer.
 */
@API(status = API.Status.INTERNAL)
public final class AddonGraph {

    private final Map<String, HelmAddon> addons = new TreeMap<>();
    private final Map<String, Set<String>> before = new TreeMap<>();

    /**
     * Relates add-ons to each other.
     *
     * @param addons the add-ons of one environment
     * @throws InvalidInputException when two have one name, one needs an unknown one, or they wait for each other
     */
    public AddonGraph(Collection<HelmAddon> addons) {
        Problems problems = new Problems();
        for (HelmAddon addon : addons) {
            if (this.addons.put(addon.name(), addon) != null) {
                problems.add(
                        "helm." + addon.name(),
                        "the name of another add-on",
                        "a release name of its own",
                        "rename the release, or configure the add-on " + addon.name());
            }
        }
        for (HelmAddon addon : addons) {
            before.put(addon.name(), directNeeds(addon, problems));
        }
        problems.throwIfAny();
        addons.stream().filter(HelmAddon::guardsServices).forEach(this::putFirst);
        inOrder();
    }

    private Set<String> directNeeds(HelmAddon addon, Problems problems) {
        Set<String> present = new LinkedHashSet<>();
        for (String need : addon.needs()) {
            if (addons.containsKey(need)) {
                present.add(need);
            } else {
                problems.add(
                        "helm." + addon.name() + ".needs",
                        "\"" + need + "\" is not an add-on of this environment",
                        String.join(", ", addons.keySet()),
                        Suggestion.nearest(need, addons.keySet())
                                .map(name -> "did you mean " + name + "?")
                                .orElse("add it, or remove the need"));
            }
        }
        addon.after().stream().filter(addons::containsKey).forEach(present::add);
        return present;
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
        Map<String, HelmAddon> done = new LinkedHashMap<>();
        while (done.size() < addons.size()) {
            HelmAddon next = addons.values().stream()
                    .filter(addon -> !done.containsKey(addon.name()))
                    .filter(addon -> done.keySet().containsAll(before(addon.name())))
                    .findFirst()
                    .orElseThrow(() -> cycle(done.keySet()));
            done.put(next.name(), next);
        }
        return List.copyOf(done.values());
    }

    private InvalidInputException cycle(Set<String> done) {
        List<String> waiting =
                addons.keySet().stream().filter(name -> !done.contains(name)).toList();
        return new InvalidInputException(new Problem(
                "helm." + waiting.get(0) + ".needs",
                "add-ons wait for each other: " + String.join(", ", waiting),
                "an order without a dependency cycle",
                "remove one of the needs"));
    }
}
