package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.eksplatform.internal.json.TerraformText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The applications of the environments in stacks/, in canonical form and order, against reviewed files. */
class SampleApplicationsTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @ParameterizedTest
    @CsvSource({
        "sample-app, sample-app/*.yaml, default, ''",
        "irsa-workshop, irsa-workshop/*.yaml, default, default/iam-test",
        "pod-identity, pod-identity/*.yaml, default, bucket-api/bucket-api",
        "ostoy-eks, 'ostoy/ostoy.yaml,ostoy/ingress.yaml', ostoy-lab, ostoy-lab/ostoy-sa",
        "ostoy-rosa, 'ostoy/ostoy.yaml,ostoy/route.yaml', ostoy-lab, ostoy-lab/ostoy-sa"
    })
    void anApplicationIsReadWithoutProblems(String name, String patterns, String namespace, String identity)
            throws IOException {
        ManifestSet manifests = ManifestSet.read(Path.of("stacks"), List.of(patterns.split(",")), namespace);

        assertThat(manifests.serviceAccountReferences().undeclared(List.of(identity)))
                .isEmpty();
        assertThat(json(manifests)).isEqualTo(golden(name));
    }

    @Test
    void ostoyStartsAfterWhatItRefersTo() {
        ManifestSet manifests =
                ManifestSet.read(Path.of("stacks"), List.of("ostoy/ostoy.yaml", "ostoy/ingress.yaml"), "ostoy-lab");

        assertThat(manifests.inOrder())
                .extracting(KubernetesDocument::logicalId)
                .containsExactly(
                        "configmap-ostoy-configmap-files-ostoy-lab",
                        "secret-ostoy-secret-ostoy-lab",
                        "secret-ostoy-secret-env-ostoy-lab",
                        "persistentvolumeclaim-ostoy-pvc-ostoy-lab",
                        "service-ostoy-frontend-svc-ostoy-lab",
                        "service-ostoy-microservice-svc-ostoy-lab",
                        "deployment-ostoy-frontend-ostoy-lab",
                        "deployment-ostoy-microservice-ostoy-lab",
                        "ingress-ostoy-ostoy-lab");
        assertThat(manifests.dependencies(manifests.inOrder().get(6)))
                .containsExactlyElementsOf(manifests.inOrder().subList(0, 6));
        assertThat(manifests.dependencies(manifests.inOrder().get(8)))
                .containsExactly(manifests.inOrder().get(4));
    }

    private static String json(ManifestSet manifests) throws JsonProcessingException {
        Map<String, Object> all = new LinkedHashMap<>();
        for (KubernetesDocument manifest : manifests.inOrder()) {
            Map<String, Object> resource = new LinkedHashMap<>();
            resource.put("manifest", TerraformText.escape(manifest.body()));
            resource.put("computed_fields", manifest.computedFields());
            resource.put(
                    "depends_on",
                    manifests.dependencies(manifest).stream()
                            .map(KubernetesDocument::logicalId)
                            .toList());
            all.put(manifest.logicalId(), resource);
        }
        return JSON.writeValueAsString(all) + "\n";
    }

    private static String golden(String name) throws IOException {
        try (var resource = Objects.requireNonNull(
                SampleApplicationsTest.class.getResourceAsStream(name + ".json"), name + ".json")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
