package dev.eksplatform.internal.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a chart or add-on, in the order in which versions are released: {@code 1.9.0}, {@code v1.10.0-rc.1}, {@code
 * v1.10.0}, {@code v1.10.0-eksbuild.2}, {@code v1.10.0-eksbuild.10}.
 *
 * @param numbers its numbers; for an EKS add-on with that of the build
 * @param prerelease what follows a hyphen, if it is not a build of EKS; empty for a release
 */
public record ReleaseNumber(List<Integer> numbers, String prerelease) implements Comparable<ReleaseNumber> {

    private static final Pattern FORM = Pattern.compile(
            "v?(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(?:-eksbuild\\.(\\d{1,9})|-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");

    /**
     * Reads a version.
     *
     * @return the version; empty when the text is none
     */
    public static Optional<ReleaseNumber> of(String text) {
        Matcher version = FORM.matcher(text);
        if (!version.matches()) {
            return Optional.empty();
        }
        List<Integer> numbers = new ArrayList<>();
        for (int group = 1; group <= 4; group++) {
            if (version.group(group) != null) {
                numbers.add(Integer.parseInt(version.group(group)));
            }
        }
        return Optional.of(new ReleaseNumber(List.copyOf(numbers), version.group(5) == null ? "" : version.group(5)));
    }

    /** Whether a version is older than another one; false when one of them cannot be read. */
    public static boolean isOlder(String version, String than) {
        return of(version)
                .flatMap(left -> of(than).map(right -> left.compareTo(right) < 0))
                .orElse(false);
    }

    static ReleaseNumber parse(String text) {
        return of(text).orElseThrow(() -> new IllegalStateException("not a version: " + text));
    }

    int minor() {
        return numbers.get(1);
    }

    @Override
    public int compareTo(ReleaseNumber other) {
        for (int i = 0; i < Math.min(numbers.size(), other.numbers.size()); i++) {
            int order = Integer.compare(numbers.get(i), other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (numbers.size() != other.numbers.size()) {
            return Integer.compare(numbers.size(), other.numbers.size());
        }
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        return prerelease.compareTo(other.prerelease);
    }
}
