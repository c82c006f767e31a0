package dev.eksplatform.cluster;

import dev.eksplatform.internal.release.AccessPolicies;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.List;

/**
 * The name of an EKS access policy. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html">access policy permissions</a>.
 *
 * @param name such as {@code AmazonEKSViewPolicy}
 */
@Example("AmazonEKSViewPolicy")
public record AccessPolicyName(String name) implements AccessPolicySpec {

    /** Checks that EKS has the policy. */
    public AccessPolicyName {
        AccessPolicies known = AccessPolicies.get();
        if (!known.names().contains(name)) {
            throw new InvalidInputException(new Problem(
                    "\"" + name + "\" is not an EKS access policy (" + known.day() + ")",
                    String.join(", ", known.forPrincipals()),
                    Suggestion.fix(name, known.names(), "choose one of them")));
        }
    }

    /**
     * Reads a name.
     *
     * @param text the name
     * @return the policy
     * @throws InvalidInputException when EKS has no such policy
     */
    @ScalarFactory
    public static AccessPolicyName parse(String text) {
        return new AccessPolicyName(text);
    }

    @Override
    public AccessPolicyName policy() {
        return this;
    }

    @Override
    public List<String> namespaces(List<String> ofEntry) {
        return ofEntry;
    }

    @Override
    public String toString() {
        return name;
    }
}
