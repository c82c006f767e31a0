package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Services that an Ingress, a route of the Gateway API and a TargetGroupBinding send requests to. A port that a Service
 * of the set does not have is an error, because no request ever arrives; a Service that is not in the set may come from a
 * chart or a controller, so it is a warning.
 */
final class ServiceBackends {

    /** Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions. */
    private static final String BY_ANNOTATION = "use-annotation";

    private final Map<String, KubernetesDocument> services = new HashMap<>();
    private final Problems problems;
    private final Problems warnings;

    private ServiceBackends(List<KubernetesDocument> documents, Problems problems, Problems warnings) {
        this.problems = problems;
        this.warnings = warnings;
        for (KubernetesDocument document : documents) {
            if (document.type().equals("v1 Service")) {
                services.put(document.namespace() + "/" + document.name(), document);
            }
        }
    }

    static void check(List<KubernetesDocument> documents, Problems problems, Problems warnings) {
        ServiceBackends backends = new ServiceBackends(documents, problems, warnings);
        documents.forEach(backends::check);
    }

    private void check(KubernetesDocument document) {
        String namespace = Objects.requireNonNullElse(document.namespace(), "");
        FieldValue spec = document.root().get("spec");
        switch (document.group() + " " + document.kind()) {
            case "networking.k8s.io Ingress" -> ingress(spec, namespace);
            case "gateway.networking.k8s.io HTTPRoute",
                    "gateway.networking.k8s.io GRPCRoute",
                    "gateway.networking.k8s.io TLSRoute",
                    "gateway.networking.k8s.io TCPRoute" -> route(spec, namespace);
            case "elbv2.k8s.aws TargetGroupBinding" -> {
                FieldValue reference = spec.get("serviceRef");
                backend(namespace, reference.get("name"), reference.get("port"));
            }
            default -> {}
        }
    }

    /** Source: validation of Ingress in https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/. */
    private void ingress(FieldValue spec, String namespace) {
        if (!spec.has("defaultBackend") && !spec.has("rules")) {
            problems.add(
                    spec.place(),
                    "an Ingress without rules and without a defaultBackend",
                    "add rules with http.paths, or a defaultBackend");
        }
        if (spec.has("defaultBackend")) {
            ingressBackend(spec.get("defaultBackend"), namespace);
        }
        for (FieldValue rule : spec.items("rules")) {
            rule.items("http", "paths").forEach(path -> ingressBackend(path.get("backend"), namespace));
        }
    }

    private void ingressBackend(FieldValue backend, String namespace) {
        if (backend.has("resource")) {
            return;
        }
        FieldValue service = backend.get("service");
        String name = service.text("name");
        if (name.isEmpty()) {
            problems.add(
                    backend.place(),
                    "a backend without a Service",
                    "add service: {name: …, port: {number: …}}, or a resource");
            return;
        }
        FieldValue port = service.get("port", service.has("port", "number") ? "number" : "name");
        if (port.value() == null || "".equals(port.value())) {
            KubernetesDocument known = services.get(namespace + "/" + name);
            problems.add(
                    service.place(),
                    "the Service " + name + " without a port",
                    "the name or the number of a port"
                            + (known == null || ports(known).isEmpty()
                                    ? ""
                                    : " of it: " + String.join(", ", ports(known))),
                    "add port: {number: …} or port: {name: …}");
        } else if (!port.value().equals(BY_ANNOTATION)) {
            backend(namespace, service.get("name"), port);
        }
    }

    /** Source: https://gateway-api.sigs.k8s.io/reference/spec/#backendobjectreference. */
    private void route(FieldValue spec, String namespace) {
        for (FieldValue rule : spec.items("rules")) {
            for (FieldValue reference : rule.items("backendRefs")) {
                String kind = reference.text("kind");
                String other = reference.text("namespace");
                if ((kind.isEmpty() || kind.equals("Service"))
                        && reference.text("group").isEmpty()) {
                    backend(other.isEmpty() ? namespace : other, reference.get("name"), reference.get("port"));
                }
            }
        }
    }

    private void backend(String namespace, FieldValue name, FieldValue port) {
        KubernetesDocument service = services.get(namespace + "/" + name.text());
        if (service == null) {
            absent(namespace, name);
            return;
        }
        List<String> ports = ports(service);
        if (port.value() != null && !ports.isEmpty() && !has(service, port.value())) {
            problems.add(
                    port.place(),
                    "the Service " + name.text() + " at " + service.root().start() + " has no port " + port.value(),
                    String.join(", ", ports),
                    ports.size() == 1 ? "use " + ports.get(0) : "use a port of the Service, or add this one to it");
        }
    }

    private void absent(String namespace, FieldValue name) {
        if (name.text().isEmpty()) {
            return;
        }
        List<String> here = services.keySet().stream()
                .filter(key -> key.startsWith(namespace + "/"))
                .map(key -> key.substring(namespace.length() + 1))
                .sorted()
                .toList();
        warnings.add(new Problem(
                name.place(),
                "no file has the Service " + namespace + "/" + name.text(),
                here.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", here)),
                Suggestion.fix(name.text(), here, "add the Service, if no chart or controller creates it")));
    }

    private static boolean has(KubernetesDocument service, @Nullable Object port) {
        String field = port instanceof String ? "name" : "port";
        return service.root().items("spec", "ports").stream()
                .anyMatch(served -> Objects.equals(port, served.get(field).value()));
    }

    private static List<String> ports(KubernetesDocument service) {
        return service.root().items("spec", "ports").stream()
                .map(port ->
                        port.get("port").value() + (port.text("name").isEmpty() ? "" : " (" + port.text("name") + ")"))
                .toList();
    }
}
