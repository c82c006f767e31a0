package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlKey;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * An access policy with namespaces of its own.
 *
 * @param policy its name
 * @param namespaces the namespaces to which it is limited, in place of those of the entry; default the whole cluster
 */
@RecordBuilder
public record ScopedAccessPolicySpec(
        @YamlKey("name") @Example("AmazonEKSEditPolicy") AccessPolicyName policy,

        @Example("[shop]") @Limit(pattern = AccessEntrySpec.NAMESPACE, unique = true)
        List<String> namespaces)
        implements AccessPolicySpec, ScopedAccessPolicySpecBuilder.With {

    /** Checks the namespaces. */
    public ScopedAccessPolicySpec {
        Components.required("policy", policy);
        namespaces = Components.list("namespaces", namespaces);
        Problems problems = new Problems();
        AccessEntrySpec.checkNamespaces(namespaces, problems);
        problems.throwIfAny();
    }

    /**
     * A policy for the whole cluster.
     *
     * @param policy its name
     * @return the spec
     */
    @Defaults
    public static ScopedAccessPolicySpec of(AccessPolicyName policy) {
        return new ScopedAccessPolicySpec(policy, List.of());
    }

    @Override
    public List<String> namespaces(List<String> ofEntry) {
        return namespaces;
    }
}
