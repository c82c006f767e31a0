package dev.eksplatform.internal.guardrail;

import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The resource types that rules may look at: those of the providers that stacks use, by their schemas. A rule for another
 * provider is the user's own matter, unless its type is only a slip away from one that is known.
 */
final class ResourceTypes {

    private static final String FILE = "resource-types.txt";

    /** What a review calls a provider, see {@link GuardedResources}, and what Terraform has built in. */
    private static final List<String> BUILT_IN = List.of("terraform_provider", "terraform_data");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_*?-]+");

    private final Set<String> names;
    private final Set<String> providers;

    private ResourceTypes(Set<String> names) {
        this.names = names;
        providers = names.stream().map(ResourceTypes::provider).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All that there may be. */
    static ResourceTypes any() {
        return new ResourceTypes(Set.of());
    }

    /** Those of the providers, which {@code src/build/resource-types} reads from their schemas. */
    static ResourceTypes ofProviders() {
        Set<String> names = ProgramFile.read(ResourceTypes.class, FILE)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toSet());
        names.addAll(BUILT_IN);
        return new ResourceTypes(names);
    }

    /**
     * What is wrong with a type.
     *
     * @param where its place
     * @param type a type, or a pattern for several
     * @return empty when it exists, or belongs to a provider that is not known
     */
    Optional<Problem> problem(String where, String type) {
        if (names.isEmpty() || isKnown(type)) {
            return Optional.empty();
        }
        if (!NAME.matcher(type).matches()) {
            return Optional.of(new Problem(
                    where,
                    "\"" + type + "\", which no resource type is called",
                    "the type of a resource, such as aws_eks_cluster, with * for any characters",
                    type.startsWith("data.")
                            ? "rules look at resources, not at data sources: name a resource type"
                            : "write the type as in Terraform's documentation"));
        }
        String provider = provider(type);
        if (providers.contains(provider)) {
            return Optional.of(unknown(where, type, "resource types of the " + provider + " provider", near(type)));
        }
        return ofAnother(type, provider).map(meant -> unknown(where, type, "resource types that exist", meant));
    }

    private boolean isKnown(String type) {
        return names.contains(type)
                || (isPattern(type) && names.stream().anyMatch(name -> Wildcards.match(type, name)));
    }

    private static boolean isPattern(String type) {
        return type.contains("*") || type.contains("?");
    }

    private static Problem unknown(String where, String type, String allowed, String fix) {
        return new Problem(
                where,
                isPattern(type)
                        ? "\"" + type + "\", which matches no resource type"
                        : "no resource type \"" + type + "\"",
                allowed,
                fix);
    }

    private String near(String type) {
        return Suggestion.nearest(type, names)
                .map(ResourceTypes::didYouMean)
                .orElse("look it up in the documentation of the provider");
    }

    /** The type that was meant when the provider's name was forgotten or misspelt. */
    private Optional<String> ofAnother(String type, String provider) {
        for (String known : providers) {
            if (isKnown(known + "_" + type)) {
                return Optional.of(didYouMean(known + "_" + type));
            }
        }
        return Suggestion.nearest(provider, providers)
                .map(known -> known + type.substring(provider.length()))
                .filter(this::isKnown)
                .map(ResourceTypes::didYouMean);
    }

    private static String didYouMean(String name) {
        return "did you mean \"" + name + "\"?";
    }

    private static String provider(String type) {
        int underscore = type.indexOf('_');
        return underscore < 0 ? type : type.substring(0, underscore);
    }
}
