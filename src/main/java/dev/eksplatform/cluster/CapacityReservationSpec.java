package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The capacity reservation that nodes are launched into; one of the three. Source: <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-reservations-launch.html">launch instances into a
 * reservation</a>.
 *
 * @param id an On-Demand Capacity Reservation or a Capacity Block: of one instance type in one zone
 * @param resourceGroupArn a resource group of On-Demand Capacity Reservations
 * @param preference whether open reservations of the instance types are used; default that of EC2, {@code open}
 */
@RecordBuilder
public record CapacityReservationSpec(
        @Example("cr-0a1b2c3d4e5f60718") @Limit(pattern = GivenId.RESERVATION_PATTERN)
        Optional<String> id,

        @Example("arn:aws:resource-groups:eu-central-1:111122223333:group/gpu")
        @Limit(pattern = GivenId.RESOURCE_GROUP_PATTERN)
        Optional<String> resourceGroupArn,

        @Example("none") Optional<Preference> preference)
        implements CapacityReservationSpecBuilder.With {

    /** Whether open reservations of matching instances are used. */
    public enum Preference {
        /** Open reservations that match are used, and otherwise On-Demand capacity. */
        OPEN,
        /** Reservations are not used. */
        NONE,
        /** Nothing else is used: without free reservations no node starts. */
        CAPACITY_RESERVATIONS_ONLY
    }

    /** Checks that there is one of the three. */
    public CapacityReservationSpec {
        List<String> given = Stream.of(
                        id.map(value -> "id"),
                        resourceGroupArn.map(value -> "resourceGroupArn"),
                        preference.map(value -> "preference"))
                .flatMap(Optional::stream)
                .toList();
        Problems problems = new Problems();
        if (given.size() > 1) {
            problems.add(
                    PropertyPath.of(given.get(1)),
                    String.join(" and ", given) + " cannot be combined",
                    "one of id, resourceGroupArn and preference: EC2 takes a target or a preference",
                    "remove all but one");
        }
        problems.throwIfAny();
    }

    /**
     * No reservation: the start for {@code with...}.
     *
     * @return the spec
     */
    @Defaults
    public static CapacityReservationSpec none() {
        return new CapacityReservationSpec(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether it says nothing. */
    boolean isEmpty() {
        return id.isEmpty() && resourceGroupArn.isEmpty() && preference.isEmpty();
    }

    /** Its ids of what exists. */
    void ids(GivenId.Check ids) {
        PropertyPath where = PropertyPath.of("capacityReservation");
        id.ifPresent(text -> ids.check(where.key("id"), text, GivenId.RESERVATION));
        resourceGroupArn.ifPresent(text -> ids.check(where.key("resourceGroupArn"), text, GivenId.RESOURCE_GROUP));
    }
}
