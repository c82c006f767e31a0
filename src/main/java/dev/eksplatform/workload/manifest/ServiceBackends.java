package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The Services that an Ingress, a route of the Gateway API and a TargetGroupBinding send requests to. A port that a Service
 * of the set does not have is an error, because no request ever arrives; a Service that is not in the set may come from a
 * chart or a controller, so it is a warning.
 */
final class ServiceBackends {

    private static final String SERVICE = "Service";

    /** Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions. */
    private static final String BY_ANNOTATION = "use-annotation";

    private final Map<String, KubernetesDocument> services = new HashMap<>();
    private final Problems problems;
    private final Problems warnings;

    private ServiceBackends(List<KubernetesDocument> manifests, Problems problems, Problems warnings) {
        this.problems = problems;
        this.warnings = warnings;
        for (KubernetesDocument manifest : manifests) {
            if (manifest.apiVersion().equals("v1") && manifest.kind().equals(SERVICE)) {
                services.put(manifest.namespace() + "/" + manifest.name(), manifest);
            }
        }
    }

    static void check(List<KubernetesDocument> manifests, Problems problems, Problems warnings) {
        ServiceBackends backends = new ServiceBackends(manifests, problems, warnings);
        manifests.forEach(backends::check);
    }

    private void check(KubernetesDocument manifest) {
        switch (KindScope.group(manifest.apiVersion()) + " " + manifest.kind()) {
            case "networking.k8s.io Ingress" -> ingress(manifest);
            case "gateway.networking.k8s.io HTTPRoute",
                    "gateway.networking.k8s.io GRPCRoute",
                    "gateway.networking.k8s.io TLSRoute",
                    "gateway.networking.k8s.io TCPRoute" -> route(manifest);
            case "elbv2.k8s.aws TargetGroupBinding" -> {
                Object reference = BodyField.of(manifest.body(), "spec", "serviceRef");
                backend(
                        manifest,
                        Objects.requireNonNullElse(manifest.namespace(), ""),
                        "spec.serviceRef.name",
                        BodyField.text(reference, "name"),
                        "spec.serviceRef.port",
                        BodyField.of(reference, "port"));
            }
            default -> {}
        }
    }

    /** Source: validation of Ingress in https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/. */
    private void ingress(KubernetesDocument ingress) {
        Map<?, ?> spec = BodyField.map(ingress.body(), "spec");
        if (!spec.containsKey("defaultBackend") && !spec.containsKey("rules")) {
            problems.add(
                    ingress.source().where("spec"),
                    "an Ingress without rules and without a defaultBackend",
                    "at least one of them",
                    "add rules with http.paths, or a defaultBackend");
        }
        if (spec.containsKey("defaultBackend")) {
            backend(ingress, BodyField.of(spec, "defaultBackend"), "spec.defaultBackend");
        }
        List<?> rules = BodyField.list(spec, "rules");
        for (int i = 0; i < rules.size(); i++) {
            List<?> paths = BodyField.list(rules.get(i), "http", "paths");
            for (int j = 0; j < paths.size(); j++) {
                String path = FieldPath.item(FieldPath.item("spec.rules", i) + ".http.paths", j);
                backend(ingress, BodyField.of(paths.get(j), "backend"), path + ".backend");
            }
        }
    }

    private void backend(KubernetesDocument ingress, @Nullable Object backend, String path) {
        if (BodyField.of(backend, "resource") != null) {
            return;
        }
        String name = BodyField.text(backend, "service", "name");
        if (name.isEmpty()) {
            problems.add(
                    ingress.source().where(path),
                    "a backend without a Service",
                    "a service with name and port, or a resource",
                    "add service: {name: …, port: {number: …}}");
            return;
        }
        Object number = BodyField.of(backend, "service", "port", "number");
        String portName = BodyField.text(backend, "service", "port", "name");
        if (number == null && portName.isEmpty()) {
            KubernetesDocument service = services.get(ingress.namespace() + "/" + name);
            String ports = service == null ? "" : String.join(", ", ports(service));
            problems.add(
                    ingress.source().where(path + ".service"),
                    "the Service " + name + " without a port",
                    "the name or the number of a port" + (ports.isEmpty() ? "" : " of it: " + ports),
                    "add port: {number: …} or port: {name: …}");
        } else if (!portName.equals(BY_ANNOTATION)) {
            String port = path + ".service.port." + (number == null ? "name" : "number");
            backend(
                    ingress,
                    Objects.requireNonNullElse(ingress.namespace(), ""),
                    path + ".service.name",
                    name,
                    port,
                    number == null ? portName : number);
        }
    }

    /** Source: https://gateway-api.sigs.k8s.io/reference/spec/#backendobjectreference. */
    private void route(KubernetesDocument route) {
        List<?> rules = BodyField.list(route.body(), "spec", "rules");
        for (int i = 0; i < rules.size(); i++) {
            List<?> references = BodyField.list(rules.get(i), "backendRefs");
            for (int j = 0; j < references.size(); j++) {
                Object reference = references.get(j);
                String kind = BodyField.text(reference, "kind");
                String namespace = BodyField.text(reference, "namespace");
                String path = FieldPath.item(FieldPath.item("spec.rules", i) + ".backendRefs", j);
                if ((kind.isEmpty() || kind.equals(SERVICE))
                        && BodyField.text(reference, "group").isEmpty()) {
                    backend(
                            route,
                            namespace.isEmpty() ? Objects.requireNonNullElse(route.namespace(), "") : namespace,
                            path + ".name",
                            BodyField.text(reference, "name"),
                            path + ".port",
                            BodyField.of(reference, "port"));
                }
            }
        }
    }

    private void backend(
            KubernetesDocument from,
            String namespace,
            String namePath,
            String name,
            String portPath,
            @Nullable Object port) {
        KubernetesDocument service = services.get(namespace + "/" + name);
        if (service == null) {
            absent(from, namespace, namePath, name);
            return;
        }
        List<?> served = BodyField.list(service.body(), "spec", "ports");
        if (port == null || served.isEmpty() || has(served, port)) {
            return;
        }
        List<String> ports = ports(service);
        problems.add(
                from.source().where(portPath),
                "the Service " + name + " at " + service.source().start() + " has no port " + port,
                String.join(", ", ports),
                ports.size() == 1 ? "use " + ports.get(0) : "use a port of the Service, or add this one to it");
    }

    private void absent(KubernetesDocument from, String namespace, String path, String name) {
        if (name.isEmpty()) {
            return;
        }
        List<String> here = services.keySet().stream()
                .filter(key -> key.startsWith(namespace + "/"))
                .map(key -> key.substring(namespace.length() + 1))
                .sorted()
                .toList();
        warnings.add(
                from.source().where(path),
                "no file has the Service " + namespace + "/" + name,
                here.isEmpty() ? "Services of namespace " + namespace : String.join(", ", here),
                Suggestion.nearest(name, here)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("add the Service, if no chart or controller makes it"));
    }

    private static boolean has(List<?> ports, Object port) {
        return ports.stream()
                .anyMatch(served -> port.equals(BodyField.of(served, port instanceof String ? "name" : "port")));
    }

    private static List<String> ports(KubernetesDocument service) {
        List<String> ports = new ArrayList<>();
        for (Object port : BodyField.list(service.body(), "spec", "ports")) {
            String name = BodyField.text(port, "name");
            ports.add(BodyField.of(port, "port") + (name.isEmpty() ? "" : " (" + name + ")"));
        }
        return ports;
    }
}
