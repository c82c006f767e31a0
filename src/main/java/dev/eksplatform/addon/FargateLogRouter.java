package dev.eksplatform.addon;

import dev.eksplatform.internal.files.ProgramFile;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * The settings of Fargate's log router, which sends the logs of pods on Fargate to CloudWatch Logs. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html">Fargate logging</a>.
 *
 * @param logGroup the log group, which exists
 * @param region its region
 */
@API(status = API.Status.INTERNAL)
public record FargateLogRouter(String logGroup, String region) {

    /** The namespace of the ConfigMap. */
    public static final String NAMESPACE = "aws-observability";

    /** The label that the namespace must have, and its value. */
    public static final Map<String, String> LABELS = Map.of("aws-observability", "enabled");

    /** The name of the ConfigMap. */
    public static final String NAME = "aws-logging";

    /**
     * The data of the ConfigMap.
     *
     * @return the sections of Fluent Bit's configuration by file
     */
    public Map<String, String> data() {
        Map<String, String> data = new TreeMap<>();
        data.put("flb_log_cw", "false");
        data.put("filters.conf", ProgramFile.read(FargateLogRouter.class, "fargate-filters.conf"));
        data.put("parsers.conf", ProgramFile.read(FargateLogRouter.class, "fargate-parsers.conf"));
        data.put(
                "output.conf",
                String.join(
                        "\n",
                        "[OUTPUT]",
                        "    Name cloudwatch_logs",
                        "    Match kube.*",
                        "    region " + region,
                        "    log_group_name " + logGroup,
                        "    log_stream_prefix fargate-",
                        "    auto_create_group false",
                        ""));
        return data;
    }
}
