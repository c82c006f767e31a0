package dev.eksplatform.workload.manifest;

import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads documents for the tests of this package; the n-th text is file {@code n.yaml}, the first {@code a.yaml}. */
final class Read {

    private Read() {}

    static ManifestSet all(String... texts) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String text : texts) {
            files.put((char) ('a' + files.size()) + ".yaml", text);
        }
        return ManifestSet.of(files, "default");
    }

    static KubernetesDocument one(String text) {
        return all(text).inOrder().get(0);
    }

    static Object field(String text, String... keys) {
        Object value = one(text).root().get(keys).value();
        return value == null ? "absent" : value;
    }

    /** What is wrong with a text for a cluster of a Kubernetes version, such as {@code 1.34}. */
    static List<String> problemsFor(String version, String text) {
        try {
            ManifestSet.of(Map.of("a.yaml", text), "default", Optional.of(KubernetesVersion.parse(version)));
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }

    static List<String> problems(String... texts) {
        try {
            all(texts);
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }

    /** A ConfigMap named {@code a} with further lines. */
    static String configMap(String lines) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n" + lines;
    }

    /**
     * A Deployment named {@code web} whose pods have these further lines, indented as fields of their spec;
     * {@code containers: []} becomes the smallest list that Kubernetes accepts.
     */
    static String deployment(String podLines) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: web
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                """
                + podLines.replace("containers: []", "containers: [{name: web, image: web}]")
                        .indent(6);
    }
}
