package dev.eksplatform.environment;

import dev.eksplatform.cluster.InstanceType;
import dev.eksplatform.iam.Region;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.PodsSpec;
import dev.eksplatform.network.ReservedBlocks;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;

/** What AWS accepts although it is likely not meant, and what this release cannot check. */
public final class EnvironmentHints {

    private EnvironmentHints() {}

    /**
     * Looks at an environment.
     *
     * @param spec its specs
     * @return hints, each at its property
     */
    public static List<Problem> of(EnvironmentSpec spec) {
        Problems hints = new Problems();
        if (!Region.known().contains(spec.region())) {
            hints.add(
                    PropertyPath.of("region"),
                    spec.region() + " is not a region that this release knows",
                    Region.nearest(spec.region())
                            .map(region -> "check it, or write " + region)
                            .orElse("check it"));
        }
        if (spec.network().orElse(null) instanceof NetworkSpec network) {
            network.block().ifPresent(block -> discouraged(PropertyPath.of("network", "cidr"), block, hints));
            for (int i = 0; i < network.secondaryCidrs().size(); i++) {
                PropertyPath where =
                        PropertyPath.of("network", "secondaryCidrs").index(i);
                discouraged(where, network.secondaryCidrs().get(i), hints);
            }
            network.pods()
                    .flatMap(PodsSpec::cidr)
                    .ifPresent(block -> discouraged(PropertyPath.of("network", "pods", "cidr"), block, hints));
        }
        spec.nodeGroups().forEach((name, group) -> {
            for (int i = 0; i < group.instanceTypes().size(); i++) {
                String type = group.instanceTypes().get(i);
                if (InstanceType.find(type).isEmpty()) {
                    hints.add(
                            PropertyPath.of("nodeGroups", name, "instanceTypes").index(i),
                            type + " is not an instance type that this release knows",
                            "check that EC2 has it, with the architecture of the group");
                }
            }
        });
        SmallNodes.of(spec).forEach(hints::add);
        AddressHints.of(spec).forEach(hints::add);
        new NodeHints(spec, hints).add();
        return hints.found();
    }

    private static void discouraged(PropertyPath where, Cidr block, Problems hints) {
        ReservedBlocks.discouragedForVpc(block)
                .ifPresent(what -> hints.add(
                        where,
                        block + " " + what,
                        "blocks of 10.0.0.0/8, 172.16.0.0/12 (but 172.17.0.0/16), 192.168.0.0/16 or 100.64.0.0/10",
                        "use a block such as 10.20.0.0/16"));
    }
}
