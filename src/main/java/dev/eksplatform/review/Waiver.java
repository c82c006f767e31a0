package dev.eksplatform.review;

/**
 * Why a finding is accepted for now.
 *
 * @param reason why
 * @param owner who answers for it
 * @param expires the last day it holds, such as {@code 2027-01-31}
 */
public record Waiver(String reason, String owner, String expires) {}
