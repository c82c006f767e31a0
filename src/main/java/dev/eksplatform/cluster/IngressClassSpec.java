package dev.eksplatform.cluster;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.SubnetIds;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A class of Ingress objects, for which EKS Auto Mode creates Application Load Balancers. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html">create an IngressClass</a>.
 *
 * @param scheme from where the load balancers can be reached; default {@code internal}
 * @param isDefault whether Ingress objects without a class have this one; default false
 * @param certificateArns certificates of ACM for HTTPS, by ARN; default those that ACM has for the hosts of an Ingress
 * @param subnetIds subnets of the load balancers; default the subnets with the tag of their scheme
 * @param subnetTags tags of the subnets of the load balancers, with their values; default none
 * @param group the name under which all Ingress objects of the class share one load balancer; default one load balancer for each
 * @param ipAddressType the addresses of the load balancers; default {@code ipv4}
 * @param namespaceLabels labels of the namespaces that may use the class; default all namespaces
 * @param attributes attributes of the load balancers, such as {@code deletion_protection.enabled}; {@code
 *     routing.http.drop_invalid_header_fields.enabled} is {@code "true"} unless given
 * @param tags tags of the load balancers, beside those of the environment; default none
 */
@RecordBuilder
public record IngressClassSpec(
        @Example("internet-facing") Scheme scheme,

        @Example("true") boolean isDefault,

        @Example("[arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f]")
        @Limit(pattern = IngressClassSpec.CERTIFICATE, unique = true)
        List<String> certificateArns,

        @Example("[subnet-0a1b2c3d4e5f60718, subnet-0a1b2c3d4e5f60719]")
        @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> subnetIds,

        @Example("{example.com/tier: [edge]}") Map<String, List<String>> subnetTags,

        @Example("shop") @Limit(pattern = DnsName.LABEL_PATTERN)
        Optional<String> group,

        @Example("dualstack") IpAddressType ipAddressType,

        @Example("{example.com/edge: \"true\"}")
        @Limit(keys = LabelGrammar.KEY_PATTERN, pattern = LabelGrammar.VALUE_PATTERN)
        Map<String, String> namespaceLabels,

        @Example("{deletion_protection.enabled: \"true\"}") Map<String, String> attributes,

        @Example("{example.com/team: payments}") Map<String, String> tags)
        implements IngressClassSpecBuilder.With {

    private static final String CERTIFICATE =
            "^arn:aws[a-z-]*:(acm:[a-z0-9-]+:[0-9]{12}:certificate|iam::[0-9]{12}:server-certificate)/.+$";
    private static final Pattern CERTIFICATE_FORM = Pattern.compile(CERTIFICATE);

    /** Requests with header fields that are not valid may pass checks of a proxy and mean something else behind it. */
    private static final String DROP_INVALID = "routing.http.drop_invalid_header_fields.enabled";

    /** From where a load balancer can be reached. */
    public enum Scheme {
        /** From the network of the cluster, and those connected with it. */
        INTERNAL,
        /** From the internet. */
        INTERNET_FACING
    }

    /** The addresses of a load balancer. */
    public enum IpAddressType {
        /** IPv4. */
        IPV4,
        /** IPv4 and IPv6. */
        DUALSTACK
    }

    /** Checks certificates, subnets, labels and tags. */
    public IngressClassSpec {
        certificateArns = Components.list("certificateArns", certificateArns);
        subnetIds = Components.list("subnetIds", subnetIds);
        subnetTags = Components.map("subnetTags", subnetTags);
        namespaceLabels = Components.map("namespaceLabels", namespaceLabels);
        attributes = Components.map("attributes", attributes);
        tags = Components.map("tags", tags);
        Problems problems = new Problems();
        for (int i = 0; i < certificateArns.size(); i++) {
            problems.match(
                    PropertyPath.of("certificateArns").index(i),
                    certificateArns.get(i),
                    CERTIFICATE_FORM,
                    "the ARN of a certificate",
                    "arn:aws:acm:REGION:ACCOUNT:certificate/ID",
                    "copy it from `aws acm list-certificates`");
        }
        problems.once(PropertyPath.of("certificateArns"), certificateArns, "certificate");
        new SubnetIds(problems).check(PropertyPath.of("subnetIds"), subnetIds);
        if (!subnetIds.isEmpty() && !subnetTags.isEmpty()) {
            problems.add(
                    PropertyPath.of("subnetTags"), "subnetIds and subnetTags cannot be combined", "remove one of them");
        }
        if (subnetIds.size() == 1) {
            problems.add(
                    "subnetIds",
                    "1 given",
                    "at least two: an Application Load Balancer is placed in two zones or more",
                    "add a subnet of another zone");
        }
        group.filter(name -> !DnsName.isLabel(name))
                .ifPresent(name -> problems.add(
                        "group", "\"" + name + "\" is not a name", DnsName.ALLOWED_LABEL, "write it like shop"));
        LabelGrammar.check(PropertyPath.of("namespaceLabels"), namespaceLabels, problems);
        ClusterObjects.checkTags(tags, problems);
        problems.throwIfAny();
    }

    /**
     * Load balancers that only the network reaches.
     *
     * @return the defaults
     */
    @Defaults
    public static IngressClassSpec standard() {
        return new IngressClassSpec(
                Scheme.INTERNAL,
                false,
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                IpAddressType.IPV4,
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** The {@code spec} of the parameters. */
    Map<String, Object> parameters() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("scheme", scheme == Scheme.INTERNAL ? "internal" : "internet-facing");
        body.put("ipAddressType", ipAddressType == IpAddressType.IPV4 ? "ipv4" : "dualstack");
        group.ifPresent(name -> body.put("group", Map.of("name", name)));
        if (!certificateArns.isEmpty()) {
            body.put("certificateARNs", certificateArns);
        }
        if (!subnetIds.isEmpty()) {
            body.put("subnets", Map.of("ids", subnetIds));
        } else if (!subnetTags.isEmpty()) {
            List<Object> terms = new ArrayList<>();
            new TreeMap<>(subnetTags)
                    .forEach((key, values) -> terms.add(new TreeMap<>(Map.of("key", key, "values", values))));
            body.put("subnets", Map.of("matchTags", terms));
        }
        if (!namespaceLabels.isEmpty()) {
            body.put("namespaceSelector", Map.of("matchLabels", new TreeMap<>(namespaceLabels)));
        }
        Map<String, String> all = new TreeMap<>(Map.of(DROP_INVALID, "true"));
        all.putAll(attributes);
        body.put("loadBalancerAttributes", pairs(all));
        if (!tags.isEmpty()) {
            body.put("tags", pairs(tags));
        }
        return body;
    }

    private static List<Map<String, Object>> pairs(Map<String, String> values) {
        List<Map<String, Object>> pairs = new ArrayList<>();
        new TreeMap<>(values).forEach((key, value) -> pairs.add(new TreeMap<>(Map.of("key", key, "value", value))));
        return pairs;
    }
}
