package dev.eksplatform.internal.files;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes files so that each is either complete or as it was before. */
public final class OutputFiles {

    /** The text of a file, written bit by bit, because it may be large. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes the text.
         *
         * @param out where to write it
         * @throws IOException when it cannot be written
         */
        void write(Writer out) throws IOException;
    }

    private OutputFiles() {}

    /**
     * Writes texts: first all of them to temporary files in the same folders, at the same time, which then replace the files. A
     * device or a pipe is written to directly, a link stays a link, and a file that is replaced keeps its permissions.
     *
     * @param texts what to write by its file
     * @throws InvalidInputException with every file that cannot be written; then none is changed
     */
    public static void write(Map<Path, Content> texts) {
        List<Problem> problems = new ArrayList<>();
        Map<TemporaryPath, Path> temporary = new LinkedHashMap<>();
        List<Attempt> attempts = texts.entrySet().parallelStream()
                .map(text -> attempt(text.getKey(), text.getValue()))
                .toList();
        try {
            for (Attempt attempt : attempts) {
                if (attempt.written() != null) {
                    temporary.put(attempt.written(), attempt.place());
                }
            }
            for (Attempt attempt : attempts) {
                if (attempt.failure() instanceof IOException e) {
                    problems.add(FileFault.unwritable(Place.file(attempt.file()), e));
                } else if (attempt.failure() != null) {
                    throw rethrown(attempt.failure());
                }
            }
            if (!problems.isEmpty()) {
                throw new InvalidInputException(problems);
            }
            temporary.forEach((written, place) -> {
                try {
                    Files.move(written.path().resolve(place.getFileName()), place, StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                    throw new InvalidInputException(FileFault.unwritable(Place.file(place), e));
                }
            });
            texts.forEach(OutputFiles::writeDevice);
        } finally {
            temporary.keySet().forEach(TemporaryPath::close);
        }
    }

    /** What became of a file: written beside its place, failed, or neither for a device. */
    private record Attempt(
            Path file,
            Path place,
            @Nullable TemporaryPath written,
            @Nullable Throwable failure) {}

    private static Attempt attempt(Path file, Content text) {
        Path place = file;
        try {
            place = place(file);
            return new Attempt(file, place, isDevice(place) ? null : beside(place, text), null);
        } catch (IOException | RuntimeException | Error e) {
            return new Attempt(file, place, null, e);
        }
    }

    private static RuntimeException rethrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    /** Where a link leads, also when nothing is there yet. */
    private static Path place(Path file) throws IOException {
        Path place = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(place); links++) {
            if (links == 40) {
                throw new FileSystemLoopException(file.toString());
            }
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        if (Files.isDirectory(place)) {
            throw new DirectoryNotEmptyException(file.toString());
        }
        return place;
    }

    private static boolean isDevice(Path place) {
        return Files.exists(place) && !Files.isRegularFile(place);
    }

    private static TemporaryPath beside(Path place, Content text) throws IOException {
        Path folder = place.getParent();
        if (folder == null) {
            throw new NoSuchFileException(place.toString());
        }
        createFolder(folder);
        TemporaryPath written = TemporaryPath.folderIn(folder, ".making-");
        try {
            Path file = written.path().resolve(place.getFileName());
            write(file, text);
            keepPermissions(place, file);
            return written;
        } catch (IOException | RuntimeException | Error e) {
            written.close();
            throw e;
        }
    }

    private static void keepPermissions(Path before, Path after) throws IOException {
        if (Files.exists(before)
                && Files.getFileStore(before).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(after, Files.getPosixFilePermissions(before));
        }
    }

    private static void write(Path file, Content text) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            text.write(out);
        }
    }

    /**
     * Creates a folder with those above it, unless it exists, as itself or as a link.
     *
     * @param folder the folder
     * @throws IOException when it cannot be created
     */
    public static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    private static void writeDevice(Path file, Content text) {
        try {
            Path place = place(file);
            if (isDevice(place)) {
                write(place, text);
            }
        } catch (IOException e) {
            throw new InvalidInputException(FileFault.unwritable(Place.file(file), e));
        }
    }
}
