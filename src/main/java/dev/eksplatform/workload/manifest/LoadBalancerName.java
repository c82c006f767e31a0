package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The names of load balancers in annotations of the AWS Load Balancer Controller. Sources: <a
 * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html">CreateLoadBalancer</a>,
 * <a
 * href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/">Ingress
 * annotations</a>, <a
 * href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/">Service
 * annotations</a>.
 */
final class LoadBalancerName {

    private static final int LONGEST = 32;
    private static final Pattern FORM = Pattern.compile("(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?");
    private static final List<String> ANNOTATIONS = List.of(
            "alb.ingress.kubernetes.io/load-balancer-name", "service.beta.kubernetes.io/aws-load-balancer-name");

    private LoadBalancerName() {}

    static void check(KubernetesDocument document, Problems problems) {
        for (String annotation : ANNOTATIONS) {
            FieldValue field = document.root().get("metadata", "annotations", annotation);
            if (field.value() instanceof String name
                    && (name.length() > LONGEST || !FORM.matcher(name).matches())) {
                problems.add(
                        field.place(),
                        "\"" + name + "\" is not a valid load balancer name"
                                + (name.length() > LONGEST ? ": it has " + name.length() + " characters" : ""),
                        "at most 32 letters, digits and -, no - first or last, not beginning with internal-",
                        "use a shorter name, or remove the annotation: the controller then generates a name");
            }
        }
    }
}
