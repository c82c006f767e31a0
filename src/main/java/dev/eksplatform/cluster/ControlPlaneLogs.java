package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroupConfig;
import dev.eksplatform.construct.LogGroupClass;
import java.util.List;
import software.constructs.Construct;

/** The log group of a control plane. */
final class ControlPlaneLogs {

    private ControlPlaneLogs() {}

    /**
     * Creates it unless it exists.
     *
     * @return what the cluster waits for, because EKS creates a group that is missing
     */
    static List<ITerraformDependable> create(Construct scope, String name, LogsSpec spec, String clusterKeyArn) {
        if (spec.existing()) {
            return List.of();
        }
        CloudwatchLogGroupConfig.Builder config = CloudwatchLogGroupConfig.builder()
                .name(name)
                .retentionInDays(spec.retentionDays())
                .kmsKeyId(spec.kmsKeyArn().map(KmsKeyArn::value).orElse(clusterKeyArn));
        if (spec.logClass() != LogGroupClass.STANDARD) {
            config.logGroupClass(spec.logClass().name());
        }
        if (spec.keepOnDestroy()) {
            config.skipDestroy(true);
        }
        return List.of(new CloudwatchLogGroup(scope, "log-group", config.build()));
    }
}
