package dev.eksplatform.addon;

import dev.eksplatform.internal.kubernetes.DnsName;
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
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An account at Let's Encrypt, and how ownership of a domain is proved to it. Sources: <a
 * href="https://cert-manager.io/docs/configuration/acme/">ACME</a>, <a
 * href="https://cert-manager.io/docs/configuration/acme/dns01/route53/">Route 53</a>.
 *
 * @param email the address of the account
 * @param server {@code production}, or {@code staging}, whose certificates no browser trusts, for tries
 * @param solver {@code dns01} for records in the hosted zones of {@code zones}, {@code http01} for a path on the web server; default
 *     {@code dns01}
 * @param domains the domains it is limited to, with their subdomains; default all
 * @param ingressClass the class of the Ingress that answers {@code http01}; default none
 * @param gateway the Gateway that answers {@code http01} instead, as {@code namespace/name}; default none. It needs the add-on {@code
 *     gateway-api}
 */
@RecordBuilder
@Example("{email: platform@example.com}")
public record AcmeIssuerSpec(
        @Example("platform@example.com") @Limit(pattern = AcmeIssuerSpec.EMAIL)
        String email,

        @Example("staging") Server server,

        @Example("dns01") Solver solver,

        @Example("[example.com]") @Limit(unique = true) List<String> domains,

        @Example("nginx") @Limit(pattern = DnsName.LABEL_PATTERN)
        Optional<String> ingressClass,

        @Example("edge/public") @Limit(pattern = AcmeIssuerSpec.GATEWAY)
        Optional<String> gateway)
        implements AcmeIssuerSpecBuilder.With {

    private static final String EMAIL = "^[^@\\s]+@[^@\\s]+\\.[^@\\s.]+$";
    private static final String GATEWAY = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$";
    private static final Pattern EMAIL_FORM = Pattern.compile(EMAIL);
    private static final Pattern GATEWAY_FORM = Pattern.compile(GATEWAY);

    /** The directories of Let's Encrypt. Source: <a href="https://letsencrypt.org/docs/staging-environment/">staging environment</a>. */
    public enum Server {
        /** Certificates that browsers trust, with strict rate limits. */
        PRODUCTION("https://acme-v02.api.letsencrypt.org/directory"),
        /** Certificates for tests. */
        STAGING("https://acme-staging-v02.api.letsencrypt.org/directory");

        private final String url;

        Server(String url) {
            this.url = url;
        }
    }

    /** How ownership of a domain is proved. */
    public enum Solver {
        /** By a record in its zone; the only way for wildcards, and for hosts that the internet cannot reach. */
        DNS01,
        /** By an answer of its web server. */
        HTTP01
    }

    /** Checks the address, and that the solver has what it needs. */
    public AcmeIssuerSpec {
        Components.required("email", email, "server", server, "solver", solver);
        domains = Components.list("domains", domains);
        Problems problems = new Problems();
        problems.match(
                "email", email, EMAIL_FORM, "an e-mail address", "one address", "write it like platform@example.com");
        gateway.ifPresent(name -> problems.match(
                "gateway", name, GATEWAY_FORM, "a Gateway", "namespace/name", "write it like edge/public"));
        PropertyPath property = PropertyPath.of("solver");
        if (solver == Solver.DNS01 && (ingressClass.isPresent() || gateway.isPresent())) {
            problems.add(
                    PropertyPath.of(ingressClass.isPresent() ? "ingressClass" : "gateway"),
                    "not used with dns01, which needs no web server",
                    "remove it, or set solver: http01");
        } else if (solver == Solver.HTTP01 && ingressClass.isPresent() == gateway.isPresent()) {
            problems.add(
                    property,
                    ingressClass.isPresent() ? "http01 with ingressClass and gateway" : "http01 without a web server",
                    "ingressClass or gateway",
                    ingressClass.isPresent() ? "remove one of them" : "add one of them");
        }
        problems.throwIfAny();
    }

    /**
     * An account that proves ownership by DNS records.
     *
     * @param email its address
     * @return the spec
     */
    @Defaults
    public static AcmeIssuerSpec of(String email) {
        return new AcmeIssuerSpec(
                email, Server.PRODUCTION, Solver.DNS01, List.of(), Optional.empty(), Optional.empty());
    }

    /**
     * The ClusterIssuer.
     *
     * @param region the region in whose endpoint of STS the credentials are valid
     * @param zone the only hosted zone; empty to find the zone of a domain by its name
     */
    Map<String, Object> object(String name, String region, Optional<String> zone) {
        Map<String, Object> solved = new LinkedHashMap<>();
        if (!domains.isEmpty()) {
            solved.put("selector", Map.of("dnsZones", domains));
        }
        if (solver == Solver.DNS01) {
            Map<String, Object> route53 = new LinkedHashMap<>();
            route53.put("region", region);
            zone.ifPresent(id -> route53.put("hostedZoneID", id));
            solved.put("dns01", Map.of("route53", route53));
        } else {
            solved.put("http01", webServer());
        }
        Map<String, Object> acme = new LinkedHashMap<>();
        acme.put("email", email);
        acme.put("server", server.url);
        acme.put("privateKeySecretRef", Map.of("name", name + "-account"));
        acme.put("solvers", List.of(solved));
        Map<String, Object> issuer = new LinkedHashMap<>();
        issuer.put("apiVersion", "cert-manager.io/v1");
        issuer.put("kind", "ClusterIssuer");
        issuer.put("metadata", Map.of("name", name));
        issuer.put("spec", Map.of("acme", acme));
        return issuer;
    }

    private Map<String, Object> webServer() {
        return gateway.<Map<String, Object>>map(given -> {
                    String[] parts = given.split("/", 2);
                    Map<String, Object> parent = new LinkedHashMap<>();
                    parent.put("kind", "Gateway");
                    parent.put("name", parts[1]);
                    parent.put("namespace", parts[0]);
                    return Map.of("gatewayHTTPRoute", Map.of("parentRefs", List.of(parent)));
                })
                .orElseGet(() -> Map.of("ingress", Map.of("ingressClassName", ingressClass.orElseThrow())));
    }
}
