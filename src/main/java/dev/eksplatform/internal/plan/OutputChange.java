package dev.eksplatform.internal.plan;

/**
 * What a plan does with one output value of the stack.
 *
 * @param name the output's name
 * @param action create, update, delete or nothing
 * @param value its value before and after
 */
public record OutputChange(String name, Action action, BeforeAfter value) {}
