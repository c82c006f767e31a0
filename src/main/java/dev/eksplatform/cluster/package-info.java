/** The EKS cluster: control plane, nodes, EKS add-ons, access entries, OIDC provider and security group rules. */
@API(status = API.Status.STABLE)
@NullMarked
package dev.eksplatform.cluster;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
