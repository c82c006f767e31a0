package dev.eksplatform.cluster;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The AWS Controllers for Kubernetes as an EKS capability, for all services that they know. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/ack-permissions.html">configure ACK permissions</a>.
 *
 * @param role what it may do in AWS, where no role selector says otherwise, and in the cluster
 * @param roleSelectors the roles that it takes for objects of some namespaces, by name; default none. Each must trust the role of the
 *     capability
 */
@RecordBuilder
public record AckSpec(
        @Example("{policies: [AmazonS3FullAccess]}") CapabilityRoleSpec role,

        @Example("{shop: {arn: \"arn:aws:iam::111122223333:role/shop-ack\", namespaces: [shop]}}")
        @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, RoleSelector> roleSelectors)
        implements AckSpecBuilder.With {

    /**
     * A role for objects of some namespaces.
     *
     * @param arn the ARN of the role, of any account
     * @param namespaces the namespaces; default those with {@code namespaceLabels}
     * @param namespaceLabels labels that the namespaces must have; default none
     */
    @RecordBuilder
    public record RoleSelector(
            @Example("arn:aws:iam::444455556666:role/shop-ack") @Limit(pattern = RoleArn.PATTERN)
            String arn,

            @Example("[shop]") @Limit(pattern = DnsName.LABEL_PATTERN, unique = true)
            List<String> namespaces,

            @Example("{example.com/team: payments}")
            @Limit(keys = LabelGrammar.KEY_PATTERN, pattern = LabelGrammar.VALUE_PATTERN)
            Map<String, String> namespaceLabels)
            implements AckSpecRoleSelectorBuilder.With {

        /** Checks ARN, namespaces and labels. */
        public RoleSelector {
            Components.required("arn", arn);
            namespaces = Components.list("namespaces", namespaces);
            namespaceLabels = Components.map("namespaceLabels", namespaceLabels);
            Problems problems = new Problems();
            RoleArn.check(PropertyPath.of("arn"), arn, problems);
            for (int i = 0; i < namespaces.size(); i++) {
                DnsName.checkNamespace(PropertyPath.of("namespaces").index(i), namespaces.get(i), problems);
            }
            problems.once(PropertyPath.of("namespaces"), namespaces, "namespace");
            LabelGrammar.check(PropertyPath.of("namespaceLabels"), namespaceLabels, problems);
            problems.throwIfAny();
        }

        /**
         * A role that no namespace has yet.
         *
         * @param arn the ARN of the role
         * @return the selector
         */
        @Defaults
        public static RoleSelector of(String arn) {
            return new RoleSelector(arn, List.of(), Map.of());
        }

        Map<String, Object> body() {
            Map<String, Object> selector = new LinkedHashMap<>();
            selector.put("names", namespaces);
            if (!namespaceLabels.isEmpty()) {
                selector.put("labelSelector", Map.of("matchLabels", new TreeMap<>(namespaceLabels)));
            }
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("arn", arn);
            body.put("namespaceSelector", selector);
            return body;
        }
    }

    /** Checks the names of selectors, and that none is for every namespace. */
    public AckSpec {
        roleSelectors = Components.map("roleSelectors", roleSelectors);
        Problems problems = new Problems();
        roleSelectors.forEach((name, selector) -> {
            PropertyPath where = PropertyPath.of("roleSelectors", name);
            if (!DnsName.isLabel(name)) {
                problems.add(where, "\"" + name + "\" is not a name", DnsName.ALLOWED_LABEL, "write it like shop");
            }
            if (selector.namespaces().isEmpty() && selector.namespaceLabels().isEmpty()) {
                problems.add(
                        where,
                        "a role for every namespace",
                        "namespaces or namespaceLabels",
                        "name namespaces, or give the role of the capability the permissions");
            }
        });
        problems.throwIfAny();
    }

    /**
     * ACK that may do nothing in AWS yet.
     *
     * @return the defaults
     */
    @Defaults
    public static AckSpec standard() {
        return new AckSpec(CapabilityRoleSpec.created(), Map.of());
    }
}
