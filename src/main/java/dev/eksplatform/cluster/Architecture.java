package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.Locale;

/** The processor architecture of an EC2 instance type that EKS has images for. */
@Example("arm64")
public enum Architecture {
    /** Intel and AMD. */
    X86_64,
    /** AWS Graviton and NVIDIA Grace. */
    ARM64;

    private static final String PATTERN = "^(x86_64|arm64)$";

    /**
     * Reads an architecture.
     *
     * @param text {@code x86_64} or {@code arm64}, as the EC2 API writes them
     * @return the architecture
     * @throws InvalidInputException when it is neither
     */
    @ScalarFactory(pattern = PATTERN)
    public static Architecture parse(String text) {
        for (Architecture one : values()) {
            if (one.toString().equals(text)) {
                return one;
            }
        }
        boolean arm = text.toLowerCase(Locale.ROOT).matches("arm.*|aarch.*|graviton.*");
        throw new InvalidInputException(new Problem(
                "\"" + text + "\" is not an architecture of EKS nodes",
                "x86_64 or arm64",
                "use " + (arm ? ARM64 : X86_64)));
    }

    /** The word in environment files and in the EC2 API: {@code x86_64} or {@code arm64}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
