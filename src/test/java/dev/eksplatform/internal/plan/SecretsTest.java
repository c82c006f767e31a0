package dev.eksplatform.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.testing.TestJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static Secrets of(String... texts) {
        Secrets.Collector collector = new Secrets.Collector();
        for (String text : texts) {
            collector.addText(text);
        }
        return collector.collected();
    }

    private static Secrets byNature(String type, String json) throws Exception {
        Secrets.Collector collector = new Secrets.Collector();
        collector.addByNature(type, TestJson.parse(json));
        return collector.collected();
    }

    @Test
    void masksASecretWhereverItRecurs() {
        Secrets secrets = of("correct-horse");
        assertThat(secrets.masked("url=http://u:correct-horse@h/?p=correct-horse"))
                .isEqualTo("url=http://u:(sensitive)@h/?p=(sensitive)");
        assertThat(secrets.masked("nothing here")).isEqualTo("nothing here");
    }

    @ParameterizedTest
    @CsvSource({
        "/aws/service/eks/optimized-ami/1.36/release_version, insecure_value, 1.36.1-20261101",
        "/shop/release_version, insecure_value, (sensitive)",
        "/aws/service/eks/optimized-ami/1.36/release_version, other, (sensitive)"
    })
    void aParameterThatAwsPublishesIsNotSecret(String name, String other, String shown) throws Exception {
        Secrets.Collector collector = new Secrets.Collector();
        collector.add(
                TestJson.parse("{\"name\": \"" + name + "\", \"value\": \"1.36.1-20261101\", \"" + other
                        + "\": \"1.36.1-20261101\"}"),
                ValueMarks.of(TestJson.parse("{\"value\": true}")));
        assertThat(collector.collected().masked("1.36.1-20261101")).isEqualTo(shown);
    }

    @Test
    void masksAShortSecretOnlyAsAWord() {
        assertThat(of("main").masked("main, domain, [main]")).isEqualTo("(sensitive), domain, [(sensitive)]");
    }

    @Test
    void doesNotMaskWhatIsTooShortToBeASecret() {
        assertThat(of("80", "a", "true").masked("port 80, true, a")).isEqualTo("port 80, true, a");
    }

    @Test
    void masksTheLongerOfTwo() {
        assertThat(of("hunter2hunter2", "hunter2hunter2-and-more").masked("hunter2hunter2-and-more"))
                .isEqualTo("(sensitive)");
    }

    @Test
    void masksEveryLineOfAKey() {
        assertThat(of("-----BEGIN KEY-----\nMIIBVgIBADANBg\n").masked("  MIIBVgIBADANBg"))
                .isEqualTo("  (sensitive)");
    }

    @Test
    void masksThePartsOfASecretDocument() {
        assertThat(of("{\"user\":\"administrator\",\"pin\":\"12\"}").masked("login administrator"))
                .isEqualTo("login (sensitive)");
    }

    @Property
    void masksBase64OfATextThatHoldsTheSecret(
            @ForAll @AlphaChars @StringLength(max = 7) String before,
            @ForAll @AlphaChars @StringLength(max = 7) String after) {
        String text = before + "correct-horse-battery" + after;
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        String masked = of("correct-horse-battery").masked(encoded);
        assertThat(masked).contains(Secrets.MASK);
        assertThat(masked.replace(Secrets.MASK, ""))
                .hasSizeLessThanOrEqualTo((before.length() + after.length()) * 2 + 6);
    }

    @Test
    void aSecretsDataIsSecret() throws Exception {
        String data = Base64.getEncoder().encodeToString("open-sesame".getBytes(StandardCharsets.UTF_8));
        Secrets secrets = byNature(
                "kubernetes_manifest",
                "{\"manifest\":{\"kind\":\"Secret\",\"data\":{\"x\":\"" + data
                        + "\"},\"stringData\":{\"y\":\"swordfish\"}}}");
        assertThat(secrets.masked("open-sesame swordfish " + data)).isEqualTo("(sensitive) (sensitive) (sensitive)");
        assertThat(byNature("kubernetes_secret_v1", "{\"data\":{\"x\":\"open-sesame\"}}")
                        .masked("open-sesame"))
                .isEqualTo("(sensitive)");
    }

    @Test
    void whatHelmIsGivenUnderASecretNameIsSecret() throws Exception {
        Secrets secrets = byNature("helm_release", """
                {"set_sensitive": [{"name": "a.b", "value": "one-secret"}],
                 "set": [{"name": "grafana.adminPassword", "value": "An0ther-1x"}],
                 "values": ["db:\\n  apiKey: third-secret\\n  env:\\n  - {name: DB_TOKEN, value: fourth-secret}\\n"],
                 "repository_password": "fifth-secret"}""");
        assertThat(secrets.masked("one-secret An0ther-1x third-secret fourth-secret fifth-secret"))
                .isEqualTo("(sensitive) (sensitive) (sensitive) (sensitive) (sensitive)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"metadata_options\":[{\"http_tokens\":\"required\"}]}",
                "{\"secretName\":\"required\"}",
                "{\"secretKey\":\"required\"}",
                "{\"token\":\"${required}\"}"
            })
    void aSettingOrAReferenceIsNoSecret(String json) throws Exception {
        assertThat(byNature("aws_launch_template", json).masked("required ${required}"))
                .isEqualTo("required ${required}");
    }

    @Test
    void findsThePlantedSecretsOfRecordedPlans() {
        assertThat(PlanFiles.recorded("a-update").secrets().masked("S3cr3t-planted-A1 S3cr3t-planted-A2"))
                .isEqualTo("(sensitive) (sensitive)");
        assertThat(PlanFiles.recorded("b-create").secrets().masked("S3cr3t-planted-B1"))
                .isEqualTo("(sensitive)");
    }

    @Test
    void neverPrintsItself() {
        assertThat(of("correct-horse")).hasToString("1 secrets");
    }

    @Test
    void findsTheSecretsOfBothSidesOfAChangeAlsoInWhatStays() throws Exception {
        Secrets.Collector collector = new Secrets.Collector();
        collector.addByNature("aws_lambda_function", BeforeAfter.of(TestJson.parse("""
                        {"before": {"env": {"API_TOKEN": "q8Zr5Tt1Lw0K"}, "old": {"password": "f4Gh7Jk2Lp9Q"}, "db_password": "b1"},
                         "after": {"env": {"API_TOKEN": "q8Zr5Tt1Lw0K"}, "old": {"password": "n6Bv3Cx8Zs5W"}, "db_password": "m9Nb4Vc7Xy2D"}}""")));
        Secrets secrets = collector.collected();
        assertThat(secrets.masked("q8Zr5Tt1Lw0K f4Gh7Jk2Lp9Q n6Bv3Cx8Zs5W m9Nb4Vc7Xy2D"))
                .isEqualTo("(sensitive) (sensitive) (sensitive) (sensitive)");
    }

    @Property
    void findsASecretInAFileInBase64WhereverItBeginsInAText(
            @ForAll @AlphaChars @StringLength(max = 40) String before,
            @ForAll @AlphaChars @StringLength(max = 40) String after)
            throws Exception {
        String file = Base64.getEncoder()
                .encodeToString("export DB_PASSWORD=k3Jd8Sm1Qw6Z\n".getBytes(StandardCharsets.UTF_8));
        String text = before + ": " + file + "; " + after;
        assertThat(byNature("aws_instance", "{\"note\": \"" + text + "\"}").masked("k3Jd8Sm1Qw6Z"))
                .isEqualTo("(sensitive)");
    }
}
