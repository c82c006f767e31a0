package dev.eksplatform.internal.cli;

import dev.eksplatform.internal.files.OutputFiles;
import dev.eksplatform.internal.files.OutputFiles.Content;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The files that a command's options name for its results; {@code -} is standard output. */
final class Outputs {

    private static final Path STANDARD_OUTPUT = Path.of("-");

    private final Map<Path, String> options = new LinkedHashMap<>();
    private final Map<Path, Content> texts = new LinkedHashMap<>();

    /**
     * Adds a file.
     *
     * @param option the option that names it
     * @param file the file; {@code null} when the option was not given
     * @param text supplies its content
     * @throws InvalidInputException when another option names the same one, or it has no name
     */
    Outputs add(String option, @Nullable Path file, Supplier<String> text) {
        return addLarge(option, file, out -> out.write(text.get()));
    }

    /** Adds a file that may be large, see {@link #add}. */
    Outputs addLarge(String option, @Nullable Path file, Content text) {
        if (file == null) {
            return this;
        }
        if (file.toString().isEmpty()) {
            throw new InvalidInputException(
                    new Problem(new Place.OnCommandLine(option), "an empty path", "set the path of a file, or -"));
        }
        Path place = file.equals(STANDARD_OUTPUT) ? file : file.toAbsolutePath().normalize();
        String other = options.putIfAbsent(place, option);
        if (other != null) {
            throw new InvalidInputException(
                    new Problem(new Place.OnCommandLine(option), file + ", as for " + other, "set another file"));
        }
        texts.put(file, text);
        return this;
    }

    /** Whether a result goes to standard output. */
    boolean arePrinted() {
        return texts.containsKey(STANDARD_OUTPUT);
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    /** Writes all files, or none, and then prints. */
    void write(PrintWriter out) {
        Map<Path, Content> files = new LinkedHashMap<>(texts);
        Content printed = files.remove(STANDARD_OUTPUT);
        // complete before it is printed
        StringWriter text = new StringWriter();
        try {
            if (printed != null) {
                printed.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        OutputFiles.write(files);
        out.print(text);
        out.flush();
    }
}
