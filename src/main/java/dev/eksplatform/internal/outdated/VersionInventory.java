package dev.eksplatform.internal.outdated;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.release.ChartReleases;
import dev.eksplatform.internal.release.EksAddonReleases;
import dev.eksplatform.internal.release.KubernetesReleases;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The versions of environments, compared with the data of this release on a day.
 *
 * @param today the day for which support is judged
 * @param items by position
 */
public record VersionInventory(LocalDate today, List<VersionItem> items) {

    /** After this time the data is probably no longer right: EKS adds a Kubernetes version every four months. */
    private static final int FRESH_DAYS = 90;

    /** Keeps a copy. */
    public VersionInventory {
        items = List.copyOf(items);
    }

    /**
     * A table of the data.
     *
     * @param content such as {@code charts}
     * @param day the day on which it was right
     */
    public record Table(String content, LocalDate day) {}

    /** Compares environments with the data. */
    public static VersionInventory of(List<Environment> environments, LocalDate today) {
        List<VersionItem> items = new ArrayList<>();
        for (Environment environment : environments) {
            List<VersionItem> found = new ArrayList<>();
            KubernetesSupport.of(environment, today).ifPresent(found::add);
            found.addAll(EksAddonVersions.of(environment));
            found.addAll(ChartVersions.of(environment));
            found.addAll(ManagedPolicies.of(environment));
            found.addAll(Images.of(environment));
            found.sort(Comparator.comparing(VersionItem::position));
            items.addAll(found);
        }
        return new VersionInventory(today, items);
    }

    /** The tables that versions are compared with. */
    public static List<Table> tables() {
        return List.of(
                new Table("Kubernetes versions", KubernetesReleases.get().day()),
                new Table("EKS add-ons", EksAddonReleases.get().day()),
                new Table("charts", ChartReleases.get().day()));
    }

    /** Those in a state. */
    public List<VersionItem> in(VersionItem.State state) {
        return items.stream().filter(item -> item.state() == state).toList();
    }

    /** How many days old the oldest table is, when that is more than 90; else 0. */
    public long staleDays() {
        LocalDate oldest = Collections.min(tables().stream().map(Table::day).toList());
        long age = ChronoUnit.DAYS.between(oldest, today);
        return age > FRESH_DAYS ? age : 0;
    }
}
