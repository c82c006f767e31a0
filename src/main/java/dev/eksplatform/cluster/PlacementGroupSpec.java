package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The placement group of the nodes: one that exists, or one that is created. Source: <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-groups.html">placement groups</a>.
 *
 * @param existing the name of a placement group that exists; default one is created
 * @param strategy how instances are placed in the group that is created
 * @param partitionCount the number of partitions for each zone, for {@code strategy: partition}
 */
@RecordBuilder
public record PlacementGroupSpec(
        @Example("gpu") @Limit(pattern = PlacementGroupSpec.NAME)
        Optional<String> existing,

        @Example("cluster") Optional<Strategy> strategy,

        @Example("3") @Limit(min = 1, max = PlacementGroupSpec.MOST_IN_ZONE)
        Optional<Integer> partitionCount)
        implements PlacementGroupSpecBuilder.With {

    /** The most partitions of a zone, and the most instances of a zone in a spread placement group. */
    private static final int MOST_IN_ZONE = 7;

    private static final String NAME = "^[!-~]([ -~]{0,253}[!-~])?$";
    private static final Pattern NAME_FORM = Pattern.compile(NAME);

    /** How instances are placed. */
    public enum Strategy {
        /** Close together in one zone, for little latency. */
        CLUSTER,
        /** In partitions that share no hardware. */
        PARTITION,
        /** Each on hardware of its own: at most seven in a zone. */
        SPREAD
    }

    /** Checks that it is either created or exists, and the partitions. */
    public PlacementGroupSpec {
        Problems problems = new Problems();
        existing.ifPresent(name -> problems.match(
                "existing",
                name,
                NAME_FORM,
                "the name of a placement group",
                "up to 255 ASCII characters",
                "copy it from `aws ec2 describe-placement-groups`"));
        if (existing.isPresent() && (strategy.isPresent() || partitionCount.isPresent())) {
            problems.add(
                    PropertyPath.of("existing"),
                    "a placement group that exists has a strategy already",
                    "remove strategy and partitionCount, or existing");
        } else if (partitionCount.isPresent() && strategy.orElse(null) != Strategy.PARTITION) {
            problems.add(
                    PropertyPath.of("partitionCount"),
                    "partitions without strategy: partition",
                    "add strategy: partition, or remove it");
        }
        partitionCount
                .filter(count -> count < 1 || count > MOST_IN_ZONE)
                .ifPresent(count -> problems.add(
                        "partitionCount",
                        count + " partitions",
                        "1 to 7 for each zone",
                        "use " + Math.max(1, Math.min(7, count))));
        problems.throwIfAny();
    }

    /**
     * A placement group that says nothing yet: the start for {@code with...}.
     *
     * @return the spec
     */
    @Defaults
    public static PlacementGroupSpec none() {
        return new PlacementGroupSpec(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * A placement group that is created.
     *
     * @param strategy how instances are placed
     * @return the spec
     */
    public static PlacementGroupSpec of(Strategy strategy) {
        return none().withStrategy(Optional.of(strategy));
    }

    /**
     * The most nodes of a group.
     *
     * @param zones the number of its zones
     * @return seven in each zone of a spread placement group that is created; empty for no limit
     */
    public Optional<Integer> mostNodes(int zones) {
        return strategy.filter(Strategy.SPREAD::equals).map(spread -> zones * MOST_IN_ZONE);
    }

    /** Whether it is for one zone. */
    boolean needsOneZone() {
        return strategy.filter(Strategy.CLUSTER::equals).isPresent();
    }
}
