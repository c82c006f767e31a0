package dev.eksplatform.addon;

import com.hashicorp.cdktf.TerraformResource;
import com.hashicorp.cdktf.TerraformResourceConfig;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * The tag by which the AWS Node Termination Handler finds instances of Auto Scaling groups, and the hook that lets a group wait until
 * their nodes are drained. Source: <a
 * href="https://github.com/aws/aws-node-termination-handler#2-create-an-asg-termination-lifecycle-hook">lifecycle hook</a>.
 */
public final class TerminationHook extends PlatformConstruct {

    /** As long as the handler gives pods by default, and some time for its answer. */
    private static final int HEARTBEAT_SECONDS = 300;

    /**
     * Creates tags and hooks.
     *
     * @param scope the construct it belongs to, in a stack with an AWS provider
     * @param id its id in the scope
     * @param spec the groups
     */
    public TerminationHook(Construct scope, String id, TerminationHookSpec spec) {
        super(scope, id);
        for (String group : spec.groups()) {
            String name = TerraformText.escape(group);
            String end = id(group);
            Map<String, Object> tag = new TreeMap<>();
            tag.put("key", AwsNodeTerminationHandlerSpec.MANAGED);
            tag.put("value", "true");
            tag.put("propagate_at_launch", true);
            resource("tag-" + end, "aws_autoscaling_group_tag", Map.of("autoscaling_group_name", name, "tag", tag));
            Map<String, Object> hook = new TreeMap<>();
            hook.put("autoscaling_group_name", name);
            hook.put("name", AwsNodeTerminationHandlerSpec.NAME);
            hook.put("lifecycle_transition", "autoscaling:EC2_INSTANCE_TERMINATING");
            hook.put("default_result", "CONTINUE");
            hook.put("heartbeat_timeout", HEARTBEAT_SECONDS);
            resource("hook-" + end, "aws_autoscaling_lifecycle_hook", hook);
        }
    }

    /** Names with other characters that are the same without them stay different. */
    private static String id(String group) {
        String text = group.replaceAll("[^A-Za-z0-9_-]+", "-");
        return text.equals(group) ? group : text + "." + Integer.toHexString(group.hashCode());
    }

    /** Without bindings, which are only for what most environments have. */
    private void resource(String id, String type, Map<String, Object> arguments) {
        TerraformResource resource = new TerraformResource(
                this,
                id,
                TerraformResourceConfig.builder().terraformResourceType(type).build());
        arguments.forEach(resource::addOverride);
    }
}
