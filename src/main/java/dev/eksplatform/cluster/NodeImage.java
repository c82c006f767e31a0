package dev.eksplatform.cluster;

import dev.eksplatform.spec.Doc;

/** The operating system of nodes. */
public enum NodeImage {
    /** Amazon Linux 2023. */
    @Doc("Amazon Linux 2023")
    AL2023("/dev/xvda"),
    /** Bottlerocket: read-only root, images and volumes on a second disk. */
    @Doc("Bottlerocket")
    BOTTLEROCKET("/dev/xvdb"),
    /** Windows Server 2022 Core, x86 only, beside Linux nodes. */
    @Doc("Windows Server 2022 Core, beside Linux nodes")
    WINDOWS_2022("/dev/sda1");

    private final String dataDevice;

    NodeImage(String dataDevice) {
        this.dataDevice = dataDevice;
    }

    /** The device that holds container images and volumes. */
    String dataDevice() {
        return dataDevice;
    }

    /**
     * The name in the EKS API. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html#AmazonEKS-Type-Nodegroup-amiType">Nodegroup.amiType</a>.
     */
    String amiType(Architecture architecture) {
        boolean arm = architecture == Architecture.ARM64;
        return switch (this) {
            case AL2023 -> arm ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD";
            case BOTTLEROCKET -> arm ? "BOTTLEROCKET_ARM_64" : "BOTTLEROCKET_x86_64";
            case WINDOWS_2022 -> "WINDOWS_CORE_2022_x86_64";
        };
    }
}
