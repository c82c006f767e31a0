package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeVolumesTest {

    private static final String KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final NodeGroupSpec GENERAL = NodeGroupSpec.of("m7g.large");

    private static TerraformStack stackWith(NodeGroupSpec spec) {
        TerraformStack stack = TestStack.make();
        new NodeGroup(stack, "general", TestCluster.in(stack), spec);
        return stack;
    }

    private static List<String> problems(NodeGroupSpec spec, DiskSpec disk) {
        return ProblemsOf.making(() -> spec.withDisk(disk));
    }

    @Test
    void minimal() {
        assertThat(stackWith(GENERAL.withDisk(DiskSpec.standard().withType(VolumeType.GP2))
                        .withVolumes(List.of(VolumeSpec.of("/dev/sdf", 200)))))
                .hasResource("aws_launch_template")
                .withAttribute(
                        "block_device_mappings",
                        List.of(
                                Map.of(
                                        "device_name",
                                        "/dev/xvda",
                                        "ebs",
                                        Map.of(
                                                "volume_size", 50,
                                                "volume_type", "gp2",
                                                "encrypted", "true",
                                                "delete_on_termination", "true")),
                                Map.of(
                                        "device_name",
                                        "/dev/sdf",
                                        "ebs",
                                        Map.of(
                                                "volume_size", 200,
                                                "volume_type", "gp3",
                                                "encrypted", "true",
                                                "delete_on_termination", "true"))));
    }

    @Test
    void full() {
        NodeGroupSpec spec = GENERAL.withImage(NodeImage.BOTTLEROCKET)
                .withDiskGib(100)
                .withDisk(DiskSpec.standard()
                        .withIops(Optional.of(8000))
                        .withThroughputMib(Optional.of(1000))
                        .withKmsKeyArn(Optional.of(KEY))
                        .withSnapshotId(Optional.of("snap-0a1b2c3d4e5f60718")))
                .withVolumes(List.of(VolumeSpec.of("/dev/xvdg", 500)
                        .with(volume -> volume.type(VolumeType.IO2).iops(Optional.of(20_000)))
                        .withKmsKeyArn(Optional.of(KEY))
                        .withSnapshotId(Optional.of("snap-0a1b2c3d4e5f60719"))));
        assertThat(stackWith(spec))
                .hasResource("aws_launch_template")
                .withAttribute(
                        "block_device_mappings",
                        List.of(
                                Map.of(
                                        "device_name",
                                        "/dev/xvdb",
                                        "ebs",
                                        Map.of(
                                                "volume_size",
                                                100,
                                                "volume_type",
                                                "gp3",
                                                "iops",
                                                8000,
                                                "throughput",
                                                1000,
                                                "kms_key_id",
                                                KEY,
                                                "snapshot_id",
                                                "snap-0a1b2c3d4e5f60718",
                                                "encrypted",
                                                "true",
                                                "delete_on_termination",
                                                "true")),
                                Map.of(
                                        "device_name",
                                        "/dev/xvdg",
                                        "ebs",
                                        Map.of(
                                                "volume_size", 500,
                                                "volume_type", "io2",
                                                "iops", 20_000,
                                                "kms_key_id", KEY,
                                                "snapshot_id", "snap-0a1b2c3d4e5f60719",
                                                "encrypted", "true",
                                                "delete_on_termination", "true"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GP3 | 50 | 2999 | | iops: 2999 IOPS; allowed: 3000 to 80000 for gp3; fix: use 3000",
                "GP3 | 50 | 80001 | | iops: 80001 IOPS; allowed: 3000 to 80000 for gp3; fix: use 80000",
                "GP3 | 50 | 30000 | | iops: 30000 IOPS of 50 GiB; allowed: at most 500 IOPS for each GiB of gp3; fix: use"
                        + " 25000, or at least 60 GiB",
                "IO1 | 50 | 3000 | | iops: 3000 IOPS of 50 GiB; allowed: at most 50 IOPS for each GiB of io1; fix: use 2500,"
                        + " or at least 60 GiB",
                "IO2 | 50 | | | iops: no iops for io2; allowed: 100 to 256000: the type has no default; fix: add iops:"
                        + " 3000, or use gp3",
                "GP2 | 50 | 3000 | | iops: iops of a volume of type gp2; allowed: iops for gp3, io1 and io2; fix: remove"
                        + " it, or use gp3",
                "IO2 | 50 | 3000 | 500 | throughputMib: throughput of a volume of type io2; allowed: throughput for gp3;"
                        + " fix: remove it, or use gp3",
                "GP3 | 50 | | 124 | throughputMib: 124 MiB/s; allowed: 125 to 2000; fix: use 125",
                "GP3 | 50 | 20000 | 2001 | throughputMib: 2001 MiB/s; allowed: 125 to 2000; fix: use 2000",
                "GP3 | 50 | | 1000 | throughputMib: 1000 MiB/s with 3000 IOPS; allowed: at most a quarter of the IOPS; fix:"
                        + " use 750, or iops: 4000"
            })
    void whatAVolumeOfItsTypeCanDo(VolumeType type, int gib, Integer iops, Integer throughput, String problem) {
        DiskSpec disk = DiskSpec.standard()
                .withType(type)
                .withIops(Optional.ofNullable(iops))
                .withThroughputMib(Optional.ofNullable(throughput));
        assertThat(problems(GENERAL.withDiskGib(gib), disk)).containsExactly("disk." + problem);
        assertThat(ProblemsOf.making(() -> VolumeSpec.of("/dev/sdf", gib).with(volume -> volume.type(type)
                        .iops(Optional.ofNullable(iops))
                        .throughputMib(Optional.ofNullable(throughput)))))
                .containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "GP3, 0, 1, 65536, 1",
        "IO1, 16385, 4, 16384, 16384",
        "ST1, 124, 125, 16384, 125",
        "SC1, 1, 125, 16384, 125"
    })
    void aVolumeHasASizeOfItsType(VolumeType type, int gib, int least, int most, int near) {
        assertThat(ProblemsOf.making(() -> VolumeSpec.of("/dev/sdf", gib).with(volume -> volume.type(type)
                        .iops(type == VolumeType.IO1 ? Optional.of(100) : Optional.empty()))))
                .contains("sizeGib: " + gib + " GiB; allowed: " + type.apiName() + " volumes of " + least + " to "
                        + most + " GiB; fix: use " + near);
    }

    @Test
    void nodesDoNotBootFromHdds() {
        assertThat(ProblemsOf.making(() -> DiskSpec.standard().withType(VolumeType.ST1)))
                .containsExactly(
                        "type: st1 is a type of HDD, from which nodes do not boot; allowed: gp3, gp2, io2 or io1;"
                                + " fix: use gp3, or a disk of volumes");
    }

    @Test
    void theDiskOfAnotherTypeIsSmaller() {
        assertThat(ProblemsOf.making(() -> GENERAL.withDisk(DiskSpec.standard().withType(VolumeType.GP2))
                        .withDiskGib(20_000)))
                .containsExactly(
                        "diskGib: 20000 GiB; allowed: 20 to 16384 GiB (the images take 20); fix: use 50, or what"
                                + " images need");
    }

    @Test
    void onlyTheDataDiskOfBottlerocketBeginsWithASnapshot() {
        DiskSpec disk = DiskSpec.standard().withSnapshotId(Optional.of("snap-0a1b2c3d4e5f60718"));
        assertThat(problems(GENERAL, disk))
                .containsExactly(
                        "disk.snapshotId: a snapshot for the disk that nodes boot from, which is that of the image;"
                                + " allowed: a snapshot for the data disk of bottlerocket; fix: remove it, use image:"
                                + " bottlerocket, or add a disk to volumes");
        assertThat(problems(GENERAL.withImage(NodeImage.BOTTLEROCKET), disk)).isEmpty();
    }

    @Test
    void devicesAreThoseOfTheSystemAndEachIsUsedOnce() {
        assertThat(ProblemsOf.making(() -> VolumeSpec.of("/dev/xvda", 200)))
                .containsExactly("deviceName: \"/dev/xvda\" is not a device for one more disk; allowed: /dev/sdf to"
                        + " /dev/sdp, /dev/xvdf to /dev/xvdp; for Windows xvdf to xvdp; fix: write it like /dev/sdf");
        assertThat(ProblemsOf.making(() ->
                        GENERAL.withVolumes(List.of(VolumeSpec.of("/dev/sdf", 20), VolumeSpec.of("/dev/xvdf", 20)))))
                .containsExactly("volumes[1].deviceName: another disk has this device; fix: use another letter");
        assertThat(ProblemsOf.making(() -> GENERAL.withVolumes(List.of(VolumeSpec.of("xvdf", 20)))))
                .containsExactly("volumes[0].deviceName: xvdf is a name for Windows; allowed: /dev/sdf to /dev/sdp, or"
                        + " /dev/xvdf to /dev/xvdp; fix: use /dev/sdf");
        assertThat(ProblemsOf.making(() -> NodeGroupSpec.of("m7i.large")
                        .withImage(NodeImage.WINDOWS_2022)
                        .withVolumes(List.of(VolumeSpec.of("/dev/sdf", 20)))))
                .containsExactly(
                        "volumes[0].deviceName: /dev/sdf is a name for Linux; allowed: xvdf to xvdp; fix: use xvdf");
    }

    @Test
    void keysAndSnapshotsHaveTheirForm() {
        DiskSpec disk = DiskSpec.standard().withKmsKeyArn(Optional.of("alias/ebs"));
        assertThat(problems(GENERAL, disk))
                .containsExactly(
                        "disk.kmsKeyArn: \"alias/ebs\" is not the ARN of a KMS key; allowed:"
                                + " arn:aws:kms:REGION:ACCOUNT:key/ID, or alias/NAME; fix: copy it from `aws kms describe-key`");
        assertThat(ProblemsOf.making(() -> GENERAL.withVolumes(
                        List.of(VolumeSpec.of("/dev/sdf", 20).withSnapshotId(Optional.of("snapshot"))))))
                .containsExactly(
                        "volumes[0].snapshotId: \"snapshot\" is not a snapshot id; allowed: snap- and 8 to 17 hex"
                                + " digits; fix: copy it from `aws ec2 describe-snapshots`");
    }

    @Test
    void aProgramRefersToItsKey() {
        String reference = "${aws_kms_key.nodes.arn}";
        NodeGroupSpec spec = GENERAL.withDisk(DiskSpec.standard().withKmsKeyArn(Optional.of(reference)));
        assertThat(stackWith(spec).toString()).isNotEmpty();
        assertThat(spec.references()).hasSize(1).first().asString().startsWith("disk.kmsKeyArn: \"" + reference);
    }
}
