package dev.eksplatform.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that ran to its end.
 *
 * @param line what ran
 * @param exitCode what it returned
 * @param output standard output and standard error, as they came
 */
public record Command(List<String> line, int exitCode, String output) {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    /**
     * Runs a program to its end.
     *
     * @throws AssertionError when it takes longer than ten minutes
     */
    public static Command run(Path folder, Map<String, String> environment, List<String> line) {
        try {
            Path output = Files.createTempFile("eks-platform-", ".out");
            try {
                ProcessBuilder builder = new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(output.toFile());
                builder.environment().clear();
                builder.environment().putAll(environment);
                Process process = builder.start();
                boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
                if (!ended) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
                String text = Files.readString(output, StandardCharsets.UTF_8);
                if (!ended) {
                    throw new AssertionError(String.join(" ", line) + " ran longer than " + LIMIT + ":\n" + text);
                }
                return new Command(line, process.exitValue(), text);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(String.join(" ", line) + " was interrupted", e);
        }
    }

    /**
     * This command, when it returned one of the given codes.
     *
     * @throws AssertionError with the whole output when it returned another
     */
    public Command expect(Integer... codes) {
        if (!List.of(codes).contains(exitCode)) {
            throw new AssertionError(String.join(" ", line) + " returned " + exitCode + " instead of " + List.of(codes)
                    + ":\n" + output);
        }
        return this;
    }
}
