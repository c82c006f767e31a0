package dev.eksplatform.cluster;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What EKS refuses of an add-on's configuration. The schema of {@code vpc-cni} has every environment variable as text, also
 * those that are numbers and booleans.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-field-management.html">advanced configuration of
 *     add-ons ({@code aws eks describe-addon-configuration})</a>
 */
final class EksAddonConfiguration {

    private static final List<String> TEXTS_OF_VPC_CNI = List.of("enableNetworkPolicy", "enableWindowsIpam");

    private EksAddonConfiguration() {}

    static void check(EksAddonName name, Map<String, Object> configuration, Problems problems) {
        if (!name.equals(EksAddonName.VPC_CNI)) {
            return;
        }
        PropertyPath where = PropertyPath.of("addons", name.id(), "configuration");
        texts(where.key("env"), configuration.get("env"), problems);
        if (configuration.get("init") instanceof Map<?, ?> init) {
            texts(where.key("init").key("env"), init.get("env"), problems);
        }
        TEXTS_OF_VPC_CNI.forEach(key -> text(where.key(key), configuration.get(key), problems));
    }

    private static void texts(PropertyPath where, @Nullable Object env, Problems problems) {
        if (env instanceof Map<?, ?> variables) {
            variables.forEach((key, value) -> text(where.key(String.valueOf(key)), value, problems));
        } else if (env != null) {
            problems.add(where, "no mapping", "write {ENABLE_PREFIX_DELEGATION: \"true\"}");
        }
    }

    private static void text(PropertyPath where, @Nullable Object value, Problems problems) {
        if (value instanceof Boolean || value instanceof Number) {
            problems.add(
                    where,
                    (value instanceof Boolean ? "the boolean " : "the number ") + value,
                    "text: the schema of vpc-cni has no other type here",
                    "write \"" + value + "\" in quotes");
        } else if (value instanceof Map || value instanceof List) {
            problems.add(where, value instanceof Map ? "a mapping" : "a list", "write one value in quotes");
        }
    }
}
