package dev.eksplatform.internal.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.problem.InvalidInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    private static final Map<String, BigDecimal> FACTORS = Map.ofEntries(
            Map.entry("", BigDecimal.ONE),
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
            Map.entry("k", new BigDecimal("1e3")),
            Map.entry("M", new BigDecimal("1e6")),
            Map.entry("G", new BigDecimal("1e9")),
            Map.entry("T", new BigDecimal("1e12")),
            Map.entry("e2", new BigDecimal("1e2")),
            Map.entry("E-2", new BigDecimal("1e-2")),
            Map.entry("Ki", new BigDecimal(1024)),
            Map.entry("Mi", new BigDecimal(1 << 20)),
            Map.entry("Gi", new BigDecimal(1 << 30)),
            Map.entry("Ti", new BigDecimal(1L << 40)));

    @ParameterizedTest
    @CsvSource({
        "1000m, 1",
        "0.5, 500m",
        "1024Mi, 1Gi",
        "0.1Gi, 107374182400m",
        "1.5Gi, 1536Mi",
        "0.5Ki, 512",
        "1024, 1024",
        "1000, 1k",
        "1e3, 1e3",
        "1E3, 1e3",
        "1E, 1E",
        "100e-1, 10",
        "8Ei, 9223372036854775807",
        "0.1n, 1n",
        "-1.5Gi, -1536Mi",
        "+1., 1",
        "0Gi, 0"
    })
    void anAmountIsWrittenAsTheApiServerAnswersIt(String written, String canonical) {
        assertThat(Quantity.parse(written).text()).isEqualTo(canonical);
    }

    /** quantities.tsv: what k8s.io/apimachinery 0.33.4 makes of more than 500 texts. */
    @Test
    void everyAmountIsWhatKubernetesMakesOfIt() throws IOException {
        String table;
        try (var resource = Objects.requireNonNull(getClass().getResourceAsStream("quantities.tsv"))) {
            table = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(table.lines().count()).isGreaterThan(500);
        assertThat(table.lines()).allSatisfy(line -> {
            String[] columns = line.split("\t", -1);
            if (columns[1].equals("ERR")) {
                assertThatThrownBy(() -> Quantity.parse(columns[0])).isInstanceOf(InvalidInputException.class);
            } else {
                assertThat(Quantity.parse(columns[0]).text()).as(columns[0]).isEqualTo(columns[1]);
            }
        });
    }

    @Test
    void textThatIsNoAmountIsRefused() {
        assertThatThrownBy(() -> Quantity.parse("1 GB"))
                .hasMessage(
                        "\"1 GB\" is not a quantity; allowed: a number, with a suffix n, u, m, k, M, G, T, P, E, Ki,"
                                + " Mi, Gi, Ti, Pi, Ei or an exponent such as e3; fix: write it like 500m, 0.5, 128Mi or 1Gi");
    }

    @Test
    void anAmountThatTheServerWouldLoseIsRefused() {
        assertThatThrownBy(() -> Quantity.parse("1000E"))
                .hasMessage(
                        "\"1000E\" is too large for a quantity; allowed: amounts below 1000E; fix: use a smaller amount");
    }

    @Property
    void theCanonicalFormIsCanonical(@ForAll("written") String written) {
        String once = Quantity.parse(written).text();
        assertThat(Quantity.parse(once).text()).isEqualTo(once);
    }

    @Property
    void theAmountStaysTheSameDownToANano(@ForAll("numbers") BigDecimal number, @ForAll("suffixes") String suffix) {
        BigDecimal exact = number.multiply(Objects.requireNonNull(FACTORS.get(suffix)));
        BigDecimal expected = exact.scale() > 9 ? exact.setScale(9, RoundingMode.UP) : exact;
        assertThat(Quantity.parse(number.toPlainString() + suffix).value()).isEqualByComparingTo(expected);
    }

    @Property
    void noFractionAndNoLargerSuffixRemain(@ForAll("written") String written) {
        String text = Quantity.parse(written).text();
        assertThat(text).doesNotContain(".", "+").doesNotMatch("-?\\d*000([numkMGT]|)");
        if (text.endsWith("i") && !text.endsWith("Ei")) {
            BigInteger mantissa = new BigInteger(text.substring(0, text.length() - 2));
            assertThat(mantissa.mod(BigInteger.valueOf(1024)).signum()).isNotZero();
        }
    }

    @Provide
    Arbitrary<BigDecimal> numbers() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal("-4000000"), new BigDecimal("4000000"))
                .ofScale(6);
    }

    @Provide
    Arbitrary<String> suffixes() {
        return Arbitraries.of(FACTORS.keySet().stream().sorted().toList());
    }

    @Provide
    Arbitrary<String> written() {
        return Combinators.combine(numbers(), suffixes()).as((number, suffix) -> number.toPlainString() + suffix);
    }
}
