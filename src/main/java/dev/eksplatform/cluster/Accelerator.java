package dev.eksplatform.cluster;

import java.util.regex.Pattern;

/**
 * The kind of accelerator of an EC2 instance type, by which EKS has images with other drivers. Source: <a
 * href="https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html">accelerated computing instances</a>.
 */
enum Accelerator {
    NONE("without an accelerator"),
    /** NVIDIA GPUs: the families p, g and gr, without g4ad, whose GPUs are AMD's. */
    NVIDIA("with NVIDIA GPUs"),
    /** AWS Inferentia and Trainium, which the Neuron driver serves. */
    NEURON("with AWS Neuron devices");

    private static final Pattern NVIDIA_TYPES = Pattern.compile("^(?!g4ad\\.)(p|gr?)\\d.*");
    private static final Pattern NEURON_TYPES = Pattern.compile("^(inf|trn)\\d.*");

    private final String words;

    Accelerator(String words) {
        this.words = words;
    }

    static Accelerator of(String instanceType) {
        if (NVIDIA_TYPES.matcher(instanceType).matches()) {
            return NVIDIA;
        }
        return NEURON_TYPES.matcher(instanceType).matches() ? NEURON : NONE;
    }

    /** Behind the name of an instance type: {@code with NVIDIA GPUs}. */
    String words() {
        return words;
    }
}
