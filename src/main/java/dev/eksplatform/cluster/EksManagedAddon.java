package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_addon_version.DataAwsEksAddonVersion;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_addon_version.DataAwsEksAddonVersionConfig;
import com.hashicorp.cdktf.providers.aws.eks_addon.EksAddon;
import com.hashicorp.cdktf.providers.aws.eks_addon.EksAddonConfig;
import com.hashicorp.cdktf.providers.aws.eks_addon.EksAddonPodIdentityAssociation;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.json.TerraformText;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/** An add-on that EKS installs and keeps. */
public final class EksManagedAddon extends PlatformConstruct {

    private final EksAddonName addonName;
    private final EksAddon resource;
    private final EksAddonSpec spec;
    private final Map<String, Object> configuration;

    /**
     * Waits for the compute that there is, unless it comes before compute.
     *
     * @param kubernetesVersion that of the cluster, not as an attribute of a resource: then the plan that upgrades the cluster
     *     knows the version of the add-on
     */
    EksManagedAddon(
            Construct scope,
            String id,
            KubernetesCluster cluster,
            String kubernetesVersion,
            EksAddonName addonName,
            EksAddonSpec spec,
            Collection<? extends ITerraformDependable> compute) {
        super(scope, id);
        this.addonName = addonName;
        this.spec = spec;
        configuration = new TreeMap<>(addonName.configuration());
        configuration.putAll(spec.configuration());
        EksAddonConfig.Builder config = EksAddonConfig.builder()
                .clusterName(cluster.nameReference())
                .addonName(addonName.id())
                .addonVersion(version(kubernetesVersion))
                .resolveConflictsOnCreate("OVERWRITE")
                .resolveConflictsOnUpdate("OVERWRITE");
        if (!configuration.isEmpty()) {
            config.configurationValues(TerraformText.escape(Json.compact(configuration)));
        }
        if (!addonName.beforeCompute()) {
            config.dependsOn(List.copyOf(compute));
        }
        resource = new EksAddon(this, "addon", config.build());
    }

    private String version(String kubernetesVersion) {
        if (spec.version().isPinned()) {
            return spec.version().text();
        }
        DataAwsEksAddonVersionConfig.Builder config =
                DataAwsEksAddonVersionConfig.builder().addonName(addonName.id()).kubernetesVersion(kubernetesVersion);
        if (spec.version().equals(EksAddonVersion.LATEST)) {
            config.mostRecent(true);
        }
        return new DataAwsEksAddonVersion(this, "version", config.build()).getVersion();
    }

    /** Sets a value of the add-on's configuration, unless the spec does. */
    void configure(String key, Object value) {
        if (!spec.configuration().containsKey(key)) {
            configuration.put(key, value);
            resource.setConfigurationValues(TerraformText.escape(Json.compact(configuration)));
        }
    }

    /** Sets an environment variable of the add-on's containers, unless the spec does. */
    void configureVariable(String name, String value) {
        Map<Object, Object> variables = new TreeMap<>();
        variables.put(name, value);
        if (configuration.get("env") instanceof Map<?, ?> known) {
            variables.putAll(known);
        }
        configuration.put("env", variables);
        resource.setConfigurationValues(TerraformText.escape(Json.compact(configuration)));
    }

    /**
     * Gives the add-on's controller a role through its ServiceAccount's token.
     *
     * @param roleArn the role
     */
    public void useRole(String roleArn) {
        resource.setServiceAccountRoleArn(roleArn);
    }

    /**
     * Gives the add-on's controller a role through EKS Pod Identity.
     *
     * @param serviceAccount its ServiceAccount
     * @param roleArn the role
     */
    public void usePodIdentity(String serviceAccount, String roleArn) {
        resource.putPodIdentityAssociation(List.of(EksAddonPodIdentityAssociation.builder()
                .serviceAccount(serviceAccount)
                .roleArn(roleArn)
                .build()));
    }

    /**
     * Which add-on it is.
     *
     * @return its name
     */
    public EksAddonName addonName() {
        return addonName;
    }

    /**
     * The add-on's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public EksAddon resource() {
        return resource;
    }
}
