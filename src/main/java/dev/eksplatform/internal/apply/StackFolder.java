package dev.eksplatform.internal.apply;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code terraform init} and {@code terraform workspace select} have left in the folder of a stack.
 *
 * @param folder the folder
 */
record StackFolder(Path folder) {

    static final String WORKSPACE_VARIABLE = "TF_WORKSPACE";
    static final String LOCK = ".terraform.lock.hcl";

    /** Whether it is initialized. */
    boolean isInitialized() {
        return Files.isDirectory(data());
    }

    /** The workspace that is selected: by the environment, else in the folder, else the default one. */
    String workspace() {
        String selected = Objects.requireNonNullElse(System.getenv(WORKSPACE_VARIABLE), "");
        if (selected.isEmpty()) {
            selected = read(data().resolve("environment")).orElse("").strip();
        }
        return selected.isEmpty() ? "default" : selected;
    }

    /** The content of its lock file, see {@link PlanFile#lock}; empty when it has none. */
    Optional<String> lock() {
        return read(folder.resolve(LOCK)).map(PlanFile::lock);
    }

    private Path data() {
        String other = System.getenv("TF_DATA_DIR");
        return folder.resolve(other == null || other.isEmpty() ? ".terraform" : other);
    }

    private static Optional<String> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw new InvalidInputException(
                    new Problem(Place.file(file), "cannot be read", "run `terraform init` again"));
        }
    }
}
