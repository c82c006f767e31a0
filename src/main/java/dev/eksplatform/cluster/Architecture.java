package dev.eksplatform.cluster;

import java.util.regex.Pattern;

/** The processor architecture of an EC2 instance type. */
enum Architecture {
    X86_64,
    ARM64;

    /**
     * Graviton types have a {@code g} right behind the generation ({@code m7g}, {@code c7gn}), and {@code a1} was the
     * first. The Grace processors beside GB200 and GB300 GPUs are Arm too. Sources: <a href="https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html">EC2 instance
     * type naming</a>, <a
     * href="https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html">accelerated computing instances</a>.
     */
    private static final Pattern GRAVITON = Pattern.compile("^(a1|[a-z-]+\\d+g[a-z0-9-]*|p\\d+e-gb\\d+)\\..*");

    static Architecture of(String instanceType) {
        return GRAVITON.matcher(instanceType).matches() ? ARM64 : X86_64;
    }
}
