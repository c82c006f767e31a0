package dev.eksplatform.addon;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlKey;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The add-ons of an environment.
 *
 * @param certManager the add-on cert-manager, which issues certificates as Kubernetes resources; default none
 * @param loadBalancerController the AWS Load Balancer Controller, which creates load balancers for Ingresses and
 *     Services; default none
 * @param ack controllers that create AWS resources from custom resources, by AWS service; default none
 * @param helm any other Helm charts, by release name; default none
 */
@RecordBuilder
public record AddonsSpec(
        @YamlKey(CertManagerSpec.NAME) @Example("{}") Optional<CertManagerSpec> certManager,

        @YamlKey(LoadBalancerControllerSpec.NAME) @Example("{}")
        Optional<LoadBalancerControllerSpec> loadBalancerController,

        @Example("{s3: {}}") Map<AckService, AckControllerSpec> ack,

        @Example(
                "{metrics: {chart: metrics, repository: 'https://charts.example.com', chartVersion: 1.0.0, namespace: metrics}}")
        @Limit(keys = ChartChecks.RELEASE_PATTERN)
        Map<String, HelmReleaseSpec> helm)
        implements AddonsSpecBuilder.With {

    /** Checks the names of releases. */
    public AddonsSpec {
        ack = Components.map("ack", ack);
        helm = Components.map("helm", helm);
        Problems problems = new Problems();
        helm.keySet().forEach(release -> ChartChecks.release(release, problems));
        problems.throwIfAny();
    }

    /**
     * No add-on.
     *
     * @return the spec
     */
    @Defaults
    public static AddonsSpec none() {
        return new AddonsSpec(Optional.empty(), Optional.empty(), Map.of(), Map.of());
    }

    /**
     * The add-ons, settled.
     *
     * @param partition the partition of ARNs in their policies
     * @param onFargate whether pods of a namespace may run on Fargate, where the kubelet has port 10250 of the pod
     * @return in the order in which they must become ready
     * @throws dev.eksplatform.problem.InvalidInputException when one lacks something, or they wait for each other
     */
    public List<HelmAddon> settle(Partition partition, Predicate<String> onFargate) {
        Problems problems = new Problems();
        List<HelmAddon> addons = new ArrayList<>();
        certManager.ifPresent(spec -> addons.add(spec.addon(onFargate.test(CertManagerSpec.NAME))));
        loadBalancerController.ifPresent(spec -> addons.add(spec.addon(partition)));
        ack.forEach((service, spec) -> {
            HelmAddon addon = problems.collect("ack." + service, () -> spec.addon(service, partition));
            if (addon != null) {
                addons.add(addon);
            }
        });
        helm.forEach((release, spec) -> addons.add(spec.addon(release, onFargate.test(spec.namespace()))));
        problems.throwIfAny();
        return new AddonGraph(addons).inOrder();
    }
}
