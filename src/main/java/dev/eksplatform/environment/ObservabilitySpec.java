package dev.eksplatform.environment;

import dev.eksplatform.cluster.KmsKeyArn;
import dev.eksplatform.construct.LogRetention;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/** What shows how a cluster and its applications are. */
public sealed interface ObservabilitySpec
        permits ObservabilitySpec.None,
                ObservabilitySpec.Prometheus,
                ObservabilitySpec.CloudWatch,
                ObservabilitySpec.CloudWatchSettings {

    /** Nothing but what {@code addons} and {@code cluster.addons} have. */
    @YamlForm(word = "none")
    record None() implements ObservabilitySpec {}

    /**
     * Metrics in Prometheus with Grafana, by the add-on {@code kube-prometheus-stack}, and container logs in CloudWatch Logs, by {@code
     * aws-for-fluent-bit}. Their settings are those of {@code addons}.
     */
    @YamlForm(word = "prometheus")
    record Prometheus() implements ObservabilitySpec {}

    /**
     * Metrics and container logs in CloudWatch Container Insights, by the EKS add-on {@code amazon-cloudwatch-observability}; logs are kept
     * for 90 days.
     */
    @YamlForm(word = "cloudwatch")
    record CloudWatch() implements ObservabilitySpec {}

    /**
     * CloudWatch, with settings of its log groups.
     *
     * @param retentionDays how long CloudWatch keeps logs of containers, nodes and performance events, in days; default 90
     * @param kmsKeyArn the KMS key that encrypts them, whose policy must allow it to CloudWatch Logs; default a key that is created
     */
    @YamlForm(key = "cloudwatch")
    @RecordBuilder
    record CloudWatchSettings(
            @Example("30") @Limit(oneOf = LogRetention.PERIODS)
            int retentionDays,

            @Example("arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9")
            Optional<KmsKeyArn> kmsKeyArn)
            implements ObservabilitySpec, ObservabilitySpecCloudWatchSettingsBuilder.With {

        private static final int USUAL_RETENTION = 90;

        /** Checks the retention. */
        public CloudWatchSettings {
            Problems problems = new Problems();
            LogRetention.check(PropertyPath.of("retentionDays"), retentionDays, problems);
            problems.throwIfAny();
        }

        /**
         * The settings without any key in the file.
         *
         * @return the defaults
         */
        @Defaults
        public static CloudWatchSettings standard() {
            return new CloudWatchSettings(USUAL_RETENTION, Optional.empty());
        }
    }

    /** The settings of CloudWatch; empty when it is not used. */
    default Optional<CloudWatchSettings> cloudWatch() {
        if (this instanceof CloudWatchSettings settings) {
            return Optional.of(settings);
        }
        return this instanceof CloudWatch ? Optional.of(CloudWatchSettings.standard()) : Optional.empty();
    }
}
