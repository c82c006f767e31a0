package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.ProblemsOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Node groups as they are written in environment files. */
class NodesTest {

    @TempDir
    private Path folder;

    private Path file(String groups) throws IOException {
        Path file = folder.resolve("shop.yaml");
        Files.writeString(file, """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.34"}
                nodeGroups:
                """ + groups.indent(2));
        return file;
    }

    private NodeGroupSpec group(String group) throws IOException {
        return Objects.requireNonNull(Environment.read(file("general: " + group))
                .resolved()
                .spec()
                .nodeGroups()
                .get("general"));
    }

    private void refused(String groups, String problems) throws IOException {
        Path file = file(groups);
        assertThat(String.join("\n", ProblemsOf.making(() -> Environment.read(file)))
                        .replace(folder + "/", ""))
                .isEqualTo(problems.strip());
    }

    private List<String> warnings(String group) throws IOException {
        return Environment.read(file("general: " + group)).warnings().stream()
                .map(Problem::toString)
                .map(text -> text.replace(folder + "/", ""))
                .toList();
    }

    @Test
    void userDataMayBeInAFile() throws IOException {
        Files.createDirectory(folder.resolve("nodes"));
        Files.writeString(folder.resolve("nodes/setup.sh"), "#!/bin/bash\necho ä\n");
        NodeGroupSpec group = group("""
                {instanceTypes: [m7g.large], userData: [{file: nodes/setup.sh}, "#cloud-config\\npackages: [htop]"]}
                """.strip());
        assertThat(group.userData())
                .extracting(Object::toString)
                .containsExactly("#!/bin/bash\necho ä\n", "#cloud-config\npackages: [htop]");
    }

    @Test
    void aFileOfUserDataExists() throws IOException {
        Files.writeString(folder.resolve("setup.sh"), " ");
        refused(
                "general: {instanceTypes: [m7g.large], userData: [{file: setpu.sh}, {file: setup.sh}, {file: /a}, {file: }]}",
                """
                shop.yaml:7:59 nodeGroups.general.userData[0].file: no file "setpu.sh"; allowed: a text file, relative to this\
                 file; fix: did you mean setup.sh?
                shop.yaml:7:77 nodeGroups.general.userData[1]: an empty part; allowed: a script, or a document of cloud-init; fix:\
                 write it, or remove it
                shop.yaml:7:95 nodeGroups.general.userData[2].file: the absolute path "/a"; allowed: a text file, relative to this\
                 file; fix: write it relative to the folder of shop.yaml
                shop.yaml:7:100 nodeGroups.general.userData[3].file: no name of a file; allowed: a text file, relative to this file;\
                 fix: write {file: setup.sh}
                """);
    }

    @Test
    void settingsHaveTheirPlace() throws IOException {
        refused("""
                general:
                  instanceTypes: [m7g.large]
                  kubelet: {evictionHard: {memory.available: 5 percent}, podPidsLimits: 5}
                windows:
                  instanceTypes: [m7i.large]
                  image: windows-2025
                own:
                  instanceTypes: [m7g.large]
                  image: AL2023_x86_64_STANDARD
                """, """
                shop.yaml:9:48 nodeGroups.general.kubelet.evictionHard["memory.available"]: "5 percent" is not a quantity; allowed:\
                 a number, with a suffix n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or an exponent such as e3; fix:\
                 write it like 500m, 0.5, 128Mi or 1Gi
                shop.yaml:9:75 nodeGroups.general.kubelet.podPidsLimits: podPidsLimits is not a field of KubeletConfiguration; fix:\
                 did you mean podPidsLimit?
                shop.yaml:12:12 nodeGroups.windows.image: EKS has no image WINDOWS_CORE_2025_x86_64 for Kubernetes 1.34; allowed: 1.35\
                 and newer; fix: use image: windows-2022
                shop.yaml:15:12 nodeGroups.own.image: AL2023_x86_64_STANDARD is for x86_64, m7g.large is arm64; fix: use image: al2023,\
                 whose variant fits the types, or other types
                """);
    }

    @Test
    void podsWithoutAddressesAreReported() throws IOException {
        assertThat(warnings("{instanceTypes: [m7g.large, m7g.medium], maxPods: 20}"))
                .containsExactly(
                        "shop.yaml:7:62 nodeGroups.general.maxPods: up to 20 pods on nodes that have addresses for 8: the"
                                + " others would not start; fix: use 8, or let the VPC CNI assign prefixes"
                                + " (network.pods)");
        assertThat(warnings("{instanceTypes: [m7g.large], maxPods: 29}")).isEmpty();
    }

    @Test
    void imagesWithoutDriverOrUpdatesAreReported() throws IOException {
        assertThat(warnings("{instanceTypes: [g5.xlarge], image: AL2023_x86_64_STANDARD}"))
                .containsExactly(
                        "shop.yaml:7:48 nodeGroups.general.image: the image AL2023_x86_64_STANDARD has no driver for the"
                                + " accelerators of g5.xlarge; fix: use image: al2023, or types without accelerators");
        Path file = file("general: {instanceTypes: [m7g.large], image: AL2_ARM_64}");
        Files.writeString(file, Files.readString(file).replace("1.34", "1.32"));
        assertThat(Environment.read(file).warnings().stream()
                        .map(Problem::toString)
                        .filter(warning -> warning.contains("image")))
                .containsExactly(file
                        + ":7:48 nodeGroups.general.image: the last release of AL2_ARM_64 is from 2025: nodes get no"
                        + " security patches; fix: use image: al2023");
    }
}
