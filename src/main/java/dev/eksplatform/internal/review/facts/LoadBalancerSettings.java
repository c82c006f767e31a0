package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The load balancer that a controller creates for an Ingress, a Gateway or a Service of type LoadBalancer, by its annotations.
 *
 * <p>The listeners of an Ingress are those of {@code listen-ports}, else HTTPS on 443 with {@code certificate-arn} and HTTP on
 * 80 without it, whatever {@code spec.tls} says. Those of a Service are its ports, which terminate TLS with {@code ssl-cert},
 * all of them unless {@code ssl-ports} names some.
 *
 * @param internet whether it has addresses on the internet
 * @param group the group whose Ingresses share it; empty for one of its own
 * @param ports such as {@code tcp 443}
 * @param plain those of the ports that are not encrypted, and not redirected to one that is
 * @param toPods whether the connections to the pods are encrypted
 * @param peers the networks that may connect
 * @see <a href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/">Ingress
 *     annotations</a>
 * @see <a href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/">Service
 *     annotations</a>
 */
record LoadBalancerSettings(
        boolean internet, String group, Set<String> ports, Set<String> plain, boolean toPods, List<String> peers) {

    static final LoadBalancerSettings NONE = new LoadBalancerSettings(false, "", Set.of(), Set.of(), false, List.of());

    private static final String OF_INGRESS = "alb.ingress.kubernetes.io/";
    private static final String OF_SERVICE = "service.beta.kubernetes.io/aws-load-balancer-";

    private static final List<String> EVERYBODY = List.of("the internet");

    /** The settings of an object; those of no load balancer for an object of another kind. */
    static LoadBalancerSettings of(String kind, JsonNode manifest) {
        JsonNode annotations = only(manifest.path("metadata")).path("annotations");
        return switch (kind) {
            case "Ingress", "Gateway" -> ingress(annotations);
            case "Service" -> service(annotations, only(manifest.path("spec")));
            default -> NONE;
        };
    }

    /** Whether it accepts connections from everybody. */
    boolean open() {
        return internet && peers.stream().anyMatch(Networks::isWorld);
    }

    /** The ports that an earlier load balancer encrypted, or that take the place of its encrypted ones, and that are plain. */
    List<String> noLongerEncrypted(LoadBalancerSettings before) {
        boolean ended = before.encrypts() && !encrypts();
        return plain.stream()
                .filter(port -> before.ports().contains(port) ? !before.plain().contains(port) : ended)
                .toList();
    }

    private boolean encrypts() {
        return !plain.containsAll(ports);
    }

    private static LoadBalancerSettings ingress(JsonNode annotations) {
        Set<String> ports = new LinkedHashSet<>();
        Set<String> plain = new LinkedHashSet<>();
        EmbeddedDocument.json(text(annotations, OF_INGRESS + "listen-ports"))
                .ifPresent(
                        list -> list.forEach(listener -> listener.properties().forEach(entry -> {
                            ports.add("tcp " + entry.getValue().asText());
                            if (entry.getKey().equals("HTTP")) {
                                plain.add("tcp " + entry.getValue().asText());
                            }
                        })));
        if (ports.isEmpty()) {
            boolean encrypted =
                    !text(annotations, OF_INGRESS + "certificate-arn").isEmpty();
            ports.add(encrypted ? "tcp 443" : "tcp 80");
            plain.addAll(encrypted ? Set.of() : ports);
        }
        boolean redirected = !text(annotations, OF_INGRESS + "ssl-redirect").isEmpty();
        return new LoadBalancerSettings(
                text(annotations, OF_INGRESS + "scheme").equals("internet-facing"),
                text(annotations, OF_INGRESS + "group.name"),
                ports,
                redirected ? Set.of() : plain,
                text(annotations, OF_INGRESS + "backend-protocol").equalsIgnoreCase("HTTPS"),
                peersOfIngress(annotations));
    }

    /** With security groups of its own, the controller adds no rules: who may connect is decided by them. */
    private static List<String> peersOfIngress(JsonNode annotations) {
        String own = text(annotations, OF_INGRESS + "security-groups");
        List<String> peers = Stream.of("inbound-cidrs", "security-group-prefix-lists")
                .flatMap(name -> list(annotations, OF_INGRESS + name).stream())
                .toList();
        return !own.isEmpty() ? List.of("security groups " + own) : peers.isEmpty() ? EVERYBODY : peers;
    }

    private static LoadBalancerSettings service(JsonNode annotations, JsonNode spec) {
        if (!spec.path("type").asText("").equals("LoadBalancer")) {
            return NONE;
        }
        Set<String> ports = new LinkedHashSet<>();
        Set<String> plain = new LinkedHashSet<>();
        boolean certificate = !text(annotations, OF_SERVICE + "ssl-cert").isEmpty();
        List<String> encrypted = list(annotations, OF_SERVICE + "ssl-ports");
        for (JsonNode port : spec.path("ports")) {
            String number = port.path("port").asText();
            String shown = port.path("protocol").asText("TCP").toLowerCase(Locale.ROOT) + " " + number;
            ports.add(shown);
            boolean named = encrypted.isEmpty()
                    || encrypted.contains("*")
                    || encrypted.contains(number)
                    || encrypted.contains(port.path("name").asText(""));
            if (!certificate || !named) {
                plain.add(shown);
            }
        }
        JsonNode ranges = spec.path("loadBalancerSourceRanges");
        List<String> peers = ranges.isEmpty()
                ? list(annotations, "service.beta.kubernetes.io/load-balancer-source-ranges")
                : Json.texts(ranges);
        return new LoadBalancerSettings(
                !isInternal(annotations, spec),
                "",
                ports,
                plain,
                List.of("ssl", "https")
                        .contains(text(annotations, OF_SERVICE + "backend-protocol")
                                .toLowerCase(Locale.ROOT)),
                peers.isEmpty() ? EVERYBODY : peers);
    }

    /**
     * A Service that names the AWS Load Balancer Controller by its class or type is internal unless its scheme says otherwise; any
     * other is on the internet unless it says that it is internal.
     */
    private static boolean isInternal(JsonNode annotations, JsonNode spec) {
        boolean ofController = spec.path("loadBalancerClass").asText("").equals("service.k8s.aws/nlb")
                || List.of("external", "nlb-ip").contains(text(annotations, OF_SERVICE + "type"));
        String scheme = text(annotations, OF_SERVICE + "scheme");
        return (scheme.isEmpty() ? ofController : scheme.equals("internal"))
                || text(annotations, OF_SERVICE + "internal").equals("true");
    }

    private static String text(JsonNode annotations, String name) {
        return annotations.path(name).asText("").strip();
    }

    private static List<String> list(JsonNode annotations, String name) {
        return Arrays.stream(text(annotations, name).split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** A block that occurs once is a list of one in a typed resource. */
    private static JsonNode only(JsonNode block) {
        return block.isArray() ? block.path(0) : block;
    }
}
