package dev.eksplatform.internal.release;

import java.util.Comparator;

/**
 * A released version of a Terraform provider.
 *
 * @param major the first number
 * @param minor the second number
 * @param patch the third number
 */
public record ProviderVersion(int major, int minor, int patch) implements Comparable<ProviderVersion> {

    private static final Comparator<ProviderVersion> ORDER = Comparator.comparingInt(ProviderVersion::major)
            .thenComparingInt(ProviderVersion::minor)
            .thenComparingInt(ProviderVersion::patch);

    /** Reads one to three numbers; those that are left out are 0. */
    static ProviderVersion parse(String text) {
        String[] numbers = text.split("\\.");
        return new ProviderVersion(
                Integer.parseInt(numbers[0]),
                numbers.length > 1 ? Integer.parseInt(numbers[1]) : 0,
                numbers.length > 2 ? Integer.parseInt(numbers[2]) : 0);
    }

    ProviderVersion nextPatch() {
        return new ProviderVersion(major, minor, patch + 1);
    }

    @Override
    public int compareTo(ProviderVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
