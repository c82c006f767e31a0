package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What instances of the VPC get by DHCP. Instances that run use a change when they renew their lease. Source: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSet.html">DHCP option sets</a>.
 *
 * @param domainNameServers up to four addresses of DNS servers, or {@code AmazonProvidedDNS}; default
 *     {@code [AmazonProvidedDNS]}. Other servers must forward the names of AWS to the VPC's resolver
 * @param domainName the domain of names without one; default that of EC2 in the region. Nodes get their name from EC2
 * @param ntpServers up to four addresses of NTP servers; default none: images use the time service of EC2
 * @param netbiosNameServers up to four addresses of NetBIOS name servers, for Windows; default none
 * @param netbiosNodeType the NetBIOS node type, 1, 2, 4 or 8; default none. AWS recommends 2
 */
@RecordBuilder
public record DhcpOptionsSpec(
        @Example("[10.20.0.2]") @Limit(minItems = 1, maxItems = 4, unique = true, pattern = DhcpOptionsSpec.SERVER)
        List<String> domainNameServers,

        @Example("corp.example.com") @Limit(pattern = DhcpOptionsSpec.DOMAIN)
        Optional<String> domainName,

        @Example("[169.254.169.123]") @Limit(maxItems = 4, unique = true, pattern = DhcpOptionsSpec.ADDRESS)
        List<String> ntpServers,

        @Example("[10.0.0.10]") @Limit(maxItems = 4, unique = true, pattern = DhcpOptionsSpec.IPV4)
        List<String> netbiosNameServers,

        @Example("2") @Limit(oneOf = "1 2 4 8") Optional<Integer> netbiosNodeType)
        implements DhcpOptionsSpecBuilder.With {

    /** The resolver of the VPC. */
    static final String AMAZON = "AmazonProvidedDNS";

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String V4 = OCTET + "(\\." + OCTET + "){3}";
    private static final String V6 = "[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}";
    private static final String IPV4 = "^" + V4 + "$";
    private static final String ADDRESS = "^(" + V4 + "|" + V6 + ")$";
    private static final String SERVER = "^(" + AMAZON + "|" + V4 + "|" + V6 + ")$";
    private static final String DOMAIN = "^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$";

    /** Checks addresses and how many there are. */
    public DhcpOptionsSpec {
        domainNameServers = Components.list("domainNameServers", domainNameServers);
        ntpServers = Components.list("ntpServers", ntpServers);
        netbiosNameServers = Components.list("netbiosNameServers", netbiosNameServers);
        Problems problems = new Problems();
        if (domainNameServers.isEmpty()) {
            problems.add("domainNameServers", "no DNS server", "one to four", "remove it, or use " + AMAZON);
        }
        addresses("domainNameServers", domainNameServers, SERVER, "an address or " + AMAZON, problems);
        addresses("ntpServers", ntpServers, ADDRESS, "an address", problems);
        addresses("netbiosNameServers", netbiosNameServers, IPV4, "an IPv4 address", problems);
        domainName.ifPresent(name -> problems.match(
                "domainName",
                name,
                Pattern.compile(DOMAIN),
                "a domain",
                "one domain: several, as some Linux systems accept, break others",
                "write it like corp.example.com"));
        netbiosNodeType
                .filter(type -> !List.of(1, 2, 4, 8).contains(type))
                .ifPresent(type -> problems.add("netbiosNodeType", String.valueOf(type), "1, 2, 4 or 8", "use 2"));
        problems.throwIfAny();
    }

    private static void addresses(
            String property, List<String> addresses, String form, String what, Problems problems) {
        if (addresses.size() > 4) {
            problems.add(property, addresses.size() + " given", "at most four", "remove some");
        }
        for (int i = 0; i < addresses.size(); i++) {
            problems.match(
                    PropertyPath.of(property).index(i),
                    addresses.get(i),
                    Pattern.compile(form),
                    what,
                    what,
                    "write it like 10.20.0.2");
        }
        problems.once(PropertyPath.of(property), addresses, "server");
    }

    /**
     * The options that a VPC has by itself.
     *
     * @return the spec
     */
    @Defaults
    public static DhcpOptionsSpec standard() {
        return new DhcpOptionsSpec(List.of(AMAZON), Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    /** Whether the resolver of the VPC answers. */
    boolean usesAmazonDns() {
        return domainNameServers.contains(AMAZON);
    }
}
