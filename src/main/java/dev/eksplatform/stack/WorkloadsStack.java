package dev.eksplatform.stack;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.cluster.ClusterAccess;
import dev.eksplatform.cluster.ClusterObjects;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.environment.ResolvedIdentity;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.workload.AckBucket;
import dev.eksplatform.workload.KubernetesObject;
import dev.eksplatform.workload.SccBinding;
import dev.eksplatform.workload.ServiceAccount;
import dev.eksplatform.workload.manifest.KubernetesDocument;
import dev.eksplatform.workload.manifest.ManifestSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.constructs.Construct;

/** What runs on an environment's platform: custom resources and applications, which need its add-ons. */
public final class WorkloadsStack extends TerraformStack {

    private final Map<String, KubernetesObject> objects = new HashMap<>();

    WorkloadsStack(
            Construct app, String name, ResolvedEnvironment environment, ManifestSet manifests, Origins origins) {
        super(app, name);
        EnvironmentSpec spec = environment.spec();
        StateBackend.configure(this, spec, name);
        PropertyPath workloads = PropertyPath.of("workloads");
        TracedScope scope = TracedScope.of(this, name, workloads, origins);
        ClusterAccess access = EnvironmentStacks.access(this, environment);
        List<ITerraformDependable> first = new ArrayList<>();
        annotateOperators(environment, scope.scope("service-accounts"));
        TracedScope bindings = scope.scope("security-context-constraints");
        spec.workloads()
                .securityContextConstraints()
                .forEach((account, constraints) -> first.add(bindings.create(
                                account.id(),
                                workloads.key("securityContextConstraints").key(account.toString()),
                                (in, id) -> new SccBinding(in, id, account, constraints, List.of()))
                        .resource()));
        TracedScope buckets = scope.scope("buckets");
        spec.workloads()
                .buckets()
                .forEach((namespace, bucket) -> first.add(buckets.create(
                                namespace,
                                workloads.key("buckets").key(namespace),
                                (in, id) -> new AckBucket(in, id, namespace, bucket, List.of()))
                        .resource()));
        apply(manifests, scope.scope("manifests"), first);
        selectFromCluster(environment, manifests, access);
    }

    /** Node classes without subnets or security groups of their own have those of the cluster, whose ids only AWS knows. */
    private void selectFromCluster(ResolvedEnvironment environment, ManifestSet manifests, ClusterAccess access) {
        Map<String, Set<String>> open = ClusterObjects.openSelectors(environment.clusterObjects());
        for (KubernetesDocument manifest : manifests.inOrder()) {
            open.getOrDefault(manifest.identity(), Set.of())
                    .forEach(selector -> Objects.requireNonNull(objects.get(manifest.logicalId()))
                            .resource()
                            .addOverride(
                                    "manifest.spec." + selector,
                                    selector.startsWith("subnet")
                                            ? access.subnetTerms()
                                            : List.of(Map.of("id", access.clusterSecurityGroupId()))));
        }
    }

    static boolean hasContent(ResolvedEnvironment environment, ManifestSet manifests) {
        return !manifests.inOrder().isEmpty()
                || !environment.spec().workloads().buckets().isEmpty()
                || !environment.spec().workloads().securityContextConstraints().isEmpty()
                || environment.identities().stream().anyMatch(ResolvedIdentity::isOperators);
    }

    /** An operator creates its ServiceAccount when its install plan is approved, which is after the platform stack. */
    private static void annotateOperators(ResolvedEnvironment environment, TracedScope scope) {
        environment.identities().stream()
                .filter(ResolvedIdentity::isOperators)
                .forEach(resolved -> scope.create(
                        resolved.identity().serviceAccount().id(),
                        resolved.property(),
                        (in, id) -> new ServiceAccount(
                                in,
                                id,
                                resolved.identity().existing(),
                                environment.roleArn(resolved.identity()),
                                Map.of(),
                                List.of())));
    }

    private void apply(ManifestSet manifests, TracedScope scope, List<ITerraformDependable> first) {
        for (KubernetesDocument manifest : manifests.inOrder()) {
            List<ITerraformDependable> after = new ArrayList<>();
            for (KubernetesDocument earlier : manifests.dependencies(manifest)) {
                after.add(
                        Objects.requireNonNull(objects.get(earlier.logicalId())).resource());
            }
            if (after.isEmpty()) {
                after.addAll(first);
            }
            objects.put(
                    manifest.logicalId(),
                    scope.create(
                            manifest.logicalId(),
                            manifest.source().place(PropertyPath.ROOT),
                            (in, id) -> new KubernetesObject(in, id, manifest, after)));
        }
    }

    /**
     * The objects of manifests.
     *
     * @return constructs by logical id
     */
    public Map<String, KubernetesObject> objects() {
        return Map.copyOf(objects);
    }
}
