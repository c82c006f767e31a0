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

    /** The text of a value that is known after apply. */
    public static final String UNKNOWN = "(known after apply)";

    /**
     * Says whether it is in a part of the resource.
     *
     * @param part a path, such as {@code vpc_config}
     * @return true for the part as a whole and for a part of it
     */
    public boolean isWithin(String part) {
        return isWithin(path, part);
    }

    /**
     * Says whether a path is in a part of a resource.
     *
     * @param path the path
     * @param part the path of the part
     * @return true for the same path and for a longer one
     */
    public static boolean isWithin(String path, String part) {
        return path.startsWith(part)
                && (path.length() == part.length() || ".[".indexOf(path.charAt(part.length())) >= 0);
    }
}
