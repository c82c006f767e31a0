package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Add-ons for certificates, gateways and networks of pods, from the text of an environment to the resources, and what is refused of them. */
class NetworkAddonsTest {

    private static final String NETWORK = "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}\n";
    private static final String CLUSTER = "cluster: {version: \"1.36\"}\n";
    private static final String NODES = "nodeGroups: {general: {instanceTypes: [m7g.large]}}\n";
    private static final String NO_POLICIES =
            "cluster: {version: \"1.36\", addons: {vpc-cni: {configuration: {enableNetworkPolicy: \"false\"}}}}\n";

    @TempDir
    private Path folder;

    private EnvironmentText environment(String text) {
        return EnvironmentText.of(folder, NETWORK + text);
    }

    private static List<String> dependencies(JsonNode resource) {
        return Stream.of(resource.path("depends_on"))
                .flatMap(list -> list.valueStream())
                .map(name -> name.asText().replaceFirst("_[0-9A-F]{8}$", ""))
                .toList();
    }

    private static JsonNode release(EnvironmentText.Parts releases, String name) {
        return releases.all().values().stream()
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theCrdsOfTheGatewayApiComeBeforeEveryChart() throws IOException {
        JsonNode platform = environment(CLUSTER + NODES + "addons: {cert-manager: {}, gateway-api: {}}\n")
                .stacks()
                .get("platform");
        EnvironmentText.Parts crds = EnvironmentText.resources(platform, "kubernetes_manifest");
        EnvironmentText.Parts releases = EnvironmentText.resources(platform, "helm_release");

        assertThat(crds.all()).hasSize(10).allSatisfy((name, crd) -> {
            assertThat(crd.at("/manifest/kind").asText()).isEqualTo("CustomResourceDefinition");
            assertThat(crd.at("/field_manager/force_conflicts").asBoolean()).isTrue();
            assertThat(crd.path("manifest").has("status")).isFalse();
        });
        assertThat(dependencies(release(releases, "cert-manager")))
                .filteredOn(name -> name.startsWith("kubernetes_manifest."))
                .hasSize(10);
        assertThat(release(releases, "cert-manager").path("values").get(0).asText())
                .contains("\"enableGatewayAPI\":true");
    }

    @Test
    void crdsNeedNoAddon() throws IOException {
        EnvironmentText.Parts stacks = environment(CLUSTER + NODES + "addons: {gateway-api: {channel: experimental}}\n")
                .stacks();

        assertThat(EnvironmentText.resources(stacks.get("platform"), "kubernetes_manifest")
                        .all())
                .hasSizeGreaterThan(10);
        assertThat(EnvironmentText.resources(stacks.get("platform"), "helm_release")
                        .all())
                .isEmpty();
    }

    @Test
    void issuersAndClassesComeWithTheWorkloads() throws IOException {
        EnvironmentText.Parts objects = environment(CLUSTER + NODES + """
                addons:
                  gateway-api: {}
                  cert-manager: {zones: [Z0123456789ABCDEFGHIJ], issuers: {letsencrypt: {email: platform@example.com}}}
                  aws-privateca-issuer: {issuers: {internal: "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"}}
                  aws-load-balancer-controller: {gatewayClasses: {public: {scheme: internet-facing}}}
                  aws-gateway-api-controller: {serviceNetwork: shop}
                """).objects();

        assertThat(objects.all())
                .containsOnlyKeys(
                        "AWSPCAClusterIssuer internal",
                        "ClusterIssuer letsencrypt",
                        "GatewayClass amazon-vpc-lattice",
                        "GatewayClass public",
                        "LoadBalancerConfiguration public");
        assertThat(objects.all().values())
                .filteredOn(object -> object.path("metadata").has("namespace"))
                .extracting(object -> object.path("kind").asText())
                .containsExactly("LoadBalancerConfiguration");
    }

    @Test
    void policiesOfFeaturesAreManagedPoliciesOfTheRole() throws IOException {
        EnvironmentText.Parts policies = EnvironmentText.resources(
                environment(CLUSTER + NODES + """
                addons:
                  aws-load-balancer-controller: {globalAccelerator: true, certificateZones: [Z0123456789ABCDEFGHIJ]}
                """).stacks().get("infrastructure"), "aws_iam_policy");

        assertThat(policies.all().values())
                .extracting(policy -> policy.path("name").asText())
                .contains(
                        "shop-kube-system-aws-load-balancer-controller",
                        "shop-kube-system-aws-load-balancer-controller-certificates",
                        "shop-kube-system-aws-load-balancer-controller-global-accelerator");
    }

    @Test
    void nodesAcceptWhatLatticeSends() throws IOException {
        JsonNode infrastructure = environment(CLUSTER + NODES + """
                addons: {gateway-api: {}, aws-gateway-api-controller: {}}
                """).stacks().get("infrastructure");

        assertThat(infrastructure.at("/data/aws_ec2_managed_prefix_list"))
                .extracting(list -> list.path("name").asText())
                .containsExactlyInAnyOrder(
                        "com.amazonaws.eu-central-1.vpc-lattice", "com.amazonaws.eu-central-1.ipv6.vpc-lattice");
        assertThat(EnvironmentText.resources(infrastructure, "aws_vpc_security_group_ingress_rule")
                        .all())
                .hasEntrySatisfying("addons_aws-gateway-api-controller-traffic_ipv4", rule -> {
                    assertThat(rule.path("ip_protocol").asText()).isEqualTo("-1");
                    assertThat(rule.path("prefix_list_id").asText())
                            .matches("\\$\\{data\\.aws_ec2_managed_prefix_list\\..*\\.id}");
                    assertThat(rule.path("security_group_id").asText()).startsWith("${aws_security_group.");
                })
                .containsKey("addons_aws-gateway-api-controller-traffic_ipv6");
    }

    @Test
    void onAutoModePodsHaveTheClusterSecurityGroup() throws IOException {
        JsonNode infrastructure = environment("""
                cluster: {version: "1.36", autoMode: {}}
                addons: {gateway-api: {}, aws-gateway-api-controller: {}}
                """).stacks().get("infrastructure");

        assertThat(EnvironmentText.resources(infrastructure, "aws_vpc_security_group_ingress_rule")
                        .get("addons_aws-gateway-api-controller-traffic_ipv4")
                        .path("security_group_id")
                        .asText())
                .endsWith(".vpc_config[0].cluster_security_group_id}");
    }

    @Test
    void thePartsOfIstioComeOneAfterTheOther() throws IOException {
        JsonNode platform =
                environment(CLUSTER + NODES + "addons: {istio: {}}\n").stacks().get("platform");
        EnvironmentText.Parts releases = EnvironmentText.resources(platform, "helm_release");

        assertThat(releases.all().values())
                .extracting(one -> one.path("chart").asText())
                .containsExactlyInAnyOrder("base", "istiod", "cni", "ztunnel");
        assertThat(dependencies(release(releases, "istio-ztunnel")))
                .filteredOn(name -> name.startsWith("helm_release."))
                .hasSize(2);
        assertThat(EnvironmentText.resources(platform, "kubernetes_namespace_v1")
                        .all()
                        .values())
                .singleElement()
                .satisfies(namespace -> assertThat(namespace
                                .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                                .asText())
                        .isEqualTo("privileged"));
    }

    @Test
    void whatNeedsTheCrdsIsAnErrorWithoutThem() throws IOException {
        assertThat(environment(CLUSTER + NODES + """
                addons:
                  cert-manager: {issuers: {a: {email: a@example.com, solver: http01, gateway: edge/public}}}
                  aws-load-balancer-controller: {gatewayClasses: {public: {}}}
                  aws-gateway-api-controller: {}
                """).problems())
                .containsExactly(
                        "shop.yaml:8:17 addons.cert-manager: needs gateway-api, which is not in this environment; fix: add"
                                + " addons: {gateway-api: {}}",
                        "shop.yaml:9:33 addons.aws-load-balancer-controller: needs gateway-api, which is not in this"
                                + " environment; fix: add addons: {gateway-api: {}}",
                        "shop.yaml:10:31 addons.aws-gateway-api-controller: needs gateway-api, which is not in this"
                                + " environment; fix: add addons: {gateway-api: {}}");
    }

    @Test
    void crdsThatAreAppliedTwiceAreErrors() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("objects")).resolve("crds.yaml"), """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: gateways.gateway.networking.k8s.io}
                spec: {group: gateway.networking.k8s.io, names: {kind: Gateway, plural: gateways}, scope: Namespaced, versions: [{name: v1, served: true, storage: true}]}
                """);
        assertThat(environment(CLUSTER + NODES + """
                addons:
                  gateway-api: {}
                  helm:
                    crds: {chart: gateway-crds-helm, repository: "oci://docker.io/envoyproxy", chartVersion: 1.8.0, namespace: edge}
                workloads: {manifests: [objects/*.yaml]}
                """).problems())
                .containsExactly(
                        "shop.yaml:10:11 addons.helm.crds: gateway-crds-helm brings the CRDs of the Gateway API, which"
                                + " addons.gateway-api applies; fix: remove one of them",
                        "objects/crds.yaml:3:18 metadata.name: addons.gateway-api applies the CRD"
                                + " gateways.gateway.networking.k8s.io already; fix: remove the document, or"
                                + " addons.gateway-api");
    }

    @Test
    void openShiftHasTheCrdsItself() throws IOException {
        assertThat(EnvironmentText.of(folder, """
                cluster:
                  rosa: {clusterName: shop, apiUrl: "https://api.shop.example.com:6443", oidcProvider: oidc.example.com/shop}
                addons: {gateway-api: {}}
                """).problems()).anySatisfy(problem -> assertThat(problem)
                .endsWith("addons.gateway-api: gateway-api is not supported on ROSA: OpenShift has the CRDs itself;"
                        + " fix: remove it"));
    }

    @Test
    void thePrivateCaIssuerNeedsCertManagerAndAnAuthority() throws IOException {
        assertThat(environment(CLUSTER + NODES + "addons: {aws-privateca-issuer: {}}\n")
                        .problems())
                .containsExactly(
                        "shop.yaml:7:32 addons.aws-privateca-issuer.issuers: no certificate authority that it may use; fix:"
                                + " add issuers: {internal: ARN}, or authorities: [ARN]",
                        "shop.yaml:7:32 addons.aws-privateca-issuer: does nothing without cert-manager; fix: add addons:"
                                + " {cert-manager: {}}");
        assertThat(environment("cluster: {version: \"1.36\", addons: {cert-manager: {}}}\n" + NODES + """
                addons: {aws-privateca-issuer: {policies: [AWSCertificateManagerPrivateCAUser]}}
                """)
                        .problems())
                .isEmpty();
    }

    @Test
    void ciliumIsNotBesideAnotherNetworkOfPods() throws IOException {
        assertThat(environment(CLUSTER + NODES + "addons: {cilium: {}}\n").problems())
                .containsExactly("shop.yaml:7:18 addons.cilium: the VPC CNI enforces network policies, too; fix: add"
                        + " cluster.addons: {vpc-cni: {configuration: {enableNetworkPolicy: \"false\"}}}");
        assertThat(environment(NO_POLICIES + NODES + "addons: {cilium: {}}\n").problems())
                .isEmpty();
        assertThat(environment("cluster: {version: \"1.36\", autoMode: {}}\naddons: {cilium: {}}\n")
                        .problems())
                .containsExactly(
                        "shop.yaml:6:18 addons.cilium: cilium on a cluster with EKS Auto Mode, whose nodes take no"
                                + " other network plugin; fix: remove it, and set cluster.autoMode.networkPolicies: true");
        assertThat(environment(NO_POLICIES.replace(
                                        "addons:",
                                        "ipFamily: ipv6, remoteNetwork: {nodeNetworks: [10.80.0.0/16]}, addons:")
                                + NODES
                                + "addons: {cilium: {}}\n")
                        .problems())
                .contains(
                        "shop.yaml:7:18 addons.cilium: hybrid nodes have no VPC CNI, but a Cilium of their own in the same"
                                + " namespace; fix: remove it, or cluster.remoteNetwork",
                        "shop.yaml:7:18 addons.cilium.values: pods have IPv6 addresses, for which cilium is not configured;"
                                + " fix: add values: {ipv4: {enabled: false}, ipv6: {enabled: true}}");
    }

    @Test
    void whatIsOnEveryNodeNeedsNodes() throws IOException {
        String fargate = NO_POLICIES + "fargate: {all: {selectors: [{namespace: kube-system}]}}\n";

        assertThat(environment(fargate + "addons: {cilium: {}, istio: {}}\n").problems())
                .containsExactly(
                        "shop.yaml:7:18 addons.cilium: its agent runs on every node, and the cluster has only Fargate; fix:"
                                + " add a node group, or remove it",
                        "shop.yaml:7:29 addons.istio: its CNI plugin runs on every node, and the cluster has only Fargate;"
                                + " fix: add a node group, or remove it");
        assertThat(environment(fargate + "addons: {istio: {mode: sidecar, cni: false}}\n")
                        .problems())
                .containsExactly(
                        "shop.yaml:7:17 addons.istio: its sidecars need the capability NET_ADMIN without the CNI"
                                + " plugin, and the cluster has only Fargate; fix: add a node group, or remove it");
        assertThat(environment(fargate + NODES + "addons: {cilium: {}, istio: {}}\n")
                        .problems())
                .isEmpty();
    }

    @Test
    void issuersInAClosedNetworkAreAWarning() throws IOException {
        assertThat(EnvironmentText.of(folder, """
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], nat: none}
                cluster: {version: "1.36", endpoint: {private: true}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                addons:
                  cert-manager: {zones: [Z0123456789ABCDEFGHIJ], issuers: {letsencrypt: {email: platform@example.com}}}
                """).warnings())
                .contains(
                        "shop.yaml:8:59 addons.cert-manager.issuers: nodes without a route to the internet reach neither"
                                + " Let's Encrypt nor the API of Route 53; fix: set values: {https_proxy: …, no_proxy: …}, or use"
                                + " aws-privateca-issuer");
    }

    @Test
    void inAClosedNetworkTheControllersHaveEndpoints() throws IOException {
        JsonNode infrastructure = EnvironmentText.of(folder, """
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], nat: none}
                cluster: {version: "1.36", endpoint: {private: true}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                addons:
                  cert-manager: {}
                  gateway-api: {}
                  aws-gateway-api-controller: {}
                  aws-privateca-issuer: {issuers: {internal: "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"}}
                """).stacks().get("infrastructure");

        assertThat(infrastructure.at("/resource/aws_vpc_endpoint"))
                .extracting(endpoint -> endpoint.path("service_name").asText())
                .contains(
                        "com.amazonaws.eu-central-1.acm-pca",
                        "com.amazonaws.eu-central-1.tagging",
                        "com.amazonaws.eu-central-1.vpc-lattice");
    }
}
