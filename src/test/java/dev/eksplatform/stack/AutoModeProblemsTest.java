package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What EKS or Kubernetes would refuse of EKS Auto Mode, at its line. */
class AutoModeProblemsTest {

    private static final String NETWORK = "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}\n";
    private static final String CLUSTER = NETWORK + "cluster:\n  version: \"1.36\"\n  autoMode:\n";

    @TempDir
    private Path folder;

    private EnvironmentText environment(String text) {
        return EnvironmentText.of(folder, text);
    }

    @Test
    void whatIsBuiltInIsNotInstalledASecondTime() throws IOException {
        assertThat(environment(NETWORK + """
                cluster: {version: "1.36", autoMode: {}, addons: {aws-ebs-csi-driver: {}, vpc-cni: {}, metrics-server: {}}, nodeEgress: [{cidr: 0.0.0.0/0}]}
                addons:
                  aws-load-balancer-controller: {}
                  helm:
                    karpenter: {chart: karpenter, repository: "oci://public.ecr.aws/karpenter", chartVersion: 1.8.0, namespace: karpenter}
                    lb: {chart: aws-load-balancer-controller, repository: "https://charts.example.com", chartVersion: 3.5.0, namespace: lb}
                """).problems())
                .containsExactly(
                        "shop.yaml:5:71 cluster.addons.aws-ebs-csi-driver: EKS Auto Mode has aws-ebs-csi-driver built in,"
                                + " and the cluster has no node groups; fix: remove it",
                        "shop.yaml:5:84 cluster.addons.vpc-cni: EKS Auto Mode has vpc-cni built in, and the cluster has no"
                                + " node groups; fix: remove it",
                        "shop.yaml:5:121 cluster.nodeEgress: not used: nodes of EKS Auto Mode have the cluster security"
                                + " group, which lets them send everything; fix: remove it, and give a node class"
                                + " securityGroups of your own",
                        "shop.yaml:7:33 addons.aws-load-balancer-controller: EKS Auto Mode does itself what"
                                + " aws-load-balancer-controller does, and the cluster has no node groups; fix: remove it,"
                                + " and add cluster.autoMode.ingressClasses: {alb: {}}",
                        "shop.yaml:9:16 addons.helm.karpenter: EKS Auto Mode does itself what karpenter does, and the"
                                + " cluster has no node groups; fix: remove it",
                        "shop.yaml:10:9 addons.helm.lb: EKS Auto Mode does itself what aws-load-balancer-controller does,"
                                + " and the cluster has no node groups; fix: remove it, and add"
                                + " cluster.autoMode.ingressClasses: {alb: {}}");
    }

    @Test
    void withNodeGroupsTheyAreForThose() throws IOException {
        EnvironmentText mixed = environment(NETWORK + """
                cluster: {version: "1.36", autoMode: {}, addons: {aws-ebs-csi-driver: {}}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                addons: {aws-load-balancer-controller: {}}
                """);
        assertThat(mixed.problems()).isEmpty();
        assertThat(mixed.warnings())
                .containsExactly(
                        "shop.yaml:7:40 addons.aws-load-balancer-controller: two load balancer controllers: a load balancer stays"
                                + " with the one that created it, and a Service without loadBalancerClass belongs to this one;"
                                + " fix: name loadBalancerClass eks.amazonaws.com/nlb, and ingress classes of cluster.autoMode, for"
                                + " what is new");
    }

    @Test
    void withoutBuiltInNodePoolsNothingRunsBeforeTheWorkloads() throws IOException {
        assertThat(environment(CLUSTER + """
                    builtInNodePools: []
                    nodePools: {arm: {}}
                """).problems())
                .containsExactly(
                        "shop.yaml:9:22 cluster.autoMode.nodePools.arm.nodeClass: the node class default comes with the"
                                + " built-in node pools, and there are none; fix: name a class of nodeClasses, or remove"
                                + " builtInNodePools: []");
        assertThat(environment(CLUSTER + """
                    builtInNodePools: []
                addons: {cert-manager: {}}
                """).problems())
                .containsExactly(
                        "shop.yaml:8:23 cluster.autoMode.builtInNodePools: no node is there for cert-manager: node pools"
                                + " of the environment come with the workloads, after it; fix: use builtInNodePools: [system], or"
                                + " [general-purpose]");
    }

    @Test
    void fargateNeedsDnsThatComesBeforeTheWorkloads() throws IOException {
        assertThat(environment(CLUSTER + """
                    builtInNodePools: []
                fargate: {batch: {selectors: [{namespace: batch}]}}
                """).problems())
                .containsExactly(
                        "shop.yaml:8:23 cluster.autoMode.builtInNodePools: no node is there for coredns, which pods on"
                                + " Fargate need and no profile selects: node pools of the environment come with the workloads,"
                                + " after it; fix: use builtInNodePools: [system], or [general-purpose]");
    }

    @Test
    void hybridNodesNeedDnsOnNodesThatComeBeforeTheWorkloads() throws IOException {
        assertThat(environment(CLUSTER + """
                    builtInNodePools: []
                  remoteNetwork: {nodeNetworks: [10.80.0.0/16]}
                """).problems())
                .containsExactly(
                        "shop.yaml:8:23 cluster.autoMode.builtInNodePools: no node is there for coredns, which hybrid nodes"
                                + " need: node pools of the environment come with the workloads, after it; fix: use"
                                + " builtInNodePools: [system], or [general-purpose]");
        assertThat(environment(NETWORK + """
                cluster:
                  version: "1.36"
                  autoMode: {}
                  remoteNetwork: {nodeNetworks: [10.80.0.0/16]}
                  addons: {kube-proxy: {}, coredns: {}, eks-node-monitoring-agent: {}, vpc-cni: {}}
                """).problems())
                .containsExactly(
                        "shop.yaml:9:81 cluster.addons.vpc-cni: EKS Auto Mode has vpc-cni built in, and the cluster has no"
                                + " node groups; fix: remove it");
    }

    @Test
    void offNeedsAProviderThatKeepsTheCluster() throws IOException {
        assertThat(environment("providers: {aws: \"~> 6.12.0\"}\n" + CLUSTER + """
                    enabled: false
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                """)
                        .problems())
                .containsExactly(
                        "shop.yaml:9:14 cluster.autoMode.enabled: needs provider aws >= 6.13.0: older ones replace the"
                                + " cluster; allowed: >= 6.12.0, < 6.13.0, by providers.aws; fix: change providers.aws");
    }

    @Test
    void offMeansNothingElse() throws IOException {
        assertThat(environment(CLUSTER + """
                    enabled: false
                    nodeRole: arn:aws:iam::111122223333:role/auto-node
                    nodePools: {arm: {}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                """).problems())
                .containsExactly(
                        "shop.yaml:9:15 cluster.autoMode.nodeRole: not used: Auto Mode is off; fix: remove it, or enabled: false",
                        "shop.yaml:10:16 cluster.autoMode.nodePools: not used: Auto Mode is off; fix: remove it, or enabled:"
                                + " false");
    }

    @Test
    void namesAndReferences() throws IOException {
        assertThat(environment(CLUSTER + """
                    nodeRole: auto-node
                    nodeClasses: {default: {}}
                    nodePools:
                      system: {}
                      Arm: {nodeClass: large}
                    storageClasses: {a: {isDefault: true}, b: {isDefault: true}}
                """).problems())
                .containsExactly(
                        "shop.yaml:8:15 cluster.autoMode.nodeRole: \"auto-node\" is not the ARN of an IAM role; allowed:"
                                + " arn:aws:iam::ACCOUNT:role/NAME; fix: copy it from `aws iam get-role --role-name"
                                + " NAME --query Role.Arn`",
                        "shop.yaml:9:28 cluster.autoMode.nodeClasses.default: default belongs to EKS, which undoes changes; fix:"
                                + " choose another name",
                        "shop.yaml:11:15 cluster.autoMode.nodePools.system: system belongs to EKS, which undoes changes; fix:"
                                + " choose another name",
                        "shop.yaml:12:12 cluster.autoMode.nodePools.Arm: \"Arm\" is not a name; allowed: 1 to 63 lower case letters,"
                                + " digits and -, with a letter or digit at both ends; fix: write it like general-arm",
                        "shop.yaml:12:24 cluster.autoMode.nodePools.Arm.nodeClass: large is not in nodeClasses; allowed:"
                                + " default; fix: add nodeClasses: {large: {}}, or use one of those",
                        "shop.yaml:13:59 cluster.autoMode.storageClasses.b.isDefault: a second default beside a; fix: remove"
                                + " isDefault from one of them");
    }

    @Test
    void aNodePool() throws IOException {
        assertThat(environment(CLUSTER + """
                    nodePools:
                      arm:
                        architectures: [arm64]
                        instanceTypes: [t3.small, m7i.large]
                        zones: [eu-central-1c, us-east-1a]
                        labels: {karpenter.sh/x: a}
                        limits: {cpus: "64", memory: lots}
                        weight: 101
                        expireAfterHours: 1000
                        requirements:
                          - {key: karpenter.k8s.aws/instance-cpu, operator: gt, values: [a]}
                          - {key: kubernetes.io/os, values: [linux]}
                        disruption: {budgets: [{nodes: many, schedule: "9"}]}
                      fixed: {replicas: 2, weight: 2, limits: {cpu: "1"}}
                """).problems())
                .containsExactly(
                        "shop.yaml:12:17 cluster.autoMode.nodePools.arm.zones[0]: the node class default has no subnet in"
                                + " eu-central-1c; allowed: [eu-central-1a, eu-central-1b]; fix: use one of those, or a"
                                + " node class with subnets in eu-central-1c",
                        "shop.yaml:12:32 cluster.autoMode.nodePools.arm.zones[1]: us-east-1a is not a zone of"
                                + " eu-central-1; fix: use a zone of the network",
                        "shop.yaml:13:34 cluster.autoMode.nodePools.arm.labels[\"karpenter.sh/x\"]: karpenter.sh/x is"
                                + " reserved: Auto Mode sets it; fix: use a prefix of your own, or requirements to choose"
                                + " nodes by it",
                        "shop.yaml:14:24 cluster.autoMode.nodePools.arm.limits.cpus: \"cpus\" is not a resource of nodes;"
                                + " allowed: [aws.amazon.com/neuron, cpu, ephemeral-storage, memory, nodes,"
                                + " nvidia.com/gpu, pods]; fix: use cpu or memory",
                        "shop.yaml:14:38 cluster.autoMode.nodePools.arm.limits.memory: \"lots\" is not a quantity;"
                                + " allowed: a number, with a suffix n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or"
                                + " an exponent such as e3; fix: write it like 500m, 0.5, 128Mi or 1Gi",
                        "shop.yaml:15:17 cluster.autoMode.nodePools.arm.weight: 101; allowed: 1 to 100; fix: use 10",
                        "shop.yaml:16:27 cluster.autoMode.nodePools.arm.expireAfterHours: 1000 hours; allowed: 1 to 504:"
                                + " nodes of Auto Mode live 21 days at most; fix: use 336",
                        "shop.yaml:18:73 cluster.autoMode.nodePools.arm.requirements[0].values: [a] with gt; allowed: one"
                                + " number; fix: write it like [\"4\"]",
                        "shop.yaml:20:40 cluster.autoMode.nodePools.arm.disruption.budgets[0].nodes: \"many\" is not a"
                                + " number of nodes; allowed: a number or a percentage; fix: write it like 10%",
                        "shop.yaml:21:36 cluster.autoMode.nodePools.fixed.weight: a weight of a pool with replicas; fix:"
                                + " remove weight or replicas",
                        "shop.yaml:21:53 cluster.autoMode.nodePools.fixed.limits.cpu: a limit of a pool with replicas;"
                                + " allowed: only nodes; fix: remove it, or replicas");
    }

    @Test
    void aNodePoolOfWhatAutoModeDoesNotHave() throws IOException {
        assertThat(environment(CLUSTER + """
                    nodePools:
                      arm:
                        instanceTypes: [t3.small]
                        requirements:
                          - {key: karpenter.k8s.aws/instance-cpu, values: ["4"]}
                          - {key: kubernetes.io/os, values: [linux]}
                """).problems())
                .containsExactly(
                        "shop.yaml:10:25 cluster.autoMode.nodePools.arm.instanceTypes[0]: t3.small is too small for Auto"
                                + " Mode; allowed: types with more than one vCPU, of size medium or larger; fix: use a"
                                + " larger type, such as m7g.large",
                        "shop.yaml:12:19 cluster.autoMode.nodePools.arm.requirements[0].key:"
                                + " karpenter.k8s.aws/instance-cpu is a label of Karpenter's own nodes; fix: use"
                                + " eks.amazonaws.com/instance-cpu",
                        "shop.yaml:13:19 cluster.autoMode.nodePools.arm.requirements[1].key: kubernetes.io/os is not"
                                + " supported: nodes of Auto Mode run Linux; fix: remove the requirement");
    }

    @Test
    void instanceTypesHaveAnArchitectureOfThePool() throws IOException {
        assertThat(environment(CLUSTER + "    nodePools: {arm: {architectures: [arm64], instanceTypes: [m7i.large]}}\n")
                        .problems())
                .containsExactly(
                        "shop.yaml:8:63 cluster.autoMode.nodePools.arm.instanceTypes[0]: m7i.large is x86_64, the pool has"
                                + " [arm64]; fix: add x86_64 to architectures, or remove the type");
    }

    @Test
    void zonesOfANodePoolHaveASubnet() throws IOException {
        assertThat(environment("""
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b, eu-central-1c]}
                cluster:
                  version: "1.36"
                  autoMode:
                    nodeClasses: {three: {subnets: [{tags: {example.com/tier: nodes}}]}}
                    nodePools:
                      one: {zones: [eu-central-1c, us-east-1a]}
                      two: {nodeClass: three, zones: [eu-central-1c]}
                """).problems())
                .containsExactly(
                        "shop.yaml:10:21 cluster.autoMode.nodePools.one.zones[0]: the node class default has no subnet in"
                                + " eu-central-1c; allowed: [eu-central-1a, eu-central-1b]; fix: use one of those, or a node class"
                                + " with subnets in eu-central-1c",
                        "shop.yaml:10:36 cluster.autoMode.nodePools.one.zones[1]: us-east-1a is not a zone of eu-central-1; fix:"
                                + " use a zone of the network");
    }

    @Test
    void aNodeClass() throws IOException {
        assertThat(environment(CLUSTER + """
                    nodeClasses:
                      own:
                        subnets: [{}, {name: a}, {id: vpc-0a1b2c3d}, {tags: {a: b}, owner: "111122223333"}]
                        securityGroups: [{id: sg-0a1b2c3d, name: a}]
                        podSubnets: [{id: subnet-0a1b2c3d}]
                        noProxy: [a]
                        tags: {"eks:cluster": a}
                        certificates: {a: MIIB}
                """).problems())
                .containsExactly(
                        "shop.yaml:10:19 cluster.autoMode.nodeClasses.own.subnets[0]: a term that selects nothing;"
                                + " allowed: either id or tags; fix: add id: subnet-…, or tags",
                        "shop.yaml:10:30 cluster.autoMode.nodeClasses.own.subnets[1].name: only security groups and"
                                + " images are selected by name; fix: use id or tags",
                        "shop.yaml:10:39 cluster.autoMode.nodeClasses.own.subnets[2].id: \"vpc-0a1b2c3d\" is not an id;"
                                + " allowed: subnet- and 8 to 17 hex digits; fix: copy it from the AWS console or CLI",
                        "shop.yaml:10:76 cluster.autoMode.nodeClasses.own.subnets[3].owner: only capacity reservations"
                                + " and images have an owner here; fix: remove owner",
                        "shop.yaml:11:26 cluster.autoMode.nodeClasses.own.securityGroups[0]: a term with more than one way"
                                + " to select; allowed: one of id, name and tags; fix: make a term of each, or keep one of"
                                + " them",
                        "shop.yaml:12:21 cluster.autoMode.nodeClasses.own.podSubnets: podSubnets without"
                                + " podSecurityGroups; allowed: both, or none of them; fix: add podSecurityGroups",
                        "shop.yaml:13:18 cluster.autoMode.nodeClasses.own.noProxy: exceptions without a proxy; fix: add"
                                + " httpsProxy, or remove noProxy",
                        "shop.yaml:14:31 cluster.autoMode.nodeClasses.own.tags[\"eks:cluster\"]: the tag eks:cluster is"
                                + " reserved for AWS and EKS; fix: use another key",
                        "shop.yaml:15:27 cluster.autoMode.nodeClasses.own.certificates.a: not a certificate in PEM;"
                                + " allowed: text that begins with -----BEGIN CERTIFICATE-----; fix: write it with | over"
                                + " several lines");
    }

    @Test
    void classesOfLoadBalancersAndVolumes() throws IOException {
        assertThat(environment(CLUSTER + """
                    ingressClasses:
                      alb: {certificateArns: [a], subnetIds: [subnet-0a1b2c3d], subnetTags: {a: [b]}, group: A}
                    storageClasses:
                      fast: {type: io2, throughputMibps: 200}
                      cold: {type: sc1, iops: 3000}
                """).problems())
                .containsExactly(
                        "shop.yaml:9:31 cluster.autoMode.ingressClasses.alb.certificateArns[0]: \"a\" is not the ARN of a"
                                + " certificate; allowed: arn:aws:acm:REGION:ACCOUNT:certificate/ID; fix: copy it from"
                                + " `aws acm list-certificates`",
                        "shop.yaml:9:46 cluster.autoMode.ingressClasses.alb.subnetIds: 1 given; allowed: at least two: an"
                                + " Application Load Balancer is placed in two zones or more; fix: add a subnet of another"
                                + " zone",
                        "shop.yaml:9:77 cluster.autoMode.ingressClasses.alb.subnetTags: subnetIds and subnetTags cannot be"
                                + " combined; fix: remove one of them",
                        "shop.yaml:9:94 cluster.autoMode.ingressClasses.alb.group: \"A\" is not a name; allowed: 1 to 63"
                                + " lower case letters, digits and -, with a letter or digit at both ends; fix: write it"
                                + " like shop",
                        "shop.yaml:11:13 cluster.autoMode.storageClasses.fast.iops: volumes of type io2 need iops; fix:"
                                + " add iops: 3000",
                        "shop.yaml:11:42 cluster.autoMode.storageClasses.fast.throughputMibps: volumes of type io2 have no"
                                + " throughput of their own; allowed: gp3; fix: remove throughputMibps",
                        "shop.yaml:12:31 cluster.autoMode.storageClasses.cold.iops: volumes of type sc1 have no iops;"
                                + " allowed: gp3, io1, io2; fix: remove iops");
    }

    @Test
    void nodesOfTheClassOfEksHaveNoTags() throws IOException {
        assertThat(environment("tags: {team: a}\n" + CLUSTER + "    nodePools: {arm: {}}\n")
                        .warnings())
                .containsExactly(
                        "shop.yaml:9:16 cluster.autoMode.nodePools: nodes of the node class default do not get the tags of"
                                + " the environment: it belongs to EKS; fix: add nodeClasses: {tagged: {}}, and nodeClass: tagged to the"
                                + " node pools");
    }

    @Test
    void nodesNeedOtherSubnetsThanTheControlPlane() throws IOException {
        String planned = CLUSTER.replace("1b]}", "1b], controlPlaneSubnets: planned}");
        assertThat(environment(planned + """
                    nodeClasses: {large: {}}
                """).problems())
                .containsExactly(
                        "shop.yaml:8:5 cluster.autoMode.builtInNodePools: nodes of general-purpose and system would run in"
                                + " network.controlPlaneSubnets, the only subnets that the node class default has; fix: remove"
                                + " network.controlPlaneSubnets, or set builtInNodePools: [], add network.subnetTags: {private:"
                                + " {example.com/nodes: shop}}, and subnets: [{tags: {example.com/nodes: shop}}] to node classes of"
                                + " your own",
                        "shop.yaml:8:26 cluster.autoMode.nodeClasses.large: its nodes would run in network.controlPlaneSubnets,"
                                + " which a node class without subnets has; fix: add network.subnetTags: {private:"
                                + " {example.com/nodes: shop}}, and subnets: [{tags: {example.com/nodes: shop}}] to it, or remove"
                                + " network.controlPlaneSubnets");
        assertThat(environment(planned.replace("planned}", "planned, subnetTags: {private: {example.com/nodes: shop}}}")
                                + """
                    builtInNodePools: []
                    nodeClasses: {large: {subnets: [{tags: {example.com/nodes: shop}}]}}
                    nodePools: {large: {nodeClass: large}}
                """)
                        .problems())
                .isEmpty();
    }

    @Test
    void settingsOfPodsAreThoseOfNodeClasses() throws IOException {
        String pods =
                CLUSTER.replace("1b]}", "1b], pods: {cidr: 100.64.0.0/16}}").replace("autoMode:", "autoMode: {}");
        assertThat(environment(pods).warnings())
                .containsExactly(
                        "shop.yaml:4:76 network.pods: not used: nodes of EKS Auto Mode give pods addresses of their own subnet"
                                + " in prefixes, or as their node class says, and the cluster has no node groups; fix: remove it,"
                                + " or name the subnets in podSubnets and podSecurityGroups of a node class");
        assertThat(environment(pods + "nodeGroups: {general: {instanceTypes: [m7g.large]}}\n")
                        .warnings())
                .noneMatch(warning -> warning.contains("network.pods: not used"));
    }

    @Test
    void aPrivateClusterHasNoLoadBalancersOnTheInternet() throws IOException {
        assertThat(environment(CLUSTER.replace("1b]}", "1b], privateCluster: true}") + """
                    ingressClasses: {alb: {scheme: internet-facing}, inside: {}}
                """)
                        .problems())
                .containsExactly(
                        "shop.yaml:8:36 cluster.autoMode.ingressClasses.alb.scheme: internet-facing load balancers with"
                                + " network.privateCluster, which has no internet gateway; fix: use internal");
    }

    @Test
    void zonesOfANetworkThatIsLookedUpAreThoseOfTheControlPlane() throws IOException {
        assertThat(environment("""
                network:
                  existing:
                    vpcTags: {Name: shared}
                    zones: [eu-central-1a, eu-central-1b, eu-central-1c]
                    privateSubnetTags: {tier: private}
                cluster: {version: "1.36", autoMode: {nodePools: {far: {zones: [eu-central-1c]}}}}
                """).problems())
                .containsExactly(
                        "shop.yaml:9:65 cluster.autoMode.nodePools.far.zones[0]: the node class default has no subnet in"
                                + " eu-central-1c; allowed: [eu-central-1a, eu-central-1b]; fix: use one of those, or a node"
                                + " class with subnets in eu-central-1c");
    }
}
