package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A class of volumes on a file system of EFS that exists: each volume is an access point, which pods on all nodes and on Fargate can mount at the
 * same time. With {@code reclaimPolicy: delete} the access point goes with its claim, and its files stay. Source: <a
 * href="https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/README.md#storage-class-parameters-for-dynamic-provisioning">parameters
 * of the EFS CSI driver</a>.
 *
 * @param settings what all classes have; by default volumes are created with their claims
 * @param fileSystemId the ID of the file system; its mount targets must let the nodes connect to port 2049
 * @param directoryPermissions permissions of the root directory of each volume; default {@code "700"}
 * @param uid the user as which files are read and written; default the user of each pod
 * @param gid the group as which files are read and written, with {@code uid}; default one of the range for each volume
 * @param gidRange the first and the last group that the driver gives to volumes; default 50000 to 7000000
 * @param basePath the directory in which those of the volumes are created; default the root of the file system
 * @param subPathPattern the name of the directory of a volume, such as <code>${.PVC.namespace}/${.PVC.name}</code>; default the name of the volume
 * @param uniqueDirectory whether a random text is added to that name, so that no two volumes share a directory; default true
 * @param iam whether nodes mount the file system with AWS credentials, as its file system policy may demand; default false
 */
@RecordBuilder
@YamlForm(key = "efs")
@Example("{fileSystemId: fs-0a1b2c3d4e5f60718}")
public record EfsClassSpec(
        @YamlInline StorageClassSettings settings,

        @Example("fs-0a1b2c3d4e5f60718") @Limit(pattern = EfsClassSpec.FILE_SYSTEM)
        String fileSystemId,

        @Example("\"750\"") @Limit(pattern = EfsClassSpec.PERMISSIONS)
        String directoryPermissions,

        @Example("1000") @Limit(min = 0) Optional<Integer> uid,

        @Example("1000") @Limit(min = 0) Optional<Integer> gid,

        @Example("[1000, 2000]") @Limit(maxItems = 2) List<Integer> gidRange,

        @Example("/volumes") @Limit(pattern = "^/.*$") Optional<String> basePath,

        @Example("'${.PVC.namespace}/${.PVC.name}'") Optional<String> subPathPattern,

        @Example("false") boolean uniqueDirectory,

        @Example("true") boolean iam)
        implements StorageClassSource, EfsClassSpecBuilder.With {

    private static final String FILE_SYSTEM = "^fs-[0-9a-f]{8,40}$";
    private static final String PERMISSIONS = "^[0-7]{3,4}$";
    private static final Pattern FILE_SYSTEM_ID = Pattern.compile(FILE_SYSTEM);
    private static final Pattern MODE = Pattern.compile(PERMISSIONS);
    private static final List<String> TYPED = List.of(
            "provisioningMode",
            "fileSystemId",
            "directoryPerms",
            "uid",
            "gid",
            "gidRangeStart",
            "gidRangeEnd",
            "basePath",
            "subPathPattern",
            "ensureUniqueDirectory");

    /** Checks IDs, groups and parameters. */
    public EfsClassSpec {
        Components.required(
                "settings", settings, "fileSystemId", fileSystemId, "directoryPermissions", directoryPermissions);
        gidRange = Components.list("gidRange", gidRange);
        Problems problems = new Problems();
        problems.match(
                PropertyPath.of("fileSystemId"),
                fileSystemId,
                FILE_SYSTEM_ID,
                "the ID of a file system",
                "fs- and 8 to 40 hexadecimal digits",
                "copy it from `aws efs describe-file-systems`");
        problems.match(
                PropertyPath.of("directoryPermissions"),
                directoryPermissions,
                MODE,
                "permissions of a directory",
                "three or four octal digits",
                "write it like \"700\"");
        if (uid.isPresent() != gid.isPresent()) {
            String present = uid.isPresent() ? "uid" : "gid";
            String missing = uid.isPresent() ? "gid" : "uid";
            problems.add(
                    PropertyPath.of(present),
                    present + " without " + missing + ": the driver uses both or none",
                    "add " + missing);
        }
        if (!gidRange.isEmpty()
                && (gidRange.size() != 2 || gidRange.get(0) < 1 || gidRange.get(0) >= gidRange.get(1))) {
            problems.add(
                    "gidRange",
                    gidRange + " is not a range",
                    "the first group, 1 or more, and the last, which is greater",
                    "write it like [50000, 7000000]");
        } else if (!gidRange.isEmpty() && gid.isPresent()) {
            problems.add(
                    PropertyPath.of("gidRange"), "not used: every volume has the group of gid", "remove one of them");
        }
        settings.checkParameters(TYPED, problems);
        problems.throwIfAny();
    }

    /**
     * A class of a file system.
     *
     * @param fileSystemId the ID of the file system
     * @return the class with its defaults
     */
    @Defaults
    public static EfsClassSpec of(String fileSystemId) {
        return new EfsClassSpec(
                StorageClassSettings.of(StorageClassSettings.BindingMode.IMMEDIATE),
                fileSystemId,
                "700",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                true,
                false);
    }

    @Override
    public EksAddonName driver() {
        return EksAddonName.AWS_EFS_CSI_DRIVER;
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> parameters = new TreeMap<>();
        parameters.put("provisioningMode", "efs-ap");
        parameters.put("fileSystemId", fileSystemId);
        parameters.put("directoryPerms", directoryPermissions);
        uid.ifPresent(id -> parameters.put("uid", id.toString()));
        gid.ifPresent(id -> parameters.put("gid", id.toString()));
        if (!gidRange.isEmpty()) {
            parameters.put("gidRangeStart", gidRange.get(0).toString());
            parameters.put("gidRangeEnd", gidRange.get(1).toString());
        }
        basePath.ifPresent(path -> parameters.put("basePath", path));
        subPathPattern.ifPresent(pattern -> parameters.put("subPathPattern", pattern));
        if (!uniqueDirectory) {
            parameters.put("ensureUniqueDirectory", "false");
        }
        return settings.withOption("iam", iam).fields("efs.csi.aws.com", parameters);
    }
}
