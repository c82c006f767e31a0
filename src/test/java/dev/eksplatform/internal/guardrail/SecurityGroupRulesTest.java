package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.runtime.CelUnknownSet;
import dev.eksplatform.testing.TestJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three ways to write what a security group lets through read the same. */
class SecurityGroupRulesTest {

    private static final String RULE =
            "{\"cidrs\":[\"10.0.0.0/8\",\"::/0\"],\"protocol\":\"tcp\",\"from\":443,\"to\":8443}";

    @Test
    void readsARuleOfItsOwn() throws Exception {
        assertThat(
                        ingress(
                                "{'ip_protocol': 'tcp', 'from_port': 443, 'to_port': 8443, 'cidr_ipv4': '10.0.0.0/8', 'cidr_ipv6': '::/0'}"))
                .hasToString("[" + RULE + "]");
    }

    @Test
    void readsTheOlderRule() throws Exception {
        assertThat(
                        ingress(
                                "{'type': 'ingress', 'protocol': 'tcp', 'from_port': 443, 'to_port': 8443, 'cidr_blocks': ['10.0.0.0/8'], 'ipv6_cidr_blocks': ['::/0']}"))
                .hasToString("[" + RULE + "]");
        assertThat(ingress("{'type': 'egress', 'protocol': 'tcp', 'cidr_blocks': ['10.0.0.0/8']}"))
                .isEqualTo(List.of());
    }

    @Test
    void readsInlineBlocks() throws Exception {
        assertThat(
                        ingress(
                                "{'ingress': [{'protocol': 'tcp', 'from_port': 443, 'to_port': 8443, 'cidr_blocks': ['10.0.0.0/8'], 'ipv6_cidr_blocks': ['::/0']}]}"))
                .hasToString("[" + RULE + "]");
        assertThat(ingress("{'description': 'none'}")).isEqualTo(List.of());
        assertThat(ingress("{'ingress': '${var.rules}'}")).isInstanceOf(CelUnknownSet.class);
    }

    @Test
    void takesAllProtocolsForAllPorts() throws Exception {
        assertThat(ingress("{'ip_protocol': '-1', 'cidr_ipv4': '10.0.0.0/8'}"))
                .hasToString("[{\"cidrs\":[\"10.0.0.0/8\"],\"protocol\":\"-1\",\"from\":0,\"to\":65535}]");
    }

    @Test
    void keepsWhatIsUnknown() throws Exception {
        Object rules = ingress("{'ip_protocol': 'tcp', 'from_port': '${var.p}', 'cidr_ipv4': '${var.c}'}");

        ConfigValue rule = (ConfigValue) ((List<?>) rules).get(0);
        assertThat(rule.at("from").isUnknown()).isTrue();
        assertThat(rule.at("cidrs").elements()).singleElement().matches(ConfigValue::isUnknown);
    }

    @Test
    void anUnknownProtocolMayHaveAllPorts() throws Exception {
        Object rules = ingress("{'ip_protocol': '${var.p}', 'from_port': 443, 'to_port': 443, 'cidr_ipv4': '::/0'}");

        ConfigValue rule = (ConfigValue) ((List<?>) rules).get(0);
        assertThat(rule.at("from").isUnknown()).isTrue();
        assertThat(rule.at("to").isUnknown()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, tcp",
        "Tcp, tcp",
        "6, tcp",
        "UDP, udp",
        "17, udp",
        "ALL, -1",
        "all, -1",
        "-1, -1",
        "1, icmp",
        "58, icmpv6",
        "41, 41"
    })
    void aProtocolHasOneName(String written, String name) throws Exception {
        for (String form : List.of("'" + written + "'", written.matches("-?\\d+") ? written : "'" + written + "'")) {
            Object rules = ingress("{'ip_protocol': " + form + ", 'from_port': 22, 'to_port': 22}");
            assertThat(((ConfigValue) ((List<?>) rules).get(0))
                            .at("protocol")
                            .node()
                            .asText())
                    .isEqualTo(name);
        }
    }

    @Test
    void aPortMayBeATextAndMayBeLeftOut() throws Exception {
        assertThat(ingress("{'ip_protocol': 'tcp', 'from_port': '22', 'cidr_ipv4': '10.0.0.0/8'}"))
                .hasToString("[{\"cidrs\":[\"10.0.0.0/8\"],\"protocol\":\"tcp\",\"from\":22,\"to\":65535}]");
    }

    private static Object ingress(String json) throws Exception {
        return SecurityGroupRules.of(ConfigValue.written(TestJson.quoted(json)), "ingress");
    }
}
