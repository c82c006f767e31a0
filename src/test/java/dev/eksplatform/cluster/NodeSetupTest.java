package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes together on nodes, and what does not. */
class NodeSetupTest {

    private static final NodeGroupSpec LINUX = NodeGroupSpec.of("m7g.large");
    private static final NodeGroupSpec BOTTLEROCKET = LINUX.withImage(NodeImage.BOTTLEROCKET);
    private static final NodeGroupSpec WINDOWS = NodeGroupSpec.of("m7i.large").withImage(NodeImage.WINDOWS_2022);
    private static final Optional<AmiReference> AMI = Optional.of(AmiReference.parse("ami-0a1b2c3d4e5f60718"));

    private static List<String> problems(NodeGroupSpec spec, UnaryOperator<NodeGroupSpec> change) {
        return ProblemsOf.making(() -> change.apply(spec));
    }

    @Test
    void anImageIsOneOfEks() {
        assertThat(ProblemsOf.making(() -> NodeImage.parse("windows-2016")))
                .containsExactly("\"windows-2016\" is not an image of EKS nodes; allowed: al2023, bottlerocket,"
                        + " windows-2019, windows-2019-full, windows-2022, windows-2022-full, windows-2025,"
                        + " windows-2025-full, ubuntu, or an AMI type such as AL2023_x86_64_NVIDIA; fix: did you mean"
                        + " windows-2019?");
        assertThat(ProblemsOf.making(() -> NodeImage.parse("AL2023_x86_64_NVIDEA")))
                .first()
                .asString()
                .endsWith("fix: did you mean AL2023_x86_64_NVIDIA?");
    }

    @ParameterizedTest
    @CsvSource({
        "m7g.large, BOTTLEROCKET_ARM_64_FIPS",
        "m7i.large, BOTTLEROCKET_x86_64_FIPS",
        "g6.xlarge, BOTTLEROCKET_x86_64_NVIDIA_FIPS",
        "g5g.xlarge, BOTTLEROCKET_ARM_64_NVIDIA_FIPS",
        "inf2.xlarge, BOTTLEROCKET_x86_64_FIPS"
    })
    void oneKeyChoosesTheVariantWithFips(String type, String amiType) {
        NodeGroupSpec spec =
                NodeGroupSpec.of(type).withImage(NodeImage.BOTTLEROCKET).withFips(true);
        assertThat(spec.setup().amiType().orElseThrow().name()).isEqualTo(amiType);
    }

    @Test
    void onlyBottlerocketHasFips() {
        assertThat(problems(LINUX, spec -> spec.withFips(true)))
                .containsExactly(
                        "fips: EKS has no al2023 with FIPS; allowed: image: bottlerocket, which it has; fix: use"
                                + " image: bottlerocket, or remove fips");
        assertThat(problems(
                        BOTTLEROCKET.withImage(NodeImage.parse("BOTTLEROCKET_ARM_64")), spec -> spec.withFips(true)))
                .containsExactly(
                        "fips: BOTTLEROCKET_ARM_64 says whether it is one with FIPS; allowed: image: bottlerocket,"
                                + " which it has; fix: remove fips");
    }

    @Test
    void anAmiTypeFitsTheInstanceTypes() {
        assertThat(problems(LINUX, spec -> spec.withImage(NodeImage.parse("AL2023_x86_64_STANDARD"))))
                .containsExactly(
                        "image: AL2023_x86_64_STANDARD is for x86_64, m7g.large is arm64; fix: use image: al2023,"
                                + " whose variant fits the types, or other types");
        assertThat(problems(LINUX, spec -> spec.withImage(NodeImage.parse("BOTTLEROCKET_ARM_64_NVIDIA"))))
                .containsExactly(
                        "image: BOTTLEROCKET_ARM_64_NVIDIA has a driver, m7g.large is without an accelerator; fix:"
                                + " use image: bottlerocket, whose variant fits the types, or other types");
    }

    @Test
    void anImageIsForSomeKubernetesVersions() {
        NodeGroupSpec newer = WINDOWS.withImage(NodeImage.WINDOWS_2025);
        assertThat(newer.versionIn(KubernetesVersion.parse("1.35"))).hasToString("1.35");
        assertThat(ProblemsOf.making(() -> newer.versionIn(KubernetesVersion.parse("1.34"))))
                .containsExactly(
                        "image: EKS has no image WINDOWS_CORE_2025_x86_64 for Kubernetes 1.34; allowed: 1.35 and"
                                + " newer; fix: use image: windows-2022");
        NodeGroupSpec older = LINUX.withImage(NodeImage.parse("AL2_ARM_64"));
        assertThat(older.versionIn(KubernetesVersion.parse("1.32"))).hasToString("1.32");
        assertThat(ProblemsOf.making(() -> older.versionIn(KubernetesVersion.parse("1.33"))))
                .containsExactly("image: EKS has no image AL2_ARM_64 for Kubernetes 1.33; allowed: up to 1.32; fix: use"
                        + " image: al2023");
    }

    @Test
    void aReleaseOfAmazonLinuxIsNoneOfBottlerocket() {
        assertThat(problems(BOTTLEROCKET, spec -> spec.withReleaseVersion(AmiRelease.parse("1.36.1-20261101"))))
                .containsExactly("releaseVersion: 1.36.1-20261101 is a release of another image; allowed: latest, or"
                        + " 1.50.0-1a2b3c4d (bottlerocket: its own version, and eight digits of the commit); fix: use"
                        + " latest");
    }

    @ParameterizedTest
    @CsvSource({"c4.large", "m6a.large", "m4.large"})
    void olderTypesDoNotRunWindows(String type) {
        assertThat(ProblemsOf.making(() -> WINDOWS.withInstanceTypes(List.of(type))))
                .containsExactly(
                        "instanceTypes[0]: " + type + " does not run Windows nodes; allowed: other types than c3, c4,"
                                + " d2, i2, m4 (except m4.16xlarge), m6a and r3; fix: use a type such as m7i.large");
    }

    @Test
    void theFirstGpusHaveNoDriver() {
        assertThat(ProblemsOf.making(() -> NodeGroupSpec.of("p2.xlarge")))
                .containsExactly(
                        "instanceTypes[0]: p2.xlarge needs an NVIDIA driver that no image of EKS has any more; fix:"
                                + " use a type such as g6.xlarge or p4d.24xlarge");
    }

    @Test
    void anAmiIsAnIdOrAParameter() {
        assertThat(AmiReference.parse("/images/nodes").isParameter()).isTrue();
        assertThat(new AmiReference("${data.aws_ami.own.id}").isParameter()).isFalse();
        assertThat(ProblemsOf.making(() -> AmiReference.parse("ami-123")))
                .containsExactly(
                        "\"ami-123\" is not an AMI; allowed: an id such as ami-0a1b2c3d4e5f60718, or the name of a"
                                + " parameter of Systems Manager that begins with /; fix: look it up with `aws ec2"
                                + " describe-images --owners self`");
    }

    @Test
    void anAmiHasItsOwnVersion() {
        assertThat(problems(LINUX, spec -> NodeGroupSpecBuilder.builder(spec)
                        .ami(AMI)
                        .version(Optional.of(KubernetesVersion.parse("1.36")))
                        .releaseVersion(AmiRelease.parse("1.36.1-20261101"))
                        .fips(true)
                        .build()))
                .containsExactly(
                        "version: the Kubernetes version is that of ami; fix: remove version, or ami",
                        "releaseVersion: 1.36.1-20261101 is a release of an image of EKS, and ami is another one; fix:"
                                + " remove releaseVersion, or ami",
                        "fips: fips is an image of EKS, and ami names another one; fix: remove fips");
        assertThat(problems(LINUX.withImage(NodeImage.parse("AL2023_ARM_64_STANDARD")), spec -> spec.withAmi(AMI)))
                .containsExactly("image: AL2023_ARM_64_STANDARD is an image of EKS, and ami names another one; fix: use"
                        + " image: al2023, its operating system");
    }

    @Test
    void ubuntuNeedsAnAmi() {
        assertThat(problems(LINUX, spec -> spec.withImage(NodeImage.UBUNTU)))
                .containsExactly("image: EKS has no image of Ubuntu; allowed: ubuntu with ami; fix: add ami:"
                        + " /aws/service/canonical/ubuntu/eks/24.04/1.35/stable/current/amd64/hvm/ebs-gp3/ami-id");
        assertThat(problems(LINUX.withAmi(AMI), spec -> spec.withImage(NodeImage.UBUNTU)))
                .isEmpty();
    }

    @Test
    void podsHaveALimitInTheImagesOfEks() {
        assertThat(problems(LINUX, spec -> spec.withMaxPods(Optional.of(111))))
                .containsExactly(
                        "maxPods: 111 pods; allowed: at most 110, or 250 on types with 30 vCPUs or more: EKS allows"
                                + " no more in its own images; fix: use 110");
        assertThat(problems(NodeGroupSpec.of("m7g.8xlarge"), spec -> spec.withMaxPods(Optional.of(250))))
                .isEmpty();
        assertThat(problems(LINUX.withAmi(AMI), spec -> spec.withMaxPods(Optional.of(400))))
                .isEmpty();
        assertThat(problems(LINUX, spec -> spec.withMaxPods(Optional.of(0))))
                .containsExactly(
                        "maxPods: 0 pods; allowed: 1 to 1000; fix: use 110, or what the subnets have addresses for");
        assertThat(problems(WINDOWS, spec -> spec.withMaxPods(Optional.of(20))))
                .containsExactly("maxPods: EKS sets the number of pods in its image windows-2022; allowed: al2023 and"
                        + " bottlerocket, or any image with ami; fix: remove it");
    }

    @Test
    void settingsAreForTheirImages() {
        Map<String, Object> kubelet = Map.of("podPidsLimit", 1024L);
        assertThat(problems(WINDOWS, spec -> spec.withKubelet(kubelet)))
                .containsExactly("kubelet: kubelet has no effect on windows-2022; allowed: kubelet is for al2023 and"
                        + " bottlerocket; fix: remove it");
        assertThat(problems(
                        BOTTLEROCKET, spec -> spec.withNodeadm(Map.of("featureGates", Map.of("FastImagePull", true)))))
                .containsExactly(
                        "nodeadm: nodeadm has no effect on bottlerocket; allowed: nodeadm is for al2023; fix: remove"
                                + " it");
        assertThat(problems(LINUX, spec -> spec.withBottlerocket(Map.of("motd", "hello"))))
                .containsExactly("bottlerocket: bottlerocket has no effect on al2023; allowed: bottlerocket is for"
                        + " bottlerocket; fix: remove it");
        assertThat(problems(
                        LINUX,
                        spec -> spec.withWindows(
                                WindowsNodeSpec.standard().withExcludedSnatCidrs(List.of(Cidr.parse("10.0.0.0/8"))))))
                .containsExactly("windows: windows has no effect on al2023; allowed: windows is for windows-2019,"
                        + " windows-2022 and windows-2025; fix: remove it");
        assertThat(problems(
                        WINDOWS,
                        spec -> spec.withWindows(WindowsNodeSpec.standard().withKubeletArguments(List.of("--v=4")))))
                .containsExactly("windows.kubeletArguments: EKS sets the arguments of its own images; fix: remove it");
    }

    @Test
    void fieldsOfTheKubeletAreChecked() {
        Map<String, Object> kubelet = Map.of(
                "podPidLimit", 1L,
                "clusterDomain", "shop.local",
                "maxPods", 20L,
                "cpuManagerPolicy", "statik",
                "serializeImagePulls", "no",
                "evictionHard", Map.of("memory.free", "5%", "nodefs.available", "lots"),
                "shutdownGracePeriod", "60",
                "kubeReserved", Map.of("cpu", 1L),
                "memorySwap", "LimitedSwap");
        assertThat(problems(LINUX, spec -> spec.withKubelet(kubelet)))
                .containsExactlyInAnyOrder(
                        "kubelet.podPidLimit: podPidLimit is not a field of KubeletConfiguration; fix: did you mean"
                                + " podPidsLimit?",
                        "kubelet.clusterDomain: clusterDomain cannot be set: the DNS names of EKS end in cluster.local; fix:"
                                + " remove it",
                        "kubelet.maxPods: maxPods cannot be set: use maxPods of the node group; fix: remove it",
                        "kubelet.cpuManagerPolicy: cpuManagerPolicy is \"statik\"; allowed: none, static; fix: did you mean"
                                + " static?",
                        "kubelet.serializeImagePulls: serializeImagePulls is \"no\"; allowed: true or false; fix: use true",
                        "kubelet.evictionHard[\"memory.free\"]: \"memory.free\" is nothing that evictionHard knows; allowed:"
                                + " memory.available, nodefs.available, nodefs.inodesFree, imagefs.available,"
                                + " imagefs.inodesFree, containerfs.available, containerfs.inodesFree, pid.available; fix:"
                                + " use one of them",
                        "kubelet.evictionHard[\"nodefs.available\"]: \"lots\" is not a quantity; allowed: a number, with a"
                                + " suffix n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or an exponent such as e3;"
                                + " fix: write it like 500m, 0.5, 128Mi or 1Gi",
                        "kubelet.shutdownGracePeriod: shutdownGracePeriod is \"60\"; allowed: a duration such as 30s, 5m or"
                                + " 1h30m; fix: write it with a unit",
                        "kubelet.kubeReserved.cpu: kubeReserved is 1; allowed: text; fix: write \"1\" in quotes",
                        "kubelet.memorySwap: memorySwap is \"LimitedSwap\"; allowed: a mapping with swapBehavior; fix: write"
                                + " {swapBehavior: …}");
    }

    @Test
    void fieldsOfTheKubeletGoTogether() {
        Map<String, Object> kubelet = Map.of(
                "evictionSoft",
                Map.of("memory.available", "10%"),
                "imageGCHighThresholdPercent",
                70L,
                "imageGCLowThresholdPercent",
                80L,
                "serializeImagePulls",
                true,
                "maxParallelImagePulls",
                5L,
                "memoryManagerPolicy",
                "Static");
        assertThat(problems(LINUX, spec -> spec.withKubelet(kubelet)))
                .containsExactly(
                        "kubelet.evictionSoft[\"memory.available\"]: a soft threshold without a grace period; fix: add"
                                + " evictionSoftGracePeriod: {memory.available: 1m30s}",
                        "kubelet.imageGCLowThresholdPercent: 80 is not less than imageGCHighThresholdPercent, 70; fix: use a"
                                + " lower one",
                        "kubelet.maxParallelImagePulls: 5 pulls at once, but serializeImagePulls is true; fix: remove one of"
                                + " them",
                        "kubelet.memoryManagerPolicy: the policy Static without reserved memory; fix: add reservedMemory:"
                                + " [{numaNode: 0, limits: {memory: …}}], the sum of what is reserved");
    }

    @Test
    void fieldsOfTheKubeletAreOfAKubernetesVersion() {
        NodeGroupSpec spec = LINUX.withKubelet(Map.of("crashLoopBackOff", Map.of("maxContainerRestartPeriod", "30s")));
        assertThat(spec.versionIn(KubernetesVersion.parse("1.36"))).hasToString("1.36");
        assertThat(ProblemsOf.making(() -> spec.versionIn(KubernetesVersion.parse("1.31"))))
                .containsExactly("kubelet.crashLoopBackOff.maxContainerRestartPeriod:"
                        + " crashLoopBackOff.maxContainerRestartPeriod is not a field of KubeletConfiguration in"
                        + " Kubernetes 1.31; allowed: 1.32 and newer; fix: remove it");
    }

    @Test
    void settingsOfBottlerocketAreChecked() {
        Map<String, Object> settings = Map.of(
                "kernel", Map.of("lockdown", "integrety", "sysctl", Map.of("vm.max_map_count", 262_144L)),
                "kubernetes", Map.of("cluster-name", "shop", "pod-pids-limit", 100L),
                "ecs", Map.of("cluster", "shop"),
                "motd", "\"it's\"",
                "hosts", List.of());
        assertThat(problems(BOTTLEROCKET, spec -> spec.withKubelet(Map.of("podPidsLimit", 1024L, "oomScoreAdj", 1L))
                        .withBottlerocket(settings)))
                .containsExactlyInAnyOrder(
                        "kubelet.oomScoreAdj: oomScoreAdj is nothing that Bottlerocket can set; fix: remove it, or"
                                + " use image: al2023");
        assertThat(problems(BOTTLEROCKET, spec -> NodeGroupSpecBuilder.builder(spec)
                        .kubelet(Map.of("podPidsLimit", 1024L))
                        .bottlerocket(settings)
                        .build()))
                .containsExactlyInAnyOrder(
                        "bottlerocket.kernel.lockdown: kernel.lockdown is \"integrety\"; allowed: none, integrity,"
                                + " confidentiality; fix: did you mean integrity?",
                        "bottlerocket.kernel.sysctl[\"vm.max_map_count\"]: kernel.sysctl is 262144; allowed: text; fix: write"
                                + " \"262144\" in quotes",
                        "bottlerocket.kubernetes.cluster-name: kubernetes.cluster-name cannot be set: EKS sets it; fix: remove"
                                + " it",
                        "bottlerocket.ecs: ecs cannot be set: it is for Amazon ECS; fix: remove it",
                        "bottlerocket.hosts: hosts is not a setting of Bottlerocket; fix: check its name",
                        "bottlerocket.motd: a text with both kinds of quotes, or with quotes and line ends; allowed: texts that"
                                + " TOML can hold without \\\", which EKS cannot merge; fix: use one kind of quotes, on one"
                                + " line",
                        "bottlerocket.kubernetes.pod-pids-limit: pod-pids-limit is given by kubelet, too; fix: remove one of"
                                + " them");
    }

    @Test
    void fieldsOfANodeConfigAreChecked() {
        assertThat(problems(
                        LINUX,
                        spec -> spec.withNodeadm(Map.of(
                                "cluster", Map.of("name", "shop"),
                                "kubelet", Map.of("config", Map.of(), "flags", "--v=4"),
                                "instance", Map.of("localStorage", Map.of("disabledMounts", List.of("PodLog")))))))
                .containsExactlyInAnyOrder(
                        "nodeadm.cluster: cluster cannot be set: EKS sets it; fix: remove it",
                        "nodeadm.kubelet.config: kubelet.config cannot be set: use kubelet of the node group; fix: remove it",
                        "nodeadm.kubelet.flags: kubelet.flags is \"--v=4\"; allowed: a list; fix: write [--v=4]",
                        "nodeadm.instance.localStorage.disabledMounts[0]: instance.localStorage.disabledMounts is \"PodLog\";"
                                + " allowed: Containerd, PodLogs, SOCI; fix: did you mean PodLogs?");
    }

    @Test
    void instanceStoresAreOnTypesThatHaveThem() {
        assertThat(problems(LINUX, spec -> spec.withInstanceStore(Optional.of(InstanceStore.RAID0))))
                .containsExactly(
                        "instanceStore: m7g.large has 0 NVMe instance store disks; allowed: raid0 needs 1 or more;"
                                + " fix: use types such as m7gd.large or i4i.16xlarge, or remove instanceStore");
        NodeGroupSpec local = NodeGroupSpec.of("m7gd.16xlarge", "i4g.16xlarge");
        assertThat(problems(local, spec -> spec.withInstanceStore(Optional.of(InstanceStore.RAID10))))
                .containsExactly(
                        "instanceStore: m7gd.16xlarge has 2 NVMe instance store disks; allowed: raid10 needs 4 or"
                                + " more; fix: use types such as m7gd.large or i4i.16xlarge, or remove instanceStore");
        assertThat(problems(
                        local.withImage(NodeImage.BOTTLEROCKET),
                        spec -> spec.withInstanceStore(Optional.of(InstanceStore.MOUNT))))
                .containsExactly(
                        "instanceStore: Bottlerocket has no mount; allowed: raid0; fix: use raid0, or image: al2023");
        assertThat(problems(
                        NodeGroupSpec.of("m6id.large").withImage(NodeImage.WINDOWS_2022),
                        spec -> spec.withInstanceStore(Optional.of(InstanceStore.RAID0))))
                .containsExactly(
                        "instanceStore: instanceStore has no effect on windows-2022; allowed: instanceStore is for"
                                + " al2023 and bottlerocket; fix: remove it, and use the disks in userData");
    }

    @Test
    void mirrorsAreHttps() {
        assertThat(problems(
                        LINUX,
                        spec -> spec.withRegistryMirrors(
                                Map.of("docker.io", List.of("mirror.example.com"), "https://ghcr.io", List.of()))))
                .containsExactlyInAnyOrder(
                        "registryMirrors[\"docker.io\"][0]: \"mirror.example.com\" is not the URL of a mirror; allowed:"
                                + " https://HOST[/PATH]; fix: write it like https://mirror.example.com",
                        "registryMirrors[\"https://ghcr.io\"]: \"https://ghcr.io\" is not a registry; allowed: a host, or *"
                                + " for all; fix: write it like docker.io",
                        "registryMirrors[\"https://ghcr.io\"]: no mirror; fix: add one, such as https://mirror.example.com,"
                                + " or remove the registry");
    }

    @Test
    void scriptsAreForShells() {
        List<UserDataPart> script = List.of(new UserDataPart("echo hello"));
        assertThat(problems(LINUX, spec -> spec.withUserData(script)))
                .containsExactly(
                        "userData[0]: a text that cloud-init does not know; allowed: a first line that begins with"
                                + " #!, or is #cloud-config or #cloud-boothook; fix: begin with #!/bin/bash");
        assertThat(problems(BOTTLEROCKET, spec -> spec.withUserData(script)))
                .containsExactly("userData: Bottlerocket has no shell: it runs no scripts; allowed: bottlerocket:"
                        + " {bootstrap-commands: …} for commands of its API, {bootstrap-containers: …} for an image; fix:"
                        + " use one of these, or image: al2023");
        assertThat(problems(
                        WINDOWS,
                        spec -> spec.withUserData(
                                List.of(new UserDataPart("<powershell>Write-Host 'x'</powershell>")))))
                .containsExactly("userData[0]: the tag <powershell>, which is added; fix: remove the tags");
        assertThat(problems(
                        LINUX,
                        spec -> spec.withUserData(
                                List.of(new UserDataPart("#!/bin/bash\n/etc/eks/bootstrap.sh shop")))))
                .containsExactly(
                        "userData[0]: commands that start the kubelet; allowed: nothing that joins the cluster,"
                                + " which EKS adds; fix: remove them, and use kubelet, maxPods, labels and taints of the group");
        assertThat(ProblemsOf.making(() -> UserDataPart.parse(" ")))
                .containsExactly(
                        "an empty part; allowed: a script, or a document of cloud-init; fix: write it, or remove it");
    }

    @Test
    void userDataFitsIntoItsLimit() {
        String script = "#!/bin/bash\n" + "#".repeat(16_200);
        assertThat(problems(LINUX, spec -> spec.withUserData(List.of(new UserDataPart(script + "#".repeat(200))))))
                .containsExactly(
                        "userData: user data of 16583 bytes; allowed: at most 16384 with settings and scripts; fix:"
                                + " let a short script fetch the rest from S3");
        assertThat(problems(LINUX, spec -> spec.withUserData(List.of(new UserDataPart(script.substring(500))))))
                .hasSize(1);
        assertThat(problems(
                        LINUX,
                        spec -> spec.withUserData(List.of(new UserDataPart("#!/bin/bash\n" + "#".repeat(16_000))))))
                .isEmpty();
        assertThat(problems(
                        LINUX.withAmi(AMI),
                        spec -> spec.withUserData(List.of(new UserDataPart("#!/bin/bash\n" + "#".repeat(16_000))))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("userData: user data of ");
    }

    @Test
    void theMetadataServiceHasALimit() {
        assertThat(MetadataOptionsSpec.standard().hopLimit()).isEqualTo(1);
        assertThat(ProblemsOf.making(() -> MetadataOptionsSpec.standard().withHopLimit(0)))
                .containsExactly(
                        "hopLimit: 0 hops; allowed: 1 to 64; fix: use 1, or 2 when pods must reach the metadata service");
    }

    @Test
    void argumentsOfWindowsAreWithoutQuotes() {
        assertThat(ProblemsOf.making(
                        () -> WindowsNodeSpec.standard().withKubeProxyArguments(List.of("-v 4", "--v='$x'", "--v=4"))))
                .containsExactly(
                        "kubeProxyArguments[0]: \"-v 4\" is not an argument; allowed: --name=value without blanks, quotes, `"
                                + " and $; fix: write it like --v=4",
                        "kubeProxyArguments[1]: \"--v='$x'\" is not an argument; allowed: --name=value without blanks, quotes,"
                                + " ` and $; fix: write it like --v=4");
    }
}
