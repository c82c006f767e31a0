package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * The data disk of each node, of {@code diskGib}. A change replaces the nodes one after the other.
 *
 * @param type the type of the volume, no HDD; default {@code gp3}
 * @param iops IOPS of {@code gp3}, {@code io1} and {@code io2}; default 3000 for {@code gp3}
 * @param throughputMib the throughput of {@code gp3} in MiB/s; default 125
 * @param kmsKeyArn the KMS key that encrypts the disk; default the account's key for EBS. The policy of the key must let
 *     the service-linked role of EC2 Auto Scaling use it and create grants
 * @param snapshotId a snapshot that the disk begins with, only for Bottlerocket, whose images of containers it may hold;
 *     default an empty data disk
 */
@RecordBuilder
public record DiskSpec(
        @Example("gp3") VolumeType type,

        @Example("6000") @Limit(min = VolumeType.LEAST_IOPS, max = VolumeType.MOST_IOPS)
        Optional<Integer> iops,

        @Example("500") @Limit(min = VolumeType.LEAST_THROUGHPUT, max = VolumeType.MOST_THROUGHPUT)
        Optional<Integer> throughputMib,

        @Example("arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
        @Limit(pattern = GivenId.KMS_KEY_PATTERN)
        Optional<String> kmsKeyArn,

        @Example("snap-0a1b2c3d4e5f60718") @Limit(pattern = GivenId.SNAPSHOT_PATTERN)
        Optional<String> snapshotId)
        implements DiskSpecBuilder.With {

    /** Checks that nodes can boot from the type. */
    public DiskSpec {
        if (!type.isBootable()) {
            Problems problems = new Problems();
            problems.add(
                    "type",
                    type.apiName() + " is a type of HDD, from which nodes do not boot",
                    "gp3, gp2, io2 or io1",
                    "use gp3, or a disk of volumes");
            problems.throwIfAny();
        }
    }

    /**
     * A gp3 disk with the least IOPS and throughput.
     *
     * @return the spec
     */
    @Defaults
    public static DiskSpec standard() {
        return new DiskSpec(VolumeType.GP3, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Checks it for a group whose disks have a size and an image. */
    void check(int diskGib, NodeImage image, Problems problems) {
        PropertyPath disk = PropertyPath.of("disk");
        type.checkPerformance(disk, diskGib, iops, throughputMib, problems);
        if (snapshotId.isPresent() && image.system() != NodeSystem.BOTTLEROCKET) {
            problems.add(
                    disk.key("snapshotId"),
                    "a snapshot for the disk that nodes boot from, which is that of the image",
                    "a snapshot for the data disk of bottlerocket",
                    "remove it, use image: bottlerocket, or add a disk to volumes");
        }
    }

    /** Its ids of what exists. */
    void ids(GivenId.Check ids) {
        PropertyPath disk = PropertyPath.of("disk");
        kmsKeyArn.ifPresent(arn -> ids.check(disk.key("kmsKeyArn"), arn, GivenId.KMS_KEY));
        snapshotId.ifPresent(id -> ids.check(disk.key("snapshotId"), id, GivenId.SNAPSHOT));
    }
}
