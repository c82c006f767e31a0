package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of volumes, from the text of an environment to the objects of the platform stack. */
class StorageClassesTest {

    private static final String NETWORK = "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}\n";
    private static final String NODES = "nodeGroups: {general: {instanceTypes: [m7g.large]}}\n";
    private static final String DRIVERS = NETWORK
            + "cluster: {version: \"1.36\", addons: {aws-ebs-csi-driver: {}, aws-efs-csi-driver: {}, aws-fsx-csi-driver: {}}}\n"
            + NODES;

    @TempDir
    private Path folder;

    private EnvironmentText environment(String text) {
        return EnvironmentText.of(folder, text);
    }

    private static JsonNode json(String text) {
        return TestJson.parse(text.replace('\'', '"'));
    }

    /** The manifests of the platform stack by name. */
    private Map<String, JsonNode> classes(String text) throws IOException {
        Map<String, JsonNode> classes = new TreeMap<>();
        JsonNode platform = environment(text).stacks().get("platform");
        platform.at("/resource/kubernetes_manifest")
                .forEach(one -> classes.put(one.at("/manifest/metadata/name").asText(), one.path("manifest")));
        return classes;
    }

    @Test
    void minimal_AVolumeIsEncryptedAndInTheZoneOfItsPod() throws IOException {
        assertThat(classes(DRIVERS + "storageClasses: {gp3: {isDefault: true}}\n"))
                .isEqualTo(Map.of("gp3", json("""
                        {'apiVersion': 'storage.k8s.io/v1', 'kind': 'StorageClass',
                         'metadata': {'name': 'gp3', 'annotations': {'storageclass.kubernetes.io/is-default-class': 'true'}},
                         'provisioner': 'ebs.csi.aws.com',
                         'parameters': {'type': 'gp3', 'encrypted': 'true', 'csi.storage.k8s.io/fstype': 'ext4'},
                         'reclaimPolicy': 'Delete', 'volumeBindingMode': 'WaitForFirstConsumer',
                         'allowVolumeExpansion': true}
                        """)));
    }

    @Test
    void full() throws IOException {
        Map<String, JsonNode> classes = classes(DRIVERS + """
                storageClasses:
                  fast:
                    type: io2
                    iops: 6000
                    kmsKeyArn: arn:aws:kms:eu-central-1:111122223333:key/a
                    fileSystem: xfs
                    reclaimPolicy: retain
                    bindingMode: immediate
                    expandable: false
                    zones: [eu-central-1a]
                    mountOptions: [noatime]
                    parameters: {blockExpress: "true"}
                    tags: {tier: data}
                  shared:
                    efs:
                      fileSystemId: fs-0a1b2c3d4e5f60718
                      directoryPermissions: "750"
                      uid: 1000
                      gid: 2000
                      basePath: /volumes
                      subPathPattern: ${.PVC.namespace}/${.PVC.name}
                      uniqueDirectory: false
                      iam: true
                      isDefault: true
                  groups:
                    efs: {fileSystemId: fs-0a1b2c3d4e5f60718, gidRange: [1000, 2000]}
                  scratch:
                    lustre: {subnetId: subnet-0a1b2c3d4e5f60718, securityGroupIds: [sg-0a1b2c3d4e5f60718]}
                  lasting:
                    lustre:
                      subnetId: subnet-0a1b2c3d4e5f60718
                      securityGroupIds: [sg-0a1b2c3d4e5f60718, sg-0a1b2c3d4e5f60719]
                      deploymentType: persistent-2
                      throughputMibps: 250
                      kmsKeyArn: arn:aws:kms:eu-central-1:111122223333:key/a
                      compression: true
                      lustreVersion: "2.15"
                      backupDays: 7
                      tags: {team: shop, tier: data}
                """);

        assertThat(classes.get("fast")).isEqualTo(json("""
                {'apiVersion': 'storage.k8s.io/v1', 'kind': 'StorageClass', 'metadata': {'name': 'fast'},
                 'provisioner': 'ebs.csi.aws.com',
                 'parameters': {'type': 'io2', 'encrypted': 'true', 'csi.storage.k8s.io/fstype': 'xfs', 'iops': '6000',
                   'kmsKeyId': 'arn:aws:kms:eu-central-1:111122223333:key/a', 'tagSpecification_1': 'tier=data',
                   'blockExpress': 'true'},
                 'reclaimPolicy': 'Retain', 'volumeBindingMode': 'Immediate', 'mountOptions': ['noatime'],
                 'allowVolumeExpansion': false,
                 'allowedTopologies': [{'matchLabelExpressions': [
                   {'key': 'topology.kubernetes.io/zone', 'values': ['eu-central-1a']}]}]}
                """));
        assertThat(classes.get("shared")).isEqualTo(json("""
                {'apiVersion': 'storage.k8s.io/v1', 'kind': 'StorageClass',
                 'metadata': {'name': 'shared', 'annotations': {'storageclass.kubernetes.io/is-default-class': 'true'}},
                 'provisioner': 'efs.csi.aws.com',
                 'parameters': {'provisioningMode': 'efs-ap', 'fileSystemId': 'fs-0a1b2c3d4e5f60718',
                   'directoryPerms': '750', 'uid': '1000', 'gid': '2000', 'basePath': '/volumes',
                   'subPathPattern': '$${.PVC.namespace}/$${.PVC.name}', 'ensureUniqueDirectory': 'false'},
                 'reclaimPolicy': 'Delete', 'volumeBindingMode': 'Immediate', 'mountOptions': ['iam']}
                """));
        assertThat(Objects.requireNonNull(classes.get("groups")).path("parameters"))
                .isEqualTo(json("""
                {'provisioningMode': 'efs-ap', 'fileSystemId': 'fs-0a1b2c3d4e5f60718', 'directoryPerms': '700',
                 'gidRangeStart': '1000', 'gidRangeEnd': '2000'}
                """));
        assertThat(classes.get("scratch")).isEqualTo(json("""
                {'apiVersion': 'storage.k8s.io/v1', 'kind': 'StorageClass', 'metadata': {'name': 'scratch'},
                 'provisioner': 'fsx.csi.aws.com',
                 'parameters': {'subnetId': 'subnet-0a1b2c3d4e5f60718', 'securityGroupIds': 'sg-0a1b2c3d4e5f60718',
                   'deploymentType': 'SCRATCH_2'},
                 'reclaimPolicy': 'Delete', 'volumeBindingMode': 'Immediate', 'mountOptions': ['flock'],
                 'allowVolumeExpansion': true}
                """));
        assertThat(Objects.requireNonNull(classes.get("lasting")).path("parameters"))
                .isEqualTo(json("""
                {'subnetId': 'subnet-0a1b2c3d4e5f60718',
                 'securityGroupIds': 'sg-0a1b2c3d4e5f60718,sg-0a1b2c3d4e5f60719', 'deploymentType': 'PERSISTENT_2',
                 'perUnitStorageThroughput': '250', 'kmsKeyId': 'arn:aws:kms:eu-central-1:111122223333:key/a',
                 'dataCompressionType': 'LZ4', 'fileSystemTypeVersion': '2.15', 'automaticBackupRetentionDays': '7',
                 'extraTags': 'team=shop,tier=data'}
                """));
    }

    /** A chart with a claim would wait for its volume until the apply fails. */
    @Test
    void releasesComeAfterTheClasses() throws IOException {
        JsonNode platform = environment(DRIVERS + """
                        storageClasses: {gp3: {isDefault: true}}
                        addons: {cert-manager: {}}
                        """).stacks().get("platform");

        assertThat(platform.at("/resource/helm_release")
                        .elements()
                        .next()
                        .path("depends_on")
                        .toString())
                .contains("kubernetes_manifest.storage-classes_gp3_object");
    }

    @Test
    void autoModeHasTheSameSettings() throws IOException {
        JsonNode gp3 = classes(NETWORK + """
                cluster:
                  version: "1.36"
                  autoMode: {storageClasses: {gp3: {bindingMode: immediate, zones: [eu-central-1b], mountOptions: [noatime]}}}
                """).get("gp3");

        assertThat(Objects.requireNonNull(gp3).path("volumeBindingMode").asText())
                .isEqualTo("Immediate");
        assertThat(gp3.path("mountOptions")).isEqualTo(json("['noatime']"));
        assertThat(gp3.path("allowedTopologies")).isEqualTo(json("""
                [{'matchLabelExpressions': [
                  {'key': 'eks.amazonaws.com/compute-type', 'values': ['auto']},
                  {'key': 'topology.kubernetes.io/zone', 'values': ['eu-central-1b']}]}]
                """));
    }

    @Test
    void aClassNeedsItsDriver() throws IOException {
        assertThat(environment(NETWORK + "cluster: {version: \"1.36\"}\n" + NODES + """
                storageClasses:
                  gp3: {}
                  shared: {efs: {fileSystemId: fs-0a1b2c3d4e5f60718}}
                """)
                        .problems())
                .containsExactly(
                        "shop.yaml:8:8 storageClasses.gp3: no driver creates its volumes: aws-ebs-csi-driver is not"
                                + " installed; fix: add cluster.addons: {aws-ebs-csi-driver: {}}",
                        "shop.yaml:9:11 storageClasses.shared: no driver creates its volumes: aws-efs-csi-driver is not"
                                + " installed; fix: add cluster.addons: {aws-efs-csi-driver: {}}");
        assertThat(environment(NETWORK + "cluster: {version: \"1.36\", autoMode: {}}\nstorageClasses: {gp3: {}}\n")
                        .problems())
                .containsExactly(
                        "shop.yaml:6:23 storageClasses.gp3: no driver creates its volumes: aws-ebs-csi-driver is"
                                + " not installed; fix: add cluster.addons: {aws-ebs-csi-driver: {}}, or move the class to"
                                + " cluster.autoMode.storageClasses");
        assertThat(environment("cluster: {existing: {name: shop}}\nstorageClasses: {gp3: {}}\n")
                        .problems())
                .isEmpty();
        assertThat(environment(NETWORK + "cluster: {version: \"1.36\"}\n" + NODES + """
                storageClasses: {gp3: {}}
                addons:
                  helm:
                    ebs:
                      chart: aws-ebs-csi-driver
                      repository: https://kubernetes-sigs.github.io/aws-ebs-csi-driver
                      chartVersion: 2.50.0
                      namespace: kube-system
                """)
                        .problems())
                .isEmpty();
    }

    @Test
    void oneClassIsTheDefault() throws IOException {
        assertThat(environment(DRIVERS + """
                storageClasses:
                  a: {isDefault: true}
                  b: {isDefault: true}
                """).problems())
                .containsExactly(
                        "shop.yaml:9:18 storageClasses.b.isDefault: a second default beside storageClasses.a; fix:"
                                + " remove one of them");
        assertThat(environment(NETWORK + """
                cluster:
                  version: "1.36"
                  autoMode: {storageClasses: {gp3: {isDefault: true}}}
                  addons: {aws-efs-csi-driver: {}}
                storageClasses:
                  gp3: {efs: {fileSystemId: fs-0a1b2c3d4e5f60718, isDefault: true}}
                """).problems())
                .containsExactly(
                        "shop.yaml:7:36 cluster.autoMode.storageClasses.gp3: storageClasses has a class gp3, too; fix: rename"
                                + " one of them",
                        "shop.yaml:10:62 storageClasses.gp3.efs.isDefault: a second default beside"
                                + " cluster.autoMode.storageClasses.gp3; fix: remove one of them");
        assertThat(environment(NETWORK + """
                cluster: {version: "1.36", addons: {aws-ebs-csi-driver: {configuration: {defaultStorageClass: {enabled: true}}}}}
                """ + NODES + "storageClasses: {gp3: {isDefault: true}}\n")
                        .problems())
                .containsExactly("shop.yaml:7:35 storageClasses.gp3.isDefault: a second default beside the class of the"
                        + " add-on aws-ebs-csi-driver (defaultStorageClass); fix: remove one of them");
    }

    @Test
    void whatADriverWouldRefuse() throws IOException {
        assertThat(environment(DRIVERS + """
                storageClasses:
                  a: {mountOptions: ["ro noatime"]}
                  b: {efs: {fileSystemId: shop}}
                  c: {lustre: {subnetId: shop, securityGroupIds: []}}
                """).problems())
                .containsExactly(
                        "shop.yaml:8:22 storageClasses.a.mountOptions[0]: \"ro noatime\" is not a mount option; allowed: text without"
                                + " spaces and commas; fix: write each option as an item of its own",
                        "shop.yaml:9:27 storageClasses.b.efs.fileSystemId: \"shop\" is not the ID of a file system; allowed: fs- and 8"
                                + " to 40 hexadecimal digits; fix: copy it from `aws efs describe-file-systems`",
                        "shop.yaml:10:26 storageClasses.c.lustre.subnetId: \"shop\" is not the ID of a subnet; allowed: subnet- and 8 to"
                                + " 40 hexadecimal digits; fix: copy it from `aws ec2 describe-subnets`",
                        "shop.yaml:10:50 storageClasses.c.lustre.securityGroupIds: no security group; fix: add one that lets the nodes"
                                + " connect to ports 988 and 1018 to 1023");
        assertThat(environment(DRIVERS + """
                storageClasses:
                  a: {parameters: {Encrypted: "false"}}
                  b: {efs: {fileSystemId: fs-0a1b2c3d, directoryPermissions: rwx, uid: 1, gidRange: [5, 2]}}
                  c: {lustre: {subnetId: subnet-0a1b2c3d, securityGroupIds: [sg-0a1b2c3d], backupDays: 1, tags: {a: "b,c"}}}
                """).problems())
                .containsExactly(
                        "shop.yaml:8:31 storageClasses.a.parameters.Encrypted: a parameter that a property of the class sets; allowed:"
                                + " parameters other than type, encrypted, csi.storage.k8s.io/fstype, fsType, iops, throughput,"
                                + " kmsKeyId; fix: use the property",
                        "shop.yaml:9:62 storageClasses.b.efs.directoryPermissions: \"rwx\" is not permissions of a directory; allowed:"
                                + " three or four octal digits; fix: write it like \"700\"",
                        "shop.yaml:9:72 storageClasses.b.efs.uid: uid without gid: the driver uses both or none; fix: add gid",
                        "shop.yaml:9:85 storageClasses.b.efs.gidRange: [5, 2] is not a range; allowed: the first group, 1 or more, and"
                                + " the last, which is greater; fix: write it like [50000, 7000000]",
                        "shop.yaml:10:88 storageClasses.c.lustre.backupDays: not with scratch-2; allowed: persistent-1 and"
                                + " persistent-2; fix: remove it, or change deploymentType",
                        "shop.yaml:10:101 storageClasses.c.lustre.tags.a: a comma, or = in the key: the driver separates tags by"
                                + " them; fix: remove it");
        assertThat(environment(DRIVERS + "storageClasses: {Fast: {}}\n").problems())
                .singleElement()
                .asString()
                .startsWith("shop.yaml:7:24 storageClasses.Fast: \"Fast\" is not a name; allowed: ");
        assertThat(environment(DRIVERS + "storageClasses: {a: {zones: [us-east-1a]}}\n")
                        .problems())
                .containsExactly(
                        "shop.yaml:7:30 storageClasses.a.zones[0]: us-east-1a is not a zone of eu-central-1; fix: use a zone"
                                + " of the network");
    }

    @Test
    void aManifestMustNotCreateTheSameClass() throws IOException {
        Files.writeString(folder.resolve("class.yaml"), """
                apiVersion: storage.k8s.io/v1
                kind: StorageClass
                metadata: {name: gp3}
                provisioner: ebs.csi.aws.com
                """);
        assertThat(environment(DRIVERS + "storageClasses: {gp3: {}}\nworkloads: {manifests: [class.yaml]}\n")
                        .problems())
                .containsExactly(
                        "class.yaml:3:18 metadata.name: storageClasses of the environment creates the StorageClass"
                                + " gp3 already; fix: remove the document, or storageClasses.gp3");
        assertThat(environment(NETWORK + """
                cluster: {version: "1.36", autoMode: {storageClasses: {gp3: {}}}}
                workloads: {manifests: [class.yaml]}
                """).problems())
                .containsExactly(
                        "class.yaml:3:18 metadata.name: cluster.autoMode.storageClasses of the environment creates the"
                                + " StorageClass gp3 already; fix: remove the document, or cluster.autoMode.storageClasses.gp3");
    }

    @Test
    void classesOfAutoModeAreThereBeforeAddonsWithVolumes() throws IOException {
        EnvironmentText environment = environment(NETWORK + """
                cluster: {version: "1.36", autoMode: {storageClasses: {gp3: {isDefault: true}}}}
                addons: {kubecost: {}}
                """);

        assertThat(environment
                        .resources("platform", "helm_release")
                        .get("addons_kubecost_release")
                        .path("depends_on"))
                .extracting(JsonNode::asText)
                .anyMatch(one -> one.startsWith("kubernetes_manifest.storage-classes_gp3_object"));
        assertThat(environment.warnings()).isEmpty();
    }
}
