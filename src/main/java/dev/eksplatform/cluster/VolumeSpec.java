package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One more encrypted disk of each node, deleted with the node. Nothing formats or mounts it but the user data of the nodes.
 *
 * @param deviceName the name of the device, {@code /dev/sdf} to {@code /dev/sdp} or {@code /dev/xvdf} to {@code
 *     /dev/xvdp}, for Windows {@code xvdf} to {@code xvdp}
 * @param sizeGib the size of the disk in GiB, at least that of its snapshot
 * @param type the type of the volume; default {@code gp3}
 * @param iops IOPS of {@code gp3}, {@code io1} and {@code io2}; default 3000 for {@code gp3}
 * @param throughputMib the throughput of {@code gp3} in MiB/s; default 125
 * @param kmsKeyArn the KMS key that encrypts the disk; default the account's key for EBS. The policy of the key must let
 *     the service-linked role of EC2 Auto Scaling use it and create grants
 * @param snapshotId a snapshot that the disk begins with; default an empty disk
 */
@RecordBuilder
public record VolumeSpec(
        @Example("/dev/sdf") @Limit(pattern = VolumeSpec.DEVICE)
        String deviceName,

        @Example("200") @Limit(min = 1, max = VolumeType.LARGEST)
        int sizeGib,

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
        implements VolumeSpecBuilder.With {

    /**
     * Source: <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html">device names for
     * volumes</a>. The letters before are those of the images.
     */
    private static final String DEVICE = "^(/dev/(sd|xvd)|xvd)[f-p]$";

    private static final Pattern DEVICE_FORM = Pattern.compile(DEVICE);

    /** Checks device, size, IOPS and throughput. */
    public VolumeSpec {
        Components.required("deviceName", deviceName);
        Problems problems = new Problems();
        problems.match(
                "deviceName",
                deviceName,
                DEVICE_FORM,
                "a device for one more disk",
                "/dev/sdf to /dev/sdp, /dev/xvdf to /dev/xvdp; for Windows xvdf to xvdp",
                "write it like /dev/sdf");
        type.checkSize(PropertyPath.of("sizeGib"), sizeGib, problems);
        type.checkPerformance(PropertyPath.ROOT, sizeGib, iops, throughputMib, problems);
        problems.throwIfAny();
    }

    /**
     * An empty gp3 disk with the least IOPS and throughput.
     *
     * @param deviceName the name of the device, such as {@code /dev/sdf}
     * @param sizeGib its size in GiB
     * @return the spec
     */
    @Defaults
    public static VolumeSpec of(String deviceName, int sizeGib) {
        return new VolumeSpec(
                deviceName,
                sizeGib,
                VolumeType.GP3,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Checks what depends on the image, at the disk's place in its list. */
    void check(PropertyPath where, NodeImage image, Problems problems) {
        boolean windows = image.isWindows();
        if (windows == deviceName.startsWith("/dev/")) {
            problems.add(
                    where.key("deviceName"),
                    deviceName + " is a name for " + (windows ? "Linux" : "Windows"),
                    windows ? "xvdf to xvdp" : "/dev/sdf to /dev/sdp, or /dev/xvdf to /dev/xvdp",
                    "use " + (windows ? "xvd" : "/dev/sd") + letter());
        }
    }

    /** Its ids of what exists. */
    void ids(PropertyPath where, GivenId.Check ids) {
        kmsKeyArn.ifPresent(arn -> ids.check(where.key("kmsKeyArn"), arn, GivenId.KMS_KEY));
        snapshotId.ifPresent(id -> ids.check(where.key("snapshotId"), id, GivenId.SNAPSHOT));
    }

    /** What distinguishes devices: /dev/sdf and /dev/xvdf are the same one. */
    char letter() {
        return deviceName.charAt(deviceName.length() - 1);
    }
}
