package dev.eksplatform.workload.manifest;

import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Kubernetes objects inside of custom resources and of the values of charts: further manifests of a chart, the values of a
 * {@code HelmRelease} of Flux, the objects of a template. Somebody else applies them later, so that a kind which the
 * cluster's version does not have is a warning.
 */
@API(status = API.Status.INTERNAL)
public final class EmbeddedObjects {

    private final TargetVersion target;
    private final Problems warnings;

    private EmbeddedObjects(TargetVersion target, Problems warnings) {
        this.target = target;
        this.warnings = warnings;
    }

    /**
     * Checks the kinds of the objects in the values of a chart.
     *
     * @param json the values
     * @param version the Kubernetes version of the cluster; empty when it is not known
     * @return a problem for each kind that the version does not have, at its property of the values
     */
    public static List<Problem> inValues(String json, Optional<KubernetesVersion> version) {
        Problems warnings = new Problems();
        EmbeddedObjects objects = new EmbeddedObjects(TargetVersion.of(version), warnings);
        ManifestReader.read("values", json, new PlacedProblems("values")).forEach(objects::inside);
        return warnings.found().stream()
                .map(problem -> problem.at(Place.of(((Place.InFile) problem.place()).path())))
                .toList();
    }

    /**
     * Checks the kinds of the objects in a custom resource.
     *
     * @param root a document; one of a kind that is part of Kubernetes contains none
     */
    static void check(FieldValue root, TargetVersion target, Problems warnings) {
        if (ApiTypes.get().kind(root.text("apiVersion"), root.text("kind")) == null) {
            new EmbeddedObjects(target, warnings).inside(root);
        }
    }

    private void inside(FieldValue value) {
        value.entries().forEach(this::visit);
        value.items().forEach(this::visit);
    }

    private void visit(FieldValue value) {
        String apiVersion = value.text("apiVersion");
        String kind = value.text("kind");
        if (!apiVersion.isEmpty() && !kind.isEmpty() && value.get("metadata").value() instanceof Map) {
            ServedKinds.check(apiVersion, kind, target, value, warnings);
        }
        inside(value);
    }
}
