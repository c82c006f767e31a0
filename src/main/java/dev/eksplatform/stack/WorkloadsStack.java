package dev.eksplatform.stack;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.environment.ResolvedEnvironment.SettledIdentity;
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
import software.constructs.Construct;

/** What runs on an environment's platform: custom resources and applications, which need its add-ons. */
public final class WorkloadsStack extends TerraformStack {

    private final Map<String, KubernetesObject> objects = new HashMap<>();

    WorkloadsStack(
            Construct scope, String name, ResolvedEnvironment blueprint, ManifestSet manifests, Origins origins) {
        super(scope, name);
        StateBackend.keep(this, blueprint.spec(), name);
        origins.add(name, "workloads");
        EnvironmentStacks.access(this, blueprint);
        List<ITerraformDependable> first = new ArrayList<>();
        annotateOperators(blueprint, origins, name);
        Construct bindings = new Construct(this, "security-context-constraints");
        blueprint.spec().workloads().securityContextConstraints().forEach((account, constraints) -> {
            String id = account.toString().replace('/', '_');
            origins.add(
                    name + "/security-context-constraints/" + id,
                    "workloads.securityContextConstraints[\"" + account + "\"]");
            first.add(new SccBinding(bindings, id, account, constraints, List.of()).resource());
        });
        Construct buckets = new Construct(this, "buckets");
        blueprint.spec().workloads().buckets().forEach((namespace, bucket) -> {
            origins.add(name + "/buckets/" + namespace, "workloads.buckets." + namespace);
            first.add(new AckBucket(buckets, namespace, namespace, bucket, List.of()).resource());
        });
        apply(manifests, origins, name, first);
    }

    static boolean hasContent(ResolvedEnvironment blueprint, ManifestSet manifests) {
        return !manifests.inOrder().isEmpty()
                || !blueprint.spec().workloads().buckets().isEmpty()
                || !blueprint.spec().workloads().securityContextConstraints().isEmpty()
                || blueprint.identities().stream().anyMatch(settled -> PlatformStack.isOperators(blueprint, settled));
    }

    /** An operator makes its ServiceAccount when its install plan is approved, which is after the platform stack. */
    private void annotateOperators(ResolvedEnvironment blueprint, Origins origins, String name) {
        Construct scope = new Construct(this, "service-accounts");
        for (SettledIdentity settled : blueprint.identities()) {
            if (PlatformStack.isOperators(blueprint, settled)) {
                String id = InfrastructureStack.id(settled.identity());
                origins.add(name + "/service-accounts/" + id, settled.property());
                new ServiceAccount(
                        scope,
                        id,
                        settled.identity().existing(),
                        blueprint.roleArn(settled.identity()),
                        Map.of(),
                        List.of());
            }
        }
    }

    private void apply(ManifestSet manifests, Origins origins, String name, List<ITerraformDependable> first) {
        Construct scope = new Construct(this, "manifests");
        for (KubernetesDocument manifest : manifests.inOrder()) {
            origins.add(
                    name + "/manifests/" + manifest.logicalId(),
                    manifest.source().place(PropertyPath.ROOT).toString());
            List<ITerraformDependable> after = new ArrayList<>();
            for (KubernetesDocument earlier : manifests.dependencies(manifest)) {
                after.add(
                        Objects.requireNonNull(objects.get(earlier.logicalId())).resource());
            }
            if (after.isEmpty()) {
                after.addAll(first);
            }
            objects.put(manifest.logicalId(), new KubernetesObject(scope, manifest.logicalId(), manifest, after));
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
