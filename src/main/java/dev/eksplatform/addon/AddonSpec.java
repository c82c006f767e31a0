package dev.eksplatform.addon;

import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.network.EndpointService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An add-on that has a key of its own in {@code addons}. The permitted records are the catalogue of add-ons: a new one
 * takes its record, its name below, and {@code policies/iam/<name>/policy.json} when it calls AWS. Its key in YAML is that
 * of its {@link dev.eksplatform.internal.yaml.YamlForm}.
 */
public sealed interface AddonSpec
        permits ArgoCdAddonSpec,
                ArgoEventsSpec,
                ArgoRolloutsSpec,
                ArgoWorkflowsSpec,
                AwsForFluentBitSpec,
                AwsNodeTerminationHandlerSpec,
                CertManagerSpec,
                CiliumSpec,
                ClusterAutoscalerSpec,
                ClusterProportionalAutoscalerSpec,
                CrossplaneSpec,
                EfaDevicePluginSpec,
                ExternalDnsSpec,
                ExternalSecretsSpec,
                FalcoSpec,
                FluxSpec,
                GatekeeperSpec,
                GpuOperatorSpec,
                IstioSpec,
                KarpenterSpec,
                KedaSpec,
                KubePrometheusStackSpec,
                KubecostSpec,
                KyvernoSpec,
                LatticeControllerSpec,
                LoadBalancerControllerSpec,
                MetricsServerSpec,
                NeuronSpec,
                NvidiaDevicePluginSpec,
                OpencostSpec,
                PrivateCaIssuerSpec,
                SecretsStoreCsiDriverSpec,
                VeleroSpec,
                VerticalPodAutoscalerSpec {

    /**
     * The add-on's name.
     *
     * @return its key in {@code addons}, which is also the name of its Helm release
     */
    String name();

    /**
     * Its chart.
     *
     * @return version, repository and values
     */
    ChartSettings chart();

    /**
     * Chart values that override the platform's.
     *
     * @return values as the user wrote them
     */
    default Map<String, Object> values() {
        return chart().values();
    }

    /**
     * Resolves the add-on.
     *
     * @param context what it depends on
     * @return its release, and what that needs around it
     */
    HelmAddon resolve(AddonContext context);

    /**
     * Resolves the add-on with the releases that come with it.
     *
     * @param context what it depends on
     * @return its releases; for most one
     */
    default List<HelmAddon> releases(AddonContext context) {
        return List.of(resolve(context));
    }

    /**
     * The kinds of cluster it can be installed on.
     *
     * @return only EKS for most, because OpenShift has operators of its own
     */
    default Set<Distribution> distributions() {
        return Set.of(Distribution.EKS);
    }

    /**
     * What to do where EKS Auto Mode does the same itself.
     *
     * @return such as {@code remove it, and …}; empty for an add-on that works beside EKS Auto Mode
     */
    default Optional<String> insteadOnAutoMode() {
        return Optional.empty();
    }

    /**
     * The AWS services that it calls.
     *
     * @return services that need a VPC endpoint in a network without a NAT gateway
     */
    default List<EndpointService> endpointServices() {
        return List.of();
    }

    /**
     * Whether it only runs on nodes, such as a DaemonSet.
     *
     * @return true when it cannot run on Fargate
     */
    default boolean needsNodes() {
        return false;
    }
}
