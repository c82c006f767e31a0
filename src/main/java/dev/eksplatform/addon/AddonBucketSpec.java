package dev.eksplatform.addon;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import java.util.Optional;

/**
 * A private bucket: encrypted, with versions, without public access, only over TLS.
 *
 * @param name its name
 * @param kmsKey the ARN of the key that encrypts it; empty for the key of Amazon S3
 * @param forceDestroy whether a destroy deletes it with what is in it
 */
@RecordBuilder
public record AddonBucketSpec(String name, Optional<String> kmsKey, boolean forceDestroy)
        implements AddonResource, AddonBucketSpecBuilder.With {

    private static final int LONGEST_NAME = 63;

    /**
     * A bucket with the key of Amazon S3, which a destroy deletes only when it is empty.
     *
     * @param name its name
     * @return the bucket
     */
    public static AddonBucketSpec of(String name) {
        return new AddonBucketSpec(name, Optional.empty(), false);
    }

    /**
     * A name that no bucket of another cluster has: that of the cluster, shortened with a hash where it is too long or has characters that names
     * of buckets cannot have, with account and region, because buckets of all accounts share one namespace.
     */
    static String nameOf(AddonContext context, String purpose) {
        String end = "-" + purpose + "-" + context.account().digits() + "-" + context.region();
        String cluster = context.clusterName();
        String legal = cluster.toLowerCase(Locale.ROOT).replace('_', '-');
        int rest = LONGEST_NAME - end.length();
        if (legal.equals(cluster) && legal.length() <= rest) {
            return legal + end;
        }
        String hash = String.format("-%08x", cluster.hashCode());
        String start = legal.substring(0, Math.min(legal.length(), rest - hash.length()));
        return start.replaceFirst("-+$", "") + hash + end;
    }
}
