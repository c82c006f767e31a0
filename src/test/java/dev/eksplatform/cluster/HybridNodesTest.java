package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.construct.RoleSettings;
import dev.eksplatform.construct.Roles;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HybridNodesTest {

    private static final ClusterSpec SHOP = ClusterSpec.of("shop", "1.36");
    private static final RemoteNetworkSpec OFFICE = RemoteNetworkSpec.of(List.of(Cidr.parse("10.80.0.0/16")));
    private static final HybridNodeRoleSpec.RolesAnywhere ANYWHERE = HybridNodeRoleSpec.RolesAnywhere.standard();
    private static final String CA =
            "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/1234abcd-12ab-34cd-56ef-1234567890ab";

    /** Of a node, signed by itself. */
    private static final String LEAF = """
            -----BEGIN CERTIFICATE-----
            MIIBbDCCARKgAwIBAgIUCZ0e2m+bAf+Pi9eBnwjT2rTbbx8wCgYIKoZIzj0EAwIw
            DDEKMAgGA1UEAwwBbjAgFw0yNjExMjYxOTIyMTZaGA8yMTI2MTEwMjE5MjIxNlow
            DDEKMAgGA1UEAwwBbjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAgM1Wl9dMGE
            CrMQO7ZMPGLdGqiCk1Nmg3jK34mRMEAgv80+yWOJXJT+IVPNj18dKcnDgWWTRWRc
            9M2vXYQN3MKjUDBOMB0GA1UdDgQWBBSGv6v5NmyIj6GFQ1spymALXULA/jAfBgNV
            HSMEGDAWgBSGv6v5NmyIj6GFQ1spymALXULA/jAMBgNVHRMBAf8EAjAAMAoGCCqG
            SM49BAMCA0gAMEUCIG9nHNA1jg7JkzYz6yGpzRz6cYIq4csVE12HAC+ILEiWAiEA
            y9zV/PL4I6MR1d86WSTIUvCwQu25+TnjJmSfZVXZjHM=
            -----END CERTIFICATE-----
            """;

    private static TerraformStack stackWith(RemoteNetworkSpec network) {
        TerraformStack stack = TestStack.make();
        TestCluster.in(stack, SHOP.withRemoteNetwork(Optional.of(network)));
        return stack;
    }

    private static List<String> problems(HybridNodeRoleSpec role) {
        return ProblemsOf.making(() -> OFFICE.withNodeRole(role));
    }

    /** The certificate of the documentation. */
    private static String authority() {
        return HybridNodeCertificate.EXAMPLE.replace("\"", "").replace("\\n", "\n");
    }

    @Test
    void nodesOfSystemsManagerGetARoleAnEntryAndRules() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack, SHOP.withRemoteNetwork(Optional.of(OFFICE)));
        String arn = "arn:aws:eks:eu-central-1:111122223333:cluster/shop";
        assertThat(stack)
                .hasResource("aws_eks_cluster")
                .withAttribute("remote_network_config.remote_node_networks.cidrs", List.of("10.80.0.0/16"))
                .withoutAttribute("remote_network_config.remote_pod_networks")
                .and()
                .hasResource("aws_iam_role")
                .withAttribute("name", "shop-hybrid-node")
                .withoutAttribute("max_session_duration")
                .withAttribute(
                        "assume_role_policy",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                                + "\"ssm.amazonaws.com\"},\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":"
                                + "{\"aws:SourceAccount\":\"111122223333\"},\"ArnEquals\":{\"aws:SourceArn\":"
                                + "\"arn:aws:ssm:eu-central-1:111122223333:*\"}}}]}")
                .and()
                .hasResource("aws_iam_role_policy_attachment")
                .withAttribute("policy_arn", "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore")
                .and()
                .hasResource("aws_iam_role_policy_attachment")
                .withAttribute("policy_arn", "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly")
                .and()
                .hasResource("aws_iam_role_policy")
                .withAttribute(
                        "policy",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"JoinCluster\",\"Effect\":\"Allow\",\"Action\":"
                                + "[\"eks:DescribeCluster\",\"eks-auth:AssumeRoleForPodIdentity\"],\"Resource\":\""
                                + arn
                                + "\"},{\"Sid\":\"FindItself\",\"Effect\":\"Allow\",\"Action\":"
                                + "\"ssm:DescribeInstanceInformation\",\"Resource\":\"*\"},{\"Sid\":\"RemoveItself\","
                                + "\"Effect\":\"Allow\",\"Action\":\"ssm:DeregisterManagedInstance\",\"Resource\":"
                                + "\"arn:aws:ssm:eu-central-1:111122223333:managed-instance/*\",\"Condition\":"
                                + "{\"StringEquals\":{\"ssm:resourceTag/EKSClusterARN\":\"" + arn + "\"}}}]}")
                .and()
                .hasResource("aws_eks_access_entry")
                .withAttribute("type", "HYBRID_LINUX")
                .withAttribute("principal_arn", "${aws_iam_role.cluster_hybrid-nodes_role_067EDCDD.arn}")
                .and()
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("cidr_ipv4", "10.80.0.0/16")
                .withAttribute("from_port", 443)
                .withAttribute("description", "Hybrid nodes to the API server")
                .and()
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("cidr_ipv4", "10.80.0.0/16")
                .withAttribute("from_port", 53)
                .withAttribute("ip_protocol", "udp")
                .withAttribute("description", "Hybrid nodes to CoreDNS on nodes in AWS");
        assertThat(cluster.outputs())
                .extracting(ClusterOutput::name)
                .containsExactly("hybrid_activation_command", "hybrid_node_role_arn");
        assertThat(cluster.outputs().get(0).value())
                .isEqualTo("aws ssm create-activation --region eu-central-1 --iam-role shop-hybrid-node"
                        + " --registration-limit 10 --tags Key=EKSClusterARN,Value=" + arn);
    }

    @Test
    void theActivationNamesTheRoleWithItsPath() {
        TerraformStack stack = TestStack.make();
        Roles.declare(stack, RoleSettings.standard().withPath(Optional.of("/platform/")));
        Cluster cluster = TestCluster.in(
                stack, SHOP.withRemoteNetwork(Optional.of(RemoteNetworkSpec.of(List.of(Cidr.parse("10.80.0.0/16"))))));
        assertThat(cluster.outputs().get(0).value().toString()).contains(" --iam-role platform/shop-hybrid-node ");
    }

    @Test
    void nodesOfRolesAnywhereGetATrustAnchorAndAProfile() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(
                stack,
                SHOP.withRemoteNetwork(Optional.of(OFFICE.withPodNetworks(List.of(Cidr.parse("10.85.0.0/16")))
                        .withNodeRole(ANYWHERE.withCertificate(Optional.of(authority()))
                                .withSessionDurationSeconds(7200)))));
        String anchor = "${aws_rolesanywhere_trust_anchor.cluster_hybrid-nodes_trust-anchor_";
        assertThat(stack)
                .hasResource("aws_eks_cluster")
                .withAttribute("remote_network_config.remote_pod_networks.cidrs", List.of("10.85.0.0/16"))
                .and()
                .hasResource("aws_rolesanywhere_trust_anchor")
                .withAttribute("name", "shop-hybrid-node")
                .withAttribute("enabled", true)
                .withAttribute("source.source_type", "CERTIFICATE_BUNDLE")
                .withAttribute("source.source_data.x509_certificate_data", authority())
                .and()
                .hasResource("aws_rolesanywhere_profile")
                .withAttribute("enabled", true)
                .withAttribute("accept_role_session_name", true)
                .withAttribute("duration_seconds", 7200)
                .and()
                .hasResource("aws_iam_role")
                .withAttribute("name", "shop-hybrid-node")
                .withAttribute("max_session_duration", 43_200)
                .and()
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("cidr_ipv4", "10.85.0.0/16")
                .withAttribute("from_port", 443)
                .withAttribute("description", "Hybrid pods to the API server");
        JsonNode roles = TestStack.configuration(stack).at("/resource/aws_iam_role");
        assertThat(roles.findValuesAsText("assume_role_policy")).anySatisfy(trust -> assertThat(trust)
                .contains("{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"rolesanywhere.amazonaws.com\"},"
                        + "\"Action\":[\"sts:TagSession\",\"sts:SetSourceIdentity\"],\"Condition\":{\"ArnEquals\":"
                        + "{\"aws:SourceArn\":\"" + anchor)
                .contains("\"sts:RoleSessionName\":\"$${aws:PrincipalTag/x509Subject/CN}\""));
        assertThat(cluster.outputs())
                .extracting(ClusterOutput::name)
                .containsExactly("hybrid_trust_anchor_arn", "hybrid_profile_arn", "hybrid_node_role_arn");
    }

    @Test
    void theAuthorityMayBeOfPrivateCa() {
        assertThat(stackWith(OFFICE.withNodeRole(ANYWHERE.withPrivateCaArn(Optional.of(CA)))))
                .hasResource("aws_rolesanywhere_trust_anchor")
                .withAttribute("source.source_type", "AWS_ACM_PCA")
                .withAttribute("source.source_data.acm_pca_arn", CA);
    }

    @Test
    void aGivenRoleOnlyGetsAnEntry() {
        String role = "arn:aws:iam::111122223333:role/hybrid";
        assertThat(stackWith(OFFICE.withNodeRole(RoleArn.parse(role))))
                .hasResources("aws_iam_role", 1)
                .hasNoResource("aws_iam_role_policy")
                .hasResource("aws_eks_access_entry")
                .withAttribute("principal_arn", role)
                .withAttribute("type", "HYBRID_LINUX");
    }

    @Test
    void networksArePrivateAndApart() {
        assertThat(ProblemsOf.making(() -> OFFICE.withNodeNetworks(List.of())))
                .containsExactly("nodeNetworks: 0 given; allowed: 1 to 15; fix: join or add some");
        assertThat(ProblemsOf.making(() -> OFFICE.withPodNetworks(List.of(Cidr.parse("10.80.64.0/18")))))
                .containsExactly(
                        "podNetworks[0]: 10.80.64.0/18 overlaps 10.80.0.0/16 of nodeNetworks[0]; fix: use another block");
        assertThat(ProblemsOf.making(() -> OFFICE.withNodeNetworks(List.of(Cidr.parse("203.0.113.0/24")))))
                .containsExactly(
                        "nodeNetworks[0]: 203.0.113.0/24 is not in a private network; allowed: blocks of 10.0.0.0/8,"
                                + " 172.16.0.0/12 and 192.168.0.0/16; fix: use a block of these");
        List<Cidr> many = java.util.stream.IntStream.range(0, 16)
                .mapToObj(i -> Cidr.parse("10." + i + ".0.0/16"))
                .toList();
        assertThat(ProblemsOf.making(() -> OFFICE.withPodNetworks(many)))
                .containsExactly("podNetworks: 16 given; allowed: at most 15; fix: join some");
    }

    @Test
    void theCertificateIsOfOneAuthority() {
        assertThat(problems(ANYWHERE))
                .containsExactly(
                        "nodeRole.rolesAnywhere: no certificate authority; allowed: certificate, or privateCaArn; fix:"
                                + " add the one that signs the nodes");
        assertThat(problems(ANYWHERE.withCertificate(Optional.of(authority())).withPrivateCaArn(Optional.of(CA))))
                .containsExactly(
                        "nodeRole.rolesAnywhere: two certificate authorities; allowed: certificate, or privateCaArn;"
                                + " fix: remove one of the two");
        assertThat(ProblemsOf.making(() -> ANYWHERE.withCertificate(Optional.of("ca.pem"))))
                .containsExactly(
                        "certificate: a text that is not a certificate; allowed: PEM text from BEGIN CERTIFICATE to END"
                                + " CERTIFICATE; fix: write it as a block: certificate: | and the lines of the file, indented");
        assertThat(ProblemsOf.making(() -> ANYWHERE.withCertificate(Optional.of(LEAF))))
                .containsExactly(
                        "certificate: a certificate that is not of a certificate authority; allowed: basic"
                                + " constraints CA: true; fix: use the certificate of the authority that signs those of the nodes");
        assertThat(ProblemsOf.making(
                        () -> ANYWHERE.withCertificate(Optional.of(authority().replace("MIIBgT", "MIIAAA")))))
                .containsExactly(
                        "certificate: PEM text that cannot be read as X.509 certificates; allowed: PEM text from BEGIN"
                                + " CERTIFICATE to END CERTIFICATE; fix: copy the whole file");
        assertThat(ProblemsOf.making(() -> ANYWHERE.withPrivateCaArn(Optional.of("ca"))))
                .containsExactly("privateCaArn: \"ca\" is not the ARN of a certificate authority; allowed:"
                        + " arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID; fix: copy it from `aws acm-pca"
                        + " list-certificate-authorities`");
        assertThat(ProblemsOf.making(() -> ANYWHERE.withSessionDurationSeconds(60)))
                .containsExactly("sessionDurationSeconds: 60 seconds; allowed: 900 to 43200; fix: use 900");
    }
}
