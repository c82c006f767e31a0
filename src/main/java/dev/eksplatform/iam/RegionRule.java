package dev.eksplatform.iam;

import java.util.List;
import java.util.Locale;
import org.apiguardian.api.API;

/** Which requests go to the region of their caller, from {@code any-region-actions.txt}. */
@API(status = API.Status.INTERNAL)
public final class RegionRule {

    private static final List<String> ANY_REGION = TextTable.read("any-region-actions.txt")
            .lines()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .map(line -> line.toLowerCase(Locale.ROOT))
            .toList();

    private RegionRule() {}

    /**
     * Whether the requests of an action may go to another region than that of the caller.
     *
     * @param action the action, such as {@code iam:GetRole}
     * @return true for services with one endpoint, and for what is called in several regions
     */
    public static boolean mayBeElsewhere(String action) {
        String lower = action.toLowerCase(Locale.ROOT);
        return ANY_REGION.stream().anyMatch(pattern -> Wildcards.match(pattern, lower));
    }
}
