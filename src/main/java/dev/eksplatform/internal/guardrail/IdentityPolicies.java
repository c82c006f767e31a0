package dev.eksplatform.internal.guardrail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The policies that a resource gives to an identity: its own documents, and the managed policies that it attaches. */
final class IdentityPolicies {

    /** The arguments with documents: one, or a block for each. */
    private static final List<String> DOCUMENTS = List.of("policy", "inline_policy");

    private static final List<String> MANAGED =
            List.of("policy_arn", "policy_arns", "managed_policy_arns", "managed_policy_arn");

    /** A reference to one policy, as synthesized and as a plan lists references. */
    private static final Pattern OWN =
            Pattern.compile("\\$\\{(aws_iam_policy\\.[A-Za-z0-9_-]+)(\\[[^]]*])?\\.(arn|id)(, \\1(\\[[^]]*])?)?}");

    private IdentityPolicies() {}

    /** The statements of all documents; one that is not known is an unknown element. */
    static List<Object> statements(GuardedResource resource) {
        List<Object> statements = new ArrayList<>();
        for (String argument : DOCUMENTS) {
            ConfigValue part = resource.values().at(argument);
            if (isUnset(resource, part)) {
                continue;
            }
            if (part.node().isTextual() || part.isUnknown()) {
                add(statements, RuleFunctions.statements(resource, argument));
            } else {
                part.elements().forEach(block -> add(statements, RuleFunctions.statements(block, "policy")));
            }
        }
        return statements;
    }

    /** Whether the configuration leaves an argument out. Of an existing role, the provider reads what other resources set. */
    private static boolean isUnset(GuardedResource resource, ConfigValue part) {
        boolean omitted = part.hasWritten() && part.writtenNode().isNull();
        boolean mirrored = resource.values().hasWritten()
                && !part.hasWritten()
                && !resource.before().isAbsent();
        return omitted || mirrored || part.isAbsent() && !part.isUnknown();
    }

    private static void add(List<Object> statements, Object found) {
        if (found instanceof List<?> known) {
            statements.addAll(known);
        } else {
            statements.add(found);
        }
    }

    /** The ARNs of attached policies; a policy of the same stack is its reference. */
    static List<Object> managed(GuardedResource resource) {
        List<Object> arns = new ArrayList<>();
        for (String argument : MANAGED) {
            ConfigValue part = resource.values().at(argument);
            if (isUnset(resource, part)) {
                continue;
            }
            if (!part.isUnknown()) {
                part.elements().forEach(element -> arns.add(arn(element)));
            } else if (argument.endsWith("arn")) {
                arns.add(arn(part));
            } else if (part.writtenNode().isArray()) {
                ConfigValue.written(part.writtenNode()).elements().forEach(element -> arns.add(arn(element)));
            } else {
                arns.add(ConfigValue.UNKNOWN);
            }
        }
        return arns;
    }

    private static Object arn(ConfigValue value) {
        String written = value.writtenNode().asText("");
        return value.isUnknown() && OWN.matcher(written).matches() ? "own " + written : value.toCel();
    }
}
