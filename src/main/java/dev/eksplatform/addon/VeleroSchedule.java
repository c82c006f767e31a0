package dev.eksplatform.addon;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A backup that Velero creates again and again. Source: <a href="https://velero.io/docs/v1.18/api-types/schedule/">Schedule</a>.
 *
 * @param cron when, in UTC: minute, hour, day of month, month, day of week, or {@code @daily} and such
 * @param retentionDays how many days it is kept
 * @param namespaces the namespaces in it; default all
 * @param excludedNamespaces namespaces that are not in it; default none
 * @param volumes whether snapshots of volumes belong to it
 * @param paused whether no backup is created for now; default false
 */
@RecordBuilder
public record VeleroSchedule(
        @Example("0 2 * * *") @Limit(pattern = VeleroSchedule.CRON)
        String cron,

        @Example("30") @Limit(min = 1, max = VeleroSchedule.LONGEST)
        int retentionDays,

        @Example("[shop]") @Limit(pattern = DnsName.LABEL_PATTERN, unique = true)
        List<String> namespaces,

        @Example("[kube-system]") @Limit(pattern = DnsName.LABEL_PATTERN, unique = true)
        List<String> excludedNamespaces,

        @Example("false") boolean volumes,

        @Example("true") boolean paused)
        implements VeleroScheduleBuilder.With {

    /** Five fields, or a name. */
    static final String CRON =
            "^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every [0-9]+[hm]([0-9]+m)?|[0-9A-Za-z*/,?-]+( [0-9A-Za-z*/,?-]+){4})$";

    static final int LONGEST = 3650;
    private static final Pattern CRON_FORM = Pattern.compile(CRON);
    private static final int DEFAULT_DAYS = 30;
    private static final int HOURS_OF_A_DAY = 24;

    /** Checks times and namespaces. */
    public VeleroSchedule {
        Components.required("cron", cron);
        namespaces = Components.list("namespaces", namespaces);
        excludedNamespaces = Components.list("excludedNamespaces", excludedNamespaces);
        Problems problems = new Problems();
        problems.match(
                "cron",
                cron,
                CRON_FORM,
                "a schedule",
                "minute, hour, day of month, month, day of week",
                "write it like 0 2 * * *, in quotes where it begins with *");
        if (retentionDays < 1 || retentionDays > LONGEST) {
            problems.add("retentionDays", String.valueOf(retentionDays), "1 to " + LONGEST, "use " + DEFAULT_DAYS);
        }
        check("namespaces", namespaces, problems);
        check("excludedNamespaces", excludedNamespaces, problems);
        problems.throwIfAny();
    }

    private static void check(String property, List<String> names, Problems problems) {
        for (int i = 0; i < names.size(); i++) {
            DnsName.checkNamespace(PropertyPath.of(property).index(i), names.get(i), problems);
        }
    }

    /**
     * A backup of the whole cluster, kept 30 days.
     *
     * @param cron when
     * @return the schedule
     */
    @Defaults
    public static VeleroSchedule of(String cron) {
        return new VeleroSchedule(cron, DEFAULT_DAYS, List.of(), List.of(), true, false);
    }

    Map<String, Object> values(boolean snapshots) {
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("ttl", retentionDays * HOURS_OF_A_DAY + "h0m0s");
        template.put("storageLocation", "default");
        template.put("includedNamespaces", namespaces.isEmpty() ? List.of("*") : namespaces);
        if (!excludedNamespaces.isEmpty()) {
            template.put("excludedNamespaces", excludedNamespaces);
        }
        template.put("snapshotVolumes", snapshots && volumes);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("schedule", cron);
        if (paused) {
            values.put("paused", true);
        }
        values.put("template", template);
        return values;
    }
}
