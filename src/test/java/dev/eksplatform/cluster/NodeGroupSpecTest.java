package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
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
        "AL2023, m7g.large, AL2023_ARM_64_STANDARD",
        "AL2023, m7i.large, AL2023_x86_64_STANDARD",
        "AL2023, g5.xlarge, AL2023_x86_64_NVIDIA",
        "AL2023, gr6.4xlarge, AL2023_x86_64_NVIDIA",
        "AL2023, p5en.48xlarge, AL2023_x86_64_NVIDIA",
        "AL2023, g5g.xlarge, AL2023_ARM_64_NVIDIA",
        "AL2023, p6e-gb200.36xlarge, AL2023_ARM_64_NVIDIA",
        "AL2023, g4ad.xlarge, AL2023_x86_64_STANDARD",
        "AL2023, inf2.xlarge, AL2023_x86_64_NEURON",
        "AL2023, trn1n.32xlarge, AL2023_x86_64_NEURON",
        "BOTTLEROCKET, m7g.large, BOTTLEROCKET_ARM_64",
        "BOTTLEROCKET, m7i.large, BOTTLEROCKET_x86_64",
        "BOTTLEROCKET, g6.xlarge, BOTTLEROCKET_x86_64_NVIDIA",
        "BOTTLEROCKET, g5g.xlarge, BOTTLEROCKET_ARM_64_NVIDIA",
        "BOTTLEROCKET, inf2.xlarge, BOTTLEROCKET_x86_64",
        "WINDOWS_2022, m7i.large, WINDOWS_CORE_2022_x86_64",
        "WINDOWS_2022, g5.xlarge, WINDOWS_CORE_2022_x86_64"
    })
    void theImageFitsArchitectureAndAccelerator(NodeImage image, String type, String amiType) {
        NodeGroupSpec spec = NodeGroupSpec.of(type);
        assertThat(image.amiType(spec.sharedArchitecture(), spec.accelerator())).isEqualTo(amiType);
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
    @CsvSource({"19", "16385"})
    void theDiskHoldsTheImage(int gib) {
        assertThat(ProblemsOf.making(() -> GENERAL.withDiskGib(gib)))
                .containsExactly("diskGib: " + gib
                        + " GiB; allowed: 20 to 16384 GiB (the images take 20); fix: use 50, or " + "what images need");
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
