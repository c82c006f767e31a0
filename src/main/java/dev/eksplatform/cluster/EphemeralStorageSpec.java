package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The data volume of a node of EKS Auto Mode or Karpenter. It is always encrypted.
 *
 * @param sizeGib its size in GiB; default 80
 * @param iops its I/O operations a second; default 3000
 * @param throughputMibps its throughput in MiB a second; default 125
 * @param kmsKeyId the KMS key of its encryption, by ARN, id or alias; default that of the account for EBS. The key policy must let
 *     the cluster role use it, or the role of Karpenter's controller
 */
@RecordBuilder
public record EphemeralStorageSpec(
        @Example("200") @Limit(min = 1, max = EphemeralStorageSpec.LARGEST)
        int sizeGib,

        @Example("6000") @Limit(min = EphemeralStorageSpec.LEAST_IOPS, max = EphemeralStorageSpec.MOST_IOPS)
        int iops,

        @Example("250") @Limit(min = EphemeralStorageSpec.LEAST_THROUGHPUT, max = EphemeralStorageSpec.MOST_THROUGHPUT)
        int throughputMibps,

        @Example("alias/nodes") Optional<String> kmsKeyId)
        implements EphemeralStorageSpecBuilder.With {

    private static final int LARGEST = 59_000;
    private static final int LEAST_IOPS = 3_000;
    private static final int MOST_IOPS = 16_000;
    private static final int LEAST_THROUGHPUT = 125;
    private static final int MOST_THROUGHPUT = 1_000;

    /**
     * Checks the numbers. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html#auto-node-class-spec">node class
     * specification</a>; a gp3 volume has at most 0.25 MiB a second for each I/O operation a second.
     */
    public EphemeralStorageSpec {
        Problems problems = new Problems();
        range("sizeGib", sizeGib, 1, LARGEST, "use 80, or what images need", problems);
        range("iops", iops, LEAST_IOPS, MOST_IOPS, "use 3000", problems);
        range("throughputMibps", throughputMibps, LEAST_THROUGHPUT, MOST_THROUGHPUT, "use 125", problems);
        if (problems.isEmpty() && throughputMibps * 4 > iops) {
            problems.add(
                    "throughputMibps",
                    throughputMibps + " MiB a second with " + iops + " I/O operations a second",
                    "at most a quarter of iops",
                    "set iops: " + throughputMibps * 4 + ", or throughputMibps: " + iops / 4);
        }
        problems.throwIfAny();
    }

    private static void range(String property, int value, int least, int most, String fix, Problems problems) {
        if (value < least || value > most) {
            problems.add(property, String.valueOf(value), least + " to " + most, fix);
        }
    }

    /**
     * What EKS Auto Mode gives a node by default, and Karpenter here.
     *
     * @return the defaults
     */
    @Defaults
    public static EphemeralStorageSpec standard() {
        return new EphemeralStorageSpec(80, LEAST_IOPS, LEAST_THROUGHPUT, Optional.empty());
    }

    /** The volume as a node class of EKS Auto Mode has it. */
    Map<String, Object> body() {
        Map<String, Object> body = new TreeMap<>();
        body.put("size", sizeGib + "Gi");
        body.put("iops", iops);
        body.put("throughput", throughputMibps);
        kmsKeyId.ifPresent(key -> body.put("kmsKeyID", key));
        return body;
    }

    /** The volume as a node class of Karpenter has it. */
    Map<String, Object> ebs() {
        Map<String, Object> body = ebs(sizeGib);
        body.put("iops", iops);
        body.put("throughput", throughputMibps);
        kmsKeyId.ifPresent(key -> body.put("kmsKeyID", key));
        return body;
    }

    /** An encrypted gp3 volume of a size, with the speed of every such volume. */
    static Map<String, Object> ebs(int sizeGib) {
        Map<String, Object> body = new TreeMap<>();
        body.put("volumeSize", sizeGib + "Gi");
        body.put("volumeType", "gp3");
        body.put("encrypted", true);
        body.put("deleteOnTermination", true);
        return body;
    }
}
