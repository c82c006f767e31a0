package dev.eksplatform.addon;

import com.hashicorp.cdktf.TerraformDataSource;
import com.hashicorp.cdktf.TerraformResourceConfig;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRuleConfig;
import dev.eksplatform.construct.PlatformConstruct;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * Rules by which the members of a security group accept what Amazon VPC Lattice sends. Source: <a
 * href="https://docs.aws.amazon.com/vpc-lattice/latest/ug/security-groups.html#managed-prefix-list">managed prefix lists</a>.
 */
public final class LatticeTraffic extends PlatformConstruct {

    private static final String ALL_PROTOCOLS = "-1";

    /**
     * Creates the rules for IPv4 and IPv6.
     *
     * @param scope the construct it belongs to, in a stack with an AWS provider
     * @param id its id in the scope
     * @param spec the region
     * @param securityGroupIds the security groups of pods; none for a cluster that exists, whose groups are not changed
     */
    public LatticeTraffic(Construct scope, String id, LatticeTrafficSpec spec, List<String> securityGroupIds) {
        super(scope, id);
        String prefix = "com.amazonaws." + spec.region() + ".";
        new TreeMap<>(Map.of("ipv4", prefix + "vpc-lattice", "ipv6", prefix + "ipv6.vpc-lattice"))
                .forEach((family, name) -> allow(family, name, securityGroupIds));
    }

    private void allow(String family, String name, List<String> securityGroupIds) {
        if (securityGroupIds.isEmpty()) {
            return;
        }
        TerraformDataSource list = new TerraformDataSource(
                this,
                family + "-list",
                TerraformResourceConfig.builder()
                        .terraformResourceType("aws_ec2_managed_prefix_list")
                        .build());
        list.addOverride("name", name);
        for (int i = 0; i < securityGroupIds.size(); i++) {
            new VpcSecurityGroupIngressRule(
                    this,
                    i == 0 ? family : family + "-" + (i + 1),
                    VpcSecurityGroupIngressRuleConfig.builder()
                            .securityGroupId(securityGroupIds.get(i))
                            .description("VPC Lattice to pods")
                            .ipProtocol(ALL_PROTOCOLS)
                            .prefixListId(list.getStringAttribute("id"))
                            .build());
        }
    }
}
