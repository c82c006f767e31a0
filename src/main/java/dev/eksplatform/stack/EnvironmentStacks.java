package dev.eksplatform.stack;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.cluster.ClusterAccess;
import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.ProvidersSpec;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.problem.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stacks of one environment: infrastructure, then platform, then workloads, each depending on the one before. A stack
 * with nothing in it is left out.
 *
 * <pre>{@code
 * App app = new App();
 * EnvironmentStacks stacks = EnvironmentStacks.of(app, Environment.read(Path.of("stacks/shop.yaml")));
 * Synthesis.write(app, stacks);
 * }</pre>
 */
public final class EnvironmentStacks {

    static final String INFRASTRUCTURE = "-infrastructure";
    static final String PLATFORM = "-platform";
    static final String WORKLOADS = "-workloads";

    private final Environment environment;
    private final Origins origins = new Origins();
    private final InfrastructureStack infrastructure;
    private final @Nullable PlatformStack platform;
    private final @Nullable WorkloadsStack workloads;

    private EnvironmentStacks(App app, Environment environment) {
        this.environment = environment;
        ResolvedEnvironment resolved = environment.resolved();
        String name = resolved.spec().environment();
        infrastructure = new InfrastructureStack(app, name + INFRASTRUCTURE, resolved, origins);
        TerraformStack last = infrastructure;
        if (PlatformStack.hasContent(resolved)) {
            platform = new PlatformStack(app, name + PLATFORM, resolved, origins);
            platform.addDependency(last);
            last = platform;
        } else {
            platform = null;
        }
        if (WorkloadsStack.hasContent(resolved, environment.manifests())) {
            workloads = new WorkloadsStack(app, name + WORKLOADS, resolved, environment.manifests(), origins);
            workloads.addDependency(last);
        } else {
            workloads = null;
        }
    }

    /** Connects a stack to the environment's cluster. */
    static ClusterAccess access(TerraformStack stack, ResolvedEnvironment environment) {
        EnvironmentSpec spec = environment.spec();
        if (spec.cluster().distribution() == Distribution.EKS) {
            InfrastructureStack.provideAws(stack, spec);
        }
        return ClusterAccess.to(
                stack,
                "access",
                spec.cluster(),
                environment.clusterName(),
                spec.region(),
                spec.authentication(),
                spec.credentials());
    }

    /**
     * Creates the stacks of an environment.
     *
     * @param app the app
     * @param environment the environment
     * @return its stacks, which can be added to before the app is synthesized
     */
    public static EnvironmentStacks of(App app, Environment environment) {
        return new EnvironmentStacks(app, environment);
    }

    /**
     * What the environment has in AWS.
     *
     * @return the stack
     */
    public InfrastructureStack infrastructure() {
        return infrastructure;
    }

    /**
     * Namespaces, ServiceAccounts and add-ons.
     *
     * @return the stack; empty when the environment has none of them
     */
    public Optional<PlatformStack> platform() {
        return Optional.ofNullable(platform);
    }

    /**
     * Custom resources and applications.
     *
     * @return the stack; empty when the environment has none of them
     */
    public Optional<WorkloadsStack> workloads() {
        return Optional.ofNullable(workloads);
    }

    /**
     * All stacks, in the order of deployment.
     *
     * @return one to three stacks
     */
    public List<TerraformStack> all() {
        List<TerraformStack> all = new ArrayList<>(List.of(infrastructure));
        platform().ifPresent(all::add);
        workloads().ifPresent(all::add);
        return all;
    }

    /**
     * Where a construct came from.
     *
     * @param constructPath its path, such as {@code shop-infrastructure/node-groups/general/role}
     * @return such as {@code stacks/shop.yaml:16:12}; empty when it does not come from a file
     */
    Optional<Place> position(String constructPath) {
        return origins.of(constructPath)
                .map(origin -> origin instanceof Place.InSpec property
                        ? environment.positions().at(property.path())
                        : origin);
    }

    /** Which versions of providers its stacks may use. */
    ProvidersSpec providers() {
        return environment.resolved().spec().providers();
    }
}
