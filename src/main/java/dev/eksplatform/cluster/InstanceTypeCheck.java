package dev.eksplatform.cluster;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which EC2 instance types a node group can have. */
final class InstanceTypeCheck {

    /**
     * The most instance types of a managed node group. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html">launch templates</a>.
     */
    static final int MOST = 20;

    static final String PATTERN = "^[a-z][a-z0-9-]*\\.[a-z0-9-]+$";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    /**
     * Source: the considerations of <a href="https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html">Windows
     * support</a> in their earlier versions; EKS refuses them still.
     */
    private static final Pattern NO_WINDOWS = Pattern.compile("^(c3|c4|d2|i2|m4(?!\\.16xlarge)|m6a|r3)\\.");

    private final Optional<Architecture> stated;
    private final NodeImage image;
    private final Problems problems;

    InstanceTypeCheck(Optional<Architecture> stated, NodeImage image, Problems problems) {
        this.stated = stated;
        this.image = image;
        this.problems = problems;
    }

    /**
     * The architecture of types that passed the check.
     *
     * @throws InvalidInputException when types are unknown and the group names no architecture
     */
    static Architecture architecture(List<String> types, Optional<Architecture> stated) {
        Problems problems = new Problems();
        for (int i = 0; i < types.size() && stated.isEmpty(); i++) {
            if (InstanceType.find(types.get(i)).isEmpty()) {
                unknown(PropertyPath.of("instanceTypes").index(i), types.get(i), problems);
            }
        }
        problems.throwIfAny();
        return stated.or(() -> InstanceType.find(types.get(0)).flatMap(InstanceType::architecture))
                .orElseThrow(() -> new IllegalStateException("no architecture of " + types));
    }

    private static void unknown(PropertyPath where, String type, Problems problems) {
        String newer = "for a type newer than this release add architecture: arm64 or x86_64";
        problems.add(
                where,
                "\"" + type + "\" is not a known EC2 instance type",
                InstanceType.suggest(type)
                        .map(name -> "did you mean " + name + "? Or, " + newer)
                        .orElse(newer));
    }

    static boolean isType(String text) {
        return FORM.matcher(text).matches();
    }

    void check(List<String> types) {
        if (types.isEmpty()) {
            problems.add(PropertyPath.of("instanceTypes"), "no instance type", "add one, like m7g.large");
        } else if (types.size() > MOST) {
            problems.add(
                    "instanceTypes",
                    types.size() + " instance types",
                    "at most " + MOST + " in a managed node group",
                    "remove some, or add another node group");
        }
        String first = "";
        for (int i = 0; i < types.size(); i++) {
            PropertyPath where = PropertyPath.of("instanceTypes").index(i);
            String type = types.get(i);
            if (types.indexOf(type) < i) {
                problems.add(where, "duplicate instance type " + type, "remove one of them");
            } else if (isUsable(where, type)) {
                Optional<Architecture> architecture = InstanceType.find(type)
                        .flatMap(InstanceType::architecture)
                        .or(() -> stated);
                checkArchitecture(where, type, architecture.orElseThrow(), first);
                first = first.isEmpty() ? type : first;
            }
        }
    }

    private boolean isUsable(PropertyPath where, String type) {
        if (!FORM.matcher(type).matches()) {
            problems.add(
                    where,
                    "\"" + type + "\" is not an EC2 instance type",
                    "family and size",
                    InstanceType.suggest(type)
                            .map(name -> "did you mean " + name + "?")
                            .orElse("write it like m7g.large"));
            return false;
        }
        Optional<InstanceType> known = InstanceType.find(type);
        if (known.isEmpty()) {
            return false;
        }
        if (known.get().architecture().isEmpty()) {
            problems.add(
                    where, type + " is a Mac", "types that EKS has images for", "use another type, such as m7g.large");
            return false;
        }
        return true;
    }

    private void checkArchitecture(PropertyPath where, String type, Architecture architecture, String first) {
        Optional<Architecture> others = stated.or(() -> InstanceType.find(first).flatMap(InstanceType::architecture));
        if (others.isPresent() && others.get() != architecture) {
            problems.add(
                    where,
                    type + " is " + architecture + ", " + (stated.isPresent() ? "architecture" : first) + " is "
                            + others.get(),
                    "types of one architecture: a group has one image",
                    "add another node group for " + type);
        } else if (needsAnotherImage(type, first)) {
            problems.add(
                    where,
                    type + " is " + Accelerator.of(type).words() + ", " + first + " is "
                            + Accelerator.of(first).words(),
                    "types with the same kind of accelerator: a group has one image, with its driver",
                    "add another node group for " + type);
        } else if (image.isWindows() && architecture == Architecture.ARM64) {
            problems.add(
                    where,
                    type + " is arm64",
                    "x86_64 types: Windows runs on no other",
                    "use a type such as m7i.large");
        } else if (image.system() == NodeSystem.AL2023 && type.startsWith("a1.")) {
            // https://docs.aws.amazon.com/linux/al2023/ug/system-requirements.html
            problems.add(
                    where,
                    type + " has the first Graviton processor, on which Amazon Linux 2023 does not run",
                    "Graviton2 and newer",
                    "use a type such as m7g.medium");
        } else if (image.isWindows() && NO_WINDOWS.matcher(type).find()) {
            problems.add(
                    where,
                    type + " does not run Windows nodes",
                    "other types than c3, c4, d2, i2, m4 (except m4.16xlarge), m6a and r3",
                    "use a type such as m7i.large");
        } else if (type.startsWith("p2.")) {
            problems.add(
                    where,
                    type + " needs an NVIDIA driver that no image of EKS has any more",
                    "use a type such as g6.xlarge or p4d.24xlarge");
        }
    }

    private static boolean needsAnotherImage(String type, String first) {
        Accelerator accelerator = Accelerator.of(type);
        Accelerator others = first.isEmpty() ? accelerator : Accelerator.of(first);
        return accelerator != others && (accelerator.hasImage() || others.hasImage());
    }
}
