package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/**
 * The IAM role of nodes that Karpenter creates.
 *
 * @param policies more managed policies of the role, by name or ARN; default none. All pods on a node can use them if they reach the node's
 *     credentials
 * @param ssm whether Session Manager of AWS Systems Manager reaches the nodes; default false
 * @param roleArn a role of Linux nodes that exists, with the policies that nodes need; default one is created. It must not be that of a node
 *     group: EKS has an access entry for that one
 */
@RecordBuilder
public record NodeRoleSpec(
        @Example("[CloudWatchAgentServerPolicy]") @Limit(pattern = RolePolicies.PATTERN, unique = true)
        List<String> policies,

        @Example("true") boolean ssm,

        @Example("arn:aws:iam::111122223333:role/karpenter-nodes") @Limit(pattern = RoleArn.PATTERN)
        Optional<String> roleArn)
        implements NodeRoleSpecBuilder.With {

    /** Checks the policies, and that a role that exists is left as it is. */
    public NodeRoleSpec {
        policies = Components.list("policies", policies);
        Problems problems = new Problems();
        RolePolicies.check(policies, NodeRole.own(ssm), roleArn, problems);
        roleArn.ifPresent(arn -> RoleArn.check(PropertyPath.of("roleArn"), arn, problems));
        if (ssm && roleArn.isPresent()) {
            problems.add(
                    PropertyPath.of("ssm"),
                    "a policy of a role that exists",
                    "remove ssm, and attach AmazonSSMManagedInstanceCore where the role is created");
        }
        problems.throwIfAny();
    }

    /**
     * A role that is created, with what every node needs.
     *
     * @return the defaults
     */
    @Defaults
    public static NodeRoleSpec standard() {
        return new NodeRoleSpec(List.of(), false, Optional.empty());
    }
}
