package dev.eksplatform.network;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.construct.LogGroupClass;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlowLogSpecTest {

    private static final NetworkSpec NETWORK = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b");

    private static TerraformStack stackWith(FlowLogs logs) {
        TerraformStack stack = TestStack.make();
        new Network(stack, "network", NETWORK.withFlowLogs(logs));
        return stack;
    }

    private static FlowLogSpec to(FlowLogDestination destination) {
        return FlowLogSpec.standard().withDestination(Optional.of(destination));
    }

    @Test
    void settingsWithoutAnySettingAreTheDefaults() {
        assertThat(TestStack.configuration(stackWith(FlowLogSpec.standard())))
                .isEqualTo(TestStack.configuration(stackWith(FlowLogs.of(true))));
    }

    @Test
    void cloudWatch() {
        FlowLogSpec spec = to(FlowLogDestination.CloudWatch.standard().with(group -> group.retentionDays(90)
                        .kmsKeyArn(Optional.of("arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d"))
                        .logGroupClass(Optional.of(LogGroupClass.INFREQUENT_ACCESS))))
                .withFormat(List.of("version", "srcaddr", "encryption-status"))
                .withMaxAggregationIntervalSeconds(Optional.of(60))
                .withTrafficType(LoggedTraffic.REJECT);

        assertThat(stackWith(spec))
                .hasNoResource("aws_kms_key")
                .hasResource("aws_cloudwatch_log_group")
                .withAttribute("retention_in_days", 90)
                .withAttribute("kms_key_id", "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d")
                .withAttribute("log_group_class", "INFREQUENT_ACCESS")
                .and()
                .hasResource("aws_flow_log")
                .withAttribute("log_format", "$${version} $${srcaddr} $${encryption-status}")
                .withAttribute("max_aggregation_interval", 60)
                .withAttribute("traffic_type", "REJECT");
    }

    @Test
    void aBucketNeedsNeitherRoleNorLogGroup() {
        assertThat(stackWith(to(FlowLogDestination.Bucket.of("arn:aws:s3:::shop-flow-logs"))))
                .hasNoResource("aws_iam_role")
                .hasNoResource("aws_cloudwatch_log_group")
                .hasNoResource("aws_kms_key")
                .hasResource("aws_flow_log")
                .withAttribute("log_destination_type", "s3")
                .withAttribute("log_destination", "arn:aws:s3:::shop-flow-logs")
                .withoutAttribute("destination_options")
                .withoutAttribute("iam_role_arn");
    }

    @Test
    void bucketInFull() {
        FlowLogDestination.Bucket bucket = FlowLogDestination.Bucket.of("arn:aws:s3:::shop-flow-logs")
                .with(spec -> spec.prefix(Optional.of("vpc/shop"))
                        .fileFormat(Optional.of(FlowLogDestination.FileFormat.PARQUET))
                        .hivePartitions(true)
                        .perHourPartition(true));
        assertThat(stackWith(to(bucket)))
                .hasResource("aws_flow_log")
                .withAttribute("log_destination", "arn:aws:s3:::shop-flow-logs/vpc/shop/")
                .withAttribute("destination_options.file_format", "parquet")
                .withAttribute("destination_options.hive_compatible_partitions", true)
                .withAttribute("destination_options.per_hour_partition", true);
    }

    @Test
    void aFirehoseStreamOfTheAccountNeedsNoRole() {
        String stream = "arn:aws:firehose:eu-central-1:111122223333:deliverystream/flow-logs";
        assertThat(stackWith(to(FlowLogDestination.Firehose.of(stream))))
                .hasNoResource("aws_iam_role")
                .hasResource("aws_flow_log")
                .withAttribute("log_destination_type", "kinesis-data-firehose")
                .withAttribute("log_destination", stream)
                .withoutAttribute("deliver_cross_account_role");
    }

    @Test
    void aFirehoseStreamOfAnotherAccountNeedsARoleThatAssumesTheRoleThere() {
        String target = "arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole";
        TerraformStack stack = stackWith(
                to(FlowLogDestination.Firehose.of("arn:aws:firehose:eu-central-1:444455556666:deliverystream/flow-logs")
                        .withCrossAccountRoleArn(Optional.of(target))));
        assertThat(stack)
                .hasResource("aws_flow_log")
                .withAttribute("deliver_cross_account_role", target)
                .withAttribute("iam_role_arn", "${aws_iam_role.network_flow-log_role_7465F8A7.arn}");
        assertThat(TestStack.configuration(stack).at("/resource/aws_iam_role").toString())
                .contains("\\\"Service\\\":\\\"delivery.logs.amazonaws.com\\\"");
        assertThat(TestStack.configuration(stack)
                        .at("/resource/aws_iam_role_policy")
                        .toString())
                .contains("sts:AssumeRole", target, "iam:PassRole", "iam:PassedToService", "logs:CreateLogDelivery");
    }

    @Test
    void fieldsAndIntervalsAreChecked() {
        assertThat(ProblemsOf.making(
                        () -> FlowLogSpec.standard().withFormat(List.of("version", "srcaddress", "version"))))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith(
                                "format[1]: \"srcaddress\" is not a field of flow logs; allowed: version, account-id,")
                        .endsWith("fix: did you mean srcaddr?"))
                .contains("format[2]: duplicate field version; fix: remove one of them");
        assertThat(ProblemsOf.making(() -> FlowLogSpec.standard().withMaxAggregationIntervalSeconds(Optional.of(300))))
                .containsExactly("maxAggregationIntervalSeconds: 300 seconds; allowed: 60 or 600; fix: use 60");
    }

    @Test
    void destinationsAreChecked() {
        assertThat(ProblemsOf.making(() -> FlowLogDestination.Bucket.of("shop-flow-logs")))
                .containsExactly(
                        "bucketArn: \"shop-flow-logs\" is not the ARN of a bucket; allowed: arn:aws:s3::: and the"
                                + " bucket's name; fix: write the folder into prefix");
        assertThat(ProblemsOf.making(() ->
                        FlowLogDestination.Bucket.of("arn:aws:s3:::shop").withPrefix(Optional.of("AWSLogs/shop"))))
                .containsExactly(
                        "prefix: \"AWSLogs/shop\" has the folder AWSLogs; allowed: any other name: AWS adds AWSLogs"
                                + " itself; fix: remove it");
        assertThat(ProblemsOf.making(
                        () -> FlowLogDestination.Bucket.of("arn:aws:s3:::shop").withPrefix(Optional.of("/shop/"))))
                .containsExactly(
                        "prefix: \"/shop/\" is not a prefix; allowed: names with / between them, none at the ends;"
                                + " fix: write it like vpc/shop");
        assertThat(ProblemsOf.making(() -> FlowLogDestination.CloudWatch.standard()
                        .with(group -> group.retentionDays(100).kmsKeyArn(Optional.of("alias/logs")))))
                .containsExactly(
                        "retentionDays: 100 days; allowed: a period of CloudWatch Logs: [1, 3, 5, 7, 14, 30, 60, 90, 120,"
                                + " 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]; fix: use 120",
                        "kmsKeyArn: \"alias/logs\" is not the ARN of a KMS key; allowed: the key's own ARN: an alias is not"
                                + " accepted; fix: copy it from `aws kms describe-key`");
        assertThat(ProblemsOf.making(() -> FlowLogDestination.Firehose.of(
                                "arn:aws:firehose:eu-central-1:111122223333:deliverystream/x")
                        .with(stream -> stream.deliveryStreamArn("flow-logs")
                                .crossAccountRoleArn(Optional.of("arn:aws:iam::4444:role/x")))))
                .containsExactly(
                        "deliveryStreamArn: \"flow-logs\" is not the ARN of a Firehose stream; allowed:"
                                + " arn:aws:firehose:REGION:ACCOUNT:deliverystream/NAME; fix: copy it from `aws firehose"
                                + " describe-delivery-stream`",
                        "crossAccountRoleArn: \"arn:aws:iam::4444:role/x\" is not the ARN of a role; allowed:"
                                + " arn:aws:iam::ACCOUNT:role/AWSLogDeliveryFirehoseCrossAccountRole; fix: use the role of"
                                + " the stream's account");
    }

    @Test
    void referencesOfAProgramAreAccepted() {
        assertThat(ProblemsOf.making(() -> FlowLogDestination.Bucket.of("${aws_s3_bucket.logs.arn}")))
                .isEmpty();
        assertThat(ProblemsOf.making(() ->
                        FlowLogDestination.CloudWatch.standard().withKmsKeyArn(Optional.of("${aws_kms_key.logs.arn}"))))
                .isEmpty();
    }
}
