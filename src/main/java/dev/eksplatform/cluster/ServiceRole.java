package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicyConfig;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachment;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachmentConfig;
import dev.eksplatform.construct.Account;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.construct.Roles;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.catalogue.ManagedPolicy;
import dev.eksplatform.iam.document.PolicyDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** A role that an AWS service assumes for the cluster, with managed policies: AWS's by name, any by ARN. */
final class ServiceRole extends PlatformConstruct {

    private final @Nullable IamRole role;
    private final String arn;
    private final List<ITerraformDependable> attachments = new ArrayList<>();
    private final Set<String> attached = new HashSet<>();

    ServiceRole(Construct scope, String id, String name, PolicyDocument trust, List<String> managedPolicies) {
        super(scope, id);
        role = Roles.create(this, "role", RoleName.fitting(name).toString(), trust);
        arn = role.getArn();
        for (String policy : managedPolicies) {
            attachments.addAll(attach(policy));
        }
    }

    /** A role that exists, whose policies are its owner's. */
    ServiceRole(Construct scope, String id, RoleArn given) {
        super(scope, id);
        role = null;
        arn = given.value();
    }

    /** The role of a control plane, which is created unless it is given. */
    static ServiceRole ofControlPlane(Construct scope, String cluster, ClusterSpec spec) {
        if (spec.role() instanceof RoleArn given) {
            return new ServiceRole(scope, "role", given);
        }
        CreatedRoleSpec created = (CreatedRoleSpec) spec.role();
        List<String> policies = new ArrayList<>(AutoMode.clusterPolicies(spec));
        policies.addAll(created.policies());
        return new ServiceRole(
                scope,
                "role",
                created.name().map(RoleName::text).orElse(cluster + "-cluster"),
                AutoMode.trust(spec),
                policies);
    }

    /**
     * Attaches one more policy, by its name or ARN, which {@link #attachments} leaves out: what the role is for does not wait
     * for it.
     *
     * @return the attachment; none for a role that exists, or if the policy is attached already
     */
    List<ITerraformDependable> attach(String managedPolicy) {
        String id = managedPolicy.replace('/', '-');
        if (role == null || !attached.add(id)) {
            return List.of();
        }
        return List.of(new IamRolePolicyAttachment(
                this,
                id,
                IamRolePolicyAttachmentConfig.builder()
                        .role(role.getName())
                        .policyArn(
                                managedPolicy.contains(":")
                                        ? managedPolicy
                                        : ManagedPolicy.arn(Account.of(this).partition(), managedPolicy))
                        .build()));
    }

    /** Adds a policy of its own to a role that is created, which what the role is for waits for. */
    void permit(String name, PolicyDocument policy) {
        if (role == null) {
            return;
        }
        attachments.add(new IamRolePolicy(
                this,
                name,
                IamRolePolicyConfig.builder()
                        .name(name)
                        .role(role.getId())
                        .policy(policy.toTerraformJson())
                        .build()));
    }

    String arn() {
        return arn;
    }

    /** The name of the role; known after it is created. */
    String name() {
        return role == null ? RoleArn.name(arn) : role.getName();
    }

    /** What must be in place before the role works. */
    List<ITerraformDependable> attachments() {
        return attachments;
    }
}
