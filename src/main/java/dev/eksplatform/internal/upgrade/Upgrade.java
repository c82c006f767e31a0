package dev.eksplatform.internal.upgrade;

import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * What an upgrade of an environment changes in its files, and what they say about it.
 *
 * @param file the environment file, as it was named
 * @param from the Kubernetes version in the file
 * @param to the version to upgrade to
 * @param edits the files that are changed, the environment file first
 * @param changes what is changed, in the order of the files
 * @param blockers what must be fixed before the upgrade
 * @param notes what to know about it
 * @param unchecked what this file does not show
 */
public record Upgrade(
        Path file,
        KubernetesVersion from,
        KubernetesVersion to,
        List<Edit> edits,
        List<Change> changes,
        List<Problem> blockers,
        List<Problem> notes,
        List<Unchecked> unchecked) {

    /**
     * A file that is changed.
     *
     * @param file the environment file, or one that it includes
     * @param before its text, with a byte order mark if it has one
     * @param after the text with the changes
     */
    public record Edit(Path file, String before, String after) {}

    /**
     * A value that is changed.
     *
     * @param place where it is in the text before
     * @param from the value before
     * @param to the value after
     */
    public record Change(Place.InFile place, String from, String to) {}

    /**
     * What only the cluster shows.
     *
     * @param what such as {@code the nodes of the cluster}
     * @param command shows it
     */
    public record Unchecked(String what, String command) {}

    /** Whether something must be fixed first. */
    public boolean isBlocked() {
        return !blockers.isEmpty();
    }
}
