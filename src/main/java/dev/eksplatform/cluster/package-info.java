/** The EKS cluster: control plane, nodes, EKS add-ons, access entries, OIDC provider and security group rules. */
@NullMarked
package dev.eksplatform.cluster;

import org.jspecify.annotations.NullMarked;
