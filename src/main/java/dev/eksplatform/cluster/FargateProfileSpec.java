package dev.eksplatform.cluster;

import dev.eksplatform.iam.TagCheck;
import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.SubnetIds;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * Pods that run on Fargate instead of nodes.
 *
 * @param selectors which pods run on Fargate: one to five selectors. Changing them replaces the profile
 * @param zones the zones of the pods, in a network that is created; default those of the control plane. Changing them
 *     replaces the profile
 * @param subnetIds private subnets of the pods in an existing network; default those of the control plane. Changing
 *     them replaces the profile
 * @param policies more managed policies of the pod execution role, by name or ARN, such as for logs; default none. Pods do
 *     not get them
 * @param roleArn a pod execution role that exists; default one is created. Changing it replaces the profile
 * @param tags tags of the profile, beside those of the environment; default none
 * @param timeouts for how long Terraform waits for the profile; default 10 minutes
 */
@RecordBuilder
public record FargateProfileSpec(
        @Example("[{namespace: batch}]") @Limit(minItems = 1, maxItems = FargateProfileSpec.MOST)
        List<Selector> selectors,

        @Example("[eu-central-1c]") @Limit(unique = true) List<Zone> zones,

        @Example("[subnet-0a1b2c3d4e5f60718]") @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> subnetIds,

        @Example("[CloudWatchAgentServerPolicy]") @Limit(pattern = RolePolicies.PATTERN, unique = true)
        List<String> policies,

        @Example("arn:aws:iam::111122223333:role/shop-fargate") @Limit(pattern = GivenId.ROLE_PATTERN)
        Optional<String> roleArn,

        @Example("{cost-center: \"0123\"}")
        @Limit(keys = TagCheck.KEY, pattern = TagCheck.VALUE, maxItems = TagCheck.MOST)
        Map<String, String> tags,

        @Example("{deleteMinutes: 30}") Optional<FargateTimeouts> timeouts)
        implements FargateProfileSpecBuilder.With {

    /**
     * The most selectors of a profile, and labels of a selector. Source: <a
     * href="https://docs.aws.amazon.com/general/latest/gr/eks.html#limits_eks">EKS quotas</a>.
     */
    private static final int MOST = 5;

    /** What a pod execution role needs. */
    static final String POLICY = "AmazonEKSFargatePodExecutionRolePolicy";

    /** The labels of the pods of the EKS add-on. */
    private static final Map<String, String> DNS_LABELS =
            Map.of("k8s-app", "kube-dns", "eks.amazonaws.com/component", "coredns");

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
        policies = Components.list("policies", policies);
        tags = Components.map("tags", tags);
        RolePolicies.check(policies, roleArn.isPresent() ? List.of() : List.of(POLICY), roleArn, problems);
        roleArn.ifPresent(
                arn -> new GivenId.Check(problems, false).check(PropertyPath.of("roleArn"), arn, GivenId.ROLE));
        TagCheck.check(PropertyPath.of("tags"), tags, problems);
        problems.throwIfAny();
    }

    /**
     * Reports Terraform references in ids and ARNs, which only programs can use.
     *
     * @return a problem for each, for a spec that was read from a file
     */
    @API(status = API.Status.INTERNAL)
    public List<Problem> references() {
        Problems problems = new Problems();
        roleArn.ifPresent(
                arn -> new GivenId.Check(problems, true).check(PropertyPath.of("roleArn"), arn, GivenId.ROLE));
        RolePolicies.open(policies, problems);
        return problems.found();
    }

    /**
     * Whether it takes the pods of CoreDNS.
     *
     * @return true when a selector is for their namespace and labels
     */
    @API(status = API.Status.INTERNAL)
    public boolean takesDns() {
        return selectors.stream()
                .anyMatch(selector -> selector.isFor("kube-system")
                        && DNS_LABELS.entrySet().containsAll(selector.labels().entrySet()));
    }

    /**
     * Pods on Fargate in the zones of the control plane.
     *
     * @param selectors which pods, one to five
     * @return the spec
     */
    @Defaults
    public static FargateProfileSpec of(List<Selector> selectors) {
        return new FargateProfileSpec(
                selectors, List.of(), List.of(), List.of(), Optional.empty(), Map.of(), Optional.empty());
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
