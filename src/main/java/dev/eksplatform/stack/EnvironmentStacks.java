package dev.eksplatform.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.cluster.ClusterAccess;
import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.ProvidersSpec;
import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
    private final ConfigurationEdits edits;

    private EnvironmentStacks(App app, Environment environment) {
        this.environment = environment;
        ResolvedEnvironment resolved = environment.resolved();
        String name = resolved.spec().environment();
        infrastructure = new InfrastructureStack(app, name + INFRASTRUCTURE, resolved, origins);
        TerraformStack last = infrastructure;
        if (hasPlatform(environment)) {
            platform = new PlatformStack(app, name + PLATFORM, resolved, origins);
            platform.addDependency(last);
            last = platform;
        } else {
            platform = null;
        }
        if (hasWorkloads(environment)) {
            workloads = new WorkloadsStack(app, name + WORKLOADS, resolved, environment.manifests(), origins);
            workloads.addDependency(last);
        } else {
            workloads = null;
        }
        edits = new ConfigurationEdits(resolved.spec().overrides(), environment.terraform(), origins);
    }

    /** Whether an environment has a platform stack. */
    static boolean hasPlatform(Environment environment) {
        return PlatformStack.hasContent(environment.resolved()) || addsTo(PLATFORM, environment);
    }

    /** Whether an environment has a workloads stack. */
    static boolean hasWorkloads(Environment environment) {
        return WorkloadsStack.hasContent(environment.resolved(), environment.manifests())
                || addsTo(WORKLOADS, environment);
    }

    private static boolean addsTo(String suffix, Environment environment) {
        return environment.terraform().stream().anyMatch(file -> suffix.equals("-" + file.stack()));
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
        return origins.of(constructPath).map(this::placed);
    }

    private Place placed(Place origin) {
        return origin instanceof Place.InSpec property ? environment.positions().at(property.path()) : origin;
    }

    /** Applies what the environment adds to a synthesized stack; returns whether there is anything. */
    boolean edit(String stack, ObjectNode configuration) {
        String name = environment.resolved().spec().environment();
        return edits.edit(stack.substring(name.length() + 1), stack, configuration);
    }

    /** Reports what is wrong with its edits, each at its place. */
    void checkEdits() {
        String name = environment.resolved().spec().environment();
        edits.checkStacks(all().stream()
                .map(stack -> stack.getNode().getId().substring(name.length() + 1))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
        if (!edits.problems().isEmpty()) {
            throw environment
                    .positions()
                    .place(new InvalidInputException(edits.problems().found()));
        }
    }

    /** The places of the overrides of a stack by address and argument, such as {@code aws_vpc.network_vpc#tags}. */
    Map<String, Place> overrides(String stack) {
        Map<String, Place> placed = new TreeMap<>();
        edits.overridden(stack).forEach((argument, place) -> placed.put(argument, placed(place)));
        return placed;
    }

    /** Which versions of providers its stacks may use. */
    ProvidersSpec providers() {
        return environment.resolved().spec().providers();
    }
}
