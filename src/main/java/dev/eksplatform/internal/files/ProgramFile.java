package dev.eksplatform.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A text file that comes with the program, on the class path. */
public final class ProgramFile {

    private ProgramFile() {}

    /**
     * Reads a file.
     *
     * @param owner the class that reads it
     * @param name its name beside that class, or from the root of the class path when it begins with a slash
     * @return its content
     * @throws IllegalStateException when the program was built without it
     */
    public static String read(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing from the program: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
