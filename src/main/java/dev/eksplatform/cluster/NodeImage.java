package dev.eksplatform.cluster;

import dev.eksplatform.internal.release.AmiTypes;
import java.util.Locale;

/** The operating system of nodes. */
public enum NodeImage {
    /** Amazon Linux 2023. */
    AL2023("AL2023", "/dev/xvda"),
    /** Bottlerocket: read-only root, images and volumes on a second disk. */
    BOTTLEROCKET("BOTTLEROCKET", "/dev/xvdb"),
    /** Windows Server 2022 Core, x86 only, beside Linux nodes. */
    WINDOWS_2022("WINDOWS_CORE_2022", "/dev/sda1");

    private final String system;
    private final String dataDevice;

    NodeImage(String system, String dataDevice) {
        this.system = system;
        this.dataDevice = dataDevice;
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
}
