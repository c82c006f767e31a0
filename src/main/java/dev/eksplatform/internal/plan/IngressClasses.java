package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the classes of Ingresses decide about their load balancers. The fields of the {@code IngressClassParams} of a class
 * take precedence over the annotations of its Ingresses.
 *
 * @see <a href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/">IngressClass
 *     of the AWS Load Balancer Controller</a>
 */
public final class IngressClasses {

    private static final String ANNOTATION = "alb.ingress.kubernetes.io/";
    private static final String PARAMETERS = "IngressClassParams";

    /**
     * The fields of the parameters with the annotations that they take the place of. EKS Auto Mode has the certificates in another
     * field.
     */
    private static final Map<List<String>, String> FIELDS = Map.of(
            List.of("scheme"), "scheme",
            List.of("inboundCIDRs"), "inbound-cidrs",
            List.of("prefixListsIDs"), "security-group-prefix-lists",
            List.of("group", "name"), "group.name",
            List.of("certificateArn"), "certificate-arn",
            List.of("certificateARNs"), "certificate-arn",
            List.of("sslPolicy"), "ssl-policy",
            List.of("sslRedirectPort"), "ssl-redirect",
            List.of("loadBalancerName"), "load-balancer-name");

    private final Map<String, JsonNode> specs = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private @Nullable String standard;

    private IngressClasses() {}

    /**
     * Gathers the classes of all stacks: objects, and what the controller's chart creates.
     *
     * @param stacks the reviewed stacks
     * @param after whether as they are after the change
     * @return the classes
     */
    public static IngressClasses of(List<StackEvidence> stacks, boolean after) {
        IngressClasses classes = new IngressClasses();
        stacks.stream()
                .flatMap(stack -> stack.changes().stream())
                .filter(change -> change.mode() == ResourceMode.MANAGED)
                .flatMap(change -> change.type().startsWith("kube")
                        ? ObjectChanges.of(change).stream()
                        : change.type().equals("helm_release") ? Stream.of(change) : Stream.empty())
                .forEach(change -> classes.add(
                        change.type(), after && change.action() != Action.FORGET ? change.after() : change.before()));
        return classes;
    }

    private void add(String type, JsonNode values) {
        if (!values.isObject()) {
            return;
        }
        if (type.equals("helm_release")) {
            if (values.path("chart").asText("").endsWith("aws-load-balancer-controller")) {
                chart(HelmValues.withMerged(values).path("values"));
            }
            return;
        }
        String kind = ManifestForm.kind(type, values);
        if (!kind.equals(PARAMETERS) && !kind.equals("IngressClass")) {
            return;
        }
        JsonNode manifest = ManifestForm.manifest(type, values);
        JsonNode metadata = only(manifest.path("metadata"));
        String name = metadata.path("name").asText("");
        if (kind.equals(PARAMETERS)) {
            specs.put(name, manifest.path("spec"));
            return;
        }
        JsonNode reference = only(only(manifest.path("spec")).path("parameters"));
        if (reference.path("kind").asText("").equals(PARAMETERS)) {
            parameters.put(name, reference.path("name").asText(""));
        }
        if (metadata.path("annotations")
                .path("ingressclass.kubernetes.io/is-default-class")
                .asText("")
                .equals("true")) {
            standard = name;
        }
    }

    /** The class and the parameters that the chart creates, by its values. */
    private void chart(JsonNode values) {
        JsonNode chosen = values.path("ingressClassParams");
        if (chosen.path("create").asBoolean(true) && chosen.path("spec").isObject()) {
            String name = values.path("ingressClass").asText("alb");
            String own = chosen.path("name").asText(name);
            specs.put(own, chosen.path("spec"));
            parameters.put(name, own);
        }
        if (values.path("ingressClassConfig").path("default").asBoolean(false)) {
            standard = values.path("ingressClass").asText("alb");
        }
    }

    /**
     * An Ingress with what its class decides in place of its annotations.
     *
     * @param ingress the manifest of any object
     * @return the same, or for an Ingress of a class with parameters a copy
     */
    public JsonNode applied(JsonNode ingress) {
        if (!ingress.path("kind").asText("").equals("Ingress") || !(ingress instanceof ObjectNode written)) {
            return ingress;
        }
        JsonNode spec = specs.get(parameters.getOrDefault(className(written), ""));
        if (spec == null) {
            return ingress;
        }
        ObjectNode copy = written.deepCopy();
        if (only(copy.path("metadata")) instanceof ObjectNode metadata) {
            ObjectNode annotations = metadata.path("annotations") instanceof ObjectNode known
                    ? known
                    : metadata.putObject("annotations");
            FIELDS.forEach((field, annotation) -> {
                String text = text(spec, field);
                if (!text.isEmpty()) {
                    annotations.put(ANNOTATION + annotation, text);
                }
            });
        }
        return copy;
    }

    private String className(JsonNode ingress) {
        JsonNode spec = only(ingress.path("spec"));
        String named = spec.path("ingressClassName").asText("");
        boolean annotated = only(ingress.path("metadata")).path("annotations").has("kubernetes.io/ingress.class");
        return named.isEmpty() && !annotated && standard != null ? standard : named;
    }

    private static String text(JsonNode spec, List<String> field) {
        JsonNode value = spec;
        for (String step : field) {
            value = value.path(step);
        }
        return value.isArray() ? String.join(",", Json.texts(value)) : value.asText("");
    }

    private static JsonNode only(JsonNode block) {
        return block.isArray() ? block.path(0) : block;
    }
}
