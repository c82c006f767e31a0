package dev.eksplatform.internal.cli;

import dev.eksplatform.cluster.ServerCertificates;
import dev.eksplatform.cluster.Thumbprint;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the thumbprint that IAM wants for an OIDC issuer, and says what a pin is. */
@Command(
        name = "thumbprint",
        description = "Prints the thumbprint of an OIDC issuer's certificate chain, and says what a pin is.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  eks-platform thumbprint oidc.eks.eu-central-1.amazonaws.com",
            "  eks-platform thumbprint --chain chain.pem --pin 9e99a48a9960b14926bb7f3b02e22da2b0ab7280"
        },
        mixinStandardHelpOptions = true)
final class ThumbprintCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

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
        PrintWriter out = command.commandLine().getOut();
        Problems problems = new Problems();
        Thumbprint thumbprint = problems.collect(new Place.OnCommandLine(from), () -> Thumbprint.of(certificates));
        if (thumbprint != null) {
            out.println(thumbprint);
        }
        for (String pin : pins) {
            try {
                Thumbprint.parse(pin).verify(certificates);
                out.println("--pin " + pin + ": a certificate authority of the chain");
            } catch (InvalidInputException e) {
                e.problems().forEach(problem -> problems.add(problem.at("--pin " + pin)));
            }
        }
        out.flush();
        problems.throwIfAny();
        return 0;
    }
}
