package dev.eksplatform.internal.review;

import java.util.List;

/**
 * The changes of one part of a stack.
 *
 * @param stack the stack
 * @param part the construct directly under the stack, or the kind of part when constructs are not known
 * @param changes its changes, riskiest first
 */
public record ChangeGroup(String stack, String part, List<Change> changes) {}
