package dev.eksplatform.addon;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
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
 * @param certManager cert-manager; default none
 * @param loadBalancerController the AWS Load Balancer Controller; default none
 * @param ack controllers of AWS services, by service; default none
 * @param helm any other Helm charts, by release name; default none
 */
@RecordBuilder
public record AddonsSpec(
        @YamlKey(CertManagerSpec.NAME)
        @Doc(value = "cert-manager: certificates as Kubernetes resources", example = "{}")
        Optional<CertManagerSpec> certManager,

        @YamlKey(LoadBalancerControllerSpec.NAME)
        @Doc(value = "Load balancers for Ingresses and Services", example = "{}")
        Optional<LoadBalancerControllerSpec> loadBalancerController,

        @Doc(value = "AWS resources as custom resources, by AWS service", example = "{s3: {}}")
        Map<AckService, AckControllerSpec> ack,

        @Doc(
                value = "Any other Helm charts, by release name",
                example =
                        "{metrics: {chart: metrics, repository: 'https://charts.example.com', chartVersion: 1.0.0, namespace: metrics}}")
        @Limit(keys = ChartChecks.RELEASE_PATTERN)
        Map<String, HelmReleaseSpec> helm)
        implements AddonsSpecBuilder.With {

    /** Checks the names of releases. */
    public AddonsSpec {
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
