package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.release.KubernetesReleases;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KubernetesVersionTest {

    @Test
    void thePatternOfTheSchemaMatchesTheVersionsThatAreSupported() throws NoSuchMethodException {
        Pattern pattern = Pattern.compile(KubernetesVersion.class
                .getMethod("parse", String.class)
                .getAnnotation(ScalarFactory.class)
                .pattern());

        List<String> matched = IntStream.range(0, 100)
                .mapToObj(minor -> "1." + minor)
                .filter(version -> pattern.matcher(version).find())
                .toList();

        assertThat(matched)
                .isEqualTo(KubernetesReleases.get().supported().stream()
                        .map(KubernetesReleases.Release::toString)
                        .toList());
        assertThat(matched).allSatisfy(version -> assertThat(KubernetesVersion.parse(version))
                .hasToString(version));
    }

    @Test
    void theExampleIsTheDefaultOfEks() {
        assertThat(KubernetesVersion.class.getAnnotation(Example.class).value())
                .isEqualTo("\"" + KubernetesReleases.get().usual() + "\"");
    }
}
