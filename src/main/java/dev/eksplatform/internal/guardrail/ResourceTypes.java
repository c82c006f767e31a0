package dev.eksplatform.internal.guardrail;

import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The resource types of the providers that stacks use, from their schemas. A rule may be for another provider, unless its
 * type is so similar to a known one that it is probably misspelt.
 */
final class ResourceTypes {

    private static final String FILE = "resource-types.txt";

    /** The providers and accounts of a stack, see {@link GuardedResources}, and the type built into Terraform. */
    private static final List<String> BUILT_IN = List.of("terraform_provider", ResourceIndex.ACCOUNT, "terraform_data");

    private static final Pattern NAME = Pattern.compile("[A-Za-z*?][A-Za-z0-9_*?-]*");

    private final Set<String> names;
    private final Set<String> providers;

    private ResourceTypes(Set<String> names) {
        this.names = names;
        providers = names.stream().map(ResourceTypes::provider).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The types that {@code src/build/resource-types} has read from the schemas of the providers. */
    static ResourceTypes ofProviders() {
        Set<String> names = ProgramFile.read(ResourceTypes.class, FILE)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toSet());
        names.addAll(BUILT_IN);
        return new ResourceTypes(names);
    }

    /**
     * Checks that a type exists, or belongs to a provider that is not known.
     *
     * @param path its place
     * @param type a type, or a pattern for several
     * @param problems takes what is wrong
     */
    void check(PropertyPath path, String type, Problems problems) {
        String provider = provider(type);
        if (isKnown(type)) {
            return;
        }
        if (!NAME.matcher(type).matches()) {
            problems.add(
                    path,
                    "\"" + type + "\" is not a resource type",
                    "the type of a resource, such as aws_eks_cluster, with * for any characters",
                    type.startsWith("data.")
                            ? "rules look at resources, not at data sources: name a resource type"
                            : "write the type as in Terraform's documentation");
        } else if (providers.contains(provider)) {
            problems.add(
                    path,
                    unknown(type),
                    Suggestion.fix(type, names, "look it up in the documentation of the provider"));
        } else {
            ofAnother(type, provider)
                    .ifPresent(meant -> problems.add(path, unknown(type), Suggestion.didYouMean(meant)));
        }
    }

    private boolean isKnown(String type) {
        return names.contains(type)
                || (isPattern(type) && names.stream().anyMatch(name -> Wildcards.match(type, name)));
    }

    private static boolean isPattern(String type) {
        return type.contains("*") || type.contains("?");
    }

    private static String unknown(String type) {
        return isPattern(type) ? "\"" + type + "\" matches no resource type" : "no resource type \"" + type + "\"";
    }

    /** The type that was meant when the provider's name was forgotten or misspelt. */
    private Optional<String> ofAnother(String type, String provider) {
        for (String known : providers) {
            if (isKnown(known + "_" + type)) {
                return Optional.of(known + "_" + type);
            }
        }
        return Suggestion.nearest(provider, providers)
                .map(known -> known + type.substring(provider.length()))
                .filter(this::isKnown);
    }

    private static String provider(String type) {
        int underscore = type.indexOf('_');
        return underscore < 0 ? type : type.substring(0, underscore);
    }
}
