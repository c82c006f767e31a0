package dev.eksplatform.cluster;

import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.internal.files.InputFiles;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apiguardian.api.API;

/** Reads the certificate chain that a server presents, or one in a file. */
@API(status = API.Status.INTERNAL)
public final class ServerCertificates {

    private static final int HTTPS = 443;
    private static final int TIMEOUT_MILLIS = 10_000;

    private ServerCertificates() {}

    /**
     * Reads the chain of a server.
     *
     * @param hostOrUrl a host, {@code host:port}, or an https URL
     * @return its certificates as served, its own first
     * @throws InvalidInputException when it is something else, or the server cannot be asked
     */
    public static List<X509Certificate> of(String hostOrUrl) {
        URI uri = uri(hostOrUrl);
        int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(uri.getHost(), port), TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Unchecked()}, new SecureRandom());
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, uri.getHost(), port, true)) {
                socket.startHandshake();
                return x509(Arrays.asList(socket.getSession().getPeerCertificates()));
            }
        } catch (UnknownHostException e) {
            throw unserved(hostOrUrl, "no such host", "check the name, and the network you are in");
        } catch (SocketTimeoutException e) {
            throw unserved(
                    hostOrUrl, "no answer within 10 seconds", "check the network, or read the chain with --chain");
        } catch (ConnectException e) {
            throw unserved(hostOrUrl, "no connection to port " + port, "check host and port");
        } catch (IOException | GeneralSecurityException e) {
            throw unserved(hostOrUrl, "no TLS on port " + port + ": " + e.getMessage(), "check host and port");
        }
    }

    /**
     * Reads a chain from a file.
     *
     * @param file PEM, the server's own certificate first
     * @return its certificates
     * @throws InvalidInputException when there is no such file, or it holds no certificate
     */
    public static List<X509Certificate> inFile(Path file) {
        String fix = "write it with: openssl s_client -showcerts -connect HOST:443";
        InputFiles.check(file, fix);
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> chain =
                    x509(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (chain.isEmpty()) {
                throw invalid(Place.file(file), "a PEM file without a certificate", fix);
            }
            return chain;
        } catch (CertificateException e) {
            throw invalid(Place.file(file), "not a PEM file with certificates", fix);
        } catch (IOException e) {
            throw new InvalidInputException(FileFault.unreadable(Place.file(file), e));
        }
    }

    private static URI uri(String hostOrUrl) {
        Place place = new Place.OnCommandLine(hostOrUrl);
        String form = "a host such as oidc.eks.eu-central-1.amazonaws.com, or an https URL";
        try {
            URI uri = URI.create(hostOrUrl.contains("://") ? hostOrUrl : "https://" + hostOrUrl);
            if (uri.getHost() != null && "https".equals(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(place, "neither a host nor a URL", "write " + form);
        }
        throw invalid(place, "neither a host nor an https URL", "write " + form);
    }

    private static List<X509Certificate> x509(Collection<? extends Certificate> certificates) {
        return certificates.stream().map(X509Certificate.class::cast).toList();
    }

    private static InvalidInputException unserved(String server, String found, String fix) {
        return invalid(new Place.OnCommandLine(server), found, fix);
    }

    private static InvalidInputException invalid(Place place, String found, String fix) {
        return new InvalidInputException(new Problem(place, found, fix));
    }

    /** Takes any chain: it is only read, nothing is sent to the server or believed from it. */
    private static final class Unchecked extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
