package dev.eksplatform.cluster;

import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.problem.Problems;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.regex.Pattern;

/** Checks that a text holds the certificates of authorities. */
final class HybridNodeCertificate {

    static final String PEM = "^\\s*-----BEGIN CERTIFICATE-----[\\s\\S]*-----END CERTIFICATE-----\\s*$";

    /** The certificate of an authority, for documents. */
    static final String EXAMPLE =
            "\"-----BEGIN CERTIFICATE-----\\nMIIBgTCCASegAwIBAgIUYOSBasuPylFZEp3kSl0SP5SLNagwCgYIKoZIzj0EAwI"
                    + "w\\nDTELMAkGA1UEAwwCY2EwIBcNMjYxMTI2MTkyMjE2WhgPMjEyNjExMDIxOTIyMTZa\\nMA0xCzAJBgNVBAMMAmNhMFkw"
                    + "EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAECAzVaX10\\nwYQKsxA7tkw8Yt0aqIKTU2aDeMrfiZEwQCC/zT7JY4lclP4hU82P"
                    + "Xx0pycOBZZNF\\nZFz0za9dhA3cwqNjMGEwHQYDVR0OBBYEFIa/q/k2bIiPoYVDWynKYAtdQsD+MB8G\\nA1UdIwQYMBaAF"
                    + "Ia/q/k2bIiPoYVDWynKYAtdQsD+MA8GA1UdEwEB/wQFMAMBAf8w\\nDgYDVR0PAQH/BAQDAgEGMAoGCCqGSM49BAMCA0gAM"
                    + "EUCIEUUAT1lGh2Z3ckMavpn\\nPoVareV73MxrX+wkV9CBoS9wAiEAuK3/5wQuhNV6Ai+1AWePP92+oUWsTfAapG4j\\n8k"
                    + "cTldw=\\n-----END CERTIFICATE-----\\n\"";

    private static final Pattern PEM_FORM = Pattern.compile(PEM);

    /** The most characters that IAM Roles Anywhere takes. */
    private static final int MOST = 8000;

    private HybridNodeCertificate() {}

    static boolean isOpen(String text) {
        return TerraformTemplate.isOpen(text);
    }

    static void check(String text, Problems problems) {
        if (isOpen(text)) {
            return;
        }
        if (!PEM_FORM.matcher(text).matches()) {
            problems.add(
                    "certificate",
                    "a text that is not a certificate",
                    "PEM text from BEGIN CERTIFICATE to END CERTIFICATE",
                    "write it as a block: certificate: | and the lines of the file, indented");
            return;
        }
        if (text.length() > MOST) {
            problems.add(
                    "certificate", text.length() + " characters", "at most " + MOST, "leave out other certificates");
        }
        try {
            boolean allOfAuthorities = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .stream()
                    .allMatch(one -> ((X509Certificate) one).getBasicConstraints() >= 0);
            if (!allOfAuthorities) {
                problems.add(
                        "certificate",
                        "a certificate that is not of a certificate authority",
                        "basic constraints CA: true",
                        "use the certificate of the authority that signs those of the nodes");
            }
        } catch (CertificateException e) {
            problems.add(
                    "certificate",
                    "PEM text that cannot be read as X.509 certificates",
                    "PEM text from BEGIN CERTIFICATE to END CERTIFICATE",
                    "copy the whole file");
        }
    }
}
