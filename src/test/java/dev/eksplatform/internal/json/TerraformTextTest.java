package dev.eksplatform.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerraformTextTest {

    @Test
    void templateSyntaxBecomesLiteral() {
        assertThat(TerraformText.escape("echo ${HOME} $HOME $(id) %{X} 100% $${Y}"))
                .isEqualTo("echo $${HOME} $HOME $(id) %%{X} 100% $$${Y}");
    }

    @Test
    void referencesOfConstructsStay() {
        assertThat(TerraformText.escape("vpc ${TfToken[TOKEN.1]} of ${HOME}, main-82e297a"))
                .isEqualTo("vpc ${TfToken[TOKEN.1]} of $${HOME}, main-82${\"e\"}297a");
        assertThat(TerraformText.escape(Map.of("a", "${TfToken[TOKEN.1]}")))
                .as("a body has none")
                .isEqualTo(Map.of("a", "$${${\"TfToken[\"}TOKEN.1]}"));
        assertThat(TerraformText.escapeTexts(Map.of("k${x}", "%{v}"))).isEqualTo(Map.of("k$${x}", "%%{v}"));
    }

    @Test
    void everyStringOfABodyIsEscapedKeysToo() {
        Map<String, Object> body = Map.of("${a}", List.of("%{b}", 1L, true, Map.of("c", "${d}")));

        assertThat(TerraformText.escape(body))
                .isEqualTo(Map.of("$${a}", List.of("%%{b}", 1L, true, Map.of("c", "$${d}"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ${TfToken[TOKEN.3]}    | $${${"TfToken["}TOKEN.3]}
            #{tftoken[TOKEN.3]}    | #{${"tftoken["}TOKEN.3]}
            web:main-82e297a       | web:main-82${"e"}297a
            -8.2E298               | -8.2${"E"}298
            String Map Token Value | String${" Map Token Value"}
            Any Map Token Value    | Any${" Map Token Value"}
            """)
    void whatCdktfWouldTakeForATokenRendersToTheSameText(String text, String template) {
        assertThat(TerraformText.literal(text)).isEqualTo(template);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nginx@sha256:8f33fe298ac", "vpc-0e298456789abcdef", "-2147483648", "main-82e290", "82e297"})
    void otherTextStays(String text) {
        assertThat(TerraformText.escape(text)).isEqualTo(text);
    }

    @Test
    void numbersThatAreTokensOfCdktfBecomeExpressions() {
        assertThat(TerraformText.escape(Map.of("a", -123456789L)).get("a")).isEqualTo("${-123456789}");
        assertThat(TerraformText.escape(Map.of("a", -8.2e298)).get("a")).isEqualTo("${tonumber(\"-8.2${\"E\"}298\")}");
        assertThat(TerraformText.escape(Map.of("a", List.of(-2147483648L, -8.2e290, 1.5))))
                .isEqualTo(Map.of("a", List.of(-2147483648L, -8.2e290, 1.5)));
    }
}
