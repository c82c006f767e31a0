package dev.eksplatform.cluster;

import java.util.regex.Pattern;

/** An operating system of nodes, as far as its versions have the same releases, disks and settings. */
enum NodeSystem {
    /** Amazon Linux 2023. */
    AL2023("/dev/xvda", NodeSystem.AMAZON_LINUX_RELEASE, "1.36.1-20261101 (al2023: version of the kubelet, and date)"),
    /** Amazon Linux 2, for which there are no new releases. */
    AL2("/dev/xvda", NodeSystem.AMAZON_LINUX_RELEASE, "1.32.9-20251112"),
    /** Bottlerocket: read-only root, images and volumes on a second disk. */
    BOTTLEROCKET(
            "/dev/xvdb",
            NodeSystem.BOTTLEROCKET_RELEASE,
            "1.50.0-1a2b3c4d (bottlerocket: its own version, and eight digits of the commit)"),
    /** Windows Server. */
    WINDOWS("/dev/sda1", NodeSystem.WINDOWS_RELEASE, "1.36-2026.11.10 (windows: Kubernetes version, and date)"),
    /** Ubuntu, which EKS has no AMI type for. */
    UBUNTU("/dev/sda1", "", "");

    private static final String DATE = "20[2-9][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])";

    /**
     * Source: <a href="https://github.com/awslabs/amazon-eks-ami/releases">releases of the images of Amazon Linux</a>.
     */
    static final String AMAZON_LINUX_RELEASE = "1\\.[0-9]{2}\\.[0-9]{1,3}-" + DATE;

    /**
     * The digits of a commit can be those of a date, but hardly are. Source: <a
     * href="https://github.com/bottlerocket-os/bottlerocket/releases">releases of Bottlerocket</a>.
     */
    static final String BOTTLEROCKET_RELEASE =
            "(?!" + AMAZON_LINUX_RELEASE + "$)[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}-[0-9a-f]{8}";

    /**
     * A few have hyphens in the date. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html">versions of the images of
     * Windows</a>.
     */
    static final String WINDOWS_RELEASE = "1\\.[0-9]{2}-20[0-9]{2}[.-][0-9]{2}[.-][0-9]{2}";

    private final String dataDevice;
    private final Pattern release;
    private final String releaseExample;

    NodeSystem(String dataDevice, String release, String releaseExample) {
        this.dataDevice = dataDevice;
        this.release = Pattern.compile(release);
        this.releaseExample = releaseExample;
    }

    /** The device that holds container images and volumes. */
    String dataDevice() {
        return dataDevice;
    }

    /** Whether a release has the form of this system's. */
    boolean hasRelease(AmiRelease candidate) {
        return !candidate.isPinned() || release.matcher(candidate.text()).matches();
    }

    /** A release, and what its parts are. */
    String releaseExample() {
        return releaseExample;
    }
}
