package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import java.util.regex.Pattern;

/**
 * Whether a controller creates a load balancer on the internet for a Kubernetes object, by its annotations.
 *
 * @see <a href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/">Ingress
 *     annotations</a>
 */
final class InternetFacing {

    private static final String INGRESS = "alb.ingress.kubernetes.io/";
    private static final String SERVICE = "service.beta.kubernetes.io/aws-load-balancer-";

    private static final Pattern COMMA = Pattern.compile(",");

    private InternetFacing() {}

    /** Whether an Ingress, a Gateway or a Service of type LoadBalancer gets addresses on the internet. */
    static boolean of(String kind, JsonNode metadata) {
        JsonNode annotations = metadata.path("annotations");
        if (kind.equals("Service")) {
            String scheme = annotations.path(SERVICE + "scheme").asText("");
            boolean byController = annotations.has(SERVICE + "type");
            boolean internal = annotations.path(SERVICE + "internal").asText("").equals("true");
            return scheme.isEmpty() ? !byController && !internal : scheme.equals("internet-facing");
        }
        return annotations.path(INGRESS + "scheme").asText("").equals("internet-facing");
    }

    /** Whether it accepts connections from everybody. */
    static boolean toEverybody(String kind, JsonNode metadata, JsonNode spec) {
        if (kind.equals("Service")) {
            JsonNode ranges = spec.path("loadBalancerSourceRanges");
            return ranges.isEmpty() || Json.texts(ranges).stream().anyMatch(Networks::isWorld);
        }
        String cidrs =
                metadata.path("annotations").path(INGRESS + "inbound-cidrs").asText("0.0.0.0/0");
        return COMMA.splitAsStream(cidrs).map(String::strip).anyMatch(Networks::isWorld);
    }
}
