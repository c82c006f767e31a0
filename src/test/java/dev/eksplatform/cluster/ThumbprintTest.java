package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ThumbprintTest {

    private static final String AUTHORITY = "b67c06ef43b7f60196a021a599e08c2a1ec445aa";
    private static final String LEAF = "f7327a752440e75786fa0c30466057285ee9f59e";
    private static final String ALLOWED =
            "; allowed: the SHA-1 of a certificate authority of the issuer's chain, 40 hex "
                    + "digits; fix: set thumbprint: omit (IAM then fetches it)";

    private static X509Certificate certificate(String name) {
        try (InputStream in = Objects.requireNonNull(ThumbprintTest.class.getResourceAsStream(name + ".pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<X509Certificate> chain() {
        return List.of(certificate("leaf"), certificate("authority"));
    }

    @Provide
    Arbitrary<String> digests() {
        return Arbitraries.strings().withChars("0123456789abcdefABCDEF").ofLength(40);
    }

    @Property
    void digestsOfAnyCaseAreTakenInLowerCase(@ForAll("digests") String digest) {
        assertThat(Thumbprint.parse(digest).toString())
                .isEqualToIgnoringCase(digest)
                .isLowerCase();
    }

    @Test
    void otherTextIsRefused() {
        assertThat(ProblemsOf.making(() -> Thumbprint.parse("9E99:A4")))
                .containsExactly("\"9E99:A4\" is not 40 hex digits" + ALLOWED);
    }

    @Test
    void aPinThatTutorialsCopyIsKnownToBeALeaf() {
        assertThat(ProblemsOf.making(() -> Thumbprint.parse("55635CFEA6A15F4770CC5EC0977492B318F9B0CC")))
                .containsExactly(
                        "55635cfea6a15f4770cc5ec0977492b318f9b0cc is the endpoint's own (leaf) certificate, and "
                                + "breaks when that is renewed" + ALLOWED);
    }

    @Test
    void itIsComputedFromTheLastCertificateServed() {
        assertThat(Thumbprint.of(chain())).isEqualTo(Thumbprint.parse(AUTHORITY));
    }

    @Test
    void aChainWithoutAnAuthorityHasNone() {
        assertThat(ProblemsOf.making(() -> Thumbprint.of(List.of(certificate("leaf")))))
                .containsExactly("the served chain of 1 holds no certificate authority" + ALLOWED);
        assertThat(ProblemsOf.making(() -> Thumbprint.of(List.of())))
                .containsExactly("the served chain of 0 holds no certificate authority" + ALLOWED);
    }

    @Test
    void aPinOfTheAuthorityIsFine() {
        assertThat(ProblemsOf.making(() -> Thumbprint.parse(AUTHORITY).verify(chain())))
                .isEmpty();
    }

    @Test
    void aPinOfTheLeafBreaksWhenItIsRenewed() {
        assertThat(ProblemsOf.making(() -> Thumbprint.parse(LEAF).verify(chain())))
                .containsExactly(LEAF
                        + " is the leaf certificate of CN=oidc.example.com, and breaks when that is renewed" + ALLOWED);
    }

    @Test
    void aPinOfAnotherChainIsReported() {
        String other = "0".repeat(40);

        assertThat(ProblemsOf.making(() -> Thumbprint.parse(other).verify(chain())))
                .containsExactly(other + " is not a certificate of the served chain" + ALLOWED);
    }

    @Test
    void oneToFivePins() {
        Thumbprint pin = Thumbprint.parse(AUTHORITY);

        assertThat(new ThumbprintSource.Pinned(List.of(pin, pin, pin, pin, pin)).thumbprints())
                .hasSize(5);
        assertThat(ProblemsOf.making(() -> new ThumbprintSource.Pinned(List.of())))
                .containsExactly(
                        "0 given; allowed: one to five thumbprints; fix: set thumbprint: omit (IAM then fetches it)");
        assertThat(ProblemsOf.making(() -> new ThumbprintSource.Pinned(List.of(pin, pin, pin, pin, pin, pin))))
                .containsExactly(
                        "6 given; allowed: one to five thumbprints; fix: set thumbprint: omit (IAM then fetches it)");
    }
}
