package dev.eksplatform.internal.plan;

import java.util.Locale;
import java.util.Optional;

/**
 * An {@code action} block that apply invokes, see <a
 * href="https://developer.hashicorp.com/terraform/language/block/action">action</a>.
 *
 * @param address such as {@code action.aws_lambda_invoke.drain}
 * @param type the type of the action
 * @param event the event of a resource that triggers it, such as {@code after_update}; empty when it is invoked from the
 *     command line
 * @param resource the address of the triggering resource, or of the resource that an invocation from the command line is
 *     about; empty when there is none
 * @param onFailure what a failure does, such as {@code continue}; empty when the plan does not say
 * @param configuration the arguments of the action, after the change
 * @param deferred Terraform's reason when the invocation is left for a later plan
 */
public record ActionInvocation(
        String address,
        String type,
        String event,
        String resource,
        String onFailure,
        BeforeAfter configuration,
        Optional<String> deferred) {

    /** The name of an event or of a reaction as the configuration writes it: {@code AfterUpdate} is {@code after_update}. */
    static String configured(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /**
     * What triggers the invocation, in words.
     *
     * @return such as {@code after_update of aws_eks_node_group.n}
     */
    public String trigger() {
        String of = resource.isEmpty() ? "" : (event.isEmpty() ? " for " : " of ") + resource;
        String failure = onFailure.isEmpty() || onFailure.equals("fail") ? "" : ", on failure " + onFailure;
        return (event.isEmpty() ? "by -invoke" : event) + of + failure;
    }
}
