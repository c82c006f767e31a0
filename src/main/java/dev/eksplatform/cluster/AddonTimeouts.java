package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long Terraform waits for an EKS add-on.
 *
 * @param createMinutes until it is installed; default that of the provider, 20
 * @param updateMinutes until it is updated; default that of the provider, 20
 * @param deleteMinutes until it is gone; default that of the provider, 40
 */
@RecordBuilder
public record AddonTimeouts(
        @Example("30") @Limit(min = 1, max = AddonTimeouts.MOST)
        Optional<Integer> createMinutes,

        @Example("30") @Limit(min = 1, max = AddonTimeouts.MOST)
        Optional<Integer> updateMinutes,

        @Example("60") @Limit(min = 1, max = AddonTimeouts.MOST)
        Optional<Integer> deleteMinutes)
        implements AddonTimeoutsBuilder.With {

    private static final int MOST = 1440;

    /** Checks that each is at most a day. */
    public AddonTimeouts {
        Map<String, Optional<Integer>> all = new LinkedHashMap<>();
        all.put("createMinutes", createMinutes);
        all.put("updateMinutes", updateMinutes);
        all.put("deleteMinutes", deleteMinutes);
        Problems problems = new Problems();
        all.forEach((name, minutes) -> minutes.filter(given -> given < 1 || given > MOST)
                .ifPresent(given -> problems.add(
                        PropertyPath.of(name), given + " minutes", "1 to " + MOST + " minutes", "use 30")));
        problems.throwIfAny();
    }

    /**
     * Those of the provider.
     *
     * @return the defaults
     */
    @Defaults
    public static AddonTimeouts standard() {
        return new AddonTimeouts(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
