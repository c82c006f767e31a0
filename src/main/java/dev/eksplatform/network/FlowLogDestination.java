package dev.eksplatform.network;

import dev.eksplatform.construct.LogGroupClass;
import dev.eksplatform.construct.LogRetention;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the records of flow logs are delivered. */
public sealed interface FlowLogDestination {

    /**
     * A log group in CloudWatch that is created, and a role that may write to it.
     *
     * @param retentionDays how long records are kept; default 365
     * @param kmsKeyArn a KMS key whose policy lets CloudWatch Logs use it for this log group; default a key that is created
     * @param logGroupClass {@code standard} or {@code infrequent-access} (half the price, without metric filters and
     *     subscriptions); default {@code standard}. A change replaces the log group, with its records
     */
    @YamlForm(key = "cloudWatch")
    @RecordBuilder
    record CloudWatch(
            @Example("90") @Limit(oneOf = LogRetention.PERIODS)
            int retentionDays,

            @Example("arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9")
            @Limit(pattern = CloudWatch.KEY)
            Optional<String> kmsKeyArn,

            @Example("infrequent-access") Optional<LogGroupClass> logGroupClass)
            implements FlowLogDestination, FlowLogDestinationCloudWatchBuilder.With {

        private static final String KEY = "^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$";
        private static final Pattern KEY_ARN = Pattern.compile(KEY);

        /** Checks the period and the key's ARN. */
        public CloudWatch {
            Problems problems = new Problems();
            LogRetention.check(PropertyPath.of("retentionDays"), retentionDays, problems);
            kmsKeyArn
                    .filter(arn -> !TerraformTemplate.isOpen(arn))
                    .ifPresent(arn -> problems.match(
                            "kmsKeyArn",
                            arn,
                            KEY_ARN,
                            "the ARN of a KMS key",
                            "the key's own ARN: an alias is not accepted",
                            "copy it from `aws kms describe-key`"));
            problems.throwIfAny();
        }

        /**
         * A log group with the defaults.
         *
         * @return the destination
         */
        @Defaults
        public static CloudWatch standard() {
            return new CloudWatch(365, Optional.empty(), Optional.empty());
        }
    }

    /**
     * A bucket that exists. Its policy must let {@code delivery.logs.amazonaws.com} write to it: AWS adds that when whoever
     * creates the flow log owns the bucket and may change its policy. No role is needed. Source: <a
     * href="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html">permissions for S3</a>.
     *
     * @param bucketArn the bucket
     * @param prefix the beginning of the objects' names, without {@code /} at its ends; default none
     * @param fileFormat {@code plain-text} or {@code parquet}; default {@code plain-text}
     * @param hivePartitions whether names are Hive-compatible ({@code year=2026/…}); default false
     * @param perHourPartition whether each hour has a folder of its own; default false
     */
    @YamlForm(key = "s3")
    @RecordBuilder
    record Bucket(
            @Example("arn:aws:s3:::shop-flow-logs") @Limit(pattern = Bucket.BUCKET)
            String bucketArn,

            @Example("vpc/shop") @Limit(pattern = Bucket.PREFIX)
            Optional<String> prefix,

            @Example("parquet") Optional<FileFormat> fileFormat,

            @Example("true") boolean hivePartitions,

            @Example("true") boolean perHourPartition)
            implements FlowLogDestination, FlowLogDestinationBucketBuilder.With {

        private static final String BUCKET = "^arn:[a-z-]+:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$";
        private static final Pattern BUCKET_ARN = Pattern.compile(BUCKET);
        private static final String PREFIX = "^[A-Za-z0-9!_.*'()=-]+(/[A-Za-z0-9!_.*'()=-]+)*$";
        private static final Pattern PREFIX_FORM = Pattern.compile(PREFIX);

        /** Checks the bucket's ARN and the prefix, in which {@code AWSLogs} is reserved. */
        public Bucket {
            Components.required("bucketArn", bucketArn);
            Problems problems = new Problems();
            if (!TerraformTemplate.isOpen(bucketArn)) {
                problems.match(
                        "bucketArn",
                        bucketArn,
                        BUCKET_ARN,
                        "the ARN of a bucket",
                        "arn:aws:s3::: and the bucket's name",
                        "write the folder into prefix");
            }
            prefix.filter(text -> !TerraformTemplate.isOpen(text)).ifPresent(text -> {
                if (List.of(text.split("/")).contains("AWSLogs")) {
                    problems.add(
                            "prefix",
                            "\"" + text + "\" has the folder AWSLogs",
                            "any other name: AWS adds AWSLogs itself",
                            "remove it");
                }
                problems.match(
                        "prefix",
                        text,
                        PREFIX_FORM,
                        "a prefix",
                        "names with / between them, none at the ends",
                        "write it like vpc/shop");
            });
            problems.throwIfAny();
        }

        /**
         * A bucket with the defaults.
         *
         * @param bucketArn the bucket
         * @return the destination
         */
        @Defaults
        public static Bucket of(String bucketArn) {
            return new Bucket(bucketArn, Optional.empty(), Optional.empty(), false, false);
        }
    }

    /** The format of objects. */
    enum FileFormat {
        /** Text, compressed with gzip. */
        PLAIN_TEXT,

        /** Apache Parquet: a fifth of the space, and faster queries. */
        PARQUET
    }

    /**
     * A Firehose stream that exists. Source: <a
     * href="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-firehose.html">publish to Amazon Data Firehose</a>.
     *
     * @param deliveryStreamArn the stream
     * @param crossAccountRoleArn for a stream of another account: the role {@code AWSLogDeliveryFirehoseCrossAccountRole}
     *     there, which the role that is created here assumes; default none
     */
    @YamlForm(key = "firehose")
    @RecordBuilder
    record Firehose(
            @Example("arn:aws:firehose:eu-central-1:111122223333:deliverystream/flow-logs")
            @Limit(pattern = Firehose.STREAM)
            String deliveryStreamArn,

            @Example("arn:aws:iam::444455556666:role/AWSLogDeliveryFirehoseCrossAccountRole")
            @Limit(pattern = Firehose.ROLE)
            Optional<String> crossAccountRoleArn)
            implements FlowLogDestination, FlowLogDestinationFirehoseBuilder.With {

        private static final String STREAM =
                "^arn:[a-z-]+:firehose:[a-z0-9-]+:[0-9]{12}:deliverystream/[A-Za-z0-9_.-]{1,64}$";
        private static final Pattern STREAM_ARN = Pattern.compile(STREAM);
        private static final String ROLE = "^arn:[a-z-]+:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$";
        private static final Pattern ROLE_ARN = Pattern.compile(ROLE);

        /** Checks the ARNs. */
        public Firehose {
            Components.required("deliveryStreamArn", deliveryStreamArn);
            Problems problems = new Problems();
            if (!TerraformTemplate.isOpen(deliveryStreamArn)) {
                problems.match(
                        "deliveryStreamArn",
                        deliveryStreamArn,
                        STREAM_ARN,
                        "the ARN of a Firehose stream",
                        "arn:aws:firehose:REGION:ACCOUNT:deliverystream/NAME",
                        "copy it from `aws firehose describe-delivery-stream`");
            }
            crossAccountRoleArn
                    .filter(arn -> !TerraformTemplate.isOpen(arn))
                    .ifPresent(arn -> problems.match(
                            "crossAccountRoleArn",
                            arn,
                            ROLE_ARN,
                            "the ARN of a role",
                            "arn:aws:iam::ACCOUNT:role/AWSLogDeliveryFirehoseCrossAccountRole",
                            "use the role of the stream's account"));
            problems.throwIfAny();
        }

        /**
         * A stream of the same account.
         *
         * @param deliveryStreamArn the stream
         * @return the destination
         */
        @Defaults
        public static Firehose of(String deliveryStreamArn) {
            return new Firehose(deliveryStreamArn, Optional.empty());
        }
    }
}
