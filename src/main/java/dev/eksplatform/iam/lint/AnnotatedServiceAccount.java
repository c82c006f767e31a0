package dev.eksplatform.iam.lint;

import org.jspecify.annotations.Nullable;

/**
 * A ServiceAccount and the role it is annotated with.
 *
 * @param namespace its namespace
 * @param name its name
 * @param roleArn the value of its annotation {@code eks.amazonaws.com/role-arn}, {@code null} without one; may be a
 *     Terraform reference
 */
public record AnnotatedServiceAccount(
        String namespace, String name, @Nullable String roleArn) {

    /** {@code namespace/name}. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
