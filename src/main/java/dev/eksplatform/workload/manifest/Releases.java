package dev.eksplatform.workload.manifest;

/**
 * A span of Kubernetes minor versions that have something.
 *
 * @param oldest the number behind {@code 1.} of the first that has it, 0 when all older ones have it
 * @param newest that of the last, {@link #OPEN} when all newer ones have it
 */
record Releases(int oldest, int newest) {

    /** No end. */
    static final int OPEN = Integer.MAX_VALUE;

    /** Every version. */
    static final Releases ALL = new Releases(0, OPEN);

    /** Reads {@code 34..}, {@code ..35} or {@code 34..35}. */
    static Releases parse(String text) {
        int dots = text.indexOf("..");
        String oldest = text.substring(0, dots);
        String newest = text.substring(dots + 2);
        return new Releases(
                oldest.isEmpty() ? 0 : Integer.parseInt(oldest), newest.isEmpty() ? OPEN : Integer.parseInt(newest));
    }

    boolean overlaps(Releases other) {
        return oldest <= other.newest && other.oldest <= newest;
    }

    /** {@code Kubernetes 1.34 and newer}, {@code Kubernetes up to 1.35}, {@code Kubernetes 1.34 to 1.35}. */
    @Override
    public String toString() {
        if (oldest == newest) {
            return "Kubernetes 1." + oldest;
        }
        if (oldest == 0) {
            return newest == OPEN ? "every Kubernetes" : "Kubernetes up to 1." + newest;
        }
        return "Kubernetes 1." + oldest + (newest == OPEN ? " and newer" : " to 1." + newest);
    }
}
