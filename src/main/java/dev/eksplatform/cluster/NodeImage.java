package dev.eksplatform.cluster;

import dev.eksplatform.internal.release.AmiTypes;
import java.util.Locale;
import java.util.regex.Pattern;

/** The operating system of nodes. */
public enum NodeImage {
    /** Amazon Linux 2023. */
    AL2023(
            "AL2023",
            "/dev/xvda",
            NodeImage.AL2023_RELEASE,
            "1.36.1-20261101 (al2023: version of the kubelet, and date)"),
    /** Bottlerocket: read-only root, images and volumes on a second disk. */
    BOTTLEROCKET(
            "BOTTLEROCKET",
            "/dev/xvdb",
            NodeImage.BOTTLEROCKET_RELEASE,
            "1.50.0-1a2b3c4d (bottlerocket: its own version, and eight digits of the commit)"),
    /** Windows Server 2022 Core, x86 only, beside Linux nodes. */
    WINDOWS_2022(
            "WINDOWS_CORE_2022",
            "/dev/sda1",
            NodeImage.WINDOWS_RELEASE,
            "1.36-2026.11.10 (windows-2022: Kubernetes version, and date)");

    /**
     * Source: <a href="https://github.com/awslabs/amazon-eks-ami/releases">releases of the images of Amazon Linux</a>.
     */
    static final String AL2023_RELEASE = "1\\.[0-9]{2}\\.[0-9]{1,3}-20[0-9]{6}";

    /** Source: <a href="https://github.com/bottlerocket-os/bottlerocket/releases">releases of Bottlerocket</a>. */
    static final String BOTTLEROCKET_RELEASE = "[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}-[0-9a-f]{8}";

    /**
     * A few have hyphens in the date. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html">versions of the images of
     * Windows</a>.
     */
    static final String WINDOWS_RELEASE = "1\\.[0-9]{2}-20[0-9]{2}[.-][0-9]{2}[.-][0-9]{2}";

    private final String system;
    private final String dataDevice;
    private final Pattern release;
    private final String releaseExample;

    NodeImage(String system, String dataDevice, String release, String releaseExample) {
        this.system = system;
        this.dataDevice = dataDevice;
        this.release = Pattern.compile(release);
        this.releaseExample = releaseExample;
    }

    /** The device that holds container images and volumes. */
    String dataDevice() {
        return dataDevice;
    }

    /**
     * The name in the EKS API: the variant with the driver of the accelerator, if there is one. Bottlerocket has one for
     * NVIDIA GPUs only; its standard variant serves Neuron devices. Sources: <a
     * href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html#AmazonEKS-Type-Nodegroup-amiType">Nodegroup.amiType</a>,
     * <a href="https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html">accelerated images</a>.
     */
    String amiType(Architecture architecture, Accelerator accelerator) {
        return AmiTypes.get()
                .nameFor(system, architecture.toString(), accelerator.name().toLowerCase(Locale.ROOT));
    }

    /** Whether a release has the form of this image's. */
    boolean hasRelease(AmiRelease candidate) {
        return !candidate.isPinned() || release.matcher(candidate.text()).matches();
    }

    /** A release of this image, and what its parts are. */
    String releaseExample() {
        return releaseExample;
    }

    /**
     * The public parameter of AWS Systems Manager about the newest release, in every partition. It holds the release, and that of
     * Windows a JSON object with {@code release_version}. Sources: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html">Amazon Linux</a>, <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html">Bottlerocket</a>, <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/retrieve-windows-ami-id.html">Windows</a>.
     */
    String releaseParameter(KubernetesVersion version, Architecture architecture, Accelerator accelerator) {
        return switch (this) {
            case AL2023 ->
                "/aws/service/eks/optimized-ami/" + version + "/amazon-linux-2023/" + architecture + "/"
                        + (accelerator.hasImage() ? accelerator.name().toLowerCase(Locale.ROOT) : "standard")
                        + "/recommended/release_version";
            case BOTTLEROCKET ->
                "/aws/service/bottlerocket/aws-k8s-" + version + (accelerator == Accelerator.NVIDIA ? "-nvidia" : "")
                        + "/" + architecture + "/latest/image_version";
            case WINDOWS_2022 ->
                "/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-" + version;
        };
    }
}
