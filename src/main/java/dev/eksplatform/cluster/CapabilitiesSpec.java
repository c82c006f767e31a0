package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * EKS capabilities: controllers that AWS runs outside of the cluster, one of each type. Needs AWS provider 6.25.0 or newer. When a capability is
 * removed, its custom resource definitions, their objects and what they manage stay. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/capabilities.html">EKS capabilities</a>.
 *
 * @param argocd Argo CD, which keeps clusters as Git repositories say; default none
 * @param ack the AWS Controllers for Kubernetes, which manage AWS resources as Kubernetes objects; default none
 * @param kro kro, which composes Kubernetes objects to new kinds; default none
 */
@RecordBuilder
public record CapabilitiesSpec(
        @Example("{identityCenterInstance: \"arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071\"}")
        Optional<ArgoCdSpec> argocd,

        @Example("{role: {policies: [AmazonS3FullAccess]}}") Optional<AckSpec> ack,

        @Example("{}") Optional<KroSpec> kro)
        implements CapabilitiesSpecBuilder.With {

    /**
     * None.
     *
     * @return the defaults
     */
    @Defaults
    public static CapabilitiesSpec none() {
        return new CapabilitiesSpec(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * kro, which needs nothing but its role.
     *
     * @param role what it may do in the cluster
     */
    @RecordBuilder
    public record KroSpec(
            @Example("{accessPolicies: [AmazonEKSAdminPolicy], namespaces: [shop]}")
            CapabilityRoleSpec role) implements CapabilitiesSpecKroSpecBuilder.With {

        /**
         * kro with a role of its own.
         *
         * @return the defaults
         */
        @Defaults
        public static KroSpec standard() {
            return new KroSpec(CapabilityRoleSpec.created());
        }
    }

    /**
     * Those that there are.
     *
     * @return roles by the key of the capability
     */
    public Map<String, CapabilityRoleSpec> roles() {
        Map<String, CapabilityRoleSpec> roles = new LinkedHashMap<>();
        argocd.ifPresent(one -> roles.put("argocd", one.role()));
        ack.ifPresent(one -> roles.put("ack", one.role()));
        kro.ifPresent(one -> roles.put("kro", one.role()));
        return roles;
    }
}
