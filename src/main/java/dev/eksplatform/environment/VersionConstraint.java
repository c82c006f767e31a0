package dev.eksplatform.environment;

import dev.eksplatform.internal.release.VersionRange;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import org.apiguardian.api.API;

/**
 * Versions of a Terraform provider. Source: <a
 * href="https://developer.hashicorp.com/terraform/language/expressions/version-constraints">version constraints</a>.
 *
 * @param text in Terraform's syntax, such as {@code 6.25.0}, {@code >= 6.0.0, < 6.30.0} or {@code ~> 6.20}; pre-releases are
 *     not allowed
 */
@Example("\"~> 6.20\"")
public record VersionConstraint(String text) {

    /** Checks the syntax. */
    public VersionConstraint {
        VersionRange.parse(text);
    }

    /**
     * Reads a constraint.
     *
     * @param text such as {@code >= 6.0.0, < 6.30.0}
     * @return the constraint
     * @throws InvalidInputException when it is not a constraint of released versions
     */
    @ScalarFactory(pattern = VersionRange.PATTERN)
    public static VersionConstraint parse(String text) {
        return new VersionConstraint(text);
    }

    /** The versions that it allows. */
    @API(status = API.Status.INTERNAL)
    public VersionRange range() {
        return VersionRange.parse(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
