package dev.eksplatform.addon;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tags of the AWS resources that controllers create, which the provider's default tags do not reach, in the form of their
 * charts. A tag that a controller cannot be given is left out.
 */
final class ControllerTags {

    /** The chart writes them into one argument, {@code key=value,…}, without quotes. */
    private static final Pattern NOT_IN_ARGUMENT = Pattern.compile("[,\"]|: | #|:$");

    /**
     * A list of {@code key=value}; {@code %} begins a placeholder of ACK. Source: <a
     * href="https://github.com/aws-controllers-k8s/runtime/blob/main/pkg/config/config.go">the runtime's checks</a>.
     */
    private static final Pattern NOT_IN_ACK = Pattern.compile("[=,\"%]");

    /** The tags that every ACK controller sets by itself unless it is given others. */
    private static final List<String> OF_ACK = List.of(
            "services.k8s.aws/controller-version=%CONTROLLER_SERVICE%-%CONTROLLER_VERSION%",
            "services.k8s.aws/namespace=%K8S_NAMESPACE%");

    private ControllerTags() {}

    /** The value {@code defaultTags} of the AWS Load Balancer Controller's chart. */
    static Map<String, String> ofLoadBalancers(Map<String, String> tags) {
        Map<String, String> accepted = new LinkedHashMap<>(tags);
        accepted.entrySet()
                .removeIf(tag -> tag.getKey().contains("=")
                        || NOT_IN_ARGUMENT
                                .matcher(tag.getKey() + "=" + tag.getValue())
                                .find());
        return accepted;
    }

    /** The value {@code resourceTags} of the chart of an ACK controller, with its defaults; empty for nothing but the defaults. */
    static List<String> ofAck(Map<String, String> tags) {
        List<String> own = tags.entrySet().stream()
                .filter(tag ->
                        !NOT_IN_ACK.matcher(tag.getKey() + tag.getValue()).find())
                .filter(tag -> !tag.getValue().isBlank())
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .toList();
        return own.isEmpty()
                ? own
                : Stream.concat(OF_ACK.stream(), own.stream()).toList();
    }
}
