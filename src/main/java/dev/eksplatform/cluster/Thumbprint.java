package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The thumbprint of an OIDC issuer as IAM takes it: the SHA-1 of the top intermediate certificate authority that the
 * issuer serves. Source: <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html">Obtain
 * the thumbprint for an OIDC identity provider</a>.
 *
 * @param value 40 hex digits, in lower case
 */
@Example("9e99a48a9960b14926bb7f3b02e22da2b0ab7280")
public record Thumbprint(String value) {

    private static final String PATTERN = "^[0-9a-fA-F]{40}$";
    private static final Pattern SHA_1 = Pattern.compile(PATTERN);
    private static final String ALLOWED = "the SHA-1 of a certificate authority of the issuer's chain, 40 hex digits";
    static final String FIX = "set thumbprint: omit (IAM then fetches it)";

    /** Pins that are known to be the certificate of an endpoint itself, from tutorials that copy each other. */
    private static final Set<String> KNOWN_LEAVES = Set.of("55635cfea6a15f4770cc5ec0977492b318f9b0cc");

    /** Checks the form, and that it is not a known leaf certificate. */
    public Thumbprint {
        if (!SHA_1.matcher(value).matches()) {
            String bare = value.replace(":", "").toLowerCase(Locale.ROOT);
            throw new InvalidInputException(new Problem(
                    "\"" + value + "\" is not 40 hex digits",
                    ALLOWED,
                    SHA_1.matcher(bare).matches() ? "write it without colons: " + bare : FIX));
        }
        value = value.toLowerCase(Locale.ROOT);
        if (KNOWN_LEAVES.contains(value)) {
            throw new InvalidInputException(new Problem(
                    value + " is the endpoint's own (leaf) certificate, and breaks when that is renewed",
                    ALLOWED,
                    FIX));
        }
    }

    /**
     * Reads a thumbprint.
     *
     * @param text 40 hex digits
     * @return the thumbprint
     * @throws InvalidInputException when it is not 40 hex digits, or is known to be a leaf certificate's
     */
    @ScalarFactory(pattern = PATTERN)
    public static Thumbprint parse(String text) {
        return new Thumbprint(text);
    }

    /**
     * Computes the thumbprint from the chain a server presents.
     *
     * @param chain the certificates as served: the server's own first, each signed by the next
     * @return the thumbprint of the last one
     * @throws InvalidInputException when the chain holds no certificate authority, so that the only pin possible would
     *     be a leaf
     */
    public static Thumbprint of(List<X509Certificate> chain) {
        if (chain.isEmpty() || chain.get(chain.size() - 1).getBasicConstraints() < 0) {
            throw new InvalidInputException(new Problem(
                    "the served chain of " + chain.size() + " holds no certificate authority", ALLOWED, FIX));
        }
        return new Thumbprint(sha1(chain.get(chain.size() - 1)));
    }

    /**
     * Checks this pin against the chain a server presents.
     *
     * @param chain the certificates as served: the server's own first
     * @throws InvalidInputException when the pin is the server's own certificate, or none of the chain
     */
    public void verify(List<X509Certificate> chain) {
        for (int i = 0; i < chain.size(); i++) {
            if (sha1(chain.get(i)).equals(value)) {
                if (chain.get(i).getBasicConstraints() < 0) {
                    throw new InvalidInputException(new Problem(
                            value + " is the leaf certificate of "
                                    + chain.get(i).getSubjectX500Principal() + ", and breaks when that is renewed",
                            ALLOWED,
                            FIX));
                }
                return;
            }
        }
        throw new InvalidInputException(new Problem(value + " is not a certificate of the served chain", ALLOWED, FIX));
    }

    private static String sha1(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
