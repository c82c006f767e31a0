package dev.eksplatform.cluster;

/**
 * What computes besides the processors of an EC2 instance, and needs a driver in the node's image. Source: <a
 * href="https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html">accelerated computing instances</a>.
 */
enum Accelerator {
    /** Nothing. */
    NONE("without an accelerator"),
    /** GPUs of NVIDIA. */
    NVIDIA("with NVIDIA GPUs"),
    /** GPUs of AMD. */
    AMD("with AMD GPUs"),
    /** AWS Inferentia or Trainium, which the Neuron driver serves. */
    NEURON("with AWS Neuron devices"),
    /** FPGAs, media accelerators, or accelerators of Habana and Qualcomm. */
    OTHER("with another accelerator");

    private final String words;

    Accelerator(String words) {
        this.words = words;
    }

    /** The accelerator of an instance type; {@link #NONE} of a type that is not known. */
    static Accelerator of(String instanceType) {
        return InstanceType.find(instanceType).map(InstanceType::accelerator).orElse(NONE);
    }

    /** Whether EKS has an image with its driver. */
    boolean hasImage() {
        return this == NVIDIA || this == NEURON;
    }

    /** Behind the name of an instance type, such as {@code with NVIDIA GPUs}. */
    String words() {
        return words;
    }
}
