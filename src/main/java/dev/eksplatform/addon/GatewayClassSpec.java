package dev.eksplatform.addon;

import dev.eksplatform.cluster.IngressClassSpec;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.SubnetIds;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A GatewayClass, for whose Gateways the AWS Load Balancer Controller creates load balancers. What is set here counts for all of its
 * Gateways, whatever their own LoadBalancerConfiguration says. Source: <a
 * href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/gateway/loadbalancerconfig/">LoadBalancerConfiguration</a>.
 *
 * @param type {@code alb} for HTTPRoute and GRPCRoute, {@code nlb} for TCPRoute, UDPRoute and TLSRoute
 * @param scheme from where the load balancers can be reached; default {@code internal}
 * @param ipAddressType the addresses of the load balancers; default {@code ipv4}
 * @param certificateArns certificates of ACM for port 443, by ARN; default those that ACM has for the hosts of a listener
 * @param sslPolicy the security policy of port 443; default {@code ELBSecurityPolicy-TLS13-1-2-2021-06} with {@code certificateArns}
 * @param subnetIds subnets of the load balancers; default the subnets with the tag of their scheme
 * @param sourceRanges the blocks of addresses that may use the load balancers; default all
 * @param attributes attributes of the load balancers, such as {@code deletion_protection.enabled}; for {@code alb}, {@code
 *     routing.http.drop_invalid_header_fields.enabled} is {@code "true"} unless given
 * @param tags tags of the load balancers, beside those of the environment; default none
 */
@RecordBuilder
@Example("{scheme: internet-facing}")
public record GatewayClassSpec(
        @Example("nlb") Type type,

        @Example("internet-facing") IngressClassSpec.Scheme scheme,

        @Example("dualstack") IngressClassSpec.IpAddressType ipAddressType,

        @Example("[arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f]")
        @Limit(pattern = GatewayClassSpec.CERTIFICATE, unique = true)
        List<String> certificateArns,

        @Example("ELBSecurityPolicy-TLS13-1-2-Res-2021-06") @Limit(pattern = GatewayClassSpec.POLICY)
        Optional<String> sslPolicy,

        @Example("[subnet-0a1b2c3d4e5f60718, subnet-0a1b2c3d4e5f60719]")
        @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> subnetIds,

        @Example("[203.0.113.0/24]") @Limit(unique = true) List<Cidr> sourceRanges,

        @Example("{deletion_protection.enabled: \"true\"}") Map<String, String> attributes,

        @Example("{example.com/team: payments}") Map<String, String> tags)
        implements GatewayClassSpecBuilder.With {

    private static final String GROUP = "gateway.k8s.aws";
    private static final String CERTIFICATE = "^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+$";
    private static final String POLICY = "^ELBSecurityPolicy-[A-Za-z0-9-]+$";
    private static final Pattern CERTIFICATE_FORM = Pattern.compile(CERTIFICATE);
    private static final Pattern POLICY_FORM = Pattern.compile(POLICY);

    /** The controller's own default accepts TLS 1.0. */
    private static final String DEFAULT_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

    /** Requests with header fields that are not valid may pass checks of a proxy and mean something else behind it. */
    private static final String DROP_INVALID = "routing.http.drop_invalid_header_fields.enabled";

    /** Kinds of load balancers. */
    public enum Type {
        /** Application Load Balancers. */
        ALB("HTTPS:443"),
        /** Network Load Balancers. */
        NLB("TLS:443");

        private final String secure;

        Type(String secure) {
            this.secure = secure;
        }

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks certificates, policy, subnets and attributes. */
    public GatewayClassSpec {
        certificateArns = Components.list("certificateArns", certificateArns);
        subnetIds = Components.list("subnetIds", subnetIds);
        sourceRanges = Components.list("sourceRanges", sourceRanges);
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
        sslPolicy.ifPresent(policy -> problems.match(
                "sslPolicy",
                policy,
                POLICY_FORM,
                "a security policy",
                "ELBSecurityPolicy- and its name",
                "copy it from `aws elbv2 describe-ssl-policies`"));
        new SubnetIds(problems).check(PropertyPath.of("subnetIds"), subnetIds);
        if (type == Type.ALB && subnetIds.size() == 1) {
            problems.add(
                    "subnetIds",
                    "1 given",
                    "at least two: an Application Load Balancer is placed in two zones or more",
                    "add a subnet of another zone");
        }
        problems.throwIfAny();
    }

    /**
     * Application Load Balancers that only the network reaches.
     *
     * @return the defaults
     */
    @Defaults
    public static GatewayClassSpec standard() {
        return new GatewayClassSpec(
                Type.ALB,
                IngressClassSpec.Scheme.INTERNAL,
                IngressClassSpec.IpAddressType.IPV4,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of());
    }

    /** The class and the configuration of its load balancers. */
    List<Map<String, Object>> objects(String name, String namespace) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("apiVersion", GROUP + "/v1");
        configuration.put("kind", "LoadBalancerConfiguration");
        configuration.put("metadata", Map.of("name", name, "namespace", namespace));
        configuration.put("spec", configuration());
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("group", GROUP);
        parameters.put("kind", "LoadBalancerConfiguration");
        parameters.put("name", name);
        parameters.put("namespace", namespace);
        Map<String, Object> gatewayClass = new LinkedHashMap<>();
        gatewayClass.put("apiVersion", "gateway.networking.k8s.io/v1");
        gatewayClass.put("kind", "GatewayClass");
        gatewayClass.put("metadata", Map.of("name", name));
        gatewayClass.put("spec", Map.of("controllerName", GROUP + "/" + type.text(), "parametersRef", parameters));
        return List.of(configuration, gatewayClass);
    }

    private Map<String, Object> configuration() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("scheme", scheme == IngressClassSpec.Scheme.INTERNAL ? "internal" : "internet-facing");
        spec.put("ipAddressType", ipAddressType == IngressClassSpec.IpAddressType.IPV4 ? "ipv4" : "dualstack");
        if (!certificateArns.isEmpty() || sslPolicy.isPresent()) {
            Map<String, Object> listener = new LinkedHashMap<>();
            listener.put("protocolPort", type.secure);
            if (!certificateArns.isEmpty()) {
                listener.put("defaultCertificate", certificateArns.get(0));
            }
            if (certificateArns.size() > 1) {
                listener.put("certificates", certificateArns.subList(1, certificateArns.size()));
            }
            listener.put("sslPolicy", sslPolicy.orElse(DEFAULT_POLICY));
            spec.put("listenerConfigurations", List.of(listener));
        }
        if (!subnetIds.isEmpty()) {
            spec.put(
                    "loadBalancerSubnets",
                    subnetIds.stream().map(id -> Map.of("identifier", id)).toList());
        }
        if (!sourceRanges.isEmpty()) {
            spec.put("sourceRanges", sourceRanges.stream().map(Cidr::toString).toList());
        }
        Map<String, String> all = new TreeMap<>(type == Type.ALB ? Map.of(DROP_INVALID, "true") : Map.of());
        all.putAll(attributes);
        if (!all.isEmpty()) {
            List<Map<String, Object>> pairs = new ArrayList<>();
            all.forEach((key, value) -> pairs.add(new TreeMap<>(Map.of("key", key, "value", value))));
            spec.put("loadBalancerAttributes", pairs);
        }
        if (!tags.isEmpty()) {
            spec.put("tags", new TreeMap<>(tags));
        }
        return spec;
    }
}
