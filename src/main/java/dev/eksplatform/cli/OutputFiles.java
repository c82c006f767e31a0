package dev.eksplatform.cli;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes files so that each is whole or as it was. */
final class OutputFiles {

    private OutputFiles() {}

    /** Writes texts: first all of them beside their places, then each into its place. */
    static void write(Map<Path, String> texts) {
        Map<Path, Path> written = new LinkedHashMap<>();
        try {
            for (Map.Entry<Path, String> text : texts.entrySet()) {
                Path file = text.getKey();
                try {
                    Path folder = file.toAbsolutePath().getParent();
                    Files.createDirectories(folder);
                    Path making = Files.createTempFile(folder, ".making-", ".tmp");
                    written.put(making, file);
                    Files.writeString(making, text.getValue());
                } catch (IOException e) {
                    throw unwritable(file);
                }
            }
            for (Map.Entry<Path, Path> one : written.entrySet()) {
                try {
                    Files.move(one.getKey(), one.getValue(), StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                    throw unwritable(one.getValue());
                }
            }
        } finally {
            written.keySet().forEach(OutputFiles::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    private static InvalidInputException unwritable(Path file) {
        return new InvalidInputException(new Problem(
                file.toString(), "cannot be written", "a file in a folder that you may write to", "name another file"));
    }
}
