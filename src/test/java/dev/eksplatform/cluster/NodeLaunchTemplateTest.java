package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The role of nodes, their security groups and tags, and the options of EC2. */
class NodeLaunchTemplateTest {

    private static final NodeGroupSpec GENERAL = NodeGroupSpec.of("m7g.large");
    private static final String ROLE = "arn:aws:iam::111122223333:role/platform/shop-nodes";

    private static TerraformStack stackWith(NodeGroupSpec spec) {
        TerraformStack stack = TestStack.make();
        new NodeGroup(stack, "general", TestCluster.in(stack), spec, Map.of("env", "test", "team", "platform"));
        return stack;
    }

    private static LaunchTemplateSpec.CpuOptions cpuOptions(int cores, int threads) {
        return LaunchTemplateSpec.CpuOptions.all().with(cpu -> cpu.coreCount(Optional.of(cores))
                .threadsPerCore(Optional.of(threads))
                .amdSevSnp(true));
    }

    @Test
    void theRoleHasMorePolicies() {
        TerraformStack stack = stackWith(GENERAL.withSsm(true)
                .withPolicies(List.of("CloudWatchAgentServerPolicy", "arn:aws:iam::111122223333:policy/team/nodes")));
        List.of(
                        "AmazonEKSWorkerNodePolicy",
                        "AmazonEC2ContainerRegistryPullOnly",
                        "AmazonEKS_CNI_Policy",
                        "AmazonSSMManagedInstanceCore",
                        "CloudWatchAgentServerPolicy")
                .forEach(policy -> assertThat(stack)
                        .hasResource("aws_iam_role_policy_attachment")
                        .withAttribute("policy_arn", "arn:aws:iam::aws:policy/" + policy)
                        .withAttribute("role", "${aws_iam_role.general_role_522E6DF1.name}"));
        assertThat(stack)
                .hasResource("aws_iam_role_policy_attachment")
                .withAttribute("policy_arn", "arn:aws:iam::111122223333:policy/team/nodes");
    }

    @Test
    void theRoleMayExist() {
        TerraformStack stack = stackWith(GENERAL.withRoleArn(Optional.of(ROLE)));
        assertThat(stack)
                .hasResource("aws_eks_node_group")
                .withAttribute("node_role_arn", ROLE)
                .and()
                .hasResources("aws_iam_role", 1);
    }

    @Test
    void policiesExistAndAreNotThoseThatTheRoleHas() {
        assertThat(ProblemsOf.making(() -> GENERAL.withPolicies(List.of(
                        "AmazonEKS_CNI_Policy",
                        "CloudWatchAgentServerPolice",
                        "a b",
                        "AmazonS3ReadOnlyAccess",
                        "AmazonS3ReadOnlyAccess"))))
                .containsExactly(
                        "policies[4]: duplicate policy AmazonS3ReadOnlyAccess; fix: remove one of them",
                        "policies[0]: the role has AmazonEKS_CNI_Policy anyway; fix: remove it",
                        "policies[1]: \"CloudWatchAgentServerPolice\" is not an AWS managed policy (2026-09); allowed: the"
                                + " names of the AWS Managed Policy Reference, with their paths; other policies by ARN; fix:"
                                + " did you mean CloudWatchAgentServerPolicy? Or write the ARN of a policy that this release"
                                + " does not know",
                        "policies[2]: \"a b\" is not a managed policy; allowed: the name of an AWS managed policy, or a"
                                + " policy's ARN; fix: write it like AmazonSSMManagedInstanceCore or"
                                + " arn:aws:iam::111122223333:policy/nodes");
        List<String> eight = IntStream.range(0, 8)
                .mapToObj(i -> "arn:aws:iam::111122223333:policy/p" + i)
                .toList();
        assertThat(ProblemsOf.making(() -> GENERAL.withPolicies(eight)))
                .containsExactly(
                        "policies: 8 policies, and 3 that the role has anyway; allowed: 10 managed policies of a role;"
                                + " fix: combine some of them in a policy of your own");
    }

    @Test
    void aRoleThatExistsIsNotChanged() {
        assertThat(ProblemsOf.making(() -> GENERAL.withRoleArn(Optional.of(ROLE))
                        .with(group -> group.ssm(true).policies(List.of("CloudWatchAgentServerPolicy")))))
                .containsExactly(
                        "policies: policies of a role that exists; allowed: policies, or roleArn; fix: remove policies, and"
                                + " attach them where the role is created",
                        "ssm: ssm adds a policy to the role of the nodes, which exists; fix: attach"
                                + " AmazonSSMManagedInstanceCore where the role is created, and remove ssm");
        assertThat(ProblemsOf.making(() -> GENERAL.withRoleArn(Optional.of("shop-nodes"))))
                .containsExactly("roleArn: \"shop-nodes\" is not the ARN of an IAM role; allowed:"
                        + " arn:aws:iam::ACCOUNT:role/NAME; fix: copy it from `aws iam get-role`");
    }

    @Test
    void nodesHaveMoreSecurityGroups() {
        assertThat(stackWith(GENERAL.withSecurityGroupIds(List.of("sg-0a1b2c3d4e5f60718"))))
                .hasResource("aws_launch_template")
                .withAttribute(
                        "vpc_security_group_ids",
                        List.of(
                                "${aws_security_group.cluster_node-security-group_4E716BC6.id}",
                                "sg-0a1b2c3d4e5f60718"));
        assertThat(ProblemsOf.making(() -> GENERAL.withSecurityGroupIds(
                        List.of("sg-00000001", "sg-00000002", "sg-00000003", "sg-00000004", "web"))))
                .containsExactly(
                        "securityGroupIds: 5 security groups; allowed: at most four: a network interface has five, and one is"
                                + " the cluster's; fix: combine the rules of some",
                        "securityGroupIds[4]: \"web\" is not a security group id; allowed: sg- and 8 to 17 hex digits; fix:"
                                + " copy it from `aws ec2 describe-security-groups`");
    }

    @Test
    void tagsAreOnTheGroupAndOnWhatItStarts() {
        TerraformStack stack =
                stackWith(GENERAL.withTags(Map.of("team", "web")).withInstanceName(Optional.of("web-node")));
        Map<String, String> tags = Map.of("Name", "web-node", "env", "test", "team", "web");
        assertThat(stack)
                .hasResource("aws_launch_template")
                .withAttribute("tags", Map.of("team", "web"))
                .withAttribute(
                        "tag_specifications",
                        List.of(
                                Map.of("resource_type", "instance", "tags", tags),
                                Map.of("resource_type", "volume", "tags", tags),
                                Map.of("resource_type", "network-interface", "tags", tags)))
                .and()
                .hasResource("aws_eks_node_group")
                .withAttribute("tags", Map.of("team", "web"));
        assertThat(ProblemsOf.making(() -> GENERAL.withTags(Map.of("Name", "web"))))
                .containsExactly(
                        "tags.Name: Name cannot be a tag of every resource: each has a Name of its own; fix: use another key");
        assertThat(ProblemsOf.making(() -> GENERAL.withInstanceName(Optional.of("aws:web"))))
                .containsExactly(
                        "instanceName: the tag value \"aws:web\" begins with aws:, which is reserved for AWS; fix: use"
                                + " another prefix");
    }

    @Test
    void optionsOfEc2() {
        LaunchTemplateSpec one = LaunchTemplateSpec.standard().withDetailedMonitoring(true);
        assertThat(stackWith(GENERAL.withLaunchTemplate(one)))
                .hasResource("aws_launch_template")
                .withAttribute("monitoring", Map.of("enabled", true))
                .withoutAttribute("maintenance_options")
                .withoutAttribute("enclave_options");
        String license = "arn:aws:license-manager:eu-central-1:111122223333:license-configuration:lic-0123456789abcdef";
        LaunchTemplateSpec full = one.with(options -> options.cpuOptions(Optional.of(cpuOptions(2, 1)))
                .enclaves(true)
                .autoRecovery(false)
                .licenseConfigurationArns(List.of(license))
                .privateDnsNameOptions(Optional.of(LaunchTemplateSpec.PrivateDnsNameOptions.standard()
                        .withHostnameType(LaunchTemplateSpec.HostnameType.RESOURCE_NAME)
                        .withResourceNameDnsARecord(true))));
        assertThat(stackWith(NodeGroupSpec.of("m6a.xlarge").withLaunchTemplate(full)))
                .hasResource("aws_launch_template")
                .withAttribute("cpu_options", Map.of("core_count", 2, "threads_per_core", 1, "amd_sev_snp", "enabled"))
                .withAttribute("enclave_options", Map.of("enabled", true))
                .withAttribute("maintenance_options", Map.of("auto_recovery", "disabled"))
                .withAttribute("monitoring", Map.of("enabled", true))
                .withAttribute("license_specification", List.of(Map.of("license_configuration_arn", license)))
                .withAttribute(
                        "private_dns_name_options",
                        Map.of(
                                "hostname_type", "resource-name",
                                "enable_resource_name_dns_a_record", true,
                                "enable_resource_name_dns_aaaa_record", false));
        assertThat(stackWith(NodeGroupSpec.of("t4g.large")
                        .withLaunchTemplate(LaunchTemplateSpec.standard()
                                .withCpuCredits(Optional.of(LaunchTemplateSpec.CpuCredits.STANDARD)))))
                .hasResource("aws_launch_template")
                .withAttribute("credit_specification", Map.of("cpu_credits", "standard"));
    }

    @Test
    void optionsAreThoseOfTheTypes() {
        LaunchTemplateSpec all = LaunchTemplateSpec.standard()
                .withEnclaves(true)
                .withCpuCredits(Optional.of(LaunchTemplateSpec.CpuCredits.UNLIMITED))
                .withCpuOptions(Optional.of(cpuOptions(1, 2)));
        assertThat(ProblemsOf.making(() -> NodeGroupSpec.of("m7g.medium").withLaunchTemplate(all)))
                .containsExactly(
                        "launchTemplate.cpuOptions.amdSevSnp: m7g.medium has no AMD SEV-SNP; allowed: types of M6a, C6a and"
                                + " R6a; fix: remove it, or use other instanceTypes",
                        "launchTemplate.cpuOptions.threadsPerCore: 2 threads of an arm64 core; allowed: 1: Graviton processors"
                                + " have no multithreading; fix: use 1, or remove cpuOptions",
                        "launchTemplate.cpuCredits: m7g.medium has no CPU credits; allowed: burstable types, such as"
                                + " t4g.large; fix: remove it, or use other instanceTypes",
                        "launchTemplate.enclaves: m7g.medium has no Nitro Enclaves; allowed: Nitro types of 4 vCPUs or more"
                                + " (Graviton and AMD: 2), not bare metal; fix: remove it, or use other instanceTypes");
        assertThat(ProblemsOf.making(() -> LaunchTemplateSpec.CpuOptions.all().withCoreCount(Optional.of(0))))
                .containsExactly(
                        "coreCount: 0 cores; allowed: 1 or more; fix: use 1",
                        "threadsPerCore: coreCount and threadsPerCore go together; fix: add threadsPerCore: 1");
        assertThat(ProblemsOf.making(() -> GENERAL.withLaunchTemplate(
                        LaunchTemplateSpec.standard().withLicenseConfigurationArns(List.of("lic-1")))))
                .containsExactly("launchTemplate.licenseConfigurationArns[0]: \"lic-1\" is not the ARN of a license"
                        + " configuration; allowed:"
                        + " arn:aws:license-manager:REGION:ACCOUNT:license-configuration:lic-ID; fix: copy it from `aws"
                        + " license-manager list-license-configurations`");
    }

    @Test
    void oneGroupForEachZoneIsAsManyConstructs() {
        NodeGroupSpec spec = GENERAL.withPerZone(true);
        Placement placement = new Placement(List.of(), List.of("subnet-0000000a", "subnet-0000000b"));
        assertThat(ProblemsOf.making(() -> stackWith(spec)))
                .containsExactly(
                        "perZone: one group for several zones or subnets; allowed: one of the specs of groups(name,"
                                + " placement); fix: create a NodeGroup for each of them");
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack);
        spec.groups("general", placement).forEach((name, group) -> new NodeGroup(stack, name, cluster, group));
        assertThat(stack)
                .hasResources("aws_eks_node_group", 2)
                .hasResource("aws_eks_node_group")
                .withAttribute("node_group_name_prefix", "general-0000000b-")
                .withAttribute("subnet_ids", List.of("subnet-0000000b"));
    }
}
