package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** EKS Auto Mode, from the text of an environment to the resources and objects. */
class AutoModeTest {

    private static final String NETWORK = "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}\n";
    private static final String MINIMAL = NETWORK + "cluster: {version: \"1.36\", autoMode: {}}\n";

    @TempDir
    private Path folder;

    private EnvironmentText environment(String text) {
        return EnvironmentText.of(folder, text);
    }

    private static JsonNode json(String text) {
        return TestJson.parse(text.replace('\'', '"'));
    }

    private JsonNode cluster(EnvironmentText.Parts stacks) {
        return EnvironmentText.resources(stacks.get("infrastructure"), "aws_eks_cluster")
                .get("cluster");
    }

    @Test
    void minimal_AllThreePartsAreOnWithBothNodePools() throws IOException {
        EnvironmentText.Parts stacks = environment(MINIMAL).stacks();
        JsonNode cluster = cluster(stacks);
        assertThat(cluster.path("compute_config").path("enabled").asBoolean()).isTrue();
        assertThat(cluster.path("compute_config").path("node_pools")).isEqualTo(json("['general-purpose', 'system']"));
        assertThat(cluster.path("compute_config").path("node_role_arn").asText())
                .startsWith("${aws_iam_role.cluster_auto-mode_node-role_");
        assertThat(cluster.path("kubernetes_network_config"))
                .isEqualTo(json("{'elastic_load_balancing': {'enabled': true}}"));
        assertThat(cluster.path("storage_config")).isEqualTo(json("{'block_storage': {'enabled': true}}"));
        assertThat(cluster.path("bootstrap_self_managed_addons").asBoolean()).isFalse();

        JsonNode infrastructure = stacks.get("infrastructure");
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_addon").all())
                .isEmpty();
        assertThat(EnvironmentText.resources(infrastructure, "aws_security_group")
                        .all())
                .isEmpty();
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_access_entry")
                        .all())
                .isEmpty();
        assertThat(EnvironmentText.resources(infrastructure, "aws_iam_role_policy")
                        .all())
                .containsOnlyKeys("network_flow-log_policy");
        EnvironmentText.Parts roles = EnvironmentText.resources(infrastructure, "aws_iam_role");
        assertThat(roles.get("cluster_role").path("assume_role_policy").asText())
                .isEqualTo(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                                + "\"eks.amazonaws.com\"},\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\"]}]}");
        assertThat(roles.get("cluster_auto-mode_node-role").path("name").asText())
                .isEqualTo("shop-auto-node");
        assertThat(EnvironmentText.resources(infrastructure, "aws_iam_role_policy_attachment")
                        .all())
                .containsOnlyKeys(
                        "cluster_auto-mode_node-role_AmazonEC2ContainerRegistryPullOnly",
                        "cluster_auto-mode_node-role_AmazonEKSWorkerNodeMinimalPolicy",
                        "cluster_role_AmazonEKSBlockStoragePolicy",
                        "cluster_role_AmazonEKSClusterPolicy",
                        "cluster_role_AmazonEKSComputePolicy",
                        "cluster_role_AmazonEKSLoadBalancingPolicy",
                        "cluster_role_AmazonEKSNetworkingPolicy");
        assertThat(environment(MINIMAL).objects().all()).containsOnlyKeys("ConfigMap amazon-vpc-cni");
        assertThat(environment(MINIMAL)
                        .objects()
                        .get("ConfigMap amazon-vpc-cni")
                        .path("data"))
                .isEqualTo(json("{'enable-network-policy-controller': 'true'}"));
    }

    @Test
    void off_AllThreePartsAreOffAndTheAddonsAreThere() throws IOException {
        EnvironmentText.Parts stacks = environment(NETWORK + """
                tags: {team: payments}
                cluster: {version: "1.36", autoMode: {enabled: false}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                """).stacks();
        JsonNode cluster = cluster(stacks);
        assertThat(cluster.path("compute_config")).isEqualTo(json("{'enabled': false}"));
        assertThat(cluster.path("kubernetes_network_config"))
                .isEqualTo(json("{'elastic_load_balancing': {'enabled': false}}"));
        assertThat(cluster.path("storage_config")).isEqualTo(json("{'block_storage': {'enabled': false}}"));
        assertThat(EnvironmentText.resources(stacks.get("infrastructure"), "aws_eks_addon")
                        .all())
                .containsOnlyKeys("cluster_coredns_addon", "cluster_kube-proxy_addon", "cluster_vpc-cni_addon");
        assertThat(stacks.all()).containsOnlyKeys("infrastructure");
        // Older providers replace the cluster.
        assertThat(stacks.get("infrastructure")
                        .at("/terraform/required_providers/aws/version")
                        .asText())
                .isEqualTo(">= 6.13.0, < 7.0.0");
    }

    @Test
    void withoutAutoModeTheClusterHasNoneOfThem() throws IOException {
        JsonNode cluster = cluster(environment(NETWORK + """
                cluster: {version: "1.36"}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                """).stacks());
        assertThat(cluster.has("compute_config")).isFalse();
        assertThat(cluster.has("kubernetes_network_config")).isFalse();
        assertThat(cluster.has("storage_config")).isFalse();
    }

    @Test
    void nodeGroupsBesideIt_HaveTheirAddonsAndReachItsNodes() throws IOException {
        JsonNode infrastructure = environment(MINIMAL + """
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                identities: {shop/orders: {mode: pod-identity, policies: [AmazonS3ReadOnlyAccess]}}
                """).stacks().get("infrastructure");
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_addon").all())
                .containsOnlyKeys(
                        "cluster_coredns_addon",
                        "cluster_eks-pod-identity-agent_addon",
                        "cluster_kube-proxy_addon",
                        "cluster_vpc-cni_addon");
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_node_group")
                        .get("node-groups_general_node-group")
                        .path("depends_on")
                        .toString())
                .contains("aws_eks_addon.cluster_vpc-cni", "aws_eks_addon.cluster_kube-proxy");
        EnvironmentText.Parts rules = EnvironmentText.resources(infrastructure, "aws_vpc_security_group_ingress_rule");
        assertThat(rules.all())
                .containsKeys(
                        "cluster_node-security-group_all-from-auto-mode",
                        "cluster_node-security-group_all-to-auto-mode",
                        "cluster_node-security-group_tcp-10250-from-control-plane");
        assertThat(rules.get("cluster_node-security-group_all-from-auto-mode")
                        .path("ip_protocol")
                        .asText())
                .isEqualTo("-1");
    }

    @Test
    void podIdentityNeedsNoAgentWithoutNodeGroups() throws IOException {
        JsonNode infrastructure = environment(MINIMAL
                        + "identities: {shop/orders: {mode: pod-identity, policies: [AmazonS3ReadOnlyAccess]}}\n")
                .stacks()
                .get("infrastructure");
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_addon").all())
                .isEmpty();
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_pod_identity_association")
                        .all())
                .hasSize(1);
    }

    @Test
    void fargateBesideIt_HasCoreDns() throws IOException {
        JsonNode infrastructure = environment(MINIMAL + "fargate: {batch: {selectors: [{namespace: batch}]}}\n")
                .stacks()
                .get("infrastructure");
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_addon").all())
                .containsOnlyKeys("cluster_coredns_addon");
        assertThat(EnvironmentText.resources(infrastructure, "aws_security_group")
                        .all())
                .isEmpty();
    }

    @Test
    void withoutBuiltInNodePoolsCoreDnsRunsOnFargate() throws IOException {
        JsonNode infrastructure = environment(NETWORK + """
                cluster: {version: "1.36", autoMode: {builtInNodePools: []}}
                fargate: {batch: {selectors: [{namespace: kube-system}, {namespace: batch}]}}
                """).stacks().get("infrastructure");
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_addon")
                        .get("cluster_coredns_addon")
                        .path("configuration_values")
                        .asText())
                .isEqualTo("{\"computeType\":\"Fargate\"}");
    }

    @Test
    void hybridNodesBesideIt_HaveTheirAddonsAndReachDnsOnItsNodes() throws IOException {
        String hybrid = MINIMAL.replace(
                "autoMode: {}",
                "autoMode: {}, remoteNetwork: {nodeNetworks: [10.80.0.0/16]}, addons: {eks-pod-identity-agent: {}}");
        JsonNode infrastructure = environment(hybrid).stacks().get("infrastructure");
        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_addon").all())
                .containsOnlyKeys(
                        "cluster_coredns_addon", "cluster_eks-pod-identity-agent_addon", "cluster_kube-proxy_addon");
        EnvironmentText.Parts rules = EnvironmentText.resources(infrastructure, "aws_vpc_security_group_ingress_rule");
        assertThat(rules.all())
                .containsOnlyKeys(
                        "cluster_rules_api-from-hybrid-nodes-108000-16",
                        "cluster_rules_dns-tcp-from-hybrid-nodes-108000-16",
                        "cluster_rules_dns-udp-from-hybrid-nodes-108000-16");
        assertThat(rules.get("cluster_rules_dns-udp-from-hybrid-nodes-108000-16")
                        .path("security_group_id")
                        .asText())
                .endsWith(".vpc_config[0].cluster_security_group_id}");
        assertThat(EnvironmentText.resources(infrastructure, "aws_security_group")
                        .all())
                .isEmpty();

        JsonNode mixed = environment(hybrid + "nodeGroups: {general: {instanceTypes: [m7g.large]}}\n")
                .stacks()
                .get("infrastructure");
        EnvironmentText.Parts both = EnvironmentText.resources(mixed, "aws_vpc_security_group_ingress_rule");
        assertThat(both.get("cluster_rules-of-node-groups_dns-udp-from-hybrid-nodes-108000-16")
                        .path("security_group_id")
                        .asText())
                .startsWith("${aws_security_group.cluster_node-security-group_");
        assertThat(both.all()).containsKey("cluster_rules_dns-udp-from-hybrid-nodes-108000-16");
    }

    @Test
    void aRuleOfTheClusterSecurityGroupNeedsNoGroupOfNodes() throws IOException {
        String rules = "autoMode: {}, securityGroupRules: {cluster: {office: {direction: ingress, fromPort: 443,"
                + " cidr: 10.40.0.0/16, reason: The office}}";
        JsonNode ofCluster = environment(MINIMAL.replace("autoMode: {}", rules + "}"))
                .stacks()
                .get("infrastructure");
        assertThat(EnvironmentText.resources(ofCluster, "aws_security_group").all())
                .isEmpty();
        JsonNode ofNodes = environment(MINIMAL.replace(
                        "autoMode: {}",
                        rules + ", node: {metrics: {direction: ingress,"
                                + " fromPort: 9100, group: self, reason: Metrics}}}"))
                .stacks()
                .get("infrastructure");
        assertThat(EnvironmentText.resources(ofNodes, "aws_security_group").all())
                .containsOnlyKeys("cluster_node-security-group");
    }

    @Test
    void withoutBuiltInNodePoolsTheRoleHasAnAccessEntryInstead() throws IOException {
        JsonNode infrastructure = environment(NETWORK + """
                cluster:
                  version: "1.36"
                  autoMode:
                    builtInNodePools: []
                    nodeClasses: {own: {}, gpu: {role: "arn:aws:iam::111122223333:role/nodes/gpu-node"}}
                    nodePools: {own: {nodeClass: own}}
                """).stacks().get("infrastructure");
        JsonNode compute = EnvironmentText.resources(infrastructure, "aws_eks_cluster")
                .get("cluster")
                .path("compute_config");
        assertThat(compute).isEqualTo(json("{'enabled': true, 'node_pools': []}"));
        EnvironmentText.Parts entries = EnvironmentText.resources(infrastructure, "aws_eks_access_entry");
        assertThat(entries.all()).containsOnlyKeys("cluster_auto-mode_nodes", "cluster_auto-mode_nodes-gpu-node");
        assertThat(entries.get("cluster_auto-mode_nodes").path("type").asText()).isEqualTo("EC2");
        assertThat(entries.get("cluster_auto-mode_nodes-gpu-node")
                        .path("principal_arn")
                        .asText())
                .isEqualTo("arn:aws:iam::111122223333:role/nodes/gpu-node");
        JsonNode policy = EnvironmentText.resources(infrastructure, "aws_eks_access_policy_association")
                .get("cluster_auto-mode_nodes-policy");
        assertThat(policy.path("policy_arn").asText())
                .isEqualTo("arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy");
        assertThat(policy.path("access_scope")).isEqualTo(json("{'type': 'cluster'}"));
        assertThat(environment(NETWORK + """
                cluster:
                  version: "1.36"
                  autoMode:
                    nodeClasses: {own: {}, gpu: {role: "arn:aws:iam::111122223333:role/nodes/gpu-node"}}
                """)
                        .objects()
                        .get("NodeClass gpu")
                        .at("/spec/role")
                        .asText())
                .isEqualTo("gpu-node");
    }

    @Test
    void tagsNeedAPolicyOfTheClusterRole() throws IOException {
        EnvironmentText.Parts policies =
                environment("tags: {team: payments}\n" + MINIMAL).resources("infrastructure", "aws_iam_role_policy");
        assertThat(policies.get("cluster_role_auto-mode-tags").path("policy").asText())
                .contains(
                        "\"aws:RequestTag/eks:eks-cluster-name\":\"$${aws:PrincipalTag/eks:eks-cluster-name}\"",
                        "elasticloadbalancing:CreateLoadBalancer",
                        "arn:aws:ec2:*:*:volume/*");
        assertThat(environment("tags: {team: payments}\n" + NETWORK
                                + "cluster: {version: \"1.36\", autoMode: {customTags: false}}\n")
                        .resources("infrastructure", "aws_iam_role_policy")
                        .all())
                .doesNotContainKey("cluster_role_auto-mode-tags");
    }

    @Test
    void full() throws IOException {
        EnvironmentText full = environment(NETWORK + """
                tags: {team: payments}
                cluster:
                  version: "1.36"
                  autoMode:
                    builtInNodePools: [system]
                    nodeRole: arn:aws:iam::111122223333:role/nodes/auto-node
                    networkPolicies: false
                    nodeClasses:
                      pods:
                        subnets: [{tags: {example.com/tier: nodes}}, {id: subnet-0a1b2c3d4e5f60718}]
                        securityGroups: [{name: shop-nodes}, {id: sg-0a1b2c3d4e5f60718}]
                        podSubnets: [{id: subnet-0a1b2c3d4e5f60719}]
                        podSecurityGroups: [{tags: {example.com/tier: pods}}]
                        snatPolicy: disabled
                        networkPolicy: default-deny
                        networkPolicyLogs: true
                        ephemeralStorage: {sizeGib: 200, iops: 6000, throughputMibps: 250, kmsKeyId: alias/nodes}
                        tags: {tier: pods}
                        certificates: {proxy: "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----"}
                        fips: true
                        publicAddresses: false
                        httpsProxy: http://192.0.2.4:3128
                        noProxy: [.internal]
                        prefixDelegation: false
                        capacityReservations: [{id: cr-0a1b2c3d4e5f60718}]
                    nodePools:
                      arm:
                        nodeClass: pods
                        instanceCategories: [c]
                        instanceFamilies: [c7g]
                        instanceTypes: [c7g.large]
                        newerThanGeneration: 6
                        instanceCpus: [2]
                        architectures: [arm64, x86_64]
                        capacityTypes: [spot, reserved]
                        zones: [eu-central-1a]
                        requirements:
                          - {key: eks.amazonaws.com/instance-hypervisor, values: [nitro], minValues: 1}
                          - {key: eks.amazonaws.com/instance-gpu-name, operator: does-not-exist}
                          - {key: eks.amazonaws.com/instance-local-nvme}
                        labels: {tier: web}
                        annotations: {example.com/owner: payments}
                        taints: [{key: dedicated, value: web, effect: prefer-no-schedule}]
                        startupTaints: [{key: example.com/wait, effect: no-execute}]
                        limits: {memory: 256Gi, cpu: "64"}
                        weight: 10
                        expireAfterHours: 168
                        terminationGracePeriodMinutes: 60
                        disruption:
                          consolidation: never
                          budgets:
                            - {nodes: 20%, schedule: 0 9 * * mon-fri, durationMinutes: 480, reasons: [drifted, empty]}
                            - {nodes: "1"}
                      fixed: {replicas: 2, limits: {nodes: "3"}}
                    ingressClasses:
                      alb:
                        scheme: internet-facing
                        isDefault: true
                        certificateArns: ["arn:aws:acm:eu-central-1:111122223333:certificate/a"]
                        subnetIds: [subnet-0a1b2c3d4e5f60718, subnet-0a1b2c3d4e5f60719]
                        group: shop
                        ipAddressType: dualstack
                        namespaceLabels: {edge: "true"}
                        attributes: {deletion_protection.enabled: "true"}
                        tags: {tier: edge}
                      internal: {subnetTags: {tier: [internal, data]}}
                    storageClasses:
                      fast:
                        isDefault: true
                        type: gp3
                        iops: 6000
                        throughputMibps: 250
                        kmsKeyArn: arn:aws:kms:eu-central-1:111122223333:key/a
                        fileSystem: xfs
                        reclaimPolicy: retain
                        expandable: false
                        tags: {tier: data}
                      plain: {}
                """);
        EnvironmentText.Parts objects = full.objects();
        assertThat(objects.get("NodeClass pods").path("spec")).isEqualTo(json("""
                {'role': 'auto-node',
                 'subnetSelectorTerms': [{'tags': {'example.com/tier': 'nodes'}}, {'id': 'subnet-0a1b2c3d4e5f60718'}],
                 'securityGroupSelectorTerms': [{'name': 'shop-nodes'}, {'id': 'sg-0a1b2c3d4e5f60718'}],
                 'podSubnetSelectorTerms': [{'id': 'subnet-0a1b2c3d4e5f60719'}],
                 'podSecurityGroupSelectorTerms': [{'tags': {'example.com/tier': 'pods'}}],
                 'capacityReservationSelectorTerms': [{'id': 'cr-0a1b2c3d4e5f60718'}],
                 'snatPolicy': 'Disabled', 'networkPolicy': 'DefaultDeny', 'networkPolicyEventLogs': 'Enabled',
                 'ephemeralStorage': {'size': '200Gi', 'iops': 6000, 'throughput': 250, 'kmsKeyID': 'alias/nodes'},
                 'tags': {'team': 'payments', 'tier': 'pods'},
                 'certificateBundles': [{'name': 'proxy', 'data': 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo='}],
                 'advancedSecurity': {'fips': true},
                 'advancedNetworking': {'associatePublicIPAddress': false, 'httpsProxy': 'http://192.0.2.4:3128',
                   'noProxy': ['.internal'], 'ipv4PrefixSize': '32'}}
                """));
        assertThat(objects.get("NodePool arm").path("spec")).isEqualTo(json("""
                {'template': {
                   'metadata': {'labels': {'tier': 'web'}, 'annotations': {'example.com/owner': 'payments'}},
                   'spec': {
                     'nodeClassRef': {'group': 'eks.amazonaws.com', 'kind': 'NodeClass', 'name': 'pods'},
                     'requirements': [
                       {'key': 'eks.amazonaws.com/instance-category', 'operator': 'In', 'values': ['c']},
                       {'key': 'eks.amazonaws.com/instance-family', 'operator': 'In', 'values': ['c7g']},
                       {'key': 'eks.amazonaws.com/instance-generation', 'operator': 'Gt', 'values': ['6']},
                       {'key': 'node.kubernetes.io/instance-type', 'operator': 'In', 'values': ['c7g.large']},
                       {'key': 'eks.amazonaws.com/instance-cpu', 'operator': 'In', 'values': ['2']},
                       {'key': 'kubernetes.io/arch', 'operator': 'In', 'values': ['arm64', 'amd64']},
                       {'key': 'karpenter.sh/capacity-type', 'operator': 'In', 'values': ['spot', 'reserved']},
                       {'key': 'topology.kubernetes.io/zone', 'operator': 'In', 'values': ['eu-central-1a']},
                       {'key': 'eks.amazonaws.com/instance-hypervisor', 'operator': 'In', 'values': ['nitro'], 'minValues': 1},
                       {'key': 'eks.amazonaws.com/instance-gpu-name', 'operator': 'DoesNotExist'},
                       {'key': 'eks.amazonaws.com/instance-local-nvme', 'operator': 'Exists'}],
                     'taints': [{'key': 'dedicated', 'value': 'web', 'effect': 'PreferNoSchedule'}],
                     'startupTaints': [{'key': 'example.com/wait', 'effect': 'NoExecute'}],
                     'expireAfter': '168h', 'terminationGracePeriod': '60m'}},
                 'disruption': {'consolidationPolicy': 'WhenEmptyOrUnderutilized', 'consolidateAfter': 'Never',
                   'budgets': [
                     {'nodes': '20%', 'schedule': '0 9 * * mon-fri', 'duration': '480m', 'reasons': ['Drifted', 'Empty']},
                     {'nodes': '1'}]},
                 'limits': {'cpu': '64', 'memory': '256Gi'}, 'weight': 10}
                """));
        assertThat(objects.get("NodePool fixed").path("spec")).isEqualTo(json("""
                {'template': {'spec': {
                     'nodeClassRef': {'group': 'eks.amazonaws.com', 'kind': 'NodeClass', 'name': 'default'},
                     'requirements': [
                       {'key': 'eks.amazonaws.com/instance-category', 'operator': 'In', 'values': ['c', 'm', 'r']},
                       {'key': 'eks.amazonaws.com/instance-generation', 'operator': 'Gt', 'values': ['4']},
                       {'key': 'kubernetes.io/arch', 'operator': 'In', 'values': ['amd64']},
                       {'key': 'karpenter.sh/capacity-type', 'operator': 'In', 'values': ['on-demand']}]}},
                 'disruption': {'consolidationPolicy': 'WhenEmptyOrUnderutilized', 'consolidateAfter': '0s'},
                 'limits': {'nodes': '3'}, 'replicas': 2}
                """));
        assertThat(objects.get("IngressClassParams alb").path("spec")).isEqualTo(json("""
                {'scheme': 'internet-facing', 'ipAddressType': 'dualstack', 'group': {'name': 'shop'},
                 'certificateARNs': ['arn:aws:acm:eu-central-1:111122223333:certificate/a'],
                 'subnets': {'ids': ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719']},
                 'namespaceSelector': {'matchLabels': {'edge': 'true'}},
                 'loadBalancerAttributes': [
                   {'key': 'deletion_protection.enabled', 'value': 'true'},
                   {'key': 'routing.http.drop_invalid_header_fields.enabled', 'value': 'true'}],
                 'tags': [{'key': 'team', 'value': 'payments'}, {'key': 'tier', 'value': 'edge'}]}
                """));
        assertThat(objects.get("IngressClass alb")).isEqualTo(json("""
                {'apiVersion': 'networking.k8s.io/v1', 'kind': 'IngressClass',
                 'metadata': {'name': 'alb', 'annotations': {'ingressclass.kubernetes.io/is-default-class': 'true'}},
                 'spec': {'controller': 'eks.amazonaws.com/alb',
                   'parameters': {'apiGroup': 'eks.amazonaws.com', 'kind': 'IngressClassParams', 'name': 'alb'}}}
                """));
        assertThat(objects.get("IngressClassParams internal").at("/spec/subnets"))
                .isEqualTo(json("{'matchTags': [{'key': 'tier', 'values': ['internal', 'data']}]}"));
        assertThat(objects.get("IngressClass internal").path("metadata")).isEqualTo(json("{'name': 'internal'}"));
        // In the platform stack: volumes of add-ons need them.
        EnvironmentText.Parts classes = full.resources("platform", "kubernetes_manifest");
        assertThat(classes.get("storage-classes_fast_object").path("manifest")).isEqualTo(json("""
                {'apiVersion': 'storage.k8s.io/v1', 'kind': 'StorageClass',
                 'metadata': {'name': 'fast', 'annotations': {'storageclass.kubernetes.io/is-default-class': 'true'}},
                 'provisioner': 'ebs.csi.eks.amazonaws.com',
                 'parameters': {'type': 'gp3', 'encrypted': 'true', 'csi.storage.k8s.io/fstype': 'xfs', 'iops': '6000',
                   'throughput': '250', 'kmsKeyId': 'arn:aws:kms:eu-central-1:111122223333:key/a',
                   'tagSpecification_1': 'team=payments', 'tagSpecification_2': 'tier=data'},
                 'reclaimPolicy': 'Retain', 'volumeBindingMode': 'WaitForFirstConsumer', 'allowVolumeExpansion': false,
                 'allowedTopologies': [{'matchLabelExpressions': [
                   {'key': 'eks.amazonaws.com/compute-type', 'values': ['auto']}]}]}
                """));
        assertThat(classes.get("storage-classes_plain_object").at("/manifest/parameters"))
                .isEqualTo(json("""
                {'type': 'gp3', 'encrypted': 'true', 'csi.storage.k8s.io/fstype': 'ext4',
                 'tagSpecification_1': 'team=payments'}
                """));
        assertThat(objects.all()).doesNotContainKey("ConfigMap amazon-vpc-cni");

        EnvironmentText.Parts policies = full.resources("infrastructure", "aws_iam_role_policy");
        assertThat(policies.get("cluster_role_auto-mode-security-groups").path("policy"))
                .hasToString(json("""
                        '{\\'Version\\':\\'2012-10-17\\',\\'Statement\\':[{\\'Effect\\':\\'Allow\\',\\'Action\\':[\\'ec2:AuthorizeSecurityGroupIngress\\',\\'ec2:RevokeSecurityGroupIngress\\'],\\'Resource\\':\\'arn:aws:ec2:eu-central-1:111122223333:security-group/*\\',\\'Condition\\':{\\'StringLike\\':{\\'aws:ResourceTag/example.com/tier\\':\\'pods\\'}}},{\\'Effect\\':\\'Allow\\',\\'Action\\':[\\'ec2:AuthorizeSecurityGroupIngress\\',\\'ec2:RevokeSecurityGroupIngress\\'],\\'Resource\\':\\'arn:aws:ec2:eu-central-1:111122223333:security-group/sg-0a1b2c3d4e5f60718\\'}]}'
                        """).toString());
        assertThat(full.resources("infrastructure", "aws_iam_role").all())
                .doesNotContainKey("cluster_auto-mode_node-role");
        assertThat(full.resources("infrastructure", "aws_eks_cluster")
                        .get("cluster")
                        .path("compute_config"))
                .isEqualTo(json("{'enabled': true, 'node_pools': ['system'],"
                        + " 'node_role_arn': 'arn:aws:iam::111122223333:role/nodes/auto-node'}"));
    }

    @Test
    void aNodeClassHasTheSubnetsAndTheSecurityGroupOfTheCluster() throws IOException {
        EnvironmentText text = environment(NETWORK + """
                cluster: {version: "1.36", autoMode: {nodeClasses: {large: {ephemeralStorage: {sizeGib: 200}}}}}
                """);
        JsonNode spec = text.objects().get("NodeClass large").path("spec");
        assertThat(spec.path("subnetSelectorTerms").asText())
                .matches("\\$\\{\\[for id in sort\\(data\\.aws_eks_cluster\\.access_cluster_[0-9A-F]{8}"
                        + "\\.vpc_config\\[0]\\.subnet_ids\\) : \\{id = id}]}");
        assertThat(spec.at("/securityGroupSelectorTerms/0/id").asText())
                .matches("\\$\\{data\\.aws_eks_cluster\\.access_cluster_[0-9A-F]{8}"
                        + "\\.vpc_config\\[0]\\.cluster_security_group_id}");
        assertThat(spec.path("role").asText()).isEqualTo("shop-auto-node");
    }

    @Test
    void objectsComeAfterWhatTheyReferTo() throws IOException {
        EnvironmentText.Parts manifests = environment(NETWORK + """
                cluster:
                  version: "1.36"
                  autoMode: {nodeClasses: {own: {}}, nodePools: {own: {nodeClass: own}}, ingressClasses: {alb: {}}}
                """).resources("workloads", "kubernetes_manifest");
        assertThat(manifests
                        .get("manifests_nodepool-own_object")
                        .path("depends_on")
                        .toString())
                .contains("kubernetes_manifest.manifests_nodeclass-own_object_");
        assertThat(manifests
                        .get("manifests_ingressclass-alb_object")
                        .path("depends_on")
                        .toString())
                .contains("kubernetes_manifest.manifests_ingressclassparams-alb_object_");
    }

    @Test
    void anObjectOfAFileAndOneOfAutoModeAreDuplicates() throws IOException {
        Files.writeString(folder.resolve("pool.yaml"), """
                apiVersion: karpenter.sh/v1
                kind: NodePool
                metadata: {name: arm}
                spec: {template: {spec: {nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: default}, requirements: []}}}
                """);
        assertThat(environment(NETWORK + """
                cluster: {version: "1.36", autoMode: {nodePools: {arm: {architectures: [arm64]}}}}
                workloads: {manifests: [pool.yaml]}
                """).problems())
                .containsExactly(
                        "pool.yaml:1:1: duplicate object karpenter.sh/v1 NodePool arm, also at shop.yaml:5:56; fix: remove"
                                + " one of them, or give it another name or namespace");
    }

    @Test
    void aFindingIsAtItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster:
                  version: "1.36"
                  autoMode:
                    nodePools:
                      arm: {architectures: [arm64]}
                  capabilities:
                    kro: {}
                """);
        Map<String, String> lines = new HashMap<>();
        for (Synthesis.Written stack : Synthesis.write(List.of(Environment.read(file)), folder.resolve("out"))
                .written()) {
            TestJson.texts(stack.file().resolveSibling("sources.json"))
                    .forEach((address, place) -> lines.put(
                            address.replaceFirst("_[0-9A-F]{8}$", ""), place.replaceFirst(".*/shop.yaml:", "")));
        }
        assertThat(lines)
                .containsEntry("kubernetes_manifest.manifests_nodepool-arm_object", "9:12")
                .containsEntry("aws_eks_capability.capabilities_kro_capability", "11:10 cluster.capabilities.kro");
    }
}
