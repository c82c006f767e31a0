package dev.eksplatform.json;

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
    void referencesOfConstructsStay() {
        assertThat(TerraformText.escape("vpc ${TfToken[TOKEN.1]} of ${HOME}"))
                .isEqualTo("vpc ${TfToken[TOKEN.1]} of $${HOME}");
        assertThat(TerraformText.escapeTexts(Map.of("k${x}", "%{v}"))).isEqualTo(Map.of("k$${x}", "%%{v}"));
    }

    @Test
    void everyStringOfABodyIsEscapedKeysToo() {
        Map<String, Object> body = Map.of("${a}", List.of("%{b}", 1L, true, Map.of("c", "${d}")));

        assertThat(TerraformText.escape(body))
                .isEqualTo(Map.of("$${a}", List.of("%%{b}", 1L, true, Map.of("c", "$${d}"))));
    }
}
