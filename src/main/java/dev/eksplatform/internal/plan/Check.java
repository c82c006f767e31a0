package dev.eksplatform.internal.plan;

import java.util.List;

/**
 * The outcome of a precondition, postcondition or check block.
 *
 * @param address what was checked, such as {@code check.endpoint}
 * @param status {@code pass}, {@code fail}, {@code error} or {@code unknown}
 * @param messages what the failed conditions say
 */
public record Check(String address, String status, List<String> messages) {}
