package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names that annotations of the AWS Load Balancer Controller give to load balancers. Sources: <a
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

    static void check(KubernetesDocument manifest, Problems problems) {
        Map<?, ?> annotations = BodyField.map(manifest.body(), "metadata", "annotations");
        for (String annotation : ANNOTATIONS) {
            if (annotations.get(annotation) instanceof String name
                    && (name.length() > LONGEST || !FORM.matcher(name).matches())) {
                problems.add(
                        manifest.source().where(FieldPath.child("metadata.annotations", annotation)),
                        "\"" + name + "\" is not a name of a load balancer"
                                + (name.length() > LONGEST ? ": it has " + name.length() + " characters" : ""),
                        "at most 32 letters, digits and -, no - first or last, not beginning with internal-",
                        "use a shorter name, or remove the annotation: the controller then makes one up");
            }
        }
    }
}
