package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import dev.eksplatform.workload.manifest.PodTemplates.PodTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What selects, scales and configures the pods of the set. What is not there is a warning: pods, ConfigMaps and Secrets may
 * come from charts and controllers.
 */
final class PodLinks {

    private record Pods(KubernetesDocument document, PodTemplate template) {}

    private final List<KubernetesDocument> documents;
    private final Map<String, List<Pods>> byNamespace = new HashMap<>();
    private final Problems warnings;

    private PodLinks(List<KubernetesDocument> documents, Problems warnings) {
        this.documents = documents;
        this.warnings = warnings;
        for (KubernetesDocument document : documents) {
            PodTemplates.of(document).ifPresent(template -> byNamespace
                    .computeIfAbsent(String.valueOf(document.namespace()), key -> new ArrayList<>())
                    .add(new Pods(document, template)));
        }
    }

    static void check(List<KubernetesDocument> documents, Problems warnings) {
        PodLinks links = new PodLinks(documents, warnings);
        documents.forEach(links::check);
    }

    private List<Pods> podsBeside(KubernetesDocument document) {
        return byNamespace.getOrDefault(String.valueOf(document.namespace()), List.of());
    }

    private void check(KubernetesDocument document) {
        switch (document.group() + " " + document.kind()) {
            case " Service" -> service(document);
            case "policy PodDisruptionBudget" ->
                selected(document, document.root().get("spec", "selector", "matchLabels"));
            case "autoscaling HorizontalPodAutoscaler", "keda.sh ScaledObject" -> scaled(document);
            default -> {}
        }
        PodTemplates.of(document).ifPresent(template -> configuration(document, template));
    }

    private void service(KubernetesDocument service) {
        List<Pods> pods = selected(service, service.root().get("spec", "selector"));
        Set<String> names = new TreeSet<>();
        for (Pods one : pods) {
            for (FieldValue container : one.template().containers()) {
                container.items("ports").forEach(port -> names.add(port.text("name")));
            }
        }
        names.remove("");
        for (FieldValue port :
                pods.isEmpty() ? List.<FieldValue>of() : service.root().items("spec", "ports")) {
            FieldValue target = port.get("targetPort");
            String name = target.text();
            if (!name.isEmpty() && !names.contains(name)) {
                KubernetesDocument first = pods.get(0).document();
                warnings.add(
                        target.place(),
                        "no container of " + first.kind() + " " + first.name() + " has a port named " + name,
                        names.isEmpty()
                                ? "the number of a port, or names of containers' ports"
                                : String.join(", ", names),
                        Suggestion.fix(name, names, "use the port's number, or name the container's port " + name));
            }
        }
    }

    /** The pods with these labels; a warning when there are pods with labels in the namespace, but none with these. */
    private List<Pods> selected(KubernetesDocument document, FieldValue labels) {
        List<Pods> here = podsBeside(document).stream()
                .filter(pods -> !pods.template().labels().map().isEmpty())
                .toList();
        if (labels.map().isEmpty() || here.isEmpty()) {
            return List.of();
        }
        List<Pods> found =
                here.stream().filter(pods -> pods.template().hasLabels(labels)).toList();
        if (found.isEmpty()) {
            Set<String> candidates = new TreeSet<>();
            here.forEach(pods -> candidates.add(text(pods.template().labels())));
            warnings.add(
                    labels.place(),
                    "no pods of namespace " + document.namespace() + " in these files have the labels " + text(labels),
                    "labels of pods: " + String.join("; ", candidates),
                    Suggestion.fix(
                            text(labels),
                            candidates,
                            "select labels of a template, if no chart or controller creates the pods"));
        }
        return found;
    }

    private static String text(FieldValue labels) {
        return String.join(
                ", ",
                labels.entries().stream()
                        .map(label -> label.name() + ": " + label.value())
                        .toList());
    }

    private void scaled(KubernetesDocument scaler) {
        FieldValue target = scaler.root().get("spec", "scaleTargetRef");
        String kind = target.text("kind").isEmpty() ? "Deployment" : target.text("kind");
        FieldValue name = target.get("name");
        List<String> names = podsBeside(scaler).stream()
                .map(pods -> pods.document().kind() + " " + pods.document().name())
                .sorted()
                .toList();
        String wanted = kind + " " + name.text();
        if (!names.isEmpty() && !names.contains(wanted) && !name.text().isEmpty()) {
            warnings.add(
                    name.place(),
                    "no file has the " + kind + " " + scaler.namespace() + "/" + name.text(),
                    String.join(", ", names),
                    Suggestion.fix(wanted, names, "name one of them, if no chart creates it"));
        }
    }

    private void configuration(KubernetesDocument document, PodTemplate template) {
        for (FieldValue container : template.containers()) {
            for (FieldValue from : container.items("envFrom")) {
                reference(document, "ConfigMap", from.get("configMapRef"), "name");
                reference(document, "Secret", from.get("secretRef"), "name");
            }
            for (FieldValue variable : container.items("env")) {
                key(document, "ConfigMap", variable.get("valueFrom", "configMapKeyRef"));
                key(document, "Secret", variable.get("valueFrom", "secretKeyRef"));
            }
        }
        for (FieldValue volume : template.spec().items("volumes")) {
            reference(document, "ConfigMap", volume.get("configMap"), "name");
            reference(document, "Secret", volume.get("secret"), "secretName");
            reference(document, "PersistentVolumeClaim", volume.get("persistentVolumeClaim"), "claimName");
        }
    }

    /** The object that a reference names. One that no file has is only reported when one of a similar name is there. */
    private @Nullable KubernetesDocument reference(
            KubernetesDocument document, String kind, FieldValue reference, String field) {
        FieldValue name = reference.get(field);
        if (name.text().isEmpty() || reference.get("optional").value() == Boolean.TRUE) {
            return null;
        }
        Map<String, KubernetesDocument> here = new TreeMap<>();
        for (KubernetesDocument candidate : documents) {
            if (candidate.kind().equals(kind) && Objects.equals(candidate.namespace(), document.namespace())) {
                here.put(candidate.name(), candidate);
            }
        }
        if (!here.containsKey(name.text())) {
            Suggestion.nearest(name.text(), here.keySet())
                    .ifPresent(near -> warnings.add(
                            name.place(),
                            "no file has the " + kind + " " + document.namespace() + "/" + name.text(),
                            String.join(", ", here.keySet()),
                            Suggestion.didYouMean(near)));
        }
        return here.get(name.text());
    }

    private void key(KubernetesDocument document, String kind, FieldValue reference) {
        KubernetesDocument object = reference(document, kind, reference, "name");
        FieldValue key = reference.get("key");
        if (object == null || key.text().isEmpty()) {
            return;
        }
        Set<String> keys = new TreeSet<>();
        for (String field : List.of("data", "binaryData")) {
            object.root().entries(field).forEach(entry -> keys.add(entry.name()));
        }
        if (!keys.isEmpty() && !keys.contains(key.text())) {
            warnings.add(
                    key.place(),
                    "the " + kind + " " + object.name() + " at " + object.root().start() + " has no key " + key.text(),
                    String.join(", ", keys),
                    Suggestion.fix(
                            key.text(), keys, "add the key, or make the reference optional, if no controller adds it"));
        }
    }
}
