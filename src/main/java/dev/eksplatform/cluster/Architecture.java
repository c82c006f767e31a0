package dev.eksplatform.cluster;

import java.util.regex.Pattern;

/** The processor architecture of an EC2 instance type. */
enum Architecture {
    X86_64,
    ARM64;

    /**
     * Graviton types have a {@code g} right behind the generation ({@code m7g}, {@code c7gn}), and {@code a1} was the
     * first. Source: <a href="https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html">EC2 instance
     * type naming</a>.
     */
    private static final Pattern GRAVITON = Pattern.compile("^(a1|[a-z-]+\\d+g[a-z0-9-]*)\\..*");

    static Architecture of(String instanceType) {
        return GRAVITON.matcher(instanceType).matches() ? ARM64 : X86_64;
    }
}
