package dev.eksplatform.internal.apply;

import dev.eksplatform.internal.files.TemporaryPath;
import dev.eksplatform.problem.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The commit that is checked out. */
public final class GitHead {

    private GitHead() {}

    /**
     * Asks git.
     *
     * @param folder in a checkout
     * @return the full hash; empty without git, outside of a checkout, and before the first commit
     */
    public static Optional<String> of(Path folder) {
        try {
            try (TemporaryPath output = TemporaryPath.file("head-", ".txt")) {
                ExternalProgram git = new ExternalProgram("git", folder);
                int status = git.runInto(output.path(), List.of("rev-parse", "--verify", "--quiet", "HEAD"))
                        .status();
                String hash = Files.readString(output.path()).strip();
                return status == 0 && !hash.isEmpty() ? Optional.of(hash) : Optional.empty();
            }
        } catch (InvalidInputException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
