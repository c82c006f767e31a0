package dev.eksplatform.network;

import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroupConfig;
import com.hashicorp.cdktf.providers.aws.flow_log.FlowLog;
import com.hashicorp.cdktf.providers.aws.flow_log.FlowLogConfig;
import com.hashicorp.cdktf.providers.aws.flow_log.FlowLogDestinationOptions;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicyConfig;
import dev.eksplatform.construct.Account;
import dev.eksplatform.construct.EncryptionKey;
import dev.eksplatform.construct.LogGroupClass;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.construct.Roles;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.internal.json.TerraformText;
import java.util.Locale;
import java.util.stream.Collectors;
import software.constructs.Construct;

/**
 * Logs a VPC's traffic. Only CloudWatch and Firehose of another account need a role. Sources: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html">IAM role for publishing flow logs</a>, <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/firehose-cross-account-delivery.html">IAM roles for cross account
 * delivery</a>.
 */
final class NetworkFlowLog extends PlatformConstruct {

    private final String name;
    private final String vpcId;

    NetworkFlowLog(Construct scope, String id, String name, String vpcId, FlowLogSpec spec) {
        super(scope, id);
        this.name = name;
        this.vpcId = vpcId;
        FlowLogConfig.Builder config = FlowLogConfig.builder()
                .vpcId(vpcId)
                .trafficType(spec.trafficType().name());
        if (!spec.format().isEmpty()) {
            config.logFormat(TerraformText.escape(
                    spec.format().stream().map(field -> "${" + field + "}").collect(Collectors.joining(" "))));
        }
        spec.maxAggregationIntervalSeconds().ifPresent(config::maxAggregationInterval);
        FlowLogDestination destination = spec.destination().orElseGet(FlowLogDestination.CloudWatch::standard);
        if (destination instanceof FlowLogDestination.Bucket s3) {
            toS3(s3, config);
        } else if (destination instanceof FlowLogDestination.Firehose firehose) {
            toFirehose(firehose, config);
        } else if (destination instanceof FlowLogDestination.CloudWatch cloudWatch) {
            toCloudWatch(cloudWatch, config);
        }
        new FlowLog(this, "flow-log", config.build());
    }

    private static void toS3(FlowLogDestination.Bucket s3, FlowLogConfig.Builder config) {
        config.logDestinationType("s3")
                .logDestination(s3.prefix()
                        .map(prefix -> s3.bucketArn() + "/" + prefix + "/")
                        .orElse(s3.bucketArn()));
        if (s3.fileFormat().isPresent() || s3.hivePartitions() || s3.perHourPartition()) {
            config.destinationOptions(FlowLogDestinationOptions.builder()
                    .fileFormat(s3.fileFormat()
                            .orElse(FlowLogDestination.FileFormat.PLAIN_TEXT)
                            .name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-'))
                    .hiveCompatiblePartitions(s3.hivePartitions())
                    .perHourPartition(s3.perHourPartition())
                    .build());
        }
    }

    private void toFirehose(FlowLogDestination.Firehose firehose, FlowLogConfig.Builder config) {
        config.logDestinationType("kinesis-data-firehose").logDestination(firehose.deliveryStreamArn());
        firehose.crossAccountRoleArn().ifPresent(target -> {
            Account account = Account.of(this);
            RoleName roleName = RoleName.fitting(name + "-flow-log");
            IamRole role = Roles.create(
                    this, "role", roleName.toString(), TrustPolicy.service(account.servicePrincipal("delivery.logs")));
            policy(
                    role,
                    "deliver-flow-log",
                    Statement.allow("sts:AssumeRole").on(target),
                    Statement.allow("iam:PassRole")
                            .on(role.getArn())
                            .when("StringEquals", "iam:PassedToService", account.servicePrincipal("delivery.logs"))
                            .when(
                                    "ArnLike",
                                    "iam:AssociatedResourceARN",
                                    Arn.text(
                                            account.partition(),
                                            "ec2",
                                            account.region(),
                                            account.id(),
                                            "vpc/" + vpcId)),
                    Statement.allow(
                                    "logs:CreateLogDelivery",
                                    "logs:DeleteLogDelivery",
                                    "logs:ListLogDeliveries",
                                    "logs:GetLogDelivery")
                            .on("*"));
            config.iamRoleArn(role.getArn()).deliverCrossAccountRole(target);
        });
    }

    private void toCloudWatch(FlowLogDestination.CloudWatch cloudWatch, FlowLogConfig.Builder config) {
        String logGroupName = "/aws/vpc/" + name + "/flow-log";
        String key = cloudWatch.kmsKeyArn().orElseGet(() -> new EncryptionKey(
                        this,
                        "key",
                        "vpc/" + name + "/flow-log",
                        "Flow log of the VPC " + name,
                        new EncryptionKey.Logs("FlowLog", logGroupName))
                .arn());
        CloudwatchLogGroupConfig.Builder group = CloudwatchLogGroupConfig.builder()
                .name(logGroupName)
                .retentionInDays(cloudWatch.retentionDays())
                .kmsKeyId(key);
        cloudWatch.logGroupClass().map(LogGroupClass::apiName).ifPresent(group::logGroupClass);
        CloudwatchLogGroup logGroup = new CloudwatchLogGroup(this, "log-group", group.build());
        IamRole role = Roles.create(
                this,
                "role",
                RoleName.fitting(name + "-flow-log").toString(),
                TrustPolicy.service("vpc-flow-logs.amazonaws.com"));
        policy(
                role,
                "write-flow-log",
                Statement.allow(
                                "logs:CreateLogStream",
                                "logs:PutLogEvents",
                                "logs:DescribeLogGroups",
                                "logs:DescribeLogStreams")
                        .on(logGroup.getArn(), logGroup.getArn() + ":*"));
        config.logDestination(logGroup.getArn()).iamRoleArn(role.getArn());
    }

    private void policy(IamRole role, String policyName, Statement... statements) {
        new IamRolePolicy(
                this,
                "policy",
                IamRolePolicyConfig.builder()
                        .name(policyName)
                        .role(role.getId())
                        .policy(PolicyDocument.of(statements).toTerraformJson())
                        .build());
    }
}
