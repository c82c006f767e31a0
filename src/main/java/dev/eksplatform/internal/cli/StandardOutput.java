package dev.eksplatform.internal.cli;

import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output that remembers what could not be written, which {@link PrintStream} only counts. */
final class StandardOutput extends OutputStream {

    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private @Nullable IOException fault;

    private StandardOutput() {}

    /** Puts it in the place of the system's. Text is in the character set of the locale, or UTF-8 when that has only ASCII. */
    static StandardOutput install() {
        StandardOutput output = new StandardOutput();
        Charset charset = charset();
        System.setOut(new PrintStream(new BufferedOutputStream(output), false, charset));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset));
        return output;
    }

    private static Charset charset() {
        try {
            Charset locale = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
            return locale.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : locale;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** What was lost; empty when all was written, and when nobody reads any more, as in {@code | head}. */
    Optional<Problem> lost() {
        System.out.flush();
        return Optional.ofNullable(fault)
                .filter(one -> !String.valueOf(one.getMessage()).contains("Broken pipe"))
                .map(one -> FileFault.unwritable(new Place.OnCommandLine("standard output"), one));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            fault = fault == null ? e : fault;
            throw e;
        }
    }
}
