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
import java.util.Optional;
import java.util.stream.Stream;

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

    /**
     * A program of {@code package-lock.json}, in {@code node_modules/}.
     *
     * @param name {@code cdktf} or {@code cdktn}
     */
    static Path program(String name) {
        Path home = PROJECT.resolve("node_modules");
        ensure(home, PROJECT.resolve("package-lock.json"), List.of("npm", "ci"));
        return home.resolve(".bin").resolve(name);
    }

    /**
     * The folder of a {@code node} that {@code cdktn} runs on, 22.19 or newer, in {@code src/test/node/node_modules/}; empty if the one on
     * {@code PATH} is new enough.
     */
    static Optional<Path> newerNode() {
        String[] version = Command.run(PROJECT, Map.copyOf(System.getenv()), List.of("node", "--version"))
                .expect(0)
                .output()
                .strip()
                .substring(1)
                .split("\\.");
        int major = Integer.parseInt(version[0]);
        if (major > 22 || (major == 22 && Integer.parseInt(version[1]) >= 19)) {
            return Optional.empty();
        }
        Path folder = PROJECT.resolve("src/test/node");
        Path home = folder.resolve("node_modules");
        ensure(home, folder.resolve("package-lock.json"), List.of("npm", "ci", "--prefix", folder.toString()));
        try (Stream<Path> packages = Files.list(home)) {
            return Optional.of(packages.map(one -> one.resolve("bin"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("cdktn needs Node.js 22.19 or newer; node --version prints v"
                            + String.join(".", version) + ", and src/test/node has none for this system")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
