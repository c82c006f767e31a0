package dev.eksplatform.cluster;

import dev.eksplatform.internal.release.AmiTypes;
import dev.eksplatform.internal.release.AmiTypes.AmiType;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The image of nodes: an operating system, whose variant is chosen by the instance types, or one AMI type of EKS. The operating
 * systems are {@code al2023}; {@code bottlerocket}; {@code windows-2019}, {@code windows-2022} and {@code windows-2025} (from
 * Kubernetes 1.35 on), which are Windows Server Core, and Windows Server Full with {@code -full} after the name; and {@code
 * ubuntu}, which needs {@code ami}. An AMI type is such as {@code AL2023_x86_64_NVIDIA}: what the group's instance types do not
 * say by themselves.
 *
 * @param name such as {@code bottlerocket} or {@code BOTTLEROCKET_x86_64_FIPS}
 * @see <a
 *     href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html#AmazonEKS-Type-Nodegroup-amiType">Nodegroup.amiType</a>
 */
@Example("bottlerocket")
public record NodeImage(String name) {

    private static final List<String> SYSTEMS = List.of(
            "al2023",
            "bottlerocket",
            "windows-2019",
            "windows-2019-full",
            "windows-2022",
            "windows-2022-full",
            "windows-2025",
            "windows-2025-full",
            "ubuntu");

    /** Amazon Linux 2023. */
    public static final NodeImage AL2023 = new NodeImage("al2023");

    /** Bottlerocket: read-only root, images and volumes on a second disk. */
    public static final NodeImage BOTTLEROCKET = new NodeImage("bottlerocket");

    /** Windows Server 2019 Core, x86 only, beside Linux nodes. */
    public static final NodeImage WINDOWS_2019 = new NodeImage("windows-2019");

    /** Windows Server 2022 Core, x86 only, beside Linux nodes. */
    public static final NodeImage WINDOWS_2022 = new NodeImage("windows-2022");

    /** Windows Server 2025 Core, x86 only, beside Linux nodes. */
    public static final NodeImage WINDOWS_2025 = new NodeImage("windows-2025");

    /** Ubuntu, with an AMI of its own. */
    public static final NodeImage UBUNTU = new NodeImage("ubuntu");

    private static final String WORDS = "al2023|bottlerocket|windows-20(19|22|25)(-full)?|ubuntu";
    private static final String PATTERN =
            "^(" + WORDS + "|(AL2|AL2023|BOTTLEROCKET|WINDOWS_(CORE|FULL)_20[0-9]{2})_(x86_64|ARM_64)(_[A-Z_]+)?)$";
    /** Checks that there is such an image. */
    public NodeImage {
        if (!SYSTEMS.contains(name) && AmiTypes.get().find(name).isEmpty()) {
            List<String> all = new ArrayList<>(SYSTEMS);
            AmiTypes.get().types().forEach(type -> all.add(type.name()));
            throw new InvalidInputException(new Problem(
                    "\"" + name + "\" is not an image of EKS nodes",
                    String.join(", ", SYSTEMS) + ", or an AMI type such as AL2023_x86_64_NVIDIA",
                    Suggestion.fix(name, all, "use al2023")));
        }
    }

    /**
     * Reads an image.
     *
     * @param text such as {@code bottlerocket} or {@code BOTTLEROCKET_x86_64_FIPS}
     * @return the image
     * @throws InvalidInputException when EKS has none of this name
     */
    @ScalarFactory(pattern = PATTERN)
    public static NodeImage parse(String text) {
        return new NodeImage(text);
    }

    /**
     * Whether nodes run Windows.
     *
     * @return false for Linux
     */
    public boolean isWindows() {
        return system() == NodeSystem.WINDOWS;
    }

    /**
     * Whether there are no new releases of the image.
     *
     * @return true for Amazon Linux 2
     * @see <a href="https://github.com/awslabs/amazon-eks-ami/issues/2545">end of support</a>
     */
    @API(status = API.Status.INTERNAL)
    public boolean isWithoutUpdates() {
        return system() == NodeSystem.AL2;
    }

    NodeSystem system() {
        String beginning = name.toUpperCase(Locale.ROOT).split("[_-]", 2)[0];
        return NodeSystem.valueOf(beginning);
    }

    /** The AMI type, when it is one and not an operating system. */
    Optional<AmiType> exactType() {
        return SYSTEMS.contains(name) ? Optional.empty() : AmiTypes.get().find(name);
    }

    /**
     * The AMI type in the EKS API: the variant with the driver of the accelerator, if there is one. Bottlerocket has one for
     * NVIDIA GPUs only; its standard variant serves Neuron devices. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html">accelerated images</a>.
     *
     * @return empty when EKS has none
     */
    Optional<AmiType> amiType(Architecture architecture, Accelerator accelerator, boolean fips) {
        return exactType().or(() -> AmiTypes.get()
                .find(apiName(), architecture.toString(), accelerator.name().toLowerCase(Locale.ROOT), fips));
    }

    private String apiName() {
        String[] words = name.toUpperCase(Locale.ROOT).split("-", -1);
        return words.length == 1 ? words[0] : words[0] + (words.length > 2 ? "_FULL_" : "_CORE_") + words[1];
    }

    /**
     * The public parameter of AWS Systems Manager about the newest release, in every partition. It holds the release, and that of
     * Windows a JSON object with {@code release_version}. Sources: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html">Amazon Linux</a>, <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html">Bottlerocket</a>, <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/retrieve-windows-ami-id.html">Windows</a>.
     */
    static String releaseParameter(AmiType type, KubernetesVersion version) {
        String[] system = type.system().split("_", -1);
        return switch (system[0]) {
            case "AL2023" ->
                "/aws/service/eks/optimized-ami/" + version + "/amazon-linux-2023/" + type.architecture() + "/"
                        + type.driver().orElse("standard") + "/recommended/release_version";
            case "AL2" ->
                "/aws/service/eks/optimized-ami/" + version + "/amazon-linux-2"
                        + type.driver()
                                .map(driver -> "-gpu")
                                .orElse(type.architecture().equals("arm64") ? "-arm64" : "")
                        + "/recommended/release_version";
            case "BOTTLEROCKET" ->
                "/aws/service/bottlerocket/aws-k8s-" + version
                        + type.driver().map(driver -> "-" + driver).orElse("") + (type.fips() ? "-fips" : "") + "/"
                        + type.architecture() + "/latest/image_version";
            default ->
                "/aws/service/ami-windows-latest/Windows_Server-" + system[2] + "-English-"
                        + (system[1].equals("FULL") ? "Full" : "Core") + "-EKS_Optimized-" + version;
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
