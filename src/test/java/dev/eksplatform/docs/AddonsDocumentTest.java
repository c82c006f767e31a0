package dev.eksplatform.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.eksplatform.addon.AddonSpec;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.testing.ExampleApp;
import dev.eksplatform.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of docs/addons.md is that of the catalogue, with every add-on as the examples install it. */
class AddonsDocumentTest {

    private static final Path DOCUMENT = Path.of("docs", "addons.md");
    private static final Path EXAMPLES = Path.of("src", "test", "resources", "environments");
    private static final String END_OF_HEAD = "|---|---|---|---|---|---|---|---|---|---|\n";

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static final String START = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
            """;
    private static final String CLUSTER = "cluster: {version: \"1.36\"}\n";
    private static final String NODES = "nodeGroups: {general: {instanceTypes: [m7g.large]}}\n";

    @TempDir
    private Path folder;

    private static Map<String, List<String>> catalogue() {
        return ProgramFile.read(AddonSpec.class, "catalogue.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split(" \\| ")))
                .collect(Collectors.toMap(cells -> cells.get(0), cells -> cells, (one, other) -> other, TreeMap::new));
    }

    /** Every add-on of the catalogue, of the example that has it. */
    private Map<String, HelmAddon> addons() throws IOException {
        ExampleApp.copyTo(folder);
        List<Path> examples;
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            examples = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        Map<String, HelmAddon> addons = new TreeMap<>();
        for (Path example : examples) {
            Path copy = Files.copy(example, folder.resolve(example.getFileName()));
            Environment environment = Environment.read(copy);
            environment.resolved().addons().stream()
                    .filter(addon ->
                            environment.resolved().spec().addons().named().containsKey(addon.name()))
                    .forEach(addon -> addons.putIfAbsent(addon.name(), addon));
        }
        return addons;
    }

    @Test
    void everyAddonHasALineAndARow() throws IOException {
        Map<String, List<String>> catalogue = catalogue();
        Map<String, HelmAddon> addons = addons();
        assertThat(addons.keySet()).containsExactlyElementsOf(catalogue.keySet());

        String text = Files.readString(DOCUMENT);
        int head = text.indexOf(END_OF_HEAD) + END_OF_HEAD.length();
        String rows = catalogue.values().stream()
                .map(cells -> row(cells, addons.get(cells.get(0))))
                .collect(Collectors.joining());
        Golden.check(DOCUMENT, text.substring(0, head) + rows);
    }

    /** Every block is a part of an environment file, or a manifest. */
    @Test
    void everyBlockOfYamlIsValid() throws IOException {
        Matcher block = YAML.matcher(Files.readString(DOCUMENT));
        int blocks = 0;
        while (block.find()) {
            String text = block.group(1);
            if (text.contains("apiVersion:")) {
                continue;
            }
            Path file = Files.writeString(
                    folder.resolve("block.yaml"),
                    START
                            + (text.contains("\ncluster:") || text.startsWith("cluster:") ? "" : CLUSTER)
                            + (text.startsWith("nodeGroups:") ? "" : NODES)
                            + text);

            assertThatCode(() -> Environment.read(file).resolved()).as(text).doesNotThrowAnyException();
            blocks++;
        }
        assertThat(blocks).isGreaterThan(20);
    }

    private static String row(List<String> cells, HelmAddon addon) {
        String permissions = addon.controllers().stream()
                .map(controller -> controller.serviceAccount().toString())
                .collect(Collectors.joining(", "));
        return "| "
                + String.join(
                        " | ",
                        "`" + cells.get(0) + "`",
                        cells.get(1),
                        addon.version().toString(),
                        "`" + addon.namespace() + "`"
                                + addon.podSecurity()
                                        .map(level -> ", " + level.name().toLowerCase(Locale.ROOT))
                                        .orElse(""),
                        permissions,
                        joined(addon.webhookPorts()),
                        joined(addon.resources().keySet()),
                        joined(Stream.concat(addon.needs().stream(), addon.after().stream())
                                .toList()),
                        cells.get(2),
                        cells.get(3))
                + " |\n";
    }

    private static String joined(Collection<?> all) {
        return new ArrayList<>(all).stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
