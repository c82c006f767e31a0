package dev.eksplatform.internal.bucket;

import java.util.Optional;

/**
 * What is up to the user.
 *
 * @param keepDays for how many days an old version is kept
 * @param objectLockDays for how many days no version can be deleted; empty for no object lock
 */
public record BucketOptions(int keepDays, Optional<Integer> objectLockDays) {}
