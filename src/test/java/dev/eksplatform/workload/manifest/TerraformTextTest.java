package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerraformTextTest {

    @Test
    void templateSyntaxBecomesLiteral() {
        assertThat(TerraformText.escape("echo ${HOME} $HOME $(id) %{X} 100% $${Y}"))
                .isEqualTo("echo $${HOME} $HOME $(id) %%{X} 100% $$${Y}");
    }

    @Test
    void everyStringOfABodyIsEscapedKeysToo() {
        Map<String, Object> body = Map.of("${a}", List.of("%{b}", 1L, true, Map.of("c", "${d}")));

        assertThat(TerraformText.escape(body))
                .isEqualTo(Map.of("$${a}", List.of("%%{b}", 1L, true, Map.of("c", "$${d}"))));
    }
}
