package dev.eksplatform.workload;

import static dev.eksplatform.testing.StackAssertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.testing.TestStack;
import dev.eksplatform.workload.manifest.KubernetesDocument;
import dev.eksplatform.workload.manifest.ManifestSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesObjectTest {

    @TempDir
    Path folder;

    private KubernetesDocument read(String yaml) throws IOException {
        Files.writeString(folder.resolve("object.yaml"), yaml);
        return ManifestSet.read(folder, List.of("object.yaml"), "default")
                .inOrder()
                .get(0);
    }

    @Test
    void minimal() throws IOException {
        TerraformStack stack = TestStack.make();
        new KubernetesObject(stack, "object", read("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: settings}
                        """), List.of());

        TestStack.checkGolden("kubernetes-object-minimal", stack);
    }

    @Test
    void full() throws IOException {
        TerraformStack stack = TestStack.make();
        Namespace namespace = new Namespace(stack, "shop", "shop", Map.of());
        new KubernetesObject(stack, "object", read("""
                        apiVersion: batch/v1
                        kind: Job
                        metadata: {name: report, namespace: shop}
                        spec:
                          backoffLimit: 0
                          template:
                            spec:
                              restartPolicy: Never
                              containers:
                                - name: report
                                  image: amazon/aws-cli
                                  args: [s3, ls]
                                  resources: {limits: {cpu: 1000m, memory: 1024Mi}}
                        """), List.of(namespace.resource()));

        TestStack.checkGolden("kubernetes-object-full", stack);
    }

    @Test
    void shellVariablesAreNotTakenForTerraformExpressions() throws IOException {
        TerraformStack stack = TestStack.make();
        new KubernetesObject(stack, "object", read("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: settings}
                        data: {run: "echo ${HOME} %{x}"}
                        """), List.of());

        assertThat(stack).hasResource("kubernetes_manifest").withAttribute("manifest.data.run", "echo $${HOME} %%{x}");
    }

    @Test
    void itIsAppliedAndNotWaitedFor() throws IOException {
        TerraformStack stack = TestStack.make();
        new KubernetesObject(
                stack, "object", read("{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}"), List.of());

        assertThat(stack).hasResource("kubernetes_manifest").withoutAttribute("wait");
    }
}
