package dev.eksplatform.environment;

import dev.eksplatform.addon.AckService;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.NodeImage;
import dev.eksplatform.cluster.RosaClusterSpec;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problems;
import java.util.regex.Pattern;

/** How the parts of an environment go together, apart from identities. */
final class EnvironmentChecks {

    private static final Pattern NODE_GROUP_NAME = Pattern.compile("^[0-9A-Za-z][0-9A-Za-z_-]{0,35}$");

    private final EnvironmentSpec spec;
    private final Problems problems;

    private EnvironmentChecks(EnvironmentSpec spec, Problems problems) {
        this.spec = spec;
        this.problems = problems;
    }

    static void check(EnvironmentSpec spec, Problems problems) {
        EnvironmentChecks checks = new EnvironmentChecks(spec, problems);
        checks.zones();
        new PlacementChecks(spec, problems).check();
        ClosedNetwork.check(spec, problems);
        if (spec.cluster() instanceof ClusterSpec) {
            checks.madeCluster();
        } else {
            checks.existingCluster();
        }
        if (spec.cluster() instanceof RosaClusterSpec) {
            checks.rosa();
        }
        checks.workloads();
    }

    private void zones() {
        if (spec.network().orElse(null) instanceof NetworkSpec network) {
            String first = network.zones().get(0).region();
            boolean allOfOne =
                    network.zones().stream().allMatch(zone -> zone.region().equals(first));
            for (int i = 0; i < network.zones().size(); i++) {
                Zone zone = network.zones().get(i);
                if (!zone.region().equals(spec.region())) {
                    problems.add(
                            "network.zones[" + i + "]",
                            zone + " is a zone of " + zone.region(),
                            "zones of " + spec.region(),
                            "use " + spec.region() + zone.letter() + (allOfOne ? ", or set region: " + first : ""));
                }
            }
        }
    }

    /** EKS: letters, digits, - and _; Terraform puts a suffix of 26 characters behind it, and EKS takes 63. */
    private void nodeGroupNames() {
        spec.nodeGroups().keySet().forEach(name -> {
            if (!NODE_GROUP_NAME.matcher(name).matches()) {
                problems.add(
                        "nodeGroups." + name,
                        "\"" + name + "\" is not a node group's name",
                        "1 to 36 letters, digits, - and _, beginning with a letter or digit",
                        "rename it, such as to general");
            }
        });
    }

    private void madeCluster() {
        nodeGroupNames();
        if (spec.network().isEmpty()) {
            problems.add(
                    "cluster",
                    "a cluster to make, without a network",
                    "a network with cidr and zones, or an existing one",
                    "add network: {cidr: 10.20.0.0/16, zones: [" + spec.region() + "a, " + spec.region() + "b]}");
        }
        boolean linuxNodes =
                spec.nodeGroups().values().stream().anyMatch(group -> group.image() != NodeImage.WINDOWS_2022);
        if (!linuxNodes && spec.fargate().isEmpty()) {
            problems.add(
                    spec.nodeGroups().isEmpty() ? "cluster" : "nodeGroups",
                    "a cluster without Linux nodes, which CoreDNS and every add-on need",
                    "a node group of another image than windows-2022, or a Fargate profile",
                    "add nodeGroups: {general: {instanceTypes: [m7g.large]}}");
        }
    }

    private void existingCluster() {
        String owner = "with a cluster that exists already";
        if (spec.network().isPresent()) {
            unused("network", "a network " + owner + ", whose network is its own");
        }
        if (!spec.nodeGroups().isEmpty()) {
            unused("nodeGroups", "node groups " + owner);
        }
        if (!spec.fargate().isEmpty()) {
            unused("fargate", "Fargate profiles " + owner);
        }
    }

    private void unused(String property, String found) {
        problems.add(property, found, "these only with a cluster that is made here", "remove " + property);
    }

    private void rosa() {
        if (spec.clusterAuthentication().isPresent()) {
            problems.add(
                    "clusterAuthentication",
                    "authentication of EKS with ROSA, which is reached by cluster.rosa.kubeContext",
                    "this only with EKS",
                    "remove clusterAuthentication");
        }
        notOnRosa("addons.cert-manager", spec.addons().certManager().isPresent());
        notOnRosa(
                "addons.aws-load-balancer-controller",
                spec.addons().loadBalancerController().isPresent());
    }

    private void notOnRosa(String property, boolean present) {
        if (present) {
            problems.add(
                    property,
                    "an add-on of EKS on ROSA, which has its own operator for it",
                    "ack and helm on ROSA",
                    "remove it, and use a Route or the operator from OperatorHub");
        }
    }

    private void workloads() {
        boolean makesBuckets = spec.addons().ack().containsKey(AckService.S3);
        spec.workloads().buckets().keySet().forEach(namespace -> {
            if (!makesBuckets) {
                problems.add(
                        "workloads.buckets." + namespace,
                        "a bucket to make without the controller that makes it",
                        "buckets with addons.ack.s3",
                        "add addons: {ack: {s3: {}}}");
            }
        });
        if (!(spec.cluster() instanceof RosaClusterSpec)
                && !spec.workloads().securityContextConstraints().isEmpty()) {
            problems.add(
                    "workloads.securityContextConstraints",
                    "SecurityContextConstraints on EKS, which has none",
                    "these only on ROSA",
                    "remove it, or label the namespace with pod-security.kubernetes.io/enforce");
        }
    }
}
