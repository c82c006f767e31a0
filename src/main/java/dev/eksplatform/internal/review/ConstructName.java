package dev.eksplatform.internal.review;

/**
 * What a resource is called in the code that makes it, which says more to a reader than its address with a hash in it.
 *
 * @param stack the stack
 * @param address the resource's address
 * @param type the resource's type
 * @param construct the path of its construct in the stack, such as {@code node-groups/general/node-group}
 */
public record ConstructName(String stack, String address, String type, String construct) {}
