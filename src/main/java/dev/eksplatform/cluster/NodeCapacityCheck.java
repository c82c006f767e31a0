package dev.eksplatform.cluster;

import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Optional;

/**
 * Whether how a group's instances are bought, reserved, placed and kept warm goes together.
 *
 * @param capacity how they are bought
 * @param instanceTypes their types
 * @param size their number
 * @param image their image
 * @param oneZone whether all are in one zone, also when there is a group for each zone
 * @param single whether the spec names one zone or subnet
 * @param problems collects what is wrong
 */
record NodeCapacityCheck(
        Capacity capacity,
        List<String> instanceTypes,
        SizeSpec size,
        NodeImage image,
        boolean oneZone,
        boolean single,
        Problems problems) {

    /**
     * Reservations and Capacity Blocks. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/capacity-blocks-mng.html">managed node groups with Capacity
     * Blocks</a>.
     */
    void reservation(Optional<CapacityReservationSpec> reservation) {
        PropertyPath where = PropertyPath.of("capacityReservation");
        Optional<String> id = reservation.flatMap(CapacityReservationSpec::id);
        if (reservation.filter(CapacityReservationSpec::isEmpty).isPresent()) {
            problems.add(where, "no reservation", "add id, resourceGroupArn or preference, or remove it");
        }
        if (reservation.isPresent() && capacity == Capacity.SPOT) {
            problems.add(
                    where,
                    "Spot Instances do not run in reservations",
                    "capacity: on-demand or capacity-block",
                    "remove it, or use capacity: on-demand");
        }
        if (capacity == Capacity.CAPACITY_BLOCK) {
            capacityBlock(id);
        }
        if (id.isPresent()) {
            inOneZone(where.key("id"), single, "a reservation is of one zone");
            if (instanceTypes.size() > 1) {
                problems.add(
                        where.key("id"),
                        "a reservation for " + instanceTypes.size() + " instance types",
                        "one type: a reservation is of one",
                        "remove the other types, or use resourceGroupArn");
            }
        }
    }

    private void capacityBlock(Optional<String> id) {
        if (id.isEmpty()) {
            problems.add(
                    PropertyPath.of("capacity"),
                    "capacity-block without the Capacity Block",
                    "add capacityReservation: {id: cr-…} with its id");
        }
        if (size.min() > 0) {
            problems.add(
                    PropertyPath.of("size", "min"),
                    "min " + size.min() + " with capacity-block",
                    "0: EKS scales the group to 0 before the Capacity Block ends",
                    "use 0");
        }
        lacking(
                InstanceFeature.CAPACITY_BLOCK,
                "is not offered in Capacity Blocks",
                "types such as p5.48xlarge and trn2.48xlarge",
                "use capacity: on-demand");
    }

    /** Types that cannot be bought as Spot Instances. */
    void spot() {
        if (capacity == Capacity.SPOT) {
            lacking(
                    InstanceFeature.SPOT,
                    "is not offered as a Spot Instance",
                    "other types, or capacity: on-demand",
                    "use capacity: on-demand");
        }
    }

    private void lacking(InstanceFeature feature, String what, String allowed, String fix) {
        for (int i = 0; i < instanceTypes.size(); i++) {
            if (feature.of(instanceTypes.get(i)) == Truth.FALSE) {
                problems.add(
                        PropertyPath.of("instanceTypes").index(i), instanceTypes.get(i) + " " + what, allowed, fix);
            }
        }
    }

    /**
     * The placement group. Source: <a
     * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html">placement strategies</a>.
     */
    void placement(Optional<PlacementGroupSpec> group) {
        PropertyPath where = PropertyPath.of("placementGroup");
        if (group.filter(PlacementGroupSpec.none()::equals).isPresent()) {
            problems.add(where, "no placement group", "add strategy, or existing, or remove it");
        }
        if (group.filter(PlacementGroupSpec::needsOneZone).isPresent()) {
            inOneZone(where.key("strategy"), oneZone, "a cluster placement group is in one zone");
            lacking(
                    InstanceFeature.CLUSTER_PLACEMENT,
                    "cannot be in a cluster placement group",
                    "current types that are neither burstable nor flex",
                    "use another type, or strategy: partition");
        }
    }

    /** Elastic Fabric Adapters. */
    void efa(Optional<EfaSpec> efa) {
        if (efa.isEmpty()) {
            return;
        }
        PropertyPath where = PropertyPath.of("efa");
        inOneZone(where, oneZone, "traffic of EFA does not leave its zone");
        if (image.isWindows()) {
            problems.add(where, "EFA with Windows", "al2023 or bottlerocket", "remove it, or use image: al2023");
        }
        if (efa.get().networkCards().isPresent()) {
            return;
        }
        lacking(
                InstanceFeature.EFA,
                "has no EFA",
                "types such as p5.48xlarge and hpc7g.16xlarge",
                "remove efa, or use another type");
        String first = instanceTypes.isEmpty() ? "" : instanceTypes.get(0);
        for (int i = 0; i < instanceTypes.size(); i++) {
            String type = instanceTypes.get(i);
            if (InstanceFeature.EFA.of(type) == Truth.UNKNOWN && InstanceTypeCheck.isType(type)) {
                problems.add(
                        where.key("networkCards"),
                        "the network cards of " + type + " are not known",
                        "add networkCards: the number of its network cards with EFA");
            } else if (!InstanceFeature.efaCards(type).equals(InstanceFeature.efaCards(first))) {
                problems.add(
                        PropertyPath.of("instanceTypes").index(i),
                        type + " has other network cards with EFA than " + first,
                        "types with the same network cards: a group has one launch template",
                        "add another node group for " + type);
            }
        }
    }

    /**
     * Warm pools. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/warm-pools-managed-node-groups.html">warm pools with managed
     * node groups</a>.
     */
    void warmPool(Optional<WarmPoolSpec> pool) {
        PropertyPath where = PropertyPath.of("warmPool");
        pool.ifPresent(warm -> {
            if (capacity != Capacity.ON_DEMAND) {
                problems.add(
                        where,
                        "a warm pool of " + (capacity == Capacity.SPOT ? "Spot Instances" : "a Capacity Block"),
                        "capacity: on-demand",
                        "remove it, or use capacity: on-demand");
            }
            if (image.system() == NodeSystem.BOTTLEROCKET && warm.reuseOnScaleIn()) {
                problems.add(where.key("reuseOnScaleIn"), "reuse of Bottlerocket nodes", "other images", "remove it");
            }
            if (warm.poolState() == WarmPoolSpec.PoolState.HIBERNATED) {
                if (image.system() == NodeSystem.BOTTLEROCKET) {
                    problems.add(
                            where.key("poolState"),
                            "hibernated with Bottlerocket",
                            "stopped or running",
                            "use stopped");
                }
                instanceTypes.stream()
                        .filter(type -> InstanceFeature.HIBERNATION.of(type) == Truth.FALSE)
                        .findFirst()
                        .ifPresent(type -> problems.add(
                                where.key("poolState"),
                                type + " cannot hibernate",
                                "stopped or running",
                                "use stopped"));
            }
        });
    }

    private void inOneZone(PropertyPath where, boolean fits, String reason) {
        if (!fits) {
            problems.add(
                    where,
                    reason + ", the group is in several",
                    "one zone in zones, or one subnet in subnetIds",
                    "add zones with one of network.zones, or subnetIds with one subnet");
        }
    }
}
