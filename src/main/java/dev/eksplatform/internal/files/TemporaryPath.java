package dev.eksplatform.internal.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A file or folder that only its owner may read, and that is gone when it is closed or the program is interrupted. */
public final class TemporaryPath implements AutoCloseable {

    private static final String PROPERTY = "java.io.tmpdir";
    private static final long PATIENCE_MILLIS = 2_000;

    private static final Set<ProcessHandle> SPARED = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Thread whenInterrupted;

    private TemporaryPath(Path path) {
        this.path = path;
        whenInterrupted = new Thread(() -> {
            endChildren();
            delete(path);
        });
        try {
            Runtime.getRuntime().addShutdownHook(whenInterrupted);
        } catch (IllegalStateException e) {
            delete(path);
            throw e;
        }
    }

    /**
     * Creates a folder.
     *
     * @param parent the folder in which it is created
     * @param prefix how its name begins
     * @return the new folder
     * @throws IOException when it cannot be created
     */
    public static TemporaryPath folderIn(Path parent, String prefix) throws IOException {
        return new TemporaryPath(Files.createTempDirectory(parent, prefix));
    }

    /**
     * Creates a folder where the system keeps what is temporary.
     *
     * @param prefix how its name begins
     * @return the new folder
     * @throws IOException when it cannot be created
     */
    public static TemporaryPath folder(String prefix) throws IOException {
        return new TemporaryPath(Files.createTempDirectory(prefix));
    }

    /**
     * Creates a folder for all temporary files of this run of the program, also those of jsii, which does not remove its
     * own when it is interrupted. To be called before anything temporary is created.
     *
     * @return the new folder; empty when it cannot be created; then nothing has changed
     */
    public static Optional<TemporaryPath> forThisRun() {
        Path parent = Path.of(System.getProperty(PROPERTY));
        String name = "eks-platform-" + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), 36);
        try {
            Path created = Files.createDirectory(
                    parent.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            System.setProperty(PROPERTY, created.toString());
            return Optional.of(new TemporaryPath(created));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /**
     * Creates a file where the system keeps what is temporary.
     *
     * @param prefix how its name begins
     * @param suffix how its name ends
     * @return the new, empty file
     * @throws IOException when it cannot be created
     */
    public static TemporaryPath file(String prefix, String suffix) throws IOException {
        return new TemporaryPath(Files.createTempFile(prefix, suffix));
    }

    /**
     * The file or folder.
     *
     * @return its path
     */
    public Path path() {
        return path;
    }

    /** Deletes it with all that is in it. */
    @Override
    public void close() {
        delete(path);
        try {
            Runtime.getRuntime().removeShutdownHook(whenInterrupted);
        } catch (IllegalStateException e) {
            // the program ends, and the hook finds nothing to delete
        }
    }

    /**
     * Lets a process end by itself when the program is interrupted, with the processes that it started: killed, it could not
     * write down what it has done. Temporary files remain until then.
     *
     * @param process the process
     */
    public static void spare(ProcessHandle process) {
        SPARED.add(process);
    }

    /** Processes that were started for it may still be writing into it. */
    private static void endChildren() {
        Set<ProcessHandle> spared = new HashSet<>(SPARED);
        SPARED.forEach(process -> process.descendants().forEach(spared::add));
        List<ProcessHandle> children = ProcessHandle.current()
                .descendants()
                .filter(child -> !spared.contains(child))
                .toList();
        children.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle child : children) {
            try {
                child.onExit().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                break;
            }
        }
        SPARED.forEach(process -> process.onExit().join());
    }

    /** Deletes what is there; an interrupted program may still be writing, so nothing is sure to be. */
    private static void delete(Path path) {
        for (int tries = 0; tries < 3; tries++) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
                return;
            } catch (IOException | UncheckedIOException e) {
                if (Files.notExists(path)) {
                    return;
                }
            }
        }
        System.getLogger(TemporaryPath.class.getName())
                .log(System.Logger.Level.WARNING, "the temporary " + path + " could not be removed");
    }
}
