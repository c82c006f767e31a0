package dev.eksplatform.internal.review;

import org.jspecify.annotations.Nullable;

/**
 * One attribute that differs.
 *
 * @param path where in the resource, such as {@code vpc_config.public_access_cidrs} or {@code values.replicaCount}
 * @param before the value before; {@code null} when there was none
 * @param after the value after; {@code null} when there will be none
 * @param forcesReplacement whether this attribute is why the resource is replaced
 */
public record Difference(
        String path, @Nullable String before, @Nullable String after, boolean forcesReplacement) {

    /** What stands for a value that is decided during apply. */
    public static final String UNKNOWN = "(known after apply)";
}
