package dev.eksplatform.cluster;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.spec.Defaults;
import dev.eksplatform.spec.Doc;
import java.util.List;
import java.util.Map;

/**
 * Pods that run on Fargate instead of nodes.
 *
 * @param selectors which pods, by namespace and labels; one to five
 */
public record FargateProfileSpec(
        @Doc("Which pods run on Fargate: one to five selectors")
        List<Selector> selectors) {

    /**
     * Pods of a namespace.
     *
     * @param namespace the namespace
     * @param labels labels that the pods must carry; default none: all pods of the namespace
     */
    public record Selector(
            @Doc("The pods' namespace") String namespace,

            @Doc("Labels the pods must carry (default none: all pods of the namespace)")
            Map<String, String> labels) {

        /**
         * All pods of a namespace.
         *
         * @param namespace the namespace
         * @return the selector
         */
        @Defaults
        public static Selector of(String namespace) {
            return new Selector(namespace, Map.of());
        }

        /**
         * Whether it may take pods of a namespace. Source: <a
         * href="https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html#fargate-profile-wildcards">Fargate
         * profile wildcards</a>.
         *
         * @param other the namespace
         * @return true when its namespace, in which {@code *} and {@code ?} are wildcards, is the other
         */
        public boolean isFor(String other) {
            String pattern = "\\Q" + namespace.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
            return other.matches(pattern);
        }
    }

    /** Checks the number of selectors. */
    public FargateProfileSpec {
        selectors = List.copyOf(selectors);
        if (selectors.isEmpty() || selectors.size() > 5) {
            throw new InvalidInputException(new Problem(
                    "selectors",
                    selectors.size() + " given",
                    "one to five selectors",
                    "make another profile for more"));
        }
    }
}
