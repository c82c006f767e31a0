package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformResource;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_addon_version.DataAwsEksAddonVersion;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_addon_version.DataAwsEksAddonVersionConfig;
import com.hashicorp.cdktf.providers.aws.eks_addon.EksAddon;
import com.hashicorp.cdktf.providers.aws.eks_addon.EksAddonConfig;
import com.hashicorp.cdktf.providers.aws.eks_addon.EksAddonPodIdentityAssociation;
import com.hashicorp.cdktf.providers.aws.eks_addon.EksAddonTimeouts;
import dev.eksplatform.construct.NewerAttribute;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.json.TerraformText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apiguardian.api.API;
import software.constructs.Construct;

/** An add-on that EKS installs and keeps. */
public final class EksManagedAddon extends PlatformConstruct {

    private final EksAddonName addonName;
    private final EksAddon resource;
    private final EksAddonSpec spec;
    private final Map<String, Object> configuration;
    private final List<EksAddonPodIdentityAssociation> associations = new ArrayList<>();
    private final Set<String> needs = new LinkedHashSet<>();

    /** The attribute that not all versions of the provider have, and the property of {@link EksAddonSpec} that sets it. */
    @API(status = API.Status.INTERNAL)
    public static final String NAMESPACE = "namespace_config";

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
                .resolveConflictsOnCreate(spec.resolveConflicts().create().name())
                .resolveConflictsOnUpdate(spec.resolveConflicts().update().name());
        if (!configuration.isEmpty()) {
            config.configurationValues(TerraformText.escape(Json.compact(configuration)));
        }
        if (!beforeCompute()) {
            config.dependsOn(List.copyOf(compute));
        }
        if (spec.preserve()) {
            config.preserve(true);
        }
        if (!spec.tags().isEmpty()) {
            config.tags(TerraformText.escapeTexts(spec.tags()));
        }
        if (!spec.timeouts().equals(AddonTimeouts.standard())) {
            config.timeouts(timeouts(spec.timeouts()));
        }
        resource = new EksAddon(this, "addon", config.build());
        spec.namespace().ifPresent(name -> NewerAttribute.set(resource, NAMESPACE, Map.of("namespace", name)));
    }

    private static EksAddonTimeouts timeouts(AddonTimeouts spec) {
        EksAddonTimeouts.Builder timeouts = EksAddonTimeouts.builder();
        spec.createMinutes().map(minutes -> minutes + "m").ifPresent(timeouts::create);
        spec.updateMinutes().map(minutes -> minutes + "m").ifPresent(timeouts::update);
        spec.deleteMinutes().map(minutes -> minutes + "m").ifPresent(timeouts::delete);
        return timeouts.build();
    }

    /**
     * Whether compute waits for it.
     *
     * @return what its spec says, or else what is known of it
     */
    public boolean beforeCompute() {
        return spec.beforeCompute().orElseGet(addonName::beforeCompute);
    }

    /** Lets it wait for all compute, and for what it needs. */
    void waitForCompute(List<String> addresses) {
        List<String> all = new ArrayList<>(addresses);
        all.addAll(needs);
        resource.setDependsOn(all);
    }

    /** Lets it wait for a resource that it needs, by its address. */
    void need(String address) {
        if (needs.add(address)) {
            List<String> all = new ArrayList<>(Objects.requireNonNullElse(resource.getDependsOn(), List.of()));
            all.add(address);
            resource.setDependsOn(all);
        }
    }

    /**
     * Lets it wait for a resource.
     *
     * @param resource what it needs
     */
    @API(status = API.Status.INTERNAL)
    public void comesAfter(ITerraformDependable resource) {
        if (resource instanceof TerraformResource needed) {
            need(Cluster.address(needed));
        }
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
        associations.add(EksAddonPodIdentityAssociation.builder()
                .serviceAccount(serviceAccount)
                .roleArn(roleArn)
                .build());
        resource.putPodIdentityAssociation(List.copyOf(associations));
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
