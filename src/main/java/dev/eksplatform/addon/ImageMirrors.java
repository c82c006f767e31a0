package dev.eksplatform.addon;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where the images of charts are pulled from instead of their registries.
 *
 * @param byRegistry the host, and the beginning of repositories on it, that have the images of each registry
 */
record ImageMirrors(Map<String, String> byRegistry) {

    static final String REGISTRY_PATTERN = "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?$";

    static final String PATTERN = "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$";
    private static final String INIT_CONTAINERS = "initContainers";

    /** Releases of add-ons that have only CRDs. */
    private static final Set<String> WITHOUT_PODS = Set.of("istio-base", "karpenter-crd");

    private static final PropertyPath PROPERTY = PropertyPath.of("images");

    void check(Problems problems) {
        byRegistry.forEach((registry, mirror) -> {
            if (!registry.matches(REGISTRY_PATTERN)) {
                problems.add(
                        PROPERTY.key(registry),
                        "\"" + registry + "\" is not a registry",
                        "a host, without the names of images",
                        "write it like quay.io");
            }
            if (!mirror.matches(PATTERN)) {
                problems.add(
                        PROPERTY.key(registry),
                        "\"" + mirror + "\" is not the beginning of a repository",
                        "a host, and folders of it, without https:// and without a slash at the end",
                        "write it like 111122223333.dkr.ecr.eu-central-1.amazonaws.com/quay");
            }
        });
    }

    /** The same release with its images from the mirrors; its own values and the user's go before. */
    HelmAddon applyTo(HelmAddon addon) {
        if (byRegistry.isEmpty()) {
            return addon;
        }
        Map<String, Object> values = values(images(addon));
        boolean usersPlugins = addon.options().allValues().containsKey(INIT_CONTAINERS);
        return addon.withValues(context -> {
            Map<String, Object> merged = Json.merge(values, addon.values().apply(context));
            return usersPlugins ? merged : plugins(merged);
        });
    }

    /** The images of init containers that an add-on lists itself, such as the plugin of Velero. */
    private Map<String, Object> plugins(Map<String, Object> values) {
        if (!(values.get(INIT_CONTAINERS) instanceof List<?> containers)) {
            return values;
        }
        Map<String, Object> mirrored = new LinkedHashMap<>(values);
        mirrored.put(INIT_CONTAINERS, containers.stream().map(this::plugin).toList());
        return mirrored;
    }

    private Object plugin(Object container) {
        if (!(container instanceof Map<?, ?> map) || !(map.get("image") instanceof String image)) {
            return container;
        }
        String full = image.matches("[^/]*[.:][^/]*/.*") ? image : "docker.io/" + image;
        String registry = registryOf(full);
        Map<Object, Object> mirrored = new LinkedHashMap<>(map);
        Optional.ofNullable(byRegistry.get(registry))
                .ifPresent(mirror -> mirrored.put("image", mirror + full.substring(registry.length())));
        return mirrored;
    }

    private Map<String, Object> values(Map<String, String> images) {
        Map<String, Object> values = Map.of();
        for (Map.Entry<String, String> image : images.entrySet()) {
            String registry = registryOf(image.getValue());
            String mirror = byRegistry.get(registry);
            if (mirror != null) {
                Object value = mirror + image.getValue().substring(registry.length());
                List<String> keys = List.of(image.getKey().split("\\.", -1));
                for (int i = keys.size() - 1; i >= 0; i--) {
                    value = Map.of(keys.get(i), value);
                }
                @SuppressWarnings("unchecked") // there is at least one key
                Map<String, Object> one = (Map<String, Object>) value;
                values = Json.merge(values, one);
            }
        }
        return values;
    }

    /** Images that are not known, or have no mirror, and mirrors that no chart uses; each under {@code addons}. */
    List<Problem> warnings(List<HelmAddon> addons) {
        if (byRegistry.isEmpty()) {
            return List.of();
        }
        List<Problem> warnings = new ArrayList<>();
        Map<String, Set<String>> users = new TreeMap<>();
        boolean allKnown = true;
        for (HelmAddon addon : addons) {
            Optional<Set<String>> registries = addon.registries();
            registries.orElse(Set.of()).forEach(registry -> users.computeIfAbsent(registry, key -> new TreeSet<>())
                    .add(addon.name()));
            allKnown &= registries.isPresent();
            if (registries.isEmpty() && !namesOne(addon)) {
                warnings.add(new Problem(
                        Place.of(addon.property()),
                        "the images of the chart " + ChartChecks.nameOf(addon.chart()) + " " + addon.version()
                                + " are not known: addons.images does not apply to them",
                        "name them in values"));
            }
        }
        users.forEach((registry, names) -> {
            if (!byRegistry.containsKey(registry)) {
                warnings.add(new Problem(
                        Place.of(PROPERTY),
                        "no mirror of " + registry + ", which has images of " + String.join(", ", names),
                        "add " + registry + ", or name the images in values"));
            }
        });
        if (allKnown) {
            byRegistry.keySet().stream()
                    .filter(registry -> !users.containsKey(registry))
                    .forEach(registry -> warnings.add(new Problem(
                            Place.of(PROPERTY.key(registry)),
                            "not used: no chart of this environment has images of " + registry,
                            Suggestion.fix(registry, users.keySet(), "remove it"))));
        }
        return warnings;
    }

    private boolean namesOne(HelmAddon addon) {
        String values = addon.options().allValues().toString();
        return byRegistry.values().stream().anyMatch(values::contains);
    }

    /** The images of a release that its user does not name; none when they are not known. */
    static Map<String, String> images(HelmAddon addon) {
        Map<String, Object> user = addon.options().allValues();
        return known(addon).map(ChartTable::images).orElse(Map.of()).entrySet().stream()
                // An image with its tag is that of one version only.
                .filter(image -> !image.getValue().contains(":")
                        || known(addon)
                                .filter(table -> table.version()
                                        .number()
                                        .equals(addon.version().number()))
                                .isPresent())
                .filter(image -> ChartValues.at(user, image.getKey()).isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> other, TreeMap::new));
    }

    static Optional<Set<String>> registries(HelmAddon addon) {
        if (WITHOUT_PODS.contains(addon.name())) {
            return Optional.of(Set.of());
        }
        return known(addon).filter(table -> !table.images().isEmpty()).map(table -> images(addon).values().stream()
                .map(ImageMirrors::registryOf)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Optional<ChartTable> known(HelmAddon addon) {
        return ChartTable.nearest(addon.chart(), addon.version());
    }

    private static String registryOf(String image) {
        return image.replaceFirst("/.*", "");
    }
}
