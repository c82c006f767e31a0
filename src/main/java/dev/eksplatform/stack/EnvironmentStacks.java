package dev.eksplatform.stack;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.cluster.ClusterAccess;
import dev.eksplatform.cluster.RosaClusterSpec;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stacks of one environment: infrastructure, then platform, then workloads, each depending on the one before. A stack
 * with nothing in it is not made.
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
        ResolvedEnvironment blueprint = environment.blueprint();
        String name = blueprint.spec().environment();
        infrastructure = new InfrastructureStack(app, name + INFRASTRUCTURE, blueprint, origins);
        TerraformStack last = infrastructure;
        if (PlatformStack.hasContent(blueprint)) {
            platform = new PlatformStack(app, name + PLATFORM, blueprint, origins);
            platform.addDependency(last);
            last = platform;
        } else {
            platform = null;
        }
        if (WorkloadsStack.hasContent(blueprint, environment.manifests())) {
            workloads = new WorkloadsStack(app, name + WORKLOADS, blueprint, environment.manifests(), origins);
            workloads.addDependency(last);
        } else {
            workloads = null;
        }
    }

    /** Connects a stack to the environment's cluster. */
    static ClusterAccess access(TerraformStack stack, ResolvedEnvironment blueprint) {
        EnvironmentSpec spec = blueprint.spec();
        if (spec.cluster() instanceof RosaClusterSpec rosa) {
            return ClusterAccess.toRosa(stack, "access", rosa);
        }
        InfrastructureStack.provideAws(stack, spec);
        return ClusterAccess.toEks(stack, "access", blueprint.clusterName(), spec.region(), spec.authentication());
    }

    /**
     * Makes the stacks of an environment.
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
     * Where a construct stands in the environment's file.
     *
     * @param constructPath its path, such as {@code shop-infrastructure/node-groups/general/role}
     * @return such as {@code stacks/shop.yaml:16:12}; empty when it does not come from a file
     */
    Optional<String> position(String constructPath) {
        return origins.of(constructPath)
                .map(origin -> origin.matches(".+:\\d+:\\d+.*")
                        ? origin
                        : environment.positions().at(PropertyPath.parse(origin)).toString());
    }

    /**
     * Which property each construct came from.
     *
     * @return the origins
     */
    public Origins origins() {
        return origins;
    }
}
