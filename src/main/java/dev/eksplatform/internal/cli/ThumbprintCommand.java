package dev.eksplatform.internal.cli;

import dev.eksplatform.cluster.ServerCertificates;
import dev.eksplatform.cluster.Thumbprint;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the thumbprint of an OIDC issuer, and checks pinned thumbprints. */
@Command(
        name = "thumbprint",
        description = "Prints the thumbprint of an OIDC issuer's certificate chain, and checks pinned thumbprints.",
        exitCodeList = {
            "0:printed, and every --pin is correct",
            "1:a --pin is wrong",
            ExitStatus.BAD_INPUT_HELP,
            ExitStatus.INTERNAL_ERROR_HELP
        },
        footer = {
            "  eks-platform thumbprint oidc.eks.eu-central-1.amazonaws.com",
            "  eks-platform thumbprint --chain chain.pem --pin 9e99a48a9960b14926bb7f3b02e22da2b0ab7280"
        })
final class ThumbprintCommand extends Subcommand {

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Source source;

    /** Where the chain comes from. */
    private static final class Source {

        @Parameters(
                arity = "1",
                paramLabel = "HOST_OR_URL",
                description = "The issuer's host or URL, such as oidc.eks.eu-central-1.amazonaws.com.")
        private @Nullable String server;

        @Option(
                names = "--chain",
                paramLabel = "FILE",
                description = "A PEM file with the chain as served, the server's own certificate first.")
        private @Nullable Path chain;
    }

    @Option(
            names = "--pin",
            paramLabel = "HEX",
            description = "A thumbprint to check against the chain: SHA-1, 40 hexadecimal digits. May be repeated.")
    private List<String> pins = new ArrayList<>();

    @Override
    public Integer call() {
        String from = source.server != null ? source.server : String.valueOf(source.chain);
        List<X509Certificate> certificates =
                source.server != null ? ServerCertificates.of(source.server) : ServerCertificates.inFile(Path.of(from));
        Problems problems = new Problems();
        Thumbprint thumbprint = problems.collect(new Place.OnCommandLine(from), () -> Thumbprint.of(certificates));
        List<Thumbprint> pinned = pins.stream()
                .map(pin -> problems.collect(place(pin), () -> Thumbprint.parse(pin)))
                .filter(Objects::nonNull)
                .toList();
        problems.throwIfAny();
        PrintWriter out = out();
        out.println(thumbprint);
        Problems wrong = new Problems();
        pinned.forEach(pin -> wrong.collect(place(pin.toString()), () -> {
            pin.verify(certificates);
            out.println(place(pin.toString()) + ": a certificate authority of the chain");
            return pin;
        }));
        out.flush();
        wrong.found().forEach(err()::println);
        return wrong.isEmpty() ? ExitStatus.SUCCESS : ExitStatus.NEGATIVE_VERDICT;
    }

    private static Place place(String pin) {
        return new Place.OnCommandLine("--pin " + pin);
    }
}
