package dev.eksplatform.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * A program that the tests install into the project on first need, and again when its lock file changes. Two test runs that start
 * together wait for each other.
 */
final class Installation {

    private static final Path PROJECT = Path.of("").toAbsolutePath();

    private Installation() {}

    /** The Python interpreter that has moto, in {@code .moto/}; every package is pinned by version and hash. */
    static Path pythonWithMoto() {
        Path requirements = PROJECT.resolve("src/test/moto/requirements.txt");
        Path home = PROJECT.resolve(".moto");
        Path python = home.resolve("bin/python");
        ensure(
                home,
                requirements,
                List.of("python3", "-m", "venv", "--clear", home.toString()),
                List.of(
                        python.toString(),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--only-binary=:all:",
                        "--require-hashes",
                        "-r",
                        requirements.toString()));
        return python;
    }

    /** The {@code cdktf} of {@code package-lock.json}, in {@code node_modules/}. */
    static Path cdktf() {
        Path home = PROJECT.resolve("node_modules");
        ensure(home, PROJECT.resolve("package-lock.json"), List.of("npm", "ci"));
        return home.resolve(".bin/cdktf");
    }

    /** One at a time: the file lock is for other processes, and threads of one process may not share it. */
    @SafeVarargs
    private static synchronized void ensure(Path home, Path lockFile, List<String>... commands) {
        Path installed = home.resolve(".installed-" + lockFile.getFileName());
        Path mutex = PROJECT.resolve("target").resolve(lockFile.getFileName() + ".mutex");
        try {
            Files.createDirectories(mutex.getParent());
            String wanted = Files.readString(lockFile);
            try (FileChannel channel = FileChannel.open(mutex, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (held.isValid()
                        && Files.exists(installed)
                        && Files.readString(installed).equals(wanted)) {
                    return;
                }
                System.err.println("Installing " + lockFile.getFileName() + " into " + home + " (once)");
                for (List<String> command : commands) {
                    Command.run(PROJECT, Map.copyOf(System.getenv()), command).expect(0);
                }
                Files.writeString(installed, wanted);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
