package dev.eksplatform.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.eksplatform.environment.ProvidersSpec;
import dev.eksplatform.environment.VersionConstraint;
import dev.eksplatform.internal.release.ProviderReleases;
import dev.eksplatform.internal.release.ProviderReleases.Lifetime;
import dev.eksplatform.internal.release.VersionRange;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The versions of providers that the stacks of an environment may use: those that have every attribute in them and that
 * the environment allows. CDKTF writes the version of the bindings instead.
 */
final class ProviderRanges {

    private static final String PROVIDERS = "required_providers";
    private static final String VERSION = "version";

    /** Between an attribute and its value, in the table of what not all versions have. */
    private static final String VALUE = "=";

    private final ProviderReleases releases = ProviderReleases.get();
    private final ProvidersSpec allowed;
    private final Function<String, Optional<Place>> origin;
    private final Map<String, VersionRange> ranges = new TreeMap<>();
    private final Problems problems = new Problems();

    private ProviderRanges(ProvidersSpec allowed, Function<String, Optional<Place>> origin) {
        this.allowed = allowed;
        this.origin = origin;
    }

    /**
     * Finds the versions.
     *
     * @param configurations the content of each {@code cdk.tf.json}
     * @param allowed what the environment allows
     * @param origin where an attribute comes from, by {@link Origins#attribute}
     * @throws InvalidInputException for each attribute that no allowed version has, at its origin
     */
    static ProviderRanges of(
            Collection<JsonNode> configurations, ProvidersSpec allowed, Function<String, Optional<Place>> origin) {
        ProviderRanges ranges = new ProviderRanges(allowed, origin);
        configurations.forEach(ranges::require);
        configurations.forEach(ranges::narrow);
        ranges.problems.throwIfAny();
        return ranges;
    }

    private void require(JsonNode configuration) {
        Place stack = new Place.InConstruct(
                configuration.at("/~1~1/metadata/stackName").asText());
        required(configuration).properties().forEach(entry -> releases.provider(entry.getKey())
                .ifPresent(provider -> {
                    String name = entry.getKey();
                    VersionRange range = allowed.of(name)
                            .map(VersionConstraint::range)
                            .map(provider.supported()::and)
                            .orElse(provider.supported());
                    String version = entry.getValue().path(VERSION).asText();
                    boolean ofBindings = provider.bindings().stream().anyMatch(one -> version.equals(one.toString()));
                    ranges.merge(name, ofBindings ? range : overridden(stack, name, version, range), VersionRange::and);
                }));
    }

    /** A program of one's own may set a version by an escape hatch. */
    private VersionRange overridden(Place stack, String provider, String version, VersionRange range) {
        VersionRange given = problems.collect(stack, () -> VersionRange.parse(version));
        if (given == null) {
            return range;
        }
        if (given.and(range).isEmpty()) {
            problems.add(
                    stack,
                    Problem.quoted(version) + " allows no version of the " + provider + " provider that can be used",
                    range.toString(),
                    "choose versions in this range");
            return range;
        }
        return given.and(range);
    }

    private static JsonNode required(JsonNode configuration) {
        return configuration.path("terraform").path(PROVIDERS);
    }

    private void narrow(JsonNode configuration) {
        configuration
                .path("provider")
                .properties()
                .forEach(provider -> narrow("provider." + provider.getKey(), provider.getValue(), "", ""));
        for (String block : List.of("resource", "data")) {
            String prefix = block.equals("data") ? "data." : "";
            configuration.path(block).properties().forEach(type -> type.getValue()
                    .forEach(one -> {
                        String construct = one.at("/~1~1/metadata/path").asText();
                        narrow(prefix + type.getKey(), "*", construct);
                        narrow(prefix + type.getKey(), one, "", construct);
                    }));
        }
    }

    /** A block, or a list of blocks: the keys of maps are looked up, too, and are in no table. */
    private void narrow(String type, JsonNode block, String path, String construct) {
        if (block.isArray()) {
            block.forEach(element -> narrow(type, element, path, construct));
        }
        block.properties().forEach(part -> {
            String attribute = path + part.getKey();
            narrow(type, attribute, construct);
            narrow(type, attribute + VALUE + part.getValue().asText(), construct);
            narrow(type, part.getValue(), attribute + ".", construct);
        });
    }

    private void narrow(String type, String attribute, String construct) {
        releases.lifetime(type, attribute).ifPresent(lifetime -> {
            String provider = provider(type);
            VersionRange range = ranges.get(provider);
            if (range == null) {
                return;
            }
            VersionRange narrowed = lifetime.in(range);
            if (narrowed.isEmpty()) {
                problems.add(problem(provider, type, attribute, construct, lifetime, range));
            } else {
                ranges.put(provider, narrowed);
            }
        });
    }

    /** The provider of a type: by its own name, and otherwise by the first word of the type. */
    private static String provider(String type) {
        String name = type.replaceFirst("^(provider|data)\\.", "");
        return type.startsWith("provider.") ? name : name.split("_", 2)[0];
    }

    private Problem problem(
            String provider, String type, String attribute, String construct, Lifetime lifetime, VersionRange range) {
        String name = attribute.equals("*") ? type : type + "." + attribute;
        boolean given = allowed.of(provider).isPresent();
        String[] parts = attribute.split(VALUE, 2);
        String fix = parts.length > 1 ? "use another value" : "remove the attribute";
        return new Problem(
                origin.apply(Origins.attribute(construct, parts[0])).orElseGet(() -> new Place.InConstruct(construct)),
                name + " needs provider " + provider + " " + lifetime,
                range + (given ? ", by providers." + provider : ""),
                given ? "change providers." + provider + ", or " + fix : fix);
    }

    /**
     * Writes the versions into a configuration.
     *
     * @param text the text of a {@code cdk.tf.json}, as CDKTF writes it
     * @param configuration its content
     * @return the text with a range for each provider
     */
    String writeTo(String text, JsonNode configuration) {
        StringBuilder result = new StringBuilder(text);
        ranges.forEach((provider, range) -> {
            JsonNode version = required(configuration).path(provider).path(VERSION);
            if (!version.isMissingNode()) {
                int at = result.lastIndexOf('"' + PROVIDERS + "\": {");
                at = result.indexOf('"' + provider + "\": {", at);
                at = result.indexOf(version.toString(), result.indexOf('"' + VERSION + '"', at) + VERSION.length() + 2);
                result.replace(
                        at,
                        at + version.toString().length(),
                        TextNode.valueOf(range.toString()).toString());
            }
        });
        return result.toString();
    }
}
