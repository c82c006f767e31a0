package dev.eksplatform.environment;

import dev.eksplatform.cluster.AutoModeSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonSpec;
import dev.eksplatform.cluster.StorageClassSource;
import dev.eksplatform.cluster.StorageClassSpec;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Classes of volumes beside the drivers that create these, the classes of EKS Auto Mode, and each other. */
final class StorageClassChecks {

    private static final String PROPERTY = "storageClasses";

    private static final String CLASS_OF_DRIVER = "ebs-csi-default-sc";

    private final EnvironmentSpec spec;
    private final Problems problems;

    private StorageClassChecks(EnvironmentSpec spec, Problems problems) {
        this.spec = spec;
        this.problems = problems;
    }

    static void check(EnvironmentSpec spec, Problems problems) {
        StorageClassChecks checks = new StorageClassChecks(spec, problems);
        checks.defaults();
        spec.storageClasses().forEach((name, source) -> {
            checks.driver(name, source);
            if (source instanceof StorageClassSpec ebs) {
                checks.zones(PropertyPath.of(PROPERTY, name), ebs);
            }
        });
        spec.cluster()
                .autoMode()
                .map(AutoModeSpec::storageClasses)
                .orElse(Map.of())
                .forEach((name, ebs) -> {
                    PropertyPath where = PropertyPath.of("cluster", "autoMode", PROPERTY, name);
                    checks.zones(where, ebs);
                    if (spec.storageClasses().containsKey(name)) {
                        problems.add(where, "storageClasses has a class " + name + ", too", "rename one of them");
                    }
                });
    }

    /** Kubernetes takes the newest of several, which is another one after each change. */
    private void defaults() {
        List<String> others = new ArrayList<>();
        spec.cluster()
                .autoMode()
                .map(AutoModeSpec::storageClasses)
                .orElse(Map.of())
                .forEach((name, ebs) -> {
                    if (ebs.settings().isDefault()) {
                        others.add("cluster.autoMode.storageClasses." + name);
                    }
                });
        spec.cluster()
                .created()
                .map(cluster -> cluster.addons().get(EksAddonName.AWS_EBS_CSI_DRIVER))
                .filter(StorageClassChecks::createsDefault)
                .ifPresent(addon -> others.add("the class of the add-on aws-ebs-csi-driver (defaultStorageClass)"));
        spec.storageClasses().forEach((name, source) -> {
            if (source.settings().isDefault()) {
                if (!others.isEmpty()) {
                    problems.add(
                            PropertyPath.of(PROPERTY, name, "isDefault"),
                            "a second default beside " + others.get(0),
                            "remove one of them");
                }
                others.add("storageClasses." + name);
            }
        });
    }

    /** Whether a cluster that is created has a class, or a default one. EKS creates gp2, which is not the default. */
    static boolean isKnown(EnvironmentSpec spec, Optional<String> name) {
        Map<String, StorageClassSource> classes = new TreeMap<>(spec.storageClasses());
        spec.cluster().autoMode().ifPresent(autoMode -> classes.putAll(autoMode.storageClasses()));
        boolean ofDriver = spec.cluster()
                .created()
                .map(cluster -> cluster.addons().get(EksAddonName.AWS_EBS_CSI_DRIVER))
                .filter(StorageClassChecks::createsDefault)
                .isPresent();
        return name.map(one -> classes.containsKey(one) || one.equals("gp2") || ofDriver && one.equals(CLASS_OF_DRIVER))
                .orElse(ofDriver
                        || classes.values().stream()
                                .anyMatch(source -> source.settings().isDefault()));
    }

    private static boolean createsDefault(EksAddonSpec addon) {
        return addon.configuration().get("defaultStorageClass") instanceof Map<?, ?> settings
                && Boolean.TRUE.equals(settings.get("enabled"));
    }

    /** What an existing cluster has is not known, and ROSA has the EBS driver. */
    private void driver(String name, StorageClassSource source) {
        EksAddonName driver = source.driver();
        spec.cluster()
                .created()
                .filter(cluster -> !cluster.addons().containsKey(driver) && !isChart(driver))
                .ifPresent(cluster -> problems.add(
                        PropertyPath.of(PROPERTY, name),
                        "no driver creates its volumes: " + driver + " is not installed",
                        "add cluster.addons: {" + driver + ": {}}"
                                + (AutoModeChecks.isOn(spec) && source instanceof StorageClassSpec
                                        ? ", or move the class to cluster.autoMode.storageClasses"
                                        : "")));
    }

    private boolean isChart(EksAddonName driver) {
        return spec.addons().helm().values().stream()
                .map(release -> release.chart())
                .anyMatch(chart -> chart.equals(driver.id()) || chart.endsWith("/" + driver.id()));
    }

    private void zones(PropertyPath where, StorageClassSpec ebs) {
        for (int i = 0; i < ebs.zones().size(); i++) {
            Zone zone = ebs.zones().get(i);
            if (!zone.region().equals(spec.region())) {
                problems.add(
                        where.key("zones").index(i),
                        zone + " is not a zone of " + spec.region(),
                        "use a zone of the network");
            }
        }
    }
}
