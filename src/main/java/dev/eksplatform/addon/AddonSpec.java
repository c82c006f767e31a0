package dev.eksplatform.addon;

import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.network.EndpointService;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An add-on that has a key of its own in {@code addons}. The permitted records are the catalogue of add-ons: a new one
 * takes its record, its name below, and {@code policies/iam/<name>/policy.json} when it calls AWS. Its key in YAML is that
 * of its {@link dev.eksplatform.internal.yaml.YamlForm}.
 */
public sealed interface AddonSpec
        permits CertManagerSpec,
                EfaDevicePluginSpec,
                ExternalDnsSpec,
                GpuOperatorSpec,
                LoadBalancerControllerSpec,
                NeuronSpec,
                NvidiaDevicePluginSpec {

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
     * The kinds of cluster it can be installed on.
     *
     * @return only EKS for most, because OpenShift has operators of its own
     */
    default Set<Distribution> distributions() {
        return Set.of(Distribution.EKS);
    }

    /**
     * The AWS services that it calls.
     *
     * @return services that need a VPC endpoint in a network without a NAT gateway
     */
    default List<EndpointService> endpointServices() {
        return List.of();
    }
}
