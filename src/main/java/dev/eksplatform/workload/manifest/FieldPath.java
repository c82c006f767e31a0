package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problem;

/** Names of fields as they are written in problems: {@code spec.containers[0].env[1].value}. */
final class FieldPath {

    private FieldPath() {}

    static String child(String path, String key) {
        return Problem.property(path, key);
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** The path without its last step; empty for a top-level field. */
    static String parent(String path) {
        if (path.endsWith("\"]")) {
            return path.substring(0, path.lastIndexOf("[\""));
        }
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut < 0 ? "" : path.substring(0, cut);
    }
}
