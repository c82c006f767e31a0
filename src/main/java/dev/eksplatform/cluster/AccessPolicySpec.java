package dev.eksplatform.cluster;

import java.util.List;

/** An EKS access policy of an access entry: by name, or with the namespaces to which it is limited. */
public sealed interface AccessPolicySpec permits AccessPolicyName, ScopedAccessPolicySpec {

    /**
     * Which policy.
     *
     * @return its name
     */
    AccessPolicyName policy();

    /**
     * Where it applies.
     *
     * @param ofEntry the namespaces of its access entry
     * @return namespaces; empty for the whole cluster
     */
    List<String> namespaces(List<String> ofEntry);
}
