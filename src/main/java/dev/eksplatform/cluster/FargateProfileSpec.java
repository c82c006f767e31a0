package dev.eksplatform.cluster;

import dev.eksplatform.kubernetes.LabelGrammar;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.spec.Defaults;
import dev.eksplatform.spec.Doc;
import dev.eksplatform.spec.Limit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Pods that run on Fargate instead of nodes.
 *
 * @param selectors which pods, by namespace and labels; one to five
 */
public record FargateProfileSpec(
        @Doc(value = "Which pods run on Fargate: one to five selectors", example = "[{namespace: batch}]")
        @Limit(minItems = 1, maxItems = FargateProfileSpec.MOST)
        List<Selector> selectors) {

    /**
     * The most selectors of a profile, and labels of a selector. Source: <a
     * href="https://docs.aws.amazon.com/general/latest/gr/eks.html#limits_eks">EKS quotas</a>.
     */
    private static final int MOST = 5;

    /**
     * Pods of a namespace.
     *
     * @param namespace the namespace
     * @param labels labels that the pods must carry; default none: all pods of the namespace
     */
    public record Selector(
            @Doc(value = "The pods' namespace; * and ? are wildcards", example = "batch")
            @Limit(pattern = Selector.NAMESPACE)
            String namespace,

            @Doc(
                    value = "Labels the pods must carry, at most five (default none: all pods of the namespace)",
                    example = "{app: reports}")
            @Limit(maxItems = FargateProfileSpec.MOST, keys = NodeLabels.KEY, pattern = NodeLabels.TAINT_VALUE)
            Map<String, String> labels) {

        private static final String NAMESPACE = "^[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?$";
        private static final Pattern FORM = Pattern.compile(NAMESPACE);

        /** Checks namespace and labels. */
        public Selector {
            Problems problems = new Problems();
            problems.match(
                    "namespace",
                    namespace,
                    FORM,
                    "a namespace",
                    "1 to 63 lower case letters, digits and -; * and ? are wildcards",
                    "write it like batch");
            LabelGrammar.check("labels", labels, problems);
            if (labels.size() > MOST) {
                problems.add("labels", labels.size() + " labels", "at most five in a selector", "remove some");
            }
            problems.throwIfAny();
        }

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
    }

    /** Checks the number of selectors. */
    public FargateProfileSpec {
        selectors = List.copyOf(selectors);
        if (selectors.isEmpty() || selectors.size() > MOST) {
            throw new InvalidInputException(new Problem(
                    "selectors",
                    selectors.size() + " given",
                    "one to five selectors",
                    "make another profile for more"));
        }
    }
}
