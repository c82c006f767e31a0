package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.testing.ExampleApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the reader takes can be synthesized: the shortest, longest and oddest names that pass come through the constructs. */
class OddEnvironmentsTest {

    private static final Path ENVIRONMENTS = Path.of("src/test/resources/environments");
    private static final String LONG = "a".repeat(36);

    /** In eks.yaml: what is written, and what is written instead. */
    private static final List<List<String>> CHANGES = List.of(
            List.of("general:", "'0':", "  batch:\n", "  '0':\n"),
            List.of("  general:", "  " + LONG + ":", "name: shop-eks", "name: shop_EKS-0"),
            List.of("  batch:\n", "  " + "b".repeat(100) + ":\n"),
            List.of("team: payments\n", "' ': ''\n  Ünïcode: 名前\n"),
            List.of("{example.com/team: payments, tier: web}", "{a: \"1\", A: \"true\"}"),
            List.of("podinfo:\n", "a.b-c:\n", "namespace: podinfo", "namespace: '0'"),
            List.of("role/developers:", "user/a/b/c+=,.@_-:"),
            List.of(
                    "    arn:aws:iam::111122223333:role/developers:",
                    "    arn:aws:iam::111122223333:role/a/x: {groups: [a]}\n"
                            + "    arn:aws:iam::111122223333:role/b/x: {groups: ['${x} %{y}']}\n"
                            + "    arn:aws:iam::111122223333:role/developers:"),
            List.of("{logLevel: info}", "{a: null, b: [null, {}], c: '${x}', d: \"\\U0001F600\"}"),
            List.of("{logLevel: info}", "{a: 8f3e298ac, b: -2147483648, c: main-82e297a}"),
            List.of("  shop: {labels:", "  '0-0': {}\n  shop: {labels:"),
            List.of("buckets: {shop: {", "buckets: {'0': {}, shop: {"),
            List.of("roleName: shop-orders", "roleName: " + "=".repeat(64)),
            List.of("policyName: shop-orders", "policyName: a" + "@".repeat(127)),
            List.of(
                    "arm64\n",
                    "arm64\n  second: {instanceTypes: [m99g.large], architecture: arm64, size: {min: 0, desired: 0, max: 1}}\n"));

    @TempDir
    private Path folder;

    private void synthesize(String text) throws IOException {
        Path file = folder.resolve("shop.yaml");
        Files.writeString(file, text);
        assertThat(Synthesis.write(List.of(Environment.read(file)), folder.resolve("out"))
                        .written())
                .isNotEmpty();
    }

    @Test
    void whatTheReaderTakesIsSynthesized() throws IOException {
        ExampleApp.copyTo(folder);
        for (String name : List.of("eks", "nodes", "auto-mode", "existing-network", "existing-cluster", "rosa")) {
            synthesize(Files.readString(ENVIRONMENTS.resolve(name + ".yaml")));
        }
        String eks = Files.readString(ENVIRONMENTS.resolve("eks.yaml"));
        List<String> wrong = new ArrayList<>();
        for (List<String> change : CHANGES) {
            String text = eks;
            for (int i = 0; i < change.size(); i += 2) {
                assertThat(text).contains(change.get(i));
                text = text.replace(change.get(i), change.get(i + 1));
            }
            try {
                synthesize(text);
            } catch (RuntimeException e) {
                wrong.add(change + ": " + e);
            }
        }
        assertThat(String.join("\n", wrong)).isEmpty();
    }
}
