package dev.eksplatform.environment;

import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.internal.kubernetes.PodSecurityLabel;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.Map;

/**
 * A namespace that identities or add-ons live in. Those not listed are made without labels.
 *
 * @param existing whether it exists already; default false: it is made
 * @param labels its labels, such as {@code pod-security.kubernetes.io/enforce}; default none
 */
public record NamespaceSpec(
        @Doc(value = "It exists already and is not made (default false)", example = "true")
        boolean existing,

        @Doc(value = "Its labels", example = "{pod-security.kubernetes.io/enforce: restricted}")
        @Limit(keys = LabelGrammar.KEY_PATTERN, pattern = LabelGrammar.VALUE_PATTERN)
        Map<String, String> labels) {

    /** Checks the labels. */
    public NamespaceSpec {
        Problems problems = new Problems();
        LabelGrammar.check(PropertyPath.of("labels"), labels, problems);
        labels.forEach((key, value) -> PodSecurityLabel.check(key, value)
                .ifPresent(problem -> problems.add(problem.at(Problem.property("labels", key)))));
        problems.throwIfAny();
    }

    /**
     * A namespace to make, without labels.
     *
     * @return the spec
     */
    @Defaults
    public static NamespaceSpec standard() {
        return new NamespaceSpec(false, Map.of());
    }
}
