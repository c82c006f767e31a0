package dev.eksplatform.internal.apply;

import dev.eksplatform.internal.files.TemporaryPath;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program on the {@code PATH}, run in a folder.
 *
 * @param name its name or path
 * @param folder where it runs
 */
public record ExternalProgram(String name, Path folder) {

    /** The end of what a program says is kept, as much as this. */
    private static final int KEPT = 65_536;

    /**
     * How it ended.
     *
     * @param status its exit status
     * @param said the end of what it said
     */
    public record Ended(int status, String said) {}

    /**
     * Runs it to its end; what it says goes on to a writer as it comes.
     *
     * @param out the writer
     * @param arguments its arguments
     * @return how it ended
     */
    public Ended run(PrintWriter out, List<String> arguments) {
        Process process = start(new ProcessBuilder(line(arguments)).redirectErrorStream(true));
        // Ctrl-C reaches it too; it ends by itself, after it has written down what it did
        TemporaryPath.spare(process.toHandle());
        Thread whenInterrupted = new Thread(() -> await(process));
        Runtime.getRuntime().addShutdownHook(whenInterrupted);
        try {
            return said(process, out);
        } finally {
            if (!process.isAlive()) {
                forget(whenInterrupted);
            }
        }
    }

    private static void forget(Thread whenInterrupted) {
        try {
            Runtime.getRuntime().removeShutdownHook(whenInterrupted);
        } catch (IllegalStateException e) {
            // the virtual machine is ending, which waited for the process
        }
    }

    private static Ended said(Process process, PrintWriter out) {
        StringBuilder said = new StringBuilder();
        try (Reader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            char[] buffer = new char[4096];
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
                said.append(buffer, 0, read);
                said.delete(0, Math.max(0, said.length() - KEPT));
            }
        } catch (IOException e) {
            said.append(e.getMessage());
        }
        return new Ended(await(process), said.toString());
    }

    /**
     * Runs it with standard output in a file.
     *
     * @param output the file
     * @param arguments its arguments
     * @return how it ended, with what it complains about
     */
    public Ended runInto(Path output, List<String> arguments) {
        Process process = start(new ProcessBuilder(line(arguments)).redirectOutput(output.toFile()));
        try (Reader reader = new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8)) {
            StringBuilder said = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                said.append((char) c);
            }
            return new Ended(await(process), said.toString());
        } catch (IOException e) {
            return new Ended(await(process), String.valueOf(e.getMessage()));
        }
    }

    private List<String> line(List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(name);
        line.addAll(arguments);
        return line;
    }

    private Process start(ProcessBuilder builder) {
        try {
            // the empty path, which is the working folder, is none to a process
            Process process =
                    builder.directory(folder.toAbsolutePath().toFile()).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new InvalidInputException(new Problem(
                    new Place.OnCommandLine(name), "a program that cannot be run", "install it, or name its path"));
        }
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
