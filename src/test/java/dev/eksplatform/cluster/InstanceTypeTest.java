package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceTypeTest {

    private static List<String> problems(String... types) {
        return ProblemsOf.making(() -> NodeGroupSpec.of(types).sharedArchitecture());
    }

    @ParameterizedTest
    @CsvSource({
        "m7g.large, NONE",
        "g5.xlarge, NVIDIA",
        "g5g.xlarge, NVIDIA",
        "p6-b200.48xlarge, NVIDIA",
        "p6e-gb200.36xlarge, NVIDIA",
        "g4ad.xlarge, AMD",
        "inf1.xlarge, NEURON",
        "inf2.xlarge, NEURON",
        "trn1.2xlarge, NEURON",
        "trn2.48xlarge, NEURON",
        "dl1.24xlarge, OTHER",
        "dl2q.24xlarge, OTHER",
        "f2.6xlarge, OTHER",
        "vt1.3xlarge, OTHER"
    })
    void theTableNamesAccelerators(String type, Accelerator accelerator) {
        assertThat(InstanceType.find(type).map(InstanceType::accelerator)).contains(accelerator);
    }

    @Test
    void aMisspeltSizeOrFamilyIsAnError() {
        assertThat(problems("m7g.lrage", "m7g.9xlarge", "mg7.large"))
                .containsExactly(
                        "instanceTypes[0]: \"m7g.lrage\" is not a known EC2 instance type"
                                + "; fix: did you mean m7g.large? Or, for a type newer than this "
                                + "release add architecture: arm64 or x86_64",
                        "instanceTypes[1]: \"m7g.9xlarge\" is not a known EC2 instance type"
                                + "; fix: did you mean m7g.2xlarge? Or, for a type newer than this "
                                + "release add architecture: arm64 or x86_64",
                        "instanceTypes[2]: \"mg7.large\" is not a known EC2 instance type"
                                + "; fix: did you mean m7g.large? Or, for a type newer than this "
                                + "release add architecture: arm64 or x86_64");
        assertThat(problems("m7glarge", "m7g", "Standard_D2s"))
                .containsExactly(
                        "instanceTypes[0]: \"m7glarge\" is not an EC2 instance type; allowed: family and size; fix: did"
                                + " you mean m7g.large?",
                        "instanceTypes[1]: \"m7g\" is not an EC2 instance type; allowed: family and size; fix: did you"
                                + " mean m7g.large?",
                        "instanceTypes[2]: \"Standard_D2s\" is not an EC2 instance type; allowed: family and size; fix:"
                                + " write it like m7g.large");
    }

    @Test
    void aTypeNewerThanTheTableNeedsItsArchitecture() {
        NodeGroupSpec newer = NodeGroupSpec.of("m7g.large").withArchitecture(Optional.of(Architecture.ARM64));
        assertThat(newer.withInstanceTypes(List.of("m99g.large", "m7g.large")).sharedArchitecture())
                .isEqualTo(Architecture.ARM64);
        assertThat(ProblemsOf.making(() -> newer.withInstanceTypes(List.of("m99g.large", "m7i.large"))))
                .containsExactly("instanceTypes[1]: m7i.large is x86_64, architecture is arm64; allowed: types of one"
                        + " architecture: a group has one image; fix: add another node group for m7i.large");
    }

    @Test
    void macsAndTheFirstGravitonRunNoNodes() {
        assertThat(problems("mac2.metal", "a1.large"))
                .containsExactly(
                        "instanceTypes[0]: mac2.metal is a Mac; allowed: types that EKS has images for; fix: use another"
                                + " type, such as m7g.large",
                        "instanceTypes[1]: a1.large has the first Graviton processor, on which Amazon Linux 2023 does not"
                                + " run; allowed: Graviton2 and newer; fix: use a type such as m7g.medium");
    }

    @Test
    void aTypeIsGivenOnceAndTwentyAtMost() {
        assertThat(problems("m7g.large", "m7g.large"))
                .containsExactly("instanceTypes[1]: duplicate instance type m7g.large; fix: remove one of them");
        String[] types = IntStream.range(0, 21)
                .mapToObj(i -> List.of("c", "m", "r").get(i % 3) + "7g."
                        + List.of("medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge")
                                .get(i / 3))
                .toArray(String[]::new);
        assertThat(problems(types))
                .containsExactly("instanceTypes: 21 instance types; allowed: at most 20 in a managed node group; fix:"
                        + " remove some, or add another node group");
    }

    @Test
    void anArchitectureIsOneThatEksHasImagesFor() {
        assertThat(Architecture.parse("x86_64")).isEqualTo(Architecture.X86_64);
        assertThat(ProblemsOf.making(() -> Architecture.parse("aarch64")))
                .containsExactly("\"aarch64\" is not an architecture of EKS nodes; allowed: x86_64 or arm64; fix: use"
                        + " arm64");
        assertThat(ProblemsOf.making(() -> Architecture.parse("amd64")))
                .containsExactly("\"amd64\" is not an architecture of EKS nodes; allowed: x86_64 or arm64; fix: use"
                        + " x86_64");
    }

    @ParameterizedTest
    @CsvSource({"m5.large, 29", "t3.nano, 4", "c6in.32xlarge, 394", "m7g.medium, 8"})
    void theVpcCniLimitsThePodsOfANode(String type, int pods) {
        assertThat(InstanceType.find(type).flatMap(InstanceType::pods)).hasValue(pods);
    }

    @Test
    void aTypeWithoutFactsIsKnownByItsName() {
        assertThat(InstanceType.find("p6e-gb200.36xlarge").flatMap(InstanceType::architecture))
                .hasValue(Architecture.ARM64);
        assertThat(InstanceType.find("p6e-gb200.36xlarge").flatMap(InstanceType::pods))
                .isEmpty();
    }
}
