package dev.eksplatform.iam.document;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says, taken apart into its smallest statements: one principal, one action, one resource each. Two policies
 * with the same set mean the same, however their statements are ordered, grouped, named or spelled in upper and lower case.
 */
final class PolicyMeaning {

    private record Atom(
            Effect effect, Set<String> principal, String action, String resource, Set<Condition> conditions) {}

    private PolicyMeaning() {}

    /** The smallest statements; a negated element stays whole, because it cannot be split. */
    static Set<Object> of(PolicyDocument policy) {
        Set<Object> atoms = new HashSet<>();
        boolean variables = false;
        for (Statement statement : policy.statements()) {
            Set<Condition> conditions =
                    statement.conditions().stream().map(PolicyMeaning::normal).collect(Collectors.toSet());
            for (Set<String> principal : principals(statement.principals())) {
                for (String action : alternatives(statement.actions())) {
                    for (String resource : alternatives(statement.resources())) {
                        atoms.add(new Atom(
                                statement.effect(), principal, action.toLowerCase(Locale.ROOT), resource, conditions));
                    }
                }
            }
            variables |= statement.toString().contains("${");
        }
        if (variables) {
            // Version 2008-10-17 takes variables literally.
            atoms.add(policy.version());
        }
        return atoms;
    }

    private static Condition normal(Condition condition) {
        return new Condition(
                condition.operator(),
                condition.key().toLowerCase(Locale.ROOT),
                List.copyOf(new TreeSet<>(condition.values())));
    }

    private static List<Set<String>> principals(@Nullable Principals principals) {
        if (principals == null) {
            return List.of(Set.of());
        }
        List<String> all = principals.each().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .toList();
        return principals.except()
                ? List.of(Set.of("not " + new TreeSet<>(all)))
                : all.stream().map(Set::of).toList();
    }

    private static List<String> alternatives(@Nullable Patterns patterns) {
        if (patterns == null) {
            return List.of("");
        }
        return patterns.except() ? List.of("not " + new TreeSet<>(patterns.values())) : patterns.values();
    }
}
