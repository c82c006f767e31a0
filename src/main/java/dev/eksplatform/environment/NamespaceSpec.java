package dev.eksplatform.environment;

import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.internal.kubernetes.PodSecurityLabel;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/**
 * A namespace that identities or add-ons use. Those not listed are created without labels.
 *
 * @param existing whether the namespace exists already, so that it is not created; default false
 * @param labels labels of the namespace; default none
 */
@RecordBuilder
public record NamespaceSpec(
        @Example("true") boolean existing,

        @Example("{pod-security.kubernetes.io/enforce: restricted}")
        @Limit(keys = LabelGrammar.KEY_PATTERN, pattern = LabelGrammar.VALUE_PATTERN)
        Map<String, String> labels)
        implements NamespaceSpecBuilder.With {

    /** Checks the labels. */
    public NamespaceSpec {
        labels = Components.map("labels", labels);
        Problems problems = new Problems();
        LabelGrammar.check(PropertyPath.of("labels"), labels, problems);
        labels.forEach((key, value) -> PodSecurityLabel.check(key, value)
                .ifPresent(problem -> problems.add(problem.at(Place.of(PropertyPath.of("labels", key))))));
        problems.throwIfAny();
    }

    /**
     * A namespace to create, without labels.
     *
     * @return the spec
     */
    @Defaults
    public static NamespaceSpec standard() {
        return new NamespaceSpec(false, Map.of());
    }
}
