package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import dev.eksplatform.construct.Account;
import dev.eksplatform.iam.document.TrustPolicy;
import java.util.ArrayList;
import java.util.List;
import software.constructs.Construct;

/**
 * The role of a group's nodes: one that is created, or one that exists. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html">EKS node IAM role</a>.
 */
final class NodeRole {

    /** What every node needs. The pull-only policy is enough for images. */
    static final List<String> POLICIES =
            List.of("AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", CniPolicy.MANAGED);

    /** Session Manager: <a href="https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html">instance permissions</a>. */
    static final String SSM_POLICY = "AmazonSSMManagedInstanceCore";

    private final String arn;
    private final String name;
    private final List<ITerraformDependable> attachments;

    private NodeRole(String arn, String name, List<ITerraformDependable> attachments) {
        this.arn = arn;
        this.name = name;
        this.attachments = attachments;
    }

    /**
     * The role of a group.
     *
     * @param scope the construct of the group
     * @param name the name of a role that is created
     * @param cluster the cluster of the nodes
     * @param spec the group
     */
    static NodeRole of(Construct scope, String name, ComputeCluster cluster, NodeGroupSpec spec) {
        return spec.roleArn()
                .map(NodeRole::existing)
                .orElseGet(() -> create(scope, name, cluster, spec.ssm(), spec.policies()));
    }

    /** A role that exists. */
    static NodeRole existing(String arn) {
        return new NodeRole(arn, RoleArn.name(arn), List.of());
    }

    /**
     * A role that is created.
     *
     * @param scope the construct of the nodes
     * @param name its name
     * @param cluster the cluster of the nodes
     * @param ssm whether Session Manager reaches them
     * @param policies more managed policies
     */
    static NodeRole create(Construct scope, String name, ComputeCluster cluster, boolean ssm, List<String> policies) {
        List<String> all = new ArrayList<>(cluster.nodePolicies(POLICIES));
        if (ssm) {
            all.add(SSM_POLICY);
        }
        all.addAll(policies);
        ServiceRole role = new ServiceRole(
                scope, "role", name, TrustPolicy.service(Account.of(scope).servicePrincipal("ec2")), all);
        if (cluster.isIpv6() && !cluster.hasCniRole()) {
            Account account = Account.of(scope);
            role.permit("vpc-cni-ipv6", CniPolicy.ipv6(account.partition(), account.region(), account.id()));
        }
        return new NodeRole(role.arn(), role.name(), role.attachments());
    }

    /** The policies that a group's role has without those of its spec. */
    static List<String> own(boolean ssm) {
        List<String> own = new ArrayList<>(POLICIES);
        if (ssm) {
            own.add(SSM_POLICY);
        }
        return own;
    }

    String arn() {
        return arn;
    }

    String name() {
        return name;
    }

    /** What must be in place before the role works. */
    List<ITerraformDependable> attachments() {
        return attachments;
    }
}
