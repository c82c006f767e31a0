package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Who refuses to delete the cluster: {@code true} for Terraform, and for EKS too if every version of the AWS provider that
 * {@code providers.aws} allows has deletion protection (6.9.0 or newer); {@code eks} for both in any case; {@code terraform}
 * for Terraform only; {@code false} for nobody. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html">deletion protection</a>.
 */
@Example("true")
public enum DeletionProtection {
    /** Nobody. */
    FALSE,
    /** Terraform, and EKS if all allowed versions of the AWS provider can set it. A program gets {@link #TERRAFORM}. */
    TRUE,
    /** EKS and Terraform. */
    EKS,
    /** Terraform only. */
    TERRAFORM;

    private static final String PATTERN = "^(true|false|eks|terraform)$";

    /**
     * Reads a value.
     *
     * @param text {@code true}, {@code false}, {@code eks} or {@code terraform}
     * @return the protection
     * @throws InvalidInputException for any other text
     */
    @ScalarFactory(pattern = PATTERN)
    public static DeletionProtection parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(new Problem(
                        "\"" + text + "\" is not a deletion protection",
                        Arrays.stream(values()).map(DeletionProtection::word).collect(Collectors.joining(", ")),
                        "use true")));
    }

    /**
     * What {@code true} means where the versions of the AWS provider are known.
     *
     * @param hasAttribute whether all of them have the attribute of the EKS API
     * @return {@link #EKS} or {@link #TERRAFORM} for {@link #TRUE}, any other value as it is
     */
    @API(status = API.Status.INTERNAL)
    public DeletionProtection withProvider(boolean hasAttribute) {
        return this != TRUE ? this : hasAttribute ? EKS : TERRAFORM;
    }

    /** The value as it is written. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
