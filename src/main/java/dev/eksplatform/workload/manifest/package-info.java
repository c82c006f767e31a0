/**
 * Plain Kubernetes YAML as Terraform's {@code kubernetes_manifest} needs it: read with positions, checked, put into the
 * form in which the API server answers, and ordered. Free of CDKTF.
 */
@API(status = API.Status.EXPERIMENTAL)
@NullMarked
package dev.eksplatform.workload.manifest;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
