package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.eks_access_entry.EksAccessEntry;
import com.hashicorp.cdktf.providers.aws.eks_access_entry.EksAccessEntryConfig;
import com.hashicorp.cdktf.providers.aws.eks_access_policy_association.EksAccessPolicyAssociation;
import com.hashicorp.cdktf.providers.aws.eks_access_policy_association.EksAccessPolicyAssociationAccessScope;
import com.hashicorp.cdktf.providers.aws.eks_access_policy_association.EksAccessPolicyAssociationConfig;
import dev.eksplatform.construct.Account;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.internal.json.TerraformText;
import java.util.List;
import software.constructs.Construct;

/** What one IAM principal may do in a cluster. */
final class AccessEntry extends PlatformConstruct {

    AccessEntry(Construct scope, String id, ComputeCluster cluster, PrincipalArn principal, AccessEntrySpec spec) {
        super(scope, id);
        EksAccessEntryConfig.Builder config = EksAccessEntryConfig.builder()
                .clusterName(cluster.nameReference())
                .principalArn(principal.value());
        if (!spec.groups().isEmpty()) {
            config.kubernetesGroups(
                    spec.groups().stream().map(TerraformText::escape).toList());
        }
        if (spec.type() != AccessEntryType.STANDARD) {
            config.type(spec.type().name());
        }
        spec.username().map(TerraformText::escape).ifPresent(config::userName);
        EksAccessEntry entry = new EksAccessEntry(this, "entry", config.build());
        List<ITerraformDependable> afterEntry = List.of(entry);
        for (AccessPolicySpec given : spec.policies()) {
            String policy = given.policy().name();
            new EksAccessPolicyAssociation(
                    this,
                    policy,
                    EksAccessPolicyAssociationConfig.builder()
                            .clusterName(cluster.nameReference())
                            .principalArn(principal.value())
                            .policyArn(Arn.text(
                                    Account.of(this).partition(), "eks", "", "aws", "cluster-access-policy/" + policy))
                            .accessScope(scope(given.namespaces(spec.namespaces())))
                            .dependsOn(afterEntry)
                            .build());
        }
    }

    private static EksAccessPolicyAssociationAccessScope scope(List<String> namespaces) {
        EksAccessPolicyAssociationAccessScope.Builder scope =
                EksAccessPolicyAssociationAccessScope.builder().type(namespaces.isEmpty() ? "cluster" : "namespace");
        if (!namespaces.isEmpty()) {
            scope.namespaces(namespaces.stream().map(TerraformText::escape).toList());
        }
        return scope.build();
    }
}
