package dev.eksplatform.addon;

import dev.eksplatform.cluster.KmsKeyArn;
import java.util.List;
import java.util.Optional;

/**
 * Log groups in CloudWatch, with one key.
 *
 * @param keyName the alias of the key that is created, without {@code alias/}
 * @param base the name of the group, or the beginning of the names
 * @param names the ends of the names, after a slash; empty for the one group {@code base}
 * @param retentionDays how long CloudWatch keeps what is in them, in days
 * @param kmsKeyArn the KMS key that encrypts them; empty to create one
 */
public record LogGroupsSpec(
        String keyName, String base, List<String> names, int retentionDays, Optional<KmsKeyArn> kmsKeyArn)
        implements AddonResource {

    /** Copies the names. */
    public LogGroupsSpec {
        names = List.copyOf(names);
    }

    /**
     * Groups with one key.
     *
     * @param keyName the alias of the key that is created
     * @param base the beginning of the names
     * @param names the ends of the names; empty for one group
     * @param retentionDays how long CloudWatch keeps what is in them, in days
     * @param kmsKeyArn their key; empty to create one
     * @return the spec
     */
    public static LogGroupsSpec of(
            String keyName, String base, List<String> names, int retentionDays, Optional<KmsKeyArn> kmsKeyArn) {
        return new LogGroupsSpec(keyName, base, names, retentionDays, kmsKeyArn);
    }

    /**
     * The names of the groups.
     *
     * @return at least one
     */
    public List<String> groups() {
        return names.isEmpty()
                ? List.of(base)
                : names.stream().map(name -> base + "/" + name).toList();
    }

    /** The groups as the key's policy names them. */
    String pattern() {
        return names.isEmpty() ? base : base + "/*";
    }
}
