package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of charts from files. */
class ValueFilesTest {

    private static final String CHART =
            "chart: web, repository: \"https://charts.example.com\", chartVersion: 1.0.0, namespace: web";

    @TempDir
    private Path folder = Path.of("");

    private EnvironmentText environment(String addons) {
        return EnvironmentText.of(folder, "cluster: {existing: {name: shop}}\naddons:\n" + addons);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String values(String addons, String release) throws IOException {
        return environment(addons)
                .resources("platform", "helm_release")
                .get("addons_" + release + "_release")
                .path("values")
                .get(0)
                .asText();
    }

    @Test
    void laterFilesOverrideEarlierOnesAndValuesAllOfThemReadAsHelmReadsThem() throws IOException {
        write("values/base.yaml", """
                image: {repository: web, tag: 1.10}
                enabled: yes
                mode: 0644
                list: [1, 2]
                removed: {a: 1}
                &x anchor: &y {b: 2}
                again: *y
                """);
        write("values/prod.yml", "list: [3]\nimage: {tag: \"1.11\"}\n");
        write("values/more.json", "{\"json\": {\"a\": null}}");
        write("empty.yaml", "# nothing\n");

        assertThat(values(
                        "  helm: {web: {" + CHART
                                + ", valueFiles: [values/base.yaml, values/prod.yml, values/more.json, empty.yaml],"
                                + " values: {image: {pullPolicy: Always}, removed: null}}}\n",
                        "web"))
                .isEqualTo(
                        "{\"again\":{\"b\":2},\"anchor\":{\"b\":2},\"enabled\":true,\"image\":{\"pullPolicy\":\"Always\","
                                + "\"repository\":\"web\",\"tag\":\"1.11\"},\"json\":{\"a\":null},\"list\":[3],\"mode\":420,"
                                + "\"removed\":null}");
    }

    @Test
    void theyAreForAddonsOfTheCatalogueAndAckControllersToo() throws IOException {
        write("a.yaml", "webhook: {securePort: 10300}\nlog: {level: debug}\n");

        assertThat(values("  cert-manager: {valueFiles: [a.yaml]}\n", "cert-manager"))
                .contains("\"log\":{\"level\":\"debug\"}", "\"replicaCount\":2,\"securePort\":10300}}");
        assertThat(values("  ack: {s3: {valueFiles: [a.yaml]}}\n", "ack-s3-controller"))
                .contains("\"log\":{\"level\":\"debug\"}");
    }

    @Test
    void theFileIsBesideTheOneThatNamesIt() throws IOException {
        write("shared/base.yaml", "addons: {helm: {web: {" + CHART + ", valueFiles: [values.yaml]}}}\n");
        write("shared/values.yaml", "from: shared\n");
        write("values.yaml", "from: here\n");

        assertThat(EnvironmentText.of(folder, "include: [shared/base.yaml]\ncluster: {existing: {name: shop}}\n")
                        .resources("platform", "helm_release")
                        .get("addons_web_release")
                        .path("values")
                        .get(0)
                        .asText())
                .isEqualTo("{\"from\":\"shared\"}");
    }

    @Test
    void whatCannotBeReadIsAnErrorAtItsLine() throws IOException {
        write("list.yaml", "[1]\n");
        write("tab.yaml", "a:\n\tb: 1\n");
        write("keys.yaml", "a: .inf\n1.30: x\n");
        write("two.yaml", "a: 1\n---\nb: 2\n");

        assertThat(environment(
                                "  helm:\n    web: {" + CHART
                                        + ", valueFiles: [list.yaml, tab.yaml, keys.yaml, two.yaml, lost.yaml, /tmp/x.yaml, values.txt, {a: 1}]}\n")
                        .problems())
                .containsExactly(
                        "shop.yaml:7:157 addons.helm.web.valueFiles[4]: no file \"lost.yaml\"; allowed: a .yaml, .yml or .json"
                                + " file, relative to this file; fix: did you mean list.yaml?",
                        "shop.yaml:7:168 addons.helm.web.valueFiles[5]: the absolute path \"/tmp/x.yaml\"; allowed: a .yaml,"
                                + " .yml or .json file, relative to this file; fix: write it relative to the folder of"
                                + " shop.yaml",
                        "shop.yaml:7:181 addons.helm.web.valueFiles[6]: \"values.txt\"; allowed: a .yaml, .yml or .json file,"
                                + " relative to this file; fix: name a file that ends in .yaml, .yml or .json",
                        "shop.yaml:7:193 addons.helm.web.valueFiles[7]: a mapping; allowed: the name of a YAML file; fix:"
                                + " write its name",
                        "keys.yaml:1:4 a: the number .inf, which JSON does not have; fix: quote it: \".inf\"",
                        "keys.yaml:2:1 [\"1.30\"]: the key 1.30, which YAML 1.1 reads as 1.3; allowed: text, whole numbers and"
                                + " booleans as keys; fix: quote it: \"1.30\"",
                        "list.yaml:1:1: a list; fix: write keys with values in it",
                        "tab.yaml:2:1: not YAML: a tab; allowed: YAML 1.2, which has no tabs; fix: indent with spaces",
                        "two.yaml:3:1: a second document; fix: remove the --- between them");
    }

    @Test
    void whatThePlatformSetsCannotBeInAFileEither() throws IOException {
        write("a.yaml", "log: {level: info}\nserviceAccount:\n  create: true\n");

        assertThat(environment("  aws-load-balancer-controller: {valueFiles: [a.yaml], values: {region: x}}\n")
                        .problems())
                .extracting(problem -> problem.replaceFirst("; allowed.*", ""))
                .containsExactly(
                        "shop.yaml:6:73 addons.aws-load-balancer-controller.values.region: an override of a value that the"
                                + " platform sets",
                        "a.yaml:3:3 serviceAccount.create: an override of a value that the platform sets");
    }
}
