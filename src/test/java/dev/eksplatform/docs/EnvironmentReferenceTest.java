package dev.eksplatform.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.stack.Synthesis;
import dev.eksplatform.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docs/environment-reference.md follows from the schema, and thus from the specs and their Javadoc. */
class EnvironmentReferenceTest {

    private static final Path ENVIRONMENTS = Path.of("src/test/resources/environments");
    private static final EnvironmentKeys KEYS = EnvironmentKeys.read();

    @TempDir
    private Path folder;

    private static String text(String name) throws IOException {
        return Files.readString(ENVIRONMENTS.resolve(name + ".yaml"));
    }

    private static JsonNode environment(String yaml) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return new ObjectMapper().valueToTree(loaded);
    }

    @Test
    void thePageIsThatOfTheSchema() throws IOException {
        Golden.check(Path.of("docs/environment-reference.md"), """
                # Reference of environment files

                Generated from the specs (`EnvironmentReferenceTest`). [environments.md](environments.md) says what the keys are for.

                ## A complete example

                It creates network and cluster. What it cannot have beside that is in the shorter examples below it: with
                [an existing network](#an-existing-network), [an existing cluster](#an-existing-cluster) and
                [a ROSA cluster](#a-rosa-cluster).

                ```yaml
                %s```

                ### An existing network

                ```yaml
                %s```

                ### An existing cluster

                ```yaml
                %s```

                ### A ROSA cluster

                ```yaml
                %s```

                %s""".formatted(
                        AnnotatedExample.of(KEYS, environment(text("eks"))),
                        text("existing-network"),
                        text("existing-cluster"),
                        text("rosa"),
                        EnvironmentReference.of(KEYS).stripTrailing() + "\n"));
    }

    @Test
    void theExampleIsSynthesized() throws IOException {
        Path file = folder.resolve("eks.yaml");
        Files.writeString(file, AnnotatedExample.of(KEYS, environment(text("eks"))));
        Files.createDirectories(folder.resolve("app"));
        Files.copy(ENVIRONMENTS.resolve("app/orders.yaml"), folder.resolve("app/orders.yaml"));
        assertThat(environment(Files.readString(file))).isEqualTo(environment(text("eks")));
        assertThat(Synthesis.write(List.of(Environment.read(file)), folder.resolve("out"))
                        .written())
                .hasSize(3);
    }
}
