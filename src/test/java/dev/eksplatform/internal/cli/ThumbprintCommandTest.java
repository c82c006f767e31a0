package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbprintCommandTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ALLOWED =
            "; allowed: the SHA-1 of a certificate authority of the issuer's chain, 40 hex digits; fix: set thumbprint: omit (IAM"
                    + " then fetches it)\n1 problem\n";

    @TempDir
    private static Path folder;

    private static KeyStore server;
    private static String leaf;
    private static String authority;

    @BeforeAll
    static void makeCertificates() throws Exception {
        Path file = folder.resolve("server.p12");
        keytool(file, "-alias", "authority", "-dname", "CN=Test Authority", "-ext", "bc:c");
        keytool(file, "-alias", "server", "-dname", "CN=localhost", "-signer", "authority");
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            all.load(in, PASSWORD);
        }
        Certificate[] chain = all.getCertificateChain("server");
        server = KeyStore.getInstance("PKCS12");
        server.load(null, PASSWORD);
        server.setKeyEntry("server", all.getKey("server", PASSWORD), PASSWORD, chain);
        leaf = sha1(chain[0]);
        authority = sha1(chain[1]);
        Files.writeString(folder.resolve("chain.pem"), pem(chain[0]) + pem(chain[1]));
        Files.writeString(folder.resolve("leaf.pem"), pem(chain[0]));
    }

    private static void keytool(Path store, String... more) throws Exception {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(
                keytool.toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD),
                "-keyalg",
                "EC"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static String sha1(Certificate certificate) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
    }

    private static String pem(Certificate certificate) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** Serves one handshake with the chain. */
    private static CommandRun askServer(String host, String... more) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(server, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        try (SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> {
                try (SSLSocket accepted = (SSLSocket) socket.accept()) {
                    accepted.startHandshake();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            serving.start();
            List<String> arguments =
                    new ArrayList<>(List.of("thumbprint", host.replace("PORT", "" + socket.getLocalPort())));
            arguments.addAll(List.of(more));
            CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
            serving.join();
            return run;
        }
    }

    private static CommandRun inFile(String name, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("thumbprint", "--chain", folder.resolve(name).toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static void refused(CommandRun run, String err) {
        assertThat(run.err().replace(folder + "/", "")).isEqualTo(err);
        assertThat(run.status()).isEqualTo(2);
    }

    private static void isWrong(CommandRun run, String err) {
        assertThat(run).isEqualTo(new CommandRun(1, authority + "\n", err.replace("1 problem\n", "")));
    }

    @Test
    void theTopAuthorityThatAServerPresentsIsPrinted() throws Exception {
        assertThat(askServer("localhost:PORT")).isEqualTo(new CommandRun(0, authority + "\n", ""));
        assertThat(askServer("https://localhost:PORT/id/5AB1")).isEqualTo(new CommandRun(0, authority + "\n", ""));
    }

    @Test
    void aPinOfAnAuthorityIsConfirmed() throws Exception {
        assertThat(askServer("localhost:PORT", "--pin", authority))
                .isEqualTo(new CommandRun(
                        0, authority + "\n--pin " + authority + ": a certificate authority of the chain\n", ""));
    }

    @Test
    void aPinOfTheServersOwnCertificateIsRefused() throws Exception {
        isWrong(
                askServer("localhost:PORT", "--pin", leaf),
                "--pin " + leaf + ": " + leaf
                        + " is the leaf certificate of CN=localhost, and breaks when that is renewed" + ALLOWED);
    }

    @Test
    void aChainInAFileIsReadToo() {
        assertThat(inFile("chain.pem")).isEqualTo(new CommandRun(0, authority + "\n", ""));
    }

    @Test
    void aPinThatIsNotInTheChainIsRefused() {
        String other = "9e99a48a9960b14926bb7f3b02e22da2b0ab7280";
        isWrong(
                inFile("chain.pem", "--pin", other),
                "--pin " + other + ": " + other + " is not a certificate of the served chain" + ALLOWED);
    }

    @Test
    void aPinWithColonsIsRefusedWithItsRightForm() {
        String colons = authority.replaceAll("(..)(?=.)", "$1:");
        refused(
                inFile("chain.pem", "--pin", colons),
                "--pin " + colons + ": \"" + colons + "\" is not 40 hex digits; allowed: the SHA-1 of a certificate"
                        + " authority of the issuer's chain, 40 hex digits; fix: write it without colons: " + authority
                        + "\n1 problem\n");
    }

    @Test
    void aChainWithoutAnAuthorityIsRefused() {
        refused(inFile("leaf.pem"), "leaf.pem: the served chain of 1 holds no certificate authority" + ALLOWED);
    }

    @Test
    void aMissingFileIsRefused() {
        refused(
                inFile("none.pem"),
                "none.pem: no such file; fix: write it with: openssl s_client"
                        + " -showcerts -connect HOST:443\n1 problem\n");
    }

    @Test
    void aServerThatIsNotThereIsRefused() throws Exception {
        int port;
        try (java.net.ServerSocket free = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        refused(
                CommandRun.of("thumbprint", "localhost:" + port),
                "localhost:" + port + ": no connection to port " + port + "; fix: check host and port\n1 problem\n");
    }

    @Test
    void whatIsNoHostIsRefused() {
        refused(
                CommandRun.of("thumbprint", "http://oidc.example.com"),
                "http://oidc.example.com: neither a host nor an https URL; fix: write a host such as"
                        + " oidc.eks.eu-central-1.amazonaws.com, or an https URL\n1 problem\n");
    }
}
