package dev.eksplatform.network;

import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroupConfig;
import com.hashicorp.cdktf.providers.aws.flow_log.FlowLog;
import com.hashicorp.cdktf.providers.aws.flow_log.FlowLogConfig;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicyConfig;
import com.hashicorp.cdktf.providers.aws.vpc.Vpc;
import dev.eksplatform.construct.EncryptionKey;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.construct.Roles;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TrustPolicy;
import software.constructs.Construct;

/**
 * Logs a VPC's traffic to CloudWatch, encrypted with a KMS key of its own and kept for a year. Source: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html">IAM role for publishing flow logs</a>.
 */
final class NetworkFlowLog extends PlatformConstruct {

    private static final int RETENTION_DAYS = 365;

    NetworkFlowLog(Construct scope, String id, String name, Vpc vpc) {
        super(scope, id);
        String logGroupName = "/aws/vpc/" + name + "/flow-log";
        EncryptionKey key = new EncryptionKey(
                this,
                "key",
                "vpc/" + name + "/flow-log",
                "Flow log of the VPC " + name,
                new EncryptionKey.Logs("FlowLog", logGroupName));
        CloudwatchLogGroup logGroup = new CloudwatchLogGroup(
                this,
                "log-group",
                CloudwatchLogGroupConfig.builder()
                        .name(logGroupName)
                        .retentionInDays(RETENTION_DAYS)
                        .kmsKeyId(key.arn())
                        .build());
        IamRole role = Roles.create(
                this,
                "role",
                RoleName.fitting(name + "-flow-log").toString(),
                TrustPolicy.service("vpc-flow-logs.amazonaws.com"));
        new IamRolePolicy(
                this,
                "policy",
                IamRolePolicyConfig.builder()
                        .name("write-flow-log")
                        .role(role.getId())
                        .policy(PolicyDocument.of(Statement.allow(
                                                "logs:CreateLogStream",
                                                "logs:PutLogEvents",
                                                "logs:DescribeLogGroups",
                                                "logs:DescribeLogStreams")
                                        .on(logGroup.getArn(), logGroup.getArn() + ":*"))
                                .toTerraformJson())
                        .build());
        new FlowLog(
                this,
                "flow-log",
                FlowLogConfig.builder()
                        .vpcId(vpc.getId())
                        .trafficType("ALL")
                        .logDestination(logGroup.getArn())
                        .iamRoleArn(role.getArn())
                        .build());
    }
}
