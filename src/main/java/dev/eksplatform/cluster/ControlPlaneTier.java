package dev.eksplatform.cluster;

import java.util.Locale;

/**
 * The capacity of the control plane. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/eks-provisioned-control-plane.html">EKS Provisioned Control Plane</a>.
 */
public enum ControlPlaneTier {
    /** EKS scales it with its load. */
    STANDARD,
    /** Always at least this capacity, at an hourly price. */
    TIER_XL,
    /** Twice that. */
    TIER_2XL,
    /** Four times that. */
    TIER_4XL,
    /** Eight times that; old versions of the AWS provider do not accept it. */
    TIER_8XL;

    String apiName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
