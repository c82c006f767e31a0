package dev.eksplatform.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.stack.Synthesis;
import dev.eksplatform.testing.ExampleApp;
import dev.eksplatform.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docs/environment-reference.md follows from the schema, and thus from the specs and their Javadoc. */
class EnvironmentReferenceTest {

    private static final EnvironmentKeys KEYS = EnvironmentKeys.read();

    @TempDir
    private Path folder;

    private static String text(Map<String, String> examples, String name) {
        return Objects.requireNonNull(examples.get(name));
    }

    private static JsonNode environment(String yaml) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return new ObjectMapper().valueToTree(loaded);
    }

    @Test
    void theExamplesHaveEveryKey() throws IOException {
        ExampleFiles.complete(KEYS)
                .forEach((name, text) -> Golden.check(ExampleFiles.FOLDER.resolve(name + ".yaml"), text));
    }

    @Test
    void thePageIsThatOfTheSchema() throws IOException {
        Map<String, String> examples = ExampleFiles.complete(KEYS);
        Golden.check(Path.of("docs/environment-reference.md"), """
                # Reference of environment files

                Generated from the specs (`EnvironmentReferenceTest`). [environments.md](environments.md) says what the keys are for.

                ## A complete example

                It creates network and cluster. What it cannot have beside that is in the shorter examples below it: with
                [EKS Auto Mode](#eks-auto-mode), [node groups of every kind](#node-groups-of-every-kind), [a private cluster](#a-private-cluster),
                [an existing network](#an-existing-network), also [by tags](#an-existing-network-by-tags), [an existing cluster](#an-existing-cluster) and
                [a ROSA cluster](#a-rosa-cluster).

                ```yaml
                %s```

                ### EKS Auto Mode

                ```yaml
                %s```

                ### Node groups of every kind

                ```yaml
                %s```

                ### A private cluster

                ```yaml
                %s```

                ### An existing network

                ```yaml
                %s```

                ### An existing network by tags

                ```yaml
                %s```

                ### An existing cluster

                ```yaml
                %s```

                ### A ROSA cluster

                ```yaml
                %s```

                ### A file over a base

                ```yaml
                %s```

                %s""".formatted(
                        AnnotatedExample.of(KEYS, environment(text(examples, "eks"))),
                        text(examples, "auto-mode"),
                        text(examples, "nodes"),
                        text(examples, "private-cluster"),
                        text(examples, "existing-network"),
                        text(examples, "network-by-tags"),
                        text(examples, "existing-cluster"),
                        text(examples, "rosa"),
                        text(examples, "overlay"),
                        EnvironmentReference.of(KEYS).stripTrailing() + "\n"));
    }

    @Test
    void theExampleIsSynthesized() throws IOException {
        JsonNode example = environment(text(ExampleFiles.complete(KEYS), "eks"));
        Path file = folder.resolve("eks.yaml");
        Files.writeString(file, AnnotatedExample.of(KEYS, example));
        ExampleApp.copyTo(folder);
        assertThat(environment(Files.readString(file))).isEqualTo(example);
        assertThat(Synthesis.write(List.of(Environment.read(file)), folder.resolve("out"))
                        .written())
                .hasSize(3);
    }
}
