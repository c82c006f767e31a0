package dev.eksplatform.addon;

import dev.eksplatform.internal.kubernetes.Quantity;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Volumes of kube-prometheus-stack. A larger size does not enlarge a volume that exists.
 *
 * @param prometheus the size of each volume of Prometheus, which removes the oldest metrics when 85 % of it is used
 * @param alertmanager the size of each volume of Alertmanager, for silences; default {@code "2Gi"}
 * @param grafana the size of the volume of Grafana, for dashboards that were not created from ConfigMaps; default {@code "10Gi"}
 * @param storageClass their StorageClass; default the default StorageClass of the cluster, which EKS does not have by itself
 */
@RecordBuilder
public record PrometheusStorage(
        @Example("50Gi") String prometheus,

        @Example("2Gi") String alertmanager,

        @Example("10Gi") String grafana,

        @Example("gp3") @Limit(pattern = ChartChecks.OBJECT_NAME)
        Optional<String> storageClass)
        implements PrometheusStorageBuilder.With {

    private static final BigDecimal USED = new BigDecimal("0.85");
    private static final BigDecimal MEBI = BigDecimal.valueOf(1024 * 1024);

    /** Checks sizes and names. */
    public PrometheusStorage {
        Components.required("prometheus", prometheus, "alertmanager", alertmanager, "grafana", grafana);
        Problems problems = new Problems();
        size("prometheus", prometheus, problems);
        size("alertmanager", alertmanager, problems);
        size("grafana", grafana, problems);
        storageClass.ifPresent(name -> ChartChecks.objectName("storageClass", name, "StorageClass", "gp3", problems));
        problems.throwIfAny();
    }

    /** EBS has no volume below one gibibyte. */
    private static void size(String property, String size, Problems problems) {
        Quantity quantity = problems.collect(PropertyPath.of(property), () -> Quantity.parse(size));
        if (quantity != null && quantity.value().compareTo(MEBI.multiply(BigDecimal.valueOf(1024))) < 0) {
            problems.add(property, "\"" + size + "\"", "1Gi or more", "write it like 50Gi");
        }
    }

    /**
     * Volumes of the default StorageClass.
     *
     * @param prometheus the size of those of Prometheus
     * @return the spec
     */
    @Defaults
    public static PrometheusStorage of(String prometheus) {
        return new PrometheusStorage(prometheus, "2Gi", "10Gi", Optional.empty());
    }

    /** The claim of a volume, as the operator's custom resources have it. */
    Map<String, Object> claim(String size) {
        Map<String, Object> spec = new TreeMap<>(Map.of(
                "accessModes", List.of("ReadWriteOnce"), "resources", Map.of("requests", Map.of("storage", size))));
        storageClass.ifPresent(name -> spec.put("storageClassName", name));
        return Map.of("volumeClaimTemplate", Map.of("spec", spec));
    }

    /** How much of its volume Prometheus uses; its MB are mebibytes. */
    String retentionSize() {
        return Quantity.parse(prometheus)
                        .value()
                        .multiply(USED)
                        .divide(MEBI, 0, RoundingMode.DOWN)
                        .toPlainString()
                + "MB";
    }
}
