package dev.eksplatform.cluster;

import com.hashicorp.cdktf.providers.aws.eks_access_entry.EksAccessEntry;
import com.hashicorp.cdktf.providers.aws.eks_access_entry.EksAccessEntryConfig;
import com.hashicorp.cdktf.providers.aws.iam_instance_profile.IamInstanceProfile;
import com.hashicorp.cdktf.providers.aws.iam_instance_profile.IamInstanceProfileConfig;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.construct.Roles;
import org.apiguardian.api.API;
import software.constructs.Construct;

/**
 * What nodes need to join a cluster that are neither of a managed node group nor of EKS Auto Mode: a role, an instance profile with it, and an
 * access entry. Sources: <a href="https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html">EKS node IAM role</a>, <a
 * href="https://karpenter.sh/docs/concepts/nodeclasses/#specinstanceprofile">instance profiles of Karpenter</a>.
 */
@API(status = API.Status.INTERNAL)
public final class NodeInstanceProfile extends PlatformConstruct {

    private final IamInstanceProfile profile;

    /**
     * Creates the instance profile, and its role unless that exists.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param cluster the cluster of the nodes
     * @param spec names and role
     * @param settings settings of a role that is created
     */
    public NodeInstanceProfile(
            Construct scope, String id, ComputeCluster cluster, KarpenterObjects.Profile spec, NodeRoleSpec settings) {
        super(scope, id);
        NodeRole role = spec.role()
                .map(NodeRole::existing)
                .orElseGet(() -> NodeRole.create(this, spec.name(), cluster, settings.ssm(), settings.policies()));
        IamInstanceProfileConfig.Builder config =
                IamInstanceProfileConfig.builder().name(spec.name()).role(role.name());
        Roles.settings(this).path().ifPresent(config::path);
        profile = new IamInstanceProfile(this, "profile", config.build());
        new EksAccessEntry(
                this,
                "access",
                EksAccessEntryConfig.builder()
                        .clusterName(cluster.nameReference())
                        .principalArn(role.arn())
                        .type((spec.windows() ? AccessEntryType.EC2_WINDOWS : AccessEntryType.EC2_LINUX).name())
                        .build());
        if (spec.windows()) {
            cluster.supportWindows();
        }
    }

    /**
     * The instance profile's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public IamInstanceProfile profile() {
        return profile;
    }
}
