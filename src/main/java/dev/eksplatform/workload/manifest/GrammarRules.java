package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.internal.kubernetes.LikelyName;
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

    private final SourceMap source;
    private final Problems problems;

    GrammarRules(SourceMap source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /**
     * Checks the texts of a mapping.
     *
     * @param type the type of the mapping
     * @param written its content
     * @param path the field path of the mapping
     */
    void check(String type, Map<?, ?> written, String path) {
        switch (type) {
            case ApiTypes.OBJECT_META -> metadata(written, path);
            case "meta/v1.LabelSelector" -> labels(written, path, "matchLabels", "");
            case "meta/v1.LabelSelectorRequirement" -> requirement(written, path, true);
            case "core/v1.NodeSelectorRequirement" -> requirement(written, path, !path.contains(".matchFields["));
            case "core/v1.PodSpec" -> labels(written, path, "nodeSelector", "");
            case "core/v1.ServiceSpec" -> {
                labels(written, path, "selector", "");
                portNames(written, path);
            }
            case "core/v1.ReplicationControllerSpec" -> labels(written, path, "selector", "");
            case "core/v1.Taint" -> taint(written, path);
            case "core/v1.Toleration" -> toleration(written, path);
            case "core/v1.PodAffinityTerm" -> key(written, path, "topologyKey");
            case "core/v1.EnvVar" -> variable(written, path);
            case "core/v1.LimitRangeItem" -> limitType(written, path);
            case "core/v1.Container", "core/v1.EphemeralContainer" -> dnsLabel(written, path, "a container");
            case "core/v1.Volume" -> dnsLabel(written, path, "a volume");
            case "core/v1.ContainerPort" -> {
                portName(written, path, "name");
                portNumber(written, path, "containerPort");
            }
            case "core/v1.ServicePort" -> {
                dnsLabel(written, path, "a Service's port");
                portNumber(written, path, "port");
                portName(written, path, "targetPort");
            }
            case "networking/v1.IngressRule" -> host(BodyField.of(written, "host"), FieldPath.child(path, "host"));
            case "networking/v1.IngressTLS" -> {
                List<?> hosts = BodyField.list(written, "hosts");
                for (int i = 0; i < hosts.size(); i++) {
                    host(hosts.get(i), FieldPath.item(FieldPath.child(path, "hosts"), i));
                }
            }
            case "networking/v1.HTTPIngressPath" -> path(written, path);
            case "core/v1.ConfigMap" -> data(written, "data", "binaryData");
            case "core/v1.Secret" -> data(written, "data", "stringData");
            default -> {}
        }
    }

    private void add(Optional<Problem> problem, String where) {
        problem.ifPresent(found -> problems.add(found.at(where)));
    }

    private void metadata(Map<?, ?> written, String path) {
        labels(written, path, "labels", "; or make it an annotation, which takes any text");
        String annotations = FieldPath.child(path, "annotations");
        long bytes = 0;
        for (Map.Entry<?, ?> entry : BodyField.map(written, "annotations").entrySet()) {
            String key = String.valueOf(entry.getKey());
            add(LabelGrammar.annotationKey(key), source.whereKey(FieldPath.child(annotations, key)));
            bytes += bytes(key) + (entry.getValue() instanceof String text ? bytes(text) : 0);
        }
        if (bytes > LabelGrammar.MOST_ANNOTATION_BYTES) {
            problems.add(
                    source.where(annotations),
                    "annotations of " + bytes + " bytes",
                    "at most " + LabelGrammar.MOST_ANNOTATION_BYTES
                            + " bytes (256 KiB) in all annotations of an object",
                    "move the content to a ConfigMap");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void labels(Map<?, ?> written, String path, String field, String otherFix) {
        String labels = FieldPath.child(path, field);
        BodyField.map(written, field).forEach((key, value) -> {
            String name = String.valueOf(key);
            String child = FieldPath.child(labels, name);
            add(LabelGrammar.key(name), source.whereKey(child));
            if (value instanceof String text) {
                add(
                        LabelGrammar.value(text)
                                .map(problem -> new Problem(
                                        problem.place(), problem.found(), problem.allowed(), problem.fix() + otherFix)),
                        source.where(child));
            }
        });
    }

    private void key(Map<?, ?> written, String path, String field) {
        String key = BodyField.text(written, field);
        if (!key.isEmpty()) {
            add(LabelGrammar.key(key), source.where(FieldPath.child(path, field)));
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#set-based-requirement. */
    private void requirement(Map<?, ?> written, String path, boolean ofLabels) {
        key(written, path, "key");
        List<?> values = BodyField.list(written, "values");
        String operator = BodyField.text(written, "operator");
        String where = source.where(FieldPath.child(path, "values"));
        if ((operator.equals("In") || operator.equals("NotIn")) && values.isEmpty()) {
            problems.add(where, "the operator " + operator + " without values", "one or more values", "add values");
        } else if ((operator.equals("Exists") || operator.equals("DoesNotExist")) && !values.isEmpty()) {
            problems.add(
                    where, "values for the operator " + operator, "no values", "remove values, or use In or NotIn");
        } else if ((operator.equals("Gt") || operator.equals("Lt")) && values.size() != 1) {
            problems.add(where, values.size() + " values for the operator " + operator, "one number", "write one");
        }
        for (int i = 0; ofLabels && i < values.size(); i++) {
            if (values.get(i) instanceof String text) {
                add(LabelGrammar.value(text), source.where(FieldPath.item(FieldPath.child(path, "values"), i)));
            }
        }
    }

    private void taint(Map<?, ?> written, String path) {
        key(written, path, "key");
        add(LabelGrammar.value(BodyField.text(written, "value")), source.where(FieldPath.child(path, "value")));
    }

    /** Source: https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#concepts. */
    private void toleration(Map<?, ?> written, String path) {
        boolean exists = BodyField.text(written, "operator").equals("Exists");
        if (exists && !BodyField.text(written, "value").isEmpty()) {
            problems.add(
                    source.where(FieldPath.child(path, "value")),
                    "a value for the operator Exists",
                    "no value, which tolerates every value",
                    "remove value, or use the operator Equal");
        } else if (!exists && BodyField.text(written, "key").isEmpty()) {
            problems.add(
                    source.where(path),
                    "a toleration without a key",
                    "a key, or operator: Exists, which tolerates every taint",
                    "add key, or operator: Exists");
        } else {
            taint(written, path);
        }
    }

    private void variable(Map<?, ?> written, String path) {
        String name = BodyField.text(written, "name");
        if (name.indexOf('=') >= 0) {
            problems.add(
                    source.where(FieldPath.child(path, "name")),
                    "\"" + name + "\" is not a name of an environment variable",
                    "a name without =",
                    "write name and value apart");
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/policy/limit-range/; a type of one's own has a domain. */
    private void limitType(Map<?, ?> written, String path) {
        String type = BodyField.text(written, "type");
        if (!type.isEmpty() && type.indexOf('/') < 0 && !LIMIT_TYPES.contains(type)) {
            problems.add(
                    source.where(FieldPath.child(path, "type")),
                    "\"" + type + "\" is not a value of type",
                    String.join(", ", LIMIT_TYPES),
                    Suggestion.nearest(type, LIMIT_TYPES)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("use one of them"));
        }
    }

    private void dnsLabel(Map<?, ?> written, String path, String of) {
        String name = BodyField.text(written, "name");
        if (!name.isEmpty() && !DnsName.isLabel(name)) {
            String likely = LikelyName.label(name, DnsName.LONGEST_LABEL);
            problems.add(
                    source.where(FieldPath.child(path, "name")),
                    "\"" + name + "\" is not a name of " + of,
                    DnsName.ALLOWED_LABEL,
                    DnsName.isLabel(likely) ? "use " + likely : "choose another name");
        }
    }

    private void portName(Map<?, ?> written, String path, String field) {
        String name = BodyField.text(written, field);
        if (name.isEmpty()
                || (name.length() <= LONGEST_PORT_NAME
                        && PORT_NAME.matcher(name).matches())) {
            return;
        }
        boolean number = field.equals("targetPort") && name.chars().allMatch(Character::isDigit);
        String likely = LikelyName.label(name, LONGEST_PORT_NAME);
        problems.add(
                source.where(FieldPath.child(path, field)),
                "\"" + name + "\" is not a name of a port",
                "at most 15 lower case letters, digits and single -, with a letter, no - first or last",
                number
                        ? "remove the quotes: " + name
                        : PORT_NAME.matcher(likely).matches() ? "use " + likely : "choose another name");
    }

    private void portNumber(Map<?, ?> written, String path, String field) {
        if (written.get(field) instanceof Long number && (number < 1 || number > LARGEST_PORT)) {
            problems.add(
                    source.where(FieldPath.child(path, field)),
                    "the port " + number,
                    "1 to " + LARGEST_PORT,
                    "use a port from 1 to " + LARGEST_PORT);
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services. */
    private void portNames(Map<?, ?> written, String path) {
        List<?> ports = BodyField.list(written, "ports");
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; ports.size() > 1 && i < ports.size(); i++) {
            String item = FieldPath.item(FieldPath.child(path, "ports"), i);
            String name = BodyField.text(ports.get(i), "name");
            Integer before = name.isEmpty() ? null : first.putIfAbsent(name, i);
            if (name.isEmpty()) {
                problems.add(
                        source.where(item),
                        "a port without a name beside others",
                        "a name for each port where a Service has several",
                        "add name, such as " + likelyPortName(BodyField.of(ports.get(i), "port")));
            } else if (before != null) {
                problems.add(
                        source.where(item + ".name"),
                        "the name " + name + " is there twice in ports: also at "
                                + source.at(FieldPath.item(FieldPath.child(path, "ports"), before)),
                        "each name once",
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
    private void host(@Nullable Object written, String path) {
        if (!(written instanceof String host) || host.isEmpty()) {
            return;
        }
        String name = host.startsWith("*.") ? host.substring(2) : host;
        boolean address = path.endsWith(".host") && IPV4.matcher(host).matches();
        if (address || !DnsName.isSubdomain(name)) {
            String likely =
                    name.toLowerCase(Locale.ROOT).replaceFirst("^[a-z]+://", "").replaceFirst("[:/].*$", "");
            problems.add(
                    source.where(path),
                    "\"" + host + "\" is not a host",
                    "a DNS name in lower case, also with *. in front; no address, scheme or port",
                    !address && DnsName.isSubdomain(likely)
                            ? "use " + likely
                            : "use the DNS name that clients ask for");
        }
    }

    /** Source: https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types. */
    private void path(Map<?, ?> written, String path) {
        String value = BodyField.text(written, "path");
        String type = BodyField.text(written, "pathType");
        boolean needed = type.equals("Exact") || type.equals("Prefix");
        if (needed && value.contains("//")) {
            problems.add(
                    source.where(FieldPath.child(path, "path")),
                    "the path " + value,
                    "a path without //",
                    "use " + value.replaceAll("/+", "/"));
        }
        if (!value.startsWith("/") && (needed || !value.isEmpty())) {
            problems.add(
                    source.where(value.isEmpty() ? path : FieldPath.child(path, "path")),
                    value.isEmpty() ? "path is missing" : "the path " + value,
                    "a path that begins with /",
                    value.isEmpty() ? "add path: /" : "use /" + value);
        }
    }

    private void data(Map<?, ?> written, String... fields) {
        long bytes = 0;
        for (String field : fields) {
            for (Map.Entry<?, ?> entry : BodyField.map(written, field).entrySet()) {
                String key = String.valueOf(entry.getKey());
                if (!DATA_KEY.matcher(key).matches()) {
                    problems.add(
                            source.whereKey(FieldPath.child(field, key)),
                            "\"" + key + "\" is not a key of " + field,
                            "at most 253 letters, digits, -, _ and ., not . or .. and not beginning with ..",
                            "use another key, and name the file where it is mounted with items");
                }
                if (entry.getValue() instanceof String text) {
                    boolean base64 =
                            field.equals("binaryData") || (field.equals("data") && fields[1].equals("stringData"));
                    bytes += base64 ? decodedBytes(text) : bytes(text);
                }
            }
        }
        if (bytes > MOST_BYTES) {
            problems.add(
                    source.where(fields[0]),
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
