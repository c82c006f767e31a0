package dev.eksplatform.cluster;

import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateBlockDeviceMappings;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateBlockDeviceMappingsEbs;
import java.util.ArrayList;
import java.util.List;

/** The encrypted disks of nodes in a launch template: the data disk first. */
final class NodeVolumes {

    private NodeVolumes() {}

    static List<LaunchTemplateBlockDeviceMappings> of(NodeGroupSpec spec) {
        List<LaunchTemplateBlockDeviceMappings> mappings = new ArrayList<>();
        DiskSpec disk = spec.disk();
        LaunchTemplateBlockDeviceMappingsEbs.Builder data = ebs(disk.type(), spec.diskGib());
        disk.iops().ifPresent(data::iops);
        disk.throughputMib().ifPresent(data::throughput);
        disk.kmsKeyArn().ifPresent(data::kmsKeyId);
        disk.snapshotId().ifPresent(data::snapshotId);
        mappings.add(mapping(spec.image().system().dataDevice(), data));
        for (VolumeSpec volume : spec.volumes()) {
            LaunchTemplateBlockDeviceMappingsEbs.Builder more = ebs(volume.type(), volume.sizeGib());
            volume.iops().ifPresent(more::iops);
            volume.throughputMib().ifPresent(more::throughput);
            volume.kmsKeyArn().ifPresent(more::kmsKeyId);
            volume.snapshotId().ifPresent(more::snapshotId);
            mappings.add(mapping(volume.deviceName(), more));
        }
        return mappings;
    }

    private static LaunchTemplateBlockDeviceMappingsEbs.Builder ebs(VolumeType type, int sizeGib) {
        return LaunchTemplateBlockDeviceMappingsEbs.builder()
                .volumeSize(sizeGib)
                .volumeType(type.apiName())
                .encrypted("true")
                .deleteOnTermination("true");
    }

    private static LaunchTemplateBlockDeviceMappings mapping(
            String device, LaunchTemplateBlockDeviceMappingsEbs.Builder ebs) {
        return LaunchTemplateBlockDeviceMappings.builder()
                .deviceName(device)
                .ebs(ebs.build())
                .build();
    }
}
