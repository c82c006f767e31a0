package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.internal.kubernetes.LikelyName;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The grammar of the texts in a document, by the type of the mapping that holds them. */
final class GrammarRules {

    private static final int MOST_BYTES = 1024 * 1024;
    private static final int LONGEST_PORT_NAME = 15;
    private static final int LARGEST_PORT = 65_535;

    /** Source: https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object. */
    private static final Pattern DATA_KEY = Pattern.compile("(?!\\.\\.?$)(?!\\.\\.)[-._a-zA-Z0-9]{1,253}");

    /** Source: https://www.rfc-editor.org/rfc/rfc6335.html#section-5.1. */
    private static final Pattern PORT_NAME = Pattern.compile("(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private static final Pattern IPV4 = Pattern.compile("\\d+(\\.\\d+){3}");
    private static final List<String> LIMIT_TYPES = List.of("Container", "PersistentVolumeClaim", "Pod");

    private final Problems problems;

    GrammarRules(Problems problems) {
        this.problems = problems;
    }

    /**
     * Checks the texts of a mapping.
     *
     * @param type the type of the mapping
     * @param mapping the mapping
     */
    void check(String type, FieldValue mapping) {
        switch (type) {
            case ApiTypes.OBJECT_META -> metadata(mapping);
            case "meta/v1.LabelSelector" -> labels(mapping.entries("matchLabels"), "");
            case "meta/v1.LabelSelectorRequirement" -> requirement(mapping, true);
            case "core/v1.NodeSelectorRequirement" ->
                requirement(mapping, !mapping.name().equals("matchFields"));
            case "core/v1.PodSpec" -> labels(mapping.entries("nodeSelector"), "");
            case "core/v1.ServiceSpec" -> {
                labels(mapping.entries("selector"), "");
                portNames(mapping.items("ports"));
            }
            case "core/v1.ReplicationControllerSpec" -> labels(mapping.entries("selector"), "");
            case "core/v1.Taint" -> taint(mapping);
            case "core/v1.Toleration" -> toleration(mapping);
            case "core/v1.PodAffinityTerm" -> key(mapping.get("topologyKey"));
            case "core/v1.EnvVar" -> variable(mapping.get("name"));
            case "core/v1.LimitRangeItem" -> limitType(mapping.get("type"));
            case "core/v1.Container", "core/v1.EphemeralContainer" -> dnsLabel(mapping.get("name"), "container");
            case "core/v1.Volume" -> dnsLabel(mapping.get("name"), "volume");
            case "core/v1.ContainerPort" -> {
                portName(mapping.get("name"));
                portNumber(mapping.get("containerPort"));
            }
            case "core/v1.ServicePort" -> {
                dnsLabel(mapping.get("name"), "Service port");
                portNumber(mapping.get("port"));
                portName(mapping.get("targetPort"));
            }
            case "networking/v1.IngressRule" -> host(mapping.get("host"));
            case "networking/v1.IngressTLS" -> mapping.items("hosts").forEach(this::host);
            case "networking/v1.HTTPIngressPath" -> path(mapping);
            case "core/v1.ConfigMap" -> data(mapping, "data", "binaryData");
            case "core/v1.Secret" -> data(mapping, "data", "stringData");
            default -> {}
        }
    }

    private void add(Optional<Problem> problem, Place place) {
        problem.ifPresent(found -> problems.add(found.at(place)));
    }

    private void metadata(FieldValue metadata) {
        labels(metadata.entries("labels"), "; or make it an annotation, which takes any text");
        long bytes = 0;
        for (FieldValue annotation : metadata.entries("annotations")) {
            add(LabelGrammar.annotationKey(annotation.name()), annotation.keyPlace());
            bytes += bytes(annotation.name()) + bytes(annotation.text());
        }
        if (bytes > LabelGrammar.MOST_ANNOTATION_BYTES) {
            problems.add(
                    metadata.get("annotations").place(),
                    "annotations of " + bytes + " bytes",
                    "at most " + LabelGrammar.MOST_ANNOTATION_BYTES
                            + " bytes (256 KiB) in all annotations of an object",
                    "move the content to a ConfigMap");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void labels(List<FieldValue> labels, String otherFix) {
        for (FieldValue label : labels) {
            add(LabelGrammar.key(label.name()), label.keyPlace());
            LabelGrammar.value(label.text())
                    .ifPresent(problem -> problems.add(
                            new Problem(label.place(), problem.found(), problem.allowed(), problem.fix() + otherFix)));
        }
    }

    private void key(FieldValue key) {
        if (!key.text().isEmpty()) {
            add(LabelGrammar.key(key.text()), key.place());
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#set-based-requirement. */
    private void requirement(FieldValue requirement, boolean ofLabels) {
        key(requirement.get("key"));
        List<FieldValue> values = requirement.items("values");
        String operator = requirement.text("operator");
        Place place = requirement.get("values").place();
        if ((operator.equals("In") || operator.equals("NotIn")) && values.isEmpty()) {
            problems.add(place, "the operator " + operator + " without values", "add one or more values");
        } else if ((operator.equals("Exists") || operator.equals("DoesNotExist")) && !values.isEmpty()) {
            problems.add(place, "values for the operator " + operator, "remove values, or use In or NotIn");
        } else if ((operator.equals("Gt") || operator.equals("Lt")) && values.size() != 1) {
            problems.add(place, values.size() + " values for the operator " + operator, "write one number");
        }
        if (ofLabels) {
            values.forEach(value -> add(LabelGrammar.value(value.text()), value.place()));
        }
    }

    private void taint(FieldValue taint) {
        key(taint.get("key"));
        FieldValue value = taint.get("value");
        add(LabelGrammar.value(value.text()), value.place());
    }

    /** Source: https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#concepts. */
    private void toleration(FieldValue toleration) {
        boolean exists = toleration.text("operator").equals("Exists");
        if (exists && !toleration.text("value").isEmpty()) {
            problems.add(
                    toleration.get("value").place(),
                    "a value for the operator Exists, which tolerates every value",
                    "remove value, or use the operator Equal");
        } else if (!exists && toleration.text("key").isEmpty()) {
            problems.add(
                    toleration.place(),
                    "a toleration without a key",
                    "add key, or operator: Exists, which tolerates every taint");
        } else {
            taint(toleration);
        }
    }

    private void variable(FieldValue name) {
        if (name.text().indexOf('=') >= 0) {
            problems.add(
                    name.place(),
                    "\"" + name.text() + "\" is not a valid environment variable name: it has a =",
                    "write name and value apart");
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/policy/limit-range/; a type of one's own has a domain. */
    private void limitType(FieldValue field) {
        String type = field.text();
        if (!type.isEmpty() && type.indexOf('/') < 0 && !LIMIT_TYPES.contains(type)) {
            problems.add(
                    field.place(),
                    "\"" + type + "\" is not a value of type",
                    String.join(", ", LIMIT_TYPES),
                    Suggestion.fix(type, LIMIT_TYPES, "use one of them"));
        }
    }

    private void dnsLabel(FieldValue field, String what) {
        String name = field.text();
        if (!name.isEmpty() && !DnsName.isLabel(name)) {
            String likely = LikelyName.label(name, DnsName.LONGEST_LABEL);
            problems.add(
                    field.place(),
                    "\"" + name + "\" is not a valid " + what + " name",
                    DnsName.ALLOWED_LABEL,
                    DnsName.isLabel(likely) ? "use " + likely : "choose another name");
        }
    }

    private void portName(FieldValue field) {
        String name = field.text();
        if (name.isEmpty()
                || (name.length() <= LONGEST_PORT_NAME
                        && PORT_NAME.matcher(name).matches())) {
            return;
        }
        boolean number = field.name().equals("targetPort") && name.chars().allMatch(Character::isDigit);
        String likely = LikelyName.label(name, LONGEST_PORT_NAME);
        problems.add(
                field.place(),
                "\"" + name + "\" is not a valid port name",
                "at most 15 lower case letters, digits and single -, with a letter, no - first or last",
                number
                        ? "remove the quotes: " + name
                        : PORT_NAME.matcher(likely).matches() ? "use " + likely : "choose another name");
    }

    private void portNumber(FieldValue field) {
        if (field.value() instanceof Long number && (number < 1 || number > LARGEST_PORT)) {
            problems.add(field.place(), "the port " + number, "use a port from 1 to " + LARGEST_PORT);
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services. */
    private void portNames(List<FieldValue> ports) {
        Map<String, FieldValue> first = new HashMap<>();
        for (FieldValue port : ports.size() > 1 ? ports : List.<FieldValue>of()) {
            FieldValue name = port.get("name");
            FieldValue before = name.text().isEmpty() ? null : first.putIfAbsent(name.text(), port);
            if (name.text().isEmpty()) {
                problems.add(
                        port.place(),
                        "a port without a name in a Service with several ports",
                        "add name, such as " + likelyPortName(port.get("port").value()));
            } else if (before != null) {
                problems.add(
                        name.place(),
                        "duplicate name " + name.text() + " in ports, also at " + before.start(),
                        "give one of them another name");
            }
        }
    }

    private static String likelyPortName(@Nullable Object port) {
        return switch (String.valueOf(port)) {
            case "80", "8080" -> "http";
            case "443", "8443" -> "https";
            case "53" -> "dns";
            default -> "port-" + port;
        };
    }

    /** Source: https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards. */
    private void host(FieldValue field) {
        String host = field.text();
        String name = host.startsWith("*.") ? host.substring(2) : host;
        boolean address = field.name().equals("host") && IPV4.matcher(host).matches();
        if (!host.isEmpty() && (address || !DnsName.isSubdomain(name))) {
            String likely =
                    name.toLowerCase(Locale.ROOT).replaceFirst("^[a-z]+://", "").replaceFirst("[:/].*$", "");
            problems.add(
                    field.place(),
                    "\"" + host + "\" is not a valid host",
                    "a DNS name in lower case, also with *. in front; no address, scheme or port",
                    !address && DnsName.isSubdomain(likely)
                            ? "use " + likely
                            : "use the DNS name that clients ask for");
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types. */
    private void path(FieldValue ingressPath) {
        FieldValue path = ingressPath.get("path");
        String value = path.text();
        String type = ingressPath.text("pathType");
        boolean needed = type.equals("Exact") || type.equals("Prefix");
        if (needed && value.contains("//")) {
            problems.add(path.place(), "the path " + value + " with //", "use " + value.replaceAll("/+", "/"));
        }
        if (value.isEmpty() && needed) {
            problems.add(ingressPath.place(), "path is missing", "add path: /");
        } else if (!value.isEmpty() && !value.startsWith("/")) {
            problems.add(path.place(), "the path " + value + " without / at its start", "use /" + value);
        }
    }

    private void data(FieldValue object, String... fields) {
        long bytes = 0;
        for (String field : fields) {
            boolean base64 = field.equals("binaryData") || (field.equals("data") && fields[1].equals("stringData"));
            for (FieldValue entry : object.entries(field)) {
                if (!DATA_KEY.matcher(entry.name()).matches()) {
                    problems.add(
                            entry.keyPlace(),
                            "\"" + entry.name() + "\" is not a valid key of " + field,
                            "at most 253 letters, digits, -, _ and ., not . or .. and not beginning with ..",
                            "use another key, and name the file where it is mounted with items");
                }
                bytes += base64 ? decodedBytes(entry.text()) : bytes(entry.text());
            }
        }
        if (bytes > MOST_BYTES) {
            problems.add(
                    object.get(fields[0]).place(),
                    "content of " + bytes + " bytes",
                    "at most " + MOST_BYTES + " bytes (1 MiB) in all keys of an object",
                    "split it, or put the content into the image or a volume");
        }
    }

    /** At least: four characters that are not white space hold three bytes, fewer where they are padding. */
    private static long decodedBytes(String base64) {
        long digits = base64.chars()
                .filter(character -> character > ' ' && character != '=')
                .count();
        return digits * 3 / 4;
    }
}
