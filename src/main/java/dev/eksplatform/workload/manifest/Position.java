package dev.eksplatform.workload.manifest;

/**
 * A place in a file.
 *
 * @param file the file as its reader was told to call it, such as {@code stacks/sample-app/deployment.yaml}
 * @param line the line, from 1
 * @param column the column, from 1
 */
public record Position(String file, int line, int column) {

    /** {@code file:line:column}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
