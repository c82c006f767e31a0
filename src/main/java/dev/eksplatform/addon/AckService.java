package dev.eksplatform.addon;

import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.catalogue.PolicyTemplate;
import dev.eksplatform.internal.release.AckCharts;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An AWS service by the name that ACK (AWS Controllers for Kubernetes) gives its controller, such as {@code s3} or
 * {@code dynamodb}.
 *
 * @param id the name
 */
@Example("s3")
public record AckService(String id) {

    /** Amazon S3. */
    public static final AckService S3 = new AckService("s3");

    private static final String PATTERN = "^[a-z][a-z0-9]{1,39}$";
    private static final Pattern NAME = Pattern.compile(PATTERN);

    /**
     * Reads a service's name.
     *
     * @param text such as {@code s3}
     * @return the service
     * @throws InvalidInputException when it cannot be one
     */
    @ScalarFactory(pattern = PATTERN)
    public static AckService parse(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not an ACK service",
                    "the service's name in lower case letters and digits",
                    "write it like s3 or dynamodb"));
        }
        return new AckService(text);
    }

    /** The name of its controller, which is also that of the controller's policy. */
    String controller() {
        return "ack-" + id + "-controller";
    }

    /** Its controller, if this release knows one. */
    Optional<AckCharts.Controller> facts() {
        return AckCharts.get().find(id);
    }

    /** The policy of the catalogue for its controller; empty where AWS's managed policies are recommended, or nothing is known. */
    Optional<PolicyTemplate> policy() {
        return facts().filter(controller -> controller.policies().isEmpty())
                .map(controller -> PolicyCatalogue.of(controller()).latest());
    }

    @Override
    public String toString() {
        return id;
    }
}
