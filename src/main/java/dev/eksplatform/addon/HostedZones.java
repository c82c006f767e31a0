package dev.eksplatform.addon;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.regex.Pattern;

/** Hosted zones of Route 53, in which add-ons change records. */
final class HostedZones {

    /** The form of a hosted zone's ID. */
    static final String ID = "^Z[A-Z0-9]{1,31}$";

    /** An ID, for corrections. */
    static final String EXAMPLE = "Z0123456789ABCDEFGHIJ";

    private static final Pattern FORM = Pattern.compile(ID);

    private HostedZones() {}

    static void check(String property, List<String> zones, Problems problems) {
        for (int i = 0; i < zones.size(); i++) {
            problems.match(
                    PropertyPath.of(property).index(i),
                    zones.get(i),
                    FORM,
                    "the ID of a hosted zone",
                    "Z and up to 31 letters and digits",
                    "copy it from `aws route53 list-hosted-zones`, without /hostedzone/");
        }
    }
}
