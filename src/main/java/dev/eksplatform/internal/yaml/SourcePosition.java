package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.PropertyPath;

/**
 * A place in an environment file.
 *
 * @param file the file as the caller named it, so a relative path stays relative
 * @param line the line, from 1
 * @param column the column, from 1
 * @param path the property, written like a {@link PropertyPath}; empty for the whole file
 */
public record SourcePosition(String file, int line, int column, String path) {

    /** Such as {@code stacks/ingress.yaml:12:9 network.zones[1]}. */
    @Override
    public String toString() {
        String place = file + ":" + line + ":" + column;
        return path.isEmpty() ? place : place + " " + path;
    }
}
