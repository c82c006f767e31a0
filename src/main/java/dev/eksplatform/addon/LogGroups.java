package dev.eksplatform.addon;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroupConfig;
import dev.eksplatform.cluster.KmsKeyArn;
import dev.eksplatform.construct.EncryptionKey;
import dev.eksplatform.construct.PlatformConstruct;
import java.util.List;
import software.constructs.Construct;

/** Log groups with a retention, which groups that an agent creates do not have, and a key. */
public final class LogGroups extends PlatformConstruct {

    private final List<CloudwatchLogGroup> groups;

    /**
     * Creates the groups, and their key unless it is given.
     *
     * @param scope the construct it belongs to, in a stack with an AWS provider
     * @param id its id in the scope
     * @param spec names, retention and key
     */
    public LogGroups(Construct scope, String id, LogGroupsSpec spec) {
        super(scope, id);
        String key = spec.kmsKeyArn().map(KmsKeyArn::value).orElseGet(() -> new EncryptionKey(
                        this,
                        "key",
                        spec.keyName(),
                        "Logs in " + spec.base(),
                        new EncryptionKey.Logs("ContainerLogs", spec.pattern()))
                .arn());
        groups = spec.groups().stream()
                .map(name -> new CloudwatchLogGroup(
                        this,
                        "log-group-" + name.substring(name.lastIndexOf('/') + 1),
                        CloudwatchLogGroupConfig.builder()
                                .name(name)
                                .retentionInDays(spec.retentionDays())
                                .kmsKeyId(key)
                                .build()))
                .toList();
    }

    /**
     * The groups' resources, for what comes after them.
     *
     * @return the resources
     */
    public List<ITerraformDependable> groups() {
        return List.copyOf(groups);
    }
}
