package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of charts from a mirror. */
class MirroredImagesTest {

    private static final String ECR = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";

    @TempDir
    private Path folder = Path.of("");

    private EnvironmentText environment(String addons) {
        return EnvironmentText.of(folder, "cluster: {existing: {name: shop}}\naddons:\n" + addons);
    }

    private JsonNode values(String addons, String release) throws IOException {
        return TestJson.parse(environment(addons)
                .resources("platform", "helm_release")
                .get("addons_" + release + "_release")
                .path("values")
                .get(0)
                .asText());
    }

    private static String chart(String name, String version, String more) {
        return "    " + name + ": {chart: " + name + ", repository: \"https://charts.example.com\", chartVersion: "
                + version + ", namespace: " + name + more + "}\n";
    }

    @Test
    void addonsOfTheCatalogueAndAckControllersHaveTheirImagesFromTheMirror() throws IOException {
        String addons = """
                  images: {quay.io: %1$s/quay, public.ecr.aws: %1$s/ecr-public}
                  cert-manager: {}
                  aws-load-balancer-controller: {}
                  ack: {s3: {}}
                """.formatted(ECR);

        assertThat(values(addons, "cert-manager").path("imageRegistry").asText())
                .isEqualTo(ECR + "/quay");
        assertThat(values(addons, "aws-load-balancer-controller")
                        .at("/image/repository")
                        .asText())
                .isEqualTo(ECR + "/ecr-public/eks/aws-load-balancer-controller");
        assertThat(values(addons, "ack-s3-controller").at("/image/repository").asText())
                .isEqualTo(ECR + "/ecr-public/aws-controllers-k8s/s3-controller");
        assertThat(environment(addons).warnings()).isEmpty();
    }

    @Test
    void chartsOfTheUsersThatAreKnownHaveThemTooWithThoseOfTheChartsThatTheyBring() throws IOException {
        String addons =
                "  images: {quay.io: mirror.example.com/quay, registry.k8s.io: \"mirror.example.com:5000\", docker.io: m.example.com/hub}\n"
                        + "  helm:\n" + chart("kube-prometheus-stack", "88.5.3", "") + chart("velero", "12.1.0", "");

        assertThat(values(addons, "kube-prometheus-stack")
                        .at("/grafana/sidecar/image/registry")
                        .asText())
                .isEqualTo("mirror.example.com/quay");
        assertThat(values(addons, "kube-prometheus-stack")
                        .at("/kube-state-metrics/image/registry")
                        .asText())
                .isEqualTo("mirror.example.com:5000");
        assertThat(values(addons, "velero").at("/image/repository").asText())
                .isEqualTo("m.example.com/hub/velero/velero");
    }

    @Test
    void thePluginOfVeleroComesFromTheMirrorToo() throws IOException {
        String images = "  images: {docker.io: m.example.com/hub, registry.k8s.io: m.example.com/k8s}\n";
        String image = "/initContainers/0/image";

        assertThat(values(images + "  velero: {}\n", "velero").at(image).asText())
                .startsWith("m.example.com/hub/velero/velero-plugin-for-aws:v");
        assertThat(values(images + "  velero: {pluginImage: \"own.example.com/plugin:v1\"}\n", "velero")
                        .at(image)
                        .asText())
                .isEqualTo("own.example.com/plugin:v1");
    }

    @Test
    void releasesOfCrdsHaveNoImages() throws IOException {
        assertThat(environment("""
                  images: {registry.istio.io: m.example.com/istio}
                  istio:
                    mode: sidecar
                    values: {global: {hub: m.example.com/istio}}
                    cniValues: {global: {hub: m.example.com/istio}}
                """).warnings()).isEmpty();
    }

    @Test
    void whatTheUserNamesStays() throws IOException {
        String addons = "  images: {ghcr.io: mirror.example.com/ghcr}\n  helm:\n"
                + chart("keda", "2.20.2", ", values: {image: {keda: {registry: own.example.com}}}");

        assertThat(values(addons, "keda").at("/image/keda/registry").asText()).isEqualTo("own.example.com");
        assertThat(values(addons, "keda").at("/image/webhooks/registry").asText())
                .isEqualTo("mirror.example.com/ghcr");
    }

    @Test
    void anImageWithItsTagIsThatOfItsVersionOnly() throws IOException {
        String addons = "  images: {ghcr.io: mirror.example.com/ghcr}\n  helm:\n";
        String path = "/audit/exportSidecar/image";

        assertThat(values(addons + chart("gatekeeper", "3.23.1", ""), "gatekeeper")
                        .at(path)
                        .asText())
                .isEqualTo("mirror.example.com/ghcr/open-policy-agent/fake-reader:latest");
        assertThat(values(addons + chart("gatekeeper", "3.22.0", ""), "gatekeeper")
                        .at(path)
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void imagesThatTheMirrorsMissAreWarnings() throws IOException {
        assertThat(environment("  images: {ghcr.io: mirror.example.com/ghcr}\n  cert-manager: {}\n  helm:\n"
                                + chart("keda", "2.20.2", "")
                                + chart("shop", "1.0.0", "")
                                + chart("own", "1.0.0", ", values: {image: mirror.example.com/ghcr/own}"))
                        .warnings())
                .containsExactlyInAnyOrder(
                        "shop.yaml:10:11 addons.helm.shop: the images of the chart shop 1.0.0 are not known: addons.images does"
                                + " not apply to them; fix: name them in values",
                        "shop.yaml:6:11 addons.images: no mirror of quay.io, which has images of cert-manager; fix: add"
                                + " quay.io, or name the images in values");
        assertThat(environment(
                                "  images: {quay.oi: mirror.example.com/quay, quay.io: m.example.com}\n  cert-manager: {}\n")
                        .warnings())
                .containsExactly(
                        "shop.yaml:6:21 addons.images[\"quay.oi\"]: not used: no chart of this environment has images of"
                                + " quay.oi; fix: did you mean quay.io?");
    }

    @Test
    void whatIsNoRegistryIsRefused() throws IOException {
        assertThat(environment("  images: {quay.io/jetstack: m.example.com, quay.io: \"https://m.example.com/\"}\n")
                        .problems())
                .containsExactlyInAnyOrder(
                        "shop.yaml:6:30 addons.images[\"quay.io/jetstack\"]: \"quay.io/jetstack\" is not a registry; allowed:"
                                + " a host, without the names of images; fix: write it like quay.io",
                        "shop.yaml:6:54 addons.images[\"quay.io\"]: \"https://m.example.com/\" is not the beginning of a"
                                + " repository; allowed: a host, and folders of it, without https:// and without a slash at"
                                + " the end; fix: write it like 111122223333.dkr.ecr.eu-central-1.amazonaws.com/quay");
    }
}
