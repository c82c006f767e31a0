package dev.eksplatform.stack;

import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.internal.release.ProviderArguments;
import dev.eksplatform.internal.release.ProviderReleases;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks overrides of a resource against the arguments that its type has in the supported versions of the provider. */
final class OverrideCheck {

    /** Source: <a href="https://developer.hashicorp.com/terraform/language/meta-arguments">meta-arguments</a>. */
    private static final Map<String, Set<String>> META_ARGUMENTS = Map.of(
            "depends_on", Set.of(),
            "provider", Set.of(),
            "lifecycle",
                    Set.of(
                            "create_before_destroy",
                            "prevent_destroy",
                            "ignore_changes",
                            "replace_triggered_by",
                            "precondition",
                            "postcondition"));

    /** They make several instances of a resource, or run programs. */
    private static final Set<String> REFUSED = Set.of("count", "for_each", "provisioner", "connection", "//");

    /** What other stacks, trust policies and ServiceAccounts name as text, by the property that sets it everywhere. */
    private static final Map<String, Map<String, String>> NAMED_ELSEWHERE = Map.of(
            "aws_eks_cluster", Map.of("name", "cluster.name"),
            "aws_iam_role",
                    Map.of(
                            "name", "roleName of the identity or add-on",
                            "name_prefix", "roleName of the identity or add-on",
                            "path", "roles.path, or roleSettings.path of the identity"));

    private final String type;
    private final Problems problems;
    private final ProviderArguments arguments = ProviderArguments.get();

    OverrideCheck(String type, Problems problems) {
        this.type = type;
        this.problems = problems;
    }

    /**
     * Checks one argument or block with what is in it.
     *
     * @param name its name
     * @param value its value
     * @return whether it can be set
     */
    boolean isValid(String name, LocatedJson value) {
        if (type.startsWith("provider.") && name.equals("alias")) {
            problems.add(value.place(), "the alias of the platform's provider cannot change", "remove it");
            return false;
        }
        if (REFUSED.contains(name)) {
            problems.add(
                    value.place(),
                    name + " cannot be overridden: other resources refer to the one that the platform creates",
                    "arguments of " + type + ", " + String.join(", ", new TreeSet<>(META_ARGUMENTS.keySet())),
                    "add a resource of your own with terraform");
            return false;
        }
        String property = NAMED_ELSEWHERE.getOrDefault(type, Map.of()).get(name);
        if (property != null) {
            problems.add(
                    value.place(),
                    name + " of " + type + " cannot be overridden: other parts of the environment have it as text",
                    "set " + property);
            return false;
        }
        Set<String> ofMeta = META_ARGUMENTS.get(name);
        return type.startsWith("provider.") || ofMeta == null
                ? isArgument(name, value)
                : isMetaArgument(name, ofMeta, value);
    }

    private boolean isMetaArgument(String name, Set<String> known, LocatedJson value) {
        boolean valid = true;
        if (!known.isEmpty() && value instanceof LocatedJson.Obj object) {
            for (Map.Entry<String, LocatedJson> part : object.members().entrySet()) {
                if (!known.contains(part.getKey())) {
                    valid = unknown(part.getValue().place(), part.getKey(), name, known);
                }
            }
        }
        return valid;
    }

    private boolean isArgument(String path, LocatedJson value) {
        int dot = path.lastIndexOf('.');
        String block = path.substring(0, Math.max(dot, 0));
        if (!arguments.has(type, path)) {
            return unknown(value.place(), path.substring(dot + 1), block, arguments.names(type, block));
        }
        if (!arguments.isBlock(type, path) || isNull(value)) {
            return true;
        }
        List<LocatedJson> blocks = value instanceof LocatedJson.Arr many ? many.items() : List.of(value);
        boolean valid = true;
        for (LocatedJson one : blocks) {
            if (!(one instanceof LocatedJson.Obj object)) {
                problems.add(
                        one.place(),
                        path + " of " + type + " is a block, not " + one.kind(),
                        "a mapping, or a list of mappings",
                        "write its arguments: " + String.join(", ", arguments.names(type, path)));
                valid = false;
                continue;
            }
            for (Map.Entry<String, LocatedJson> part : object.members().entrySet()) {
                valid &= isArgument(path + "." + part.getKey(), part.getValue());
            }
        }
        return valid;
    }

    private static boolean isNull(LocatedJson value) {
        return value instanceof LocatedJson.Literal literal && literal.isNull();
    }

    private boolean unknown(Place place, String name, String block, Set<String> known) {
        String provider = type.replaceFirst("^(provider|data)\\.", "").split("_", 2)[0];
        problems.add(
                place,
                name + " is not an argument of " + (block.isEmpty() ? "" : block + " of ") + type + " (" + provider
                        + " provider "
                        + ProviderReleases.get()
                                .provider(provider)
                                .orElseThrow()
                                .ofBindings() + ")",
                Suggestion.fix(name, known, "use one of: " + String.join(", ", new TreeSet<>(known))));
        return false;
    }
}
