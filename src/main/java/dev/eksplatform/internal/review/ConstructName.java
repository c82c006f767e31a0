package dev.eksplatform.internal.review;

import dev.eksplatform.internal.plan.Published;

/**
 * What a resource is called in the code that creates it, which is easier to read than its address with a hash.
 *
 * @param stack the stack
 * @param address the resource's address
 * @param type the resource's type
 * @param construct the path of its construct in the stack, such as {@code node-groups/general/node-group}
 */
public record ConstructName(
        String stack, String address, @Published String type, String construct) {}
