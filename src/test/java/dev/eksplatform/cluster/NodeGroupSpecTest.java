package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeGroupSpecTest {

    private static final NodeGroupSpec GENERAL = NodeGroupSpec.of("m7g.large");

    @Test
    void defaults() {
        assertThat(GENERAL.size()).isEqualTo(SizeSpec.of(1, 2, 3));
        assertThat(GENERAL.image()).isEqualTo(NodeImage.AL2023);
        assertThat(GENERAL.capacity()).isEqualTo(Capacity.ON_DEMAND);
        assertThat(GENERAL.diskGib()).isEqualTo(50);
        assertThat(GENERAL.autoscaled()).isFalse();
        assertThat(GENERAL.version()).isEmpty();
        assertThat(GENERAL.releaseVersion()).isEqualTo(AmiRelease.LATEST);
        assertThat(GENERAL.withSize(2, 6).size()).isEqualTo(SizeSpec.of(2, 2, 6));
    }

    @ParameterizedTest
    @CsvSource({
        "m7g.large, ARM64",
        "c7gn.16xlarge, ARM64",
        "a1.medium, ARM64",
        "g5g.xlarge, ARM64",
        "x2gd.metal, ARM64",
        "im4gn.large, ARM64",
        "m7i.large, X86_64",
        "m7a.large, X86_64",
        "g5.xlarge, X86_64",
        "g6.xlarge, X86_64",
        "p6-b200.48xlarge, X86_64",
        "p6e-gb200.36xlarge, ARM64",
        "t3.small, X86_64",
        "u-6tb1.56xlarge, X86_64"
    })
    void theArchitectureIsReadFromTheType(String type, Architecture architecture) {
        assertThat(InstanceType.find(type).flatMap(InstanceType::architecture)).contains(architecture);
    }

    @ParameterizedTest
    @CsvSource({
        "al2023, m7g.large, AL2023_ARM_64_STANDARD",
        "al2023, m7i.large, AL2023_x86_64_STANDARD",
        "al2023, g5.xlarge, AL2023_x86_64_NVIDIA",
        "al2023, gr6.4xlarge, AL2023_x86_64_NVIDIA",
        "al2023, p5en.48xlarge, AL2023_x86_64_NVIDIA",
        "al2023, g5g.xlarge, AL2023_ARM_64_NVIDIA",
        "al2023, p6e-gb200.36xlarge, AL2023_ARM_64_NVIDIA",
        "al2023, g4ad.xlarge, AL2023_x86_64_STANDARD",
        "al2023, inf2.xlarge, AL2023_x86_64_NEURON",
        "al2023, trn1n.32xlarge, AL2023_x86_64_NEURON",
        "bottlerocket, m7g.large, BOTTLEROCKET_ARM_64",
        "bottlerocket, m7i.large, BOTTLEROCKET_x86_64",
        "bottlerocket, g6.xlarge, BOTTLEROCKET_x86_64_NVIDIA",
        "bottlerocket, g5g.xlarge, BOTTLEROCKET_ARM_64_NVIDIA",
        "bottlerocket, inf2.xlarge, BOTTLEROCKET_x86_64",
        "AL2023_x86_64_STANDARD, g5.xlarge, AL2023_x86_64_STANDARD",
        "windows-2019, m7i.large, WINDOWS_CORE_2019_x86_64",
        "windows-2019-full, m7i.large, WINDOWS_FULL_2019_x86_64",
        "windows-2022-full, m7i.large, WINDOWS_FULL_2022_x86_64",
        "windows-2025, m7i.large, WINDOWS_CORE_2025_x86_64",
        "windows-2025-full, m7i.large, WINDOWS_FULL_2025_x86_64",
        "windows-2022, m7i.large, WINDOWS_CORE_2022_x86_64",
        "windows-2022, g5.xlarge, WINDOWS_CORE_2022_x86_64"
    })
    void theImageFitsArchitectureAndAccelerator(NodeImage image, String type, String amiType) {
        NodeSetup setup = NodeGroupSpec.of(type).withImage(image).setup();
        assertThat(setup.amiType().orElseThrow().name()).isEqualTo(amiType);
    }

    @ParameterizedTest
    @CsvSource({
        "al2023, m7g.large, /aws/service/eks/optimized-ami/1.36/amazon-linux-2023/arm64/standard/recommended/release_version",
        "al2023, m7i.large, /aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version",
        "al2023, g5.xlarge, /aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/nvidia/recommended/release_version",
        "al2023, g5g.xlarge, /aws/service/eks/optimized-ami/1.36/amazon-linux-2023/arm64/nvidia/recommended/release_version",
        "al2023, inf2.xlarge, /aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/neuron/recommended/release_version",
        "al2023, g4ad.xlarge, /aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version",
        "bottlerocket, m7g.large, /aws/service/bottlerocket/aws-k8s-1.36/arm64/latest/image_version",
        "bottlerocket, g6.xlarge, /aws/service/bottlerocket/aws-k8s-1.36-nvidia/x86_64/latest/image_version",
        "bottlerocket, inf2.xlarge, /aws/service/bottlerocket/aws-k8s-1.36/x86_64/latest/image_version",
        "AL2_ARM_64, m7g.large, /aws/service/eks/optimized-ami/1.36/amazon-linux-2-arm64/recommended/release_version",
        "AL2_x86_64_GPU, g5.xlarge, /aws/service/eks/optimized-ami/1.36/amazon-linux-2-gpu/recommended/release_version",
        "BOTTLEROCKET_x86_64_NVIDIA_FIPS, g6.xlarge, /aws/service/bottlerocket/aws-k8s-1.36-nvidia-fips/x86_64/latest/image_version",
        "windows-2022, m7i.large, /aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.36",
        "windows-2025-full, m7i.large, /aws/service/ami-windows-latest/Windows_Server-2025-English-Full-EKS_Optimized-1.36"
    })
    void theNewestReleaseIsInAParameterOfTheImage(NodeImage image, String type, String parameter) {
        NodeSetup setup = NodeGroupSpec.of(type).withImage(image).setup();
        assertThat(NodeImage.releaseParameter(setup.amiType().orElseThrow(), KubernetesVersion.parse("1.36")))
                .isEqualTo(parameter);
    }

    @ParameterizedTest
    @CsvSource({
        "al2023, 1.36.1-20261101",
        "bottlerocket, 1.50.0-1a2b3c4d",
        "windows-2022, 1.36-2026.11.10",
        "windows-2022, 1.35-2026-01-22"
    })
    void aReleaseIsOneOfTheImage(NodeImage image, String release) {
        NodeGroupSpec spec = NodeGroupSpec.of("m7i.large").withImage(image);

        assertThat(spec.withReleaseVersion(AmiRelease.parse(release)).releaseVersion())
                .hasToString(release);
        NodeImage other = image.equals(NodeImage.AL2023) ? NodeImage.WINDOWS_2022 : NodeImage.AL2023;
        assertThat(ProblemsOf.making(() -> spec.withImage(other).withReleaseVersion(AmiRelease.parse(release))))
                .containsExactly("releaseVersion: " + release + " is a release of another image; allowed: latest, or "
                        + other.system().releaseExample() + "; fix: use latest");
    }

    @ParameterizedTest
    @CsvSource({
        "1.36, use latest%COMMA% or leave it out",
        "lastest, did you mean latest?",
        "v20261101, use latest%COMMA% or leave it out"
    })
    void aReleaseHasTheFormOfAnImage(String text, String fix) {
        assertThat(ProblemsOf.making(() -> AmiRelease.parse(text)))
                .containsExactly("\"" + text + "\" is not a release of an image of EKS nodes; allowed: latest, or"
                        + " 1.36.1-20261101 (al2023: version of the kubelet, and date); or 1.50.0-1a2b3c4d (bottlerocket:"
                        + " its own version, and eight digits of the commit); or 1.36-2026.11.10 (windows: Kubernetes"
                        + " version, and date); fix: " + fix.replace("%COMMA%", ","));
    }

    @ParameterizedTest
    @CsvSource({"1.37, 1.36", "1.37, 1.34", "1.34, 1.34", "1.31, 1.31"})
    void nodesMayBeThreeMinorVersionsBehind(String controlPlane, String nodes) {
        KubernetesVersion own = KubernetesVersion.parse(nodes);
        assertThat(GENERAL.withVersion(Optional.of(own)).versionIn(KubernetesVersion.parse(controlPlane)))
                .isEqualTo(own);
    }

    @Test
    void nodesWithoutAVersionFollowTheControlPlane() {
        assertThat(GENERAL.versionIn(KubernetesVersion.parse("1.36"))).hasToString("1.36");
    }

    @Test
    void nodesAreNotAhead() {
        assertThat(ProblemsOf.making(() -> GENERAL.withVersion(Optional.of(KubernetesVersion.parse("1.37")))
                        .versionIn(KubernetesVersion.parse("1.36"))))
                .containsExactly(
                        "version: nodes of 1.37 with a control plane of 1.36; allowed: 1.33 to 1.36: nodes are at"
                                + " most three minor versions older than the control plane, and never newer; fix: upgrade the"
                                + " control plane first, or remove version: the group follows the cluster");
    }

    @Test
    void nodesAreNotFourVersionsBehind() {
        assertThat(ProblemsOf.making(() -> GENERAL.withVersion(Optional.of(KubernetesVersion.parse("1.32")))
                        .versionIn(KubernetesVersion.parse("1.36"))))
                .containsExactly(
                        "version: nodes of 1.32 with a control plane of 1.36; allowed: 1.33 to 1.36: nodes are at"
                                + " most three minor versions older than the control plane, and never newer; fix: set 1.33 or newer and"
                                + " apply it, before the control plane is upgraded");
    }

    @Test
    void aReleaseIsForTheVersionOfTheNodes() {
        NodeGroupSpec pinned = GENERAL.withReleaseVersion(AmiRelease.parse("1.35.4-20261101"));

        assertThat(ProblemsOf.making(() -> pinned.versionIn(KubernetesVersion.parse("1.36"))))
                .containsExactly(
                        "releaseVersion: 1.35.4-20261101 is a release for Kubernetes 1.35, the nodes have 1.36;"
                                + " allowed: latest, or a release for 1.36; fix: use latest, or a release for 1.36, or add"
                                + " version: \"1.35\"");
        assertThat(pinned.withVersion(Optional.of(KubernetesVersion.parse("1.35")))
                        .versionIn(KubernetesVersion.parse("1.36")))
                .hasToString("1.35");
        assertThat(ProblemsOf.making(() -> pinned.versionIn(KubernetesVersion.parse("1.34"))))
                .containsExactly(
                        "releaseVersion: 1.35.4-20261101 is a release for Kubernetes 1.35, the nodes have 1.34;"
                                + " allowed: latest, or a release for 1.34; fix: use latest, or a release for 1.34");
        assertThat(NodeGroupSpec.of("m7i.large")
                        .withImage(NodeImage.BOTTLEROCKET)
                        .withReleaseVersion(AmiRelease.parse("1.50.0-1a2b3c4d"))
                        .versionIn(KubernetesVersion.parse("1.34")))
                .hasToString("1.34");
    }

    @Test
    void typesHaveTheSameKindOfAccelerator() {
        assertThat(ProblemsOf.making(() -> NodeGroupSpec.of("g5.xlarge", "m7i.large")))
                .containsExactly("instanceTypes[1]: m7i.large is without an accelerator, g5.xlarge is with NVIDIA GPUs;"
                        + " allowed: types with the same kind of accelerator: a group has one image, with its driver;"
                        + " fix: add another node group for m7i.large");
    }

    @Test
    void aGroupHasAType() {
        assertThat(ProblemsOf.making(NodeGroupSpec::of))
                .containsExactly("instanceTypes: no instance type; fix: add one, like m7g.large");
    }

    @Test
    void aTypeIsFamilyAndSize() {
        assertThat(ProblemsOf.making(() -> NodeGroupSpec.of("m7g.large", "large")))
                .containsExactly(
                        "instanceTypes[1]: \"large\" is not an EC2 instance type; allowed: family and size; fix: "
                                + "write it like m7g.large");
    }

    @Test
    void typesAreOfOneArchitecture() {
        assertThat(ProblemsOf.making(() -> NodeGroupSpec.of("m7g.large", "m7i.large")))
                .containsExactly("instanceTypes[1]: m7i.large is x86_64, m7g.large is arm64; allowed: types of one "
                        + "architecture: a group has one image; fix: add another node group for m7i.large");
    }

    @Test
    void windowsRunsOnX86() {
        assertThat(ProblemsOf.making(() -> GENERAL.withImage(NodeImage.WINDOWS_2022)))
                .containsExactly(
                        "instanceTypes[0]: m7g.large is arm64; allowed: x86_64 types: Windows runs on no other; "
                                + "fix: use a type such as m7i.large");
    }

    @ParameterizedTest
    @CsvSource({"19", "65537"})
    void theDiskHoldsTheImage(int gib) {
        assertThat(ProblemsOf.making(() -> GENERAL.withDiskGib(gib)))
                .containsExactly("diskGib: " + gib
                        + " GiB; allowed: 20 to 65536 GiB (the images take 20); fix: use 50, or " + "what images need");
    }

    @Test
    void aSizeIsInOrder() {
        assertThat(ProblemsOf.making(() -> SizeSpec.of(-1, 0, 0)))
                .containsExactly(
                        "min: -1 is negative; allowed: 0 or more; fix: use 0",
                        "max: 0 nodes; allowed: 1 or more; fix: use 1, or remove the node group");
        assertThat(ProblemsOf.making(() -> SizeSpec.of(2, 9, 6)))
                .containsExactly(
                        "desired: 9 is not between min 2 and max 6; allowed: min <= desired <= max; fix: use 6");
        assertThat(ProblemsOf.making(() -> SizeSpec.of(2, 1, 6)))
                .containsExactly(
                        "desired: 1 is not between min 2 and max 6; allowed: min <= desired <= max; fix: use 2");
    }

    @Property
    void sizesInOrderAreTakenAndNoOthers(
            @ForAll @IntRange(min = -2, max = 9) int min,
            @ForAll @IntRange(min = -2, max = 9) int desired,
            @ForAll @IntRange(min = -2, max = 9) int max) {
        boolean fine = 0 <= min && min <= desired && desired <= max && 1 <= max;

        assertThat(ProblemsOf.making(() -> SizeSpec.of(min, desired, max)).isEmpty())
                .isEqualTo(fine);
    }
}
