package dev.eksplatform.cluster;

import dev.eksplatform.internal.release.AccessPolicies;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What one IAM principal may do in the cluster. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html">EKS access policies</a>.
 *
 * @param policies EKS access policies by name; default none
 * @param namespaces the namespaces to which the policies are limited; default the whole cluster
 * @param groups Kubernetes groups of the principal, for your own RBAC rules; default none
 */
@RecordBuilder
public record AccessEntrySpec(
        @Example("[AmazonEKSClusterAdminPolicy]") List<String> policies,

        @Example("[shop]") @Limit(pattern = AccessEntrySpec.NAMESPACE, unique = true)
        List<String> namespaces,

        @Example("[developers]") @Limit(pattern = AccessEntrySpec.GROUP, unique = true)
        List<String> groups)
        implements AccessEntrySpecBuilder.With {

    /** A namespace, in which * is any part of a name. */
    private static final String NAMESPACE = "^[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?$";

    private static final String GROUP = "^(?!system:)\\S(.*\\S)?$";
    private static final Pattern NAMESPACE_FORM = Pattern.compile(NAMESPACE);
    private static final Pattern GROUP_FORM = Pattern.compile(GROUP);

    /** Checks the names of policies, namespaces and groups. */
    public AccessEntrySpec {
        policies = Components.list("policies", policies);
        namespaces = Components.list("namespaces", namespaces);
        groups = Components.list("groups", groups);
        Problems problems = new Problems();
        for (int i = 0; i < policies.size(); i++) {
            String policy = policies.get(i);
            AccessPolicies known = AccessPolicies.get();
            if (!known.names().contains(policy)) {
                problems.add(
                        PropertyPath.of("policies").index(i),
                        "\"" + policy + "\" is not an EKS access policy (" + known.day() + ")",
                        String.join(", ", known.forPrincipals()),
                        Suggestion.fix(policy, known.names(), "choose one of them"));
            }
        }
        problems.once(PropertyPath.of("policies"), policies, "policy");
        for (int i = 0; i < namespaces.size(); i++) {
            problems.match(
                    PropertyPath.of("namespaces").index(i),
                    namespaces.get(i),
                    NAMESPACE_FORM,
                    "a namespace",
                    "1 to 63 lower case letters, digits and -; * for any part",
                    "write it like shop");
        }
        problems.once(PropertyPath.of("namespaces"), namespaces, "namespace");
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).startsWith("system:")) {
                problems.add(
                        PropertyPath.of("groups").index(i),
                        "\"" + groups.get(i) + "\" begins with system:",
                        "groups of your own: EKS refuses system: groups in access entries",
                        "use an access policy such as AmazonEKSClusterAdminPolicy");
            } else {
                problems.match(
                        PropertyPath.of("groups").index(i),
                        groups.get(i),
                        GROUP_FORM,
                        "a group",
                        "text without spaces at its ends",
                        "name a group of a RoleBinding, such as developers");
            }
        }
        problems.once(PropertyPath.of("groups"), groups, "group");
        problems.throwIfAny();
    }

    /**
     * No permission, which a cluster refuses: the start for an entry with policies or groups.
     *
     * @return the defaults
     */
    @Defaults
    public static AccessEntrySpec none() {
        return new AccessEntrySpec(List.of(), List.of(), List.of());
    }

    /**
     * An entry with access policies for the whole cluster.
     *
     * @param policies their names
     * @return the entry
     */
    public static AccessEntrySpec of(String... policies) {
        return new AccessEntrySpec(List.of(policies), List.of(), List.of());
    }
}
