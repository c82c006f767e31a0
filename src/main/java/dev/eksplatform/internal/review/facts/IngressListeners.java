package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The listeners of an Ingress that are on the internet, as the AWS Load Balancer Controller reads them: those of {@code
 * listen-ports}, else HTTPS on 443 with {@code certificate-arn} and HTTP on 80 without it, whatever {@code spec.tls} says. A
 * load balancer is internal unless its scheme says internet-facing.
 *
 * @param group the group whose Ingresses share the load balancer; empty for one of its own
 * @param ports such as {@code tcp 443}
 * @param plain those of the ports that answer plain HTTP
 * @param peers the networks that may connect
 * @see <a href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/">Ingress
 *     annotations</a>
 */
record IngressListeners(String group, Set<String> ports, Set<String> plain, List<String> peers) {

    private static final String PREFIX = "alb.ingress.kubernetes.io/";

    static IngressListeners of(JsonNode annotations) {
        String group = text(annotations, "group.name");
        if (!text(annotations, "scheme").equals("internet-facing")) {
            return new IngressListeners(group, Set.of(), Set.of(), List.of());
        }
        Set<String> ports = new LinkedHashSet<>();
        Set<String> plain = new LinkedHashSet<>();
        EmbeddedDocument.json(text(annotations, "listen-ports"))
                .ifPresent(
                        list -> list.forEach(listener -> listener.properties().forEach(entry -> {
                            ports.add("tcp " + entry.getValue().asText());
                            if (entry.getKey().equals("HTTP")) {
                                plain.add("tcp " + entry.getValue().asText());
                            }
                        })));
        if (ports.isEmpty()) {
            boolean encrypted = !text(annotations, "certificate-arn").isEmpty();
            ports.add(encrypted ? "tcp 443" : "tcp 80");
            plain.addAll(encrypted ? Set.of() : ports);
        }
        boolean redirected = !text(annotations, "ssl-redirect").isEmpty();
        return new IngressListeners(group, ports, redirected ? Set.of() : plain, peers(annotations));
    }

    private static String text(JsonNode annotations, String name) {
        return annotations.path(PREFIX + name).asText("").strip();
    }

    /** With security groups of its own, the controller adds no rules: who may connect is decided by them. */
    private static List<String> peers(JsonNode annotations) {
        List<String> peers = new ArrayList<>();
        Stream.of(text(annotations, "inbound-cidrs"), text(annotations, "security-group-prefix-lists"))
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::strip)
                .filter(peer -> !peer.isEmpty())
                .forEach(peers::add);
        boolean own = !text(annotations, "security-groups").isEmpty();
        return own
                ? List.of("security groups " + text(annotations, "security-groups"))
                : peers.isEmpty() ? List.of("the internet") : peers;
    }
}
