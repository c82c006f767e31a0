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
import java.util.List;
import software.constructs.Construct;

/** A role that an AWS service assumes for the cluster, with AWS managed policies. */
final class ServiceRole extends PlatformConstruct {

    private final IamRole role;
    private final List<ITerraformDependable> attachments = new ArrayList<>();

    ServiceRole(Construct scope, String id, String name, PolicyDocument trust, List<String> managedPolicies) {
        super(scope, id);
        role = Roles.create(this, "role", RoleName.fitting(name).toString(), trust);
        for (String policy : managedPolicies) {
            attachments.add(attach(policy));
        }
    }

    /** Attaches one more policy, which {@link #attachments} leaves out: what the role is for does not wait for it. */
    ITerraformDependable attach(String managedPolicy) {
        return attachArn(managedPolicy, ManagedPolicy.arn(Account.of(this).partition(), managedPolicy));
    }

    /** Attaches any managed policy. */
    ITerraformDependable attachArn(String id, String policyArn) {
        return new IamRolePolicyAttachment(
                this,
                id,
                IamRolePolicyAttachmentConfig.builder()
                        .role(role.getName())
                        .policyArn(policyArn)
                        .build());
    }

    /** Gives the role a policy of its own. */
    ITerraformDependable put(String id, PolicyDocument policy) {
        return new IamRolePolicy(
                this,
                id,
                IamRolePolicyConfig.builder()
                        .name(id)
                        .role(role.getName())
                        .policy(policy.toTerraformJson())
                        .build());
    }

    String arn() {
        return role.getArn();
    }

    /** What must be in place before the role works. */
    List<ITerraformDependable> attachments() {
        return attachments;
    }
}
