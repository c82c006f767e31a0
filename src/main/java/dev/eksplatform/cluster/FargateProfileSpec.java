package dev.eksplatform.cluster;

import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.SubnetIds;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Pods that run on Fargate instead of nodes.
 *
 * @param selectors which pods run on Fargate: one to five selectors
 * @param zones the zones of the pods, in a network that is created; default those of the control plane. Changing them
 *     replaces the profile
 * @param subnetIds private subnets of the pods in an existing network; default those of the control plane. Changing
 *     them replaces the profile
 */
@RecordBuilder
public record FargateProfileSpec(
        @Example("[{namespace: batch}]") @Limit(minItems = 1, maxItems = FargateProfileSpec.MOST)
        List<Selector> selectors,

        @Example("[eu-central-1c]") @Limit(unique = true) List<Zone> zones,

        @Example("[subnet-0a1b2c3d4e5f60718]") @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> subnetIds)
        implements FargateProfileSpecBuilder.With {

    /**
     * The most selectors of a profile, and labels of a selector. Source: <a
     * href="https://docs.aws.amazon.com/general/latest/gr/eks.html#limits_eks">EKS quotas</a>.
     */
    private static final int MOST = 5;

    /**
     * Pods of a namespace.
     *
     * @param namespace the namespace of the pods; {@code *} and {@code ?} are wildcards
     * @param labels labels that the pods must have, at most five; default all pods of the namespace
     */
    @RecordBuilder
    public record Selector(
            @Example("batch") @Limit(pattern = Selector.NAMESPACE)
            String namespace,

            @Example("{app: reports}")
            @Limit(
                    maxItems = FargateProfileSpec.MOST,
                    keys = LabelGrammar.KEY_PATTERN,
                    pattern = LabelGrammar.VALUE_PATTERN)
            Map<String, String> labels)
            implements FargateProfileSpecSelectorBuilder.With {

        private static final String NAMESPACE = "^[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?$";
        private static final Pattern FORM = Pattern.compile(NAMESPACE);

        /** Checks namespace and labels. */
        public Selector {
            Components.required("namespace", namespace);
            labels = Components.map("labels", labels);
            Problems problems = new Problems();
            problems.match(
                    "namespace",
                    namespace,
                    FORM,
                    "a namespace",
                    "1 to 63 lower case letters, digits and -; * and ? are wildcards",
                    "write it like batch");
            LabelGrammar.check(PropertyPath.of("labels"), labels, problems);
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

    /** Checks the number of selectors, and the zones. */
    public FargateProfileSpec {
        selectors = Components.list("selectors", selectors);
        zones = Components.list("zones", zones);
        subnetIds = Components.list("subnetIds", subnetIds);
        Problems problems = new Problems();
        if (selectors.isEmpty() || selectors.size() > MOST) {
            problems.add(
                    "selectors", selectors.size() + " given", "one to five selectors", "make another profile for more");
        }
        new Placement(zones, subnetIds).check(problems);
        problems.throwIfAny();
    }

    /**
     * Pods on Fargate in the zones of the control plane.
     *
     * @param selectors which pods, one to five
     * @return the spec
     */
    @Defaults
    public static FargateProfileSpec of(List<Selector> selectors) {
        return new FargateProfileSpec(selectors, List.of(), List.of());
    }

    /**
     * Where the pods are placed.
     *
     * @return their zones or subnets
     */
    public Placement placement() {
        return new Placement(zones, subnetIds);
    }
}
