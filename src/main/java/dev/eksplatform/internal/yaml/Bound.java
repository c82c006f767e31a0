package dev.eksplatform.internal.yaml;

/**
 * A value read from a file, with the places of its properties.
 *
 * @param value the value
 * @param positions where its properties stand, for findings made later
 * @param <T> its type
 */
public record Bound<T>(T value, Positions positions) {}
