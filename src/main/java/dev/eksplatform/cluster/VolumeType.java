package dev.eksplatform.cluster;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.Locale;
import java.util.Optional;

/**
 * A type of EBS volume. Source of the limits: <a
 * href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html">EBS volume types</a>.
 */
public enum VolumeType {
    /** General purpose SSD, IOPS and throughput of its own choice. */
    GP3(1, 65_536, 3_000, 80_000, 500),
    /** General purpose SSD of the previous generation: IOPS by size. */
    GP2(1, 16_384, 0, 0, 0),
    /** Provisioned IOPS SSD with the highest durability. */
    IO2(4, 65_536, 100, 256_000, 1_000),
    /** Provisioned IOPS SSD of the previous generation. */
    IO1(4, 16_384, 100, 64_000, 50),
    /** Throughput-optimized HDD, not for the disk that nodes boot from. */
    ST1(125, 16_384, 0, 0, 0),
    /** Cold HDD, not for the disk that nodes boot from. */
    SC1(125, 16_384, 0, 0, 0);

    /** The least and the most throughput of gp3 in MiB/s. */
    static final int LEAST_THROUGHPUT = 125;

    static final int MOST_THROUGHPUT = 2_000;

    /** The most IOPS of any type, for the schema. */
    static final int MOST_IOPS = 256_000;

    /** The least IOPS of any type, for the schema. */
    static final int LEAST_IOPS = 100;

    /** The largest volume of any type in GiB, for the schema. */
    static final int LARGEST = 65_536;

    /** IOPS of gp3 for each MiB/s of throughput. */
    private static final int IOPS_PER_THROUGHPUT = 4;

    private final int smallest;
    private final int largest;
    private final int leastIops;
    private final int mostIops;
    private final int iopsPerGib;

    VolumeType(int smallest, int largest, int leastIops, int mostIops, int iopsPerGib) {
        this.smallest = smallest;
        this.largest = largest;
        this.leastIops = leastIops;
        this.mostIops = mostIops;
        this.iopsPerGib = iopsPerGib;
    }

    /** The name in the EC2 API. */
    String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nodes can boot from it. */
    boolean isBootable() {
        return this != ST1 && this != SC1;
    }

    /** The largest volume in GiB. */
    int largest() {
        return largest;
    }

    /** Checks the size of a volume, at its property. */
    void checkSize(PropertyPath where, int sizeGib, Problems problems) {
        if (sizeGib < smallest || sizeGib > largest) {
            problems.add(
                    where,
                    sizeGib + " GiB",
                    apiName() + " volumes of " + smallest + " to " + largest + " GiB",
                    "use " + Math.max(smallest, Math.min(largest, sizeGib)));
        }
    }

    /**
     * Checks IOPS and throughput of a volume.
     *
     * @param volume where {@code iops} and {@code throughputMib} are
     * @param sizeGib its size
     */
    void checkPerformance(
            PropertyPath volume,
            int sizeGib,
            Optional<Integer> iops,
            Optional<Integer> throughputMib,
            Problems problems) {
        if (iops.isPresent()) {
            checkIops(volume.key("iops"), sizeGib, iops.get(), problems);
        } else if (this == IO1 || this == IO2) {
            problems.add(
                    volume.key("iops"),
                    "no iops for " + apiName(),
                    leastIops + " to " + mostIops + ": the type has no default",
                    "add iops: 3000, or use gp3");
        }
        throughputMib.ifPresent(throughput ->
                checkThroughput(volume.key("throughputMib"), iops.orElse(leastIops), throughput, problems));
    }

    private void checkIops(PropertyPath where, int sizeGib, int iops, Problems problems) {
        if (mostIops == 0) {
            problems.add(
                    where,
                    "iops of a volume of type " + apiName(),
                    "iops for gp3, io1 and io2",
                    "remove it, or use gp3");
            return;
        }
        if (iops < leastIops || iops > mostIops) {
            problems.add(
                    where,
                    iops + " IOPS",
                    leastIops + " to " + mostIops + " for " + apiName(),
                    "use " + Math.max(leastIops, Math.min(mostIops, iops)));
            return;
        }
        long most = Math.max(leastIops, (long) sizeGib * iopsPerGib);
        if (iops > most) {
            problems.add(
                    where,
                    iops + " IOPS of " + sizeGib + " GiB",
                    "at most " + iopsPerGib + " IOPS for each GiB of " + apiName(),
                    "use " + most + ", or at least " + (iops + iopsPerGib - 1) / iopsPerGib + " GiB");
        }
    }

    private void checkThroughput(PropertyPath where, int iops, int throughput, Problems problems) {
        if (this != GP3) {
            problems.add(
                    where,
                    "throughput of a volume of type " + apiName(),
                    "throughput for gp3",
                    "remove it, or use gp3");
        } else if (throughput < LEAST_THROUGHPUT || throughput > MOST_THROUGHPUT) {
            problems.add(
                    where,
                    throughput + " MiB/s",
                    LEAST_THROUGHPUT + " to " + MOST_THROUGHPUT,
                    "use " + Math.max(LEAST_THROUGHPUT, Math.min(MOST_THROUGHPUT, throughput)));
        } else if (throughput * IOPS_PER_THROUGHPUT > iops) {
            problems.add(
                    where,
                    throughput + " MiB/s with " + iops + " IOPS",
                    "at most a quarter of the IOPS",
                    "use " + iops / IOPS_PER_THROUGHPUT + ", or iops: " + throughput * IOPS_PER_THROUGHPUT);
        }
    }
}
