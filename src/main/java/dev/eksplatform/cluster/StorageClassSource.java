package dev.eksplatform.cluster;

import java.util.Map;
import org.apiguardian.api.API;

/** A class of volumes: on EBS, on a file system of EFS, or on FSx for Lustre. */
public sealed interface StorageClassSource permits EfsClassSpec, LustreClassSpec, StorageClassSpec {

    /**
     * What all classes have.
     *
     * @return the settings
     */
    StorageClassSettings settings();

    /**
     * The EKS add-on that creates the volumes, which is also the name of its Helm chart.
     *
     * @return such as {@code aws-ebs-csi-driver}
     */
    EksAddonName driver();

    /**
     * The object without its metadata.
     *
     * @return fields of a StorageClass
     */
    @API(status = API.Status.INTERNAL)
    Map<String, Object> fields();
}
