package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Place;
import java.util.List;
import org.apiguardian.api.API;

/**
 * The image of a container in a manifest.
 *
 * @param reference such as {@code registry.example.com/orders:1.4.2}
 * @param place where it is in its file
 */
@API(status = API.Status.INTERNAL)
public record ContainerImage(String reference, Place.InFile place) {

    /**
     * The images of all pods that objects create.
     *
     * @param manifests the objects
     * @return in the order of the objects
     */
    public static List<ContainerImage> in(ManifestSet manifests) {
        return manifests.inOrder().stream()
                .flatMap(document -> PodTemplates.of(document).stream())
                .flatMap(template -> template.containers().stream())
                .filter(container -> !container.text("image").isEmpty())
                .map(container -> new ContainerImage(
                        container.text("image"),
                        container.source().place(container.get("image").path())))
                .toList();
    }
}
