package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.eks_fargate_profile.EksFargateProfile;
import com.hashicorp.cdktf.providers.aws.eks_fargate_profile.EksFargateProfileConfig;
import com.hashicorp.cdktf.providers.aws.eks_fargate_profile.EksFargateProfileSelector;
import com.hashicorp.cdktf.providers.aws.eks_fargate_profile.EksFargateProfileTimeouts;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.internal.json.TerraformText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import software.constructs.Construct;

/** Pods of a cluster that run on Fargate, in private subnets of the control plane's zones unless the spec names others, and can talk to those on nodes. */
public final class FargateProfile extends PlatformConstruct {

    private final EksFargateProfile profile;
    private final String roleArn;

    /**
     * Creates a profile.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope, and its name
     * @param cluster the cluster
     * @param spec which pods
     */
    public FargateProfile(Construct scope, String id, ComputeCluster cluster, FargateProfileSpec spec) {
        this(scope, id, cluster, spec, Optional.empty());
    }

    /**
     * Creates a profile.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope, and its name
     * @param cluster the cluster
     * @param spec which pods
     * @param logs what a role that is created may do for the logs of its pods
     */
    @API(status = API.Status.INTERNAL)
    public FargateProfile(
            Construct scope,
            String id,
            ComputeCluster cluster,
            FargateProfileSpec spec,
            Optional<PolicyDocument> logs) {
        super(scope, id);
        List<ITerraformDependable> before = new ArrayList<>();
        roleArn = spec.roleArn().orElseGet(() -> {
            List<String> policies = new ArrayList<>(List.of(FargateProfileSpec.POLICY));
            policies.addAll(spec.policies());
            ServiceRole role = new ServiceRole(
                    this,
                    "role",
                    cluster.name() + "-" + id + "-fargate",
                    TrustPolicy.service("eks-fargate-pods.amazonaws.com"),
                    policies);
            logs.ifPresent(policy -> role.permit("logs", policy));
            before.addAll(role.attachments());
            return role.arn();
        });
        before.addAll(cluster.beforeFargate());
        EksFargateProfileConfig.Builder config = EksFargateProfileConfig.builder()
                .clusterName(cluster.nameReference())
                .fargateProfileName(id)
                .podExecutionRoleArn(roleArn)
                .subnetIds(cluster.subnetIds(spec.placement()))
                .selector(spec.selectors().stream()
                        .map(selector -> EksFargateProfileSelector.builder()
                                .namespace(TerraformText.escape(selector.namespace()))
                                .labels(TerraformText.escapeTexts(selector.labels()))
                                .build())
                        .toList())
                .dependsOn(before);
        if (!spec.tags().isEmpty()) {
            config.tags(TerraformText.escapeTexts(spec.tags()));
        }
        spec.timeouts().ifPresent(given -> {
            EksFargateProfileTimeouts.Builder timeouts = EksFargateProfileTimeouts.builder();
            given.createMinutes().ifPresent(minutes -> timeouts.create(minutes + "m"));
            given.deleteMinutes().ifPresent(minutes -> timeouts.delete(minutes + "m"));
            config.timeouts(timeouts.build());
        });
        profile = new EksFargateProfile(this, "profile", config.build());
        cluster.addCompute(profile);
        cluster.joinFargate(spec);
    }

    /**
     * The profile's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public EksFargateProfile profile() {
        return profile;
    }

    /**
     * The ARN of the IAM role of its pods.
     *
     * @return a Terraform reference
     */
    public String roleArn() {
        return roleArn;
    }
}
