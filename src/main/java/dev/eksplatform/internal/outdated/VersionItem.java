package dev.eksplatform.internal.outdated;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.util.Locale;
import java.util.Optional;

/**
 * Something in an environment that has a version.
 *
 * @param position where the version is set, or what it belongs to
 * @param property the property at that position
 * @param kind what it is
 * @param name such as {@code cert-manager}
 * @param has its version, such as {@code v1.21.1}
 * @param newest the newest version that it should have; empty when it is not known
 * @param state how the two compare
 * @param why what is known, by when it matters
 * @param fix what to change; empty when nothing has to be changed
 */
public record VersionItem(
        SourcePosition position,
        PropertyPath property,
        Kind kind,
        String name,
        String has,
        Optional<String> newest,
        State state,
        String why,
        Optional<String> fix) {

    /** What has a version. */
    public enum Kind {
        KUBERNETES(""),
        CHART("chart"),
        EKS_ADDON("EKS add-on"),
        MANAGED_POLICY("managed policy"),
        IMAGE("image");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** In front of a name. */
        String of(String name) {
            return words.isEmpty() ? name : words + " " + name;
        }

        /** In JSON. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How a version compares with what is offered. */
    public enum State {
        OUTDATED,
        CURRENT,
        /** The data has nothing to compare it with. */
        UNKNOWN;

        /** In JSON and texts. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static VersionItem outdated(
            Place.InFile place, Kind kind, String name, String has, Optional<String> newest, String why, String fix) {
        return at(place, kind, name, has, newest, State.OUTDATED, why, Optional.of(fix));
    }

    static VersionItem current(Place.InFile place, Kind kind, String name, String has, String why) {
        return at(place, kind, name, has, Optional.of(has), State.CURRENT, why, Optional.empty());
    }

    static VersionItem unknown(Place.InFile place, Kind kind, String name, String has, String why) {
        return at(place, kind, name, has, Optional.empty(), State.UNKNOWN, why, Optional.empty());
    }

    private static VersionItem at(
            Place.InFile place,
            Kind kind,
            String name,
            String has,
            Optional<String> newest,
            State state,
            String why,
            Optional<String> fix) {
        return new VersionItem(place.position(), place.path(), kind, name, has, newest, state, why, fix);
    }
}
