package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import dev.eksplatform.workload.manifest.PodTemplates.PodTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What selects, scales and feeds the pods of the set. What is not there is a warning: pods, ConfigMaps and Secrets may come
 * from charts and controllers.
 */
final class PodLinks {

    private record Pods(KubernetesDocument manifest, PodTemplate template) {}

    private final List<KubernetesDocument> manifests;
    private final Map<String, List<Pods>> byNamespace = new HashMap<>();
    private final Problems warnings;

    private PodLinks(List<KubernetesDocument> manifests, Problems warnings) {
        this.manifests = manifests;
        this.warnings = warnings;
        for (KubernetesDocument manifest : manifests) {
            PodTemplates.of(manifest).ifPresent(template -> byNamespace
                    .computeIfAbsent(namespace(manifest), key -> new ArrayList<>())
                    .add(new Pods(manifest, template)));
        }
    }

    static void check(List<KubernetesDocument> manifests, Problems warnings) {
        PodLinks links = new PodLinks(manifests, warnings);
        manifests.forEach(links::check);
    }

    private static String namespace(KubernetesDocument manifest) {
        return Objects.requireNonNullElse(manifest.namespace(), "");
    }

    private void check(KubernetesDocument manifest) {
        switch (KindScope.group(manifest.apiVersion()) + " " + manifest.kind()) {
            case " Service" -> service(manifest);
            case "policy PodDisruptionBudget" ->
                selected(
                        manifest,
                        "spec.selector.matchLabels",
                        BodyField.map(manifest.body(), "spec", "selector", "matchLabels"));
            case "autoscaling HorizontalPodAutoscaler", "keda.sh ScaledObject" -> scaled(manifest);
            default -> {}
        }
        PodTemplates.of(manifest).ifPresent(pods -> configuration(manifest, pods));
    }

    private void service(KubernetesDocument service) {
        List<Pods> pods = selected(service, "spec.selector", BodyField.map(service.body(), "spec", "selector"));
        List<?> ports = BodyField.list(service.body(), "spec", "ports");
        for (int i = 0; i < ports.size() && !pods.isEmpty(); i++) {
            String target = BodyField.text(ports.get(i), "targetPort");
            Set<String> names = new TreeSet<>();
            pods.forEach(one -> names.addAll(portNames(one.template().spec())));
            if (!target.isEmpty() && !names.contains(target)) {
                warnings.add(
                        service.source().where(FieldPath.item("spec.ports", i) + ".targetPort"),
                        "no container of " + pods.get(0).manifest().kind() + " "
                                + pods.get(0).manifest().name() + " has a port named " + target,
                        names.isEmpty()
                                ? "the number of a port, or names of containers' ports"
                                : String.join(", ", names),
                        Suggestion.nearest(target, names)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("use the port's number, or name the container's port " + target));
            }
        }
    }

    private static List<String> portNames(Map<?, ?> spec) {
        List<String> names = new ArrayList<>();
        for (String containers : List.of("initContainers", "containers")) {
            for (Object container : BodyField.list(spec, containers)) {
                for (Object port : BodyField.list(container, "ports")) {
                    names.add(BodyField.text(port, "name"));
                }
            }
        }
        names.remove("");
        return names;
    }

    /** The pods with these labels; a warning when there are pods with labels in the namespace, but none with
     * these. */
    private List<Pods> selected(KubernetesDocument manifest, String path, Map<?, ?> labels) {
        List<Pods> here = byNamespace.getOrDefault(namespace(manifest), List.of()).stream()
                .filter(pods -> !pods.template().labels().isEmpty())
                .toList();
        if (labels.isEmpty() || here.isEmpty()) {
            return List.of();
        }
        List<Pods> found = here.stream()
                .filter(pods -> pods.template().labels().entrySet().containsAll(labels.entrySet()))
                .toList();
        if (found.isEmpty()) {
            Set<String> candidates = new TreeSet<>();
            here.forEach(pods -> candidates.add(text(pods.template().labels())));
            warnings.add(
                    manifest.source().where(path),
                    "no pods of namespace " + manifest.namespace() + " in these files have the labels " + text(labels),
                    "labels of pods: " + String.join("; ", candidates),
                    Suggestion.nearest(text(labels), candidates)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("select labels of a template, if no chart or controller makes the pods"));
        }
        return found;
    }

    private static String text(Map<?, ?> labels) {
        List<String> all = new ArrayList<>();
        labels.forEach((key, value) -> all.add(key + ": " + value));
        return String.join(", ", all);
    }

    private void scaled(KubernetesDocument scaler) {
        String kind = BodyField.text(scaler.body(), "spec", "scaleTargetRef", "kind");
        String wanted = kind.isEmpty() ? "Deployment" : kind;
        String name = BodyField.text(scaler.body(), "spec", "scaleTargetRef", "name");
        List<KubernetesDocument> here = manifests.stream()
                .filter(manifest -> Objects.equals(manifest.namespace(), scaler.namespace()))
                .filter(manifest -> PodTemplates.of(manifest).isPresent())
                .toList();
        boolean found = here.stream()
                .anyMatch(manifest ->
                        manifest.kind().equals(wanted) && manifest.name().equals(name));
        if (!found && !here.isEmpty() && !name.isEmpty()) {
            List<String> names = here.stream()
                    .map(manifest -> manifest.kind() + " " + manifest.name())
                    .sorted()
                    .toList();
            warnings.add(
                    scaler.source().where("spec.scaleTargetRef.name"),
                    "no file has the " + wanted + " " + scaler.namespace() + "/" + name,
                    String.join(", ", names),
                    Suggestion.nearest(wanted + " " + name, names)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("name one of them, if no chart makes it"));
        }
    }

    private interface ContainerCheck {
        void check(Object container, String path);
    }

    private static void containers(PodTemplate pods, ContainerCheck check) {
        for (String field : List.of("initContainers", "containers")) {
            List<?> containers = BodyField.list(pods.spec(), field);
            for (int i = 0; i < containers.size(); i++) {
                check.check(containers.get(i), FieldPath.item(pods.path() + "." + field, i));
            }
        }
    }

    private void configuration(KubernetesDocument manifest, PodTemplate pods) {
        containers(pods, (container, path) -> {
            List<?> sources = BodyField.list(container, "envFrom");
            for (int i = 0; i < sources.size(); i++) {
                String item = FieldPath.item(path + ".envFrom", i);
                object(manifest, "ConfigMap", BodyField.of(sources.get(i), "configMapRef"), item + ".configMapRef");
                object(manifest, "Secret", BodyField.of(sources.get(i), "secretRef"), item + ".secretRef");
            }
            List<?> variables = BodyField.list(container, "env");
            for (int i = 0; i < variables.size(); i++) {
                String item = FieldPath.item(path + ".env", i) + ".valueFrom";
                Object from = BodyField.of(variables.get(i), "valueFrom");
                key(manifest, "ConfigMap", BodyField.of(from, "configMapKeyRef"), item + ".configMapKeyRef");
                key(manifest, "Secret", BodyField.of(from, "secretKeyRef"), item + ".secretKeyRef");
            }
        });
        List<?> volumes = BodyField.list(pods.spec(), "volumes");
        for (int i = 0; i < volumes.size(); i++) {
            String item = FieldPath.item(pods.path() + ".volumes", i);
            Object volume = volumes.get(i);
            object(manifest, "ConfigMap", BodyField.of(volume, "configMap"), item + ".configMap");
            Object secret = BodyField.of(volume, "secret");
            reference(manifest, "Secret", BodyField.text(secret, "secretName"), secret, item + ".secret.secretName");
            Object claim = BodyField.of(volume, "persistentVolumeClaim");
            reference(
                    manifest,
                    "PersistentVolumeClaim",
                    BodyField.text(claim, "claimName"),
                    claim,
                    item + ".persistentVolumeClaim.claimName");
        }
    }

    private void object(KubernetesDocument manifest, String kind, @Nullable Object reference, String path) {
        reference(manifest, kind, BodyField.text(reference, "name"), reference, path + ".name");
    }

    /** An object that no file has is only worth a word when one of a similar name is there. */
    private @Nullable KubernetesDocument reference(
            KubernetesDocument manifest, String kind, String name, @Nullable Object reference, String path) {
        if (name.isEmpty() || BodyField.of(reference, "optional") == Boolean.TRUE) {
            return null;
        }
        Map<String, KubernetesDocument> here = new LinkedHashMap<>();
        for (KubernetesDocument candidate : manifests) {
            if (candidate.kind().equals(kind) && Objects.equals(candidate.namespace(), manifest.namespace())) {
                here.put(candidate.name(), candidate);
            }
        }
        if (!here.containsKey(name)) {
            Suggestion.nearest(name, here.keySet())
                    .ifPresent(near -> warnings.add(
                            manifest.source().where(path),
                            "no file has the " + kind + " " + manifest.namespace() + "/" + name,
                            String.join(", ", new TreeSet<>(here.keySet())),
                            "did you mean " + near + "?"));
        }
        return here.get(name);
    }

    private void key(KubernetesDocument manifest, String kind, @Nullable Object reference, String path) {
        KubernetesDocument object =
                reference(manifest, kind, BodyField.text(reference, "name"), reference, path + ".name");
        String key = BodyField.text(reference, "key");
        if (object == null || key.isEmpty()) {
            return;
        }
        Set<String> keys = new TreeSet<>();
        for (String field : List.of("data", "binaryData")) {
            BodyField.map(object.body(), field).keySet().forEach(name -> keys.add(String.valueOf(name)));
        }
        if (!keys.isEmpty() && !keys.contains(key)) {
            warnings.add(
                    manifest.source().where(path + ".key"),
                    "the " + kind + " " + object.name() + " at "
                            + object.source().start() + " has no key " + key,
                    String.join(", ", keys),
                    Suggestion.nearest(key, keys)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("add the key, or make the reference optional, if no controller adds it"));
        }
    }
}
