package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.BindingResult;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.GoneKey;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlDocument;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.internal.yaml.YamlKey;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The add-ons of an environment.
 *
 * @param named add-ons of the catalogue {@link AddonSpec}, by name; default none
 * @param gatewayApi the CRDs of the Gateway API; default none
 * @param ack controllers that create AWS resources from custom resources, by AWS service; default none
 * @param adot a collector of the AWS Distro for OpenTelemetry for traces and metrics; default none
 * @param helm any other Helm charts, by release name; default none
 * @param images where the images of charts are pulled from instead of their registry, by registry: a host and the beginning of
 *     repositories on it, such as a pull-through cache of Amazon ECR; default none
 */
@RecordBuilder
@GoneKey(
        key = "ingress-nginx",
        why = "Kubernetes retired ingress-nginx in March 2026: it gets no security fixes",
        instead = "use aws-load-balancer-controller, or a controller of the Gateway API")
public record AddonsSpec(
        @YamlInline Map<String, AddonSpec> named,

        @YamlKey(GatewayApiSpec.NAME) @Example("{}") Optional<GatewayApiSpec> gatewayApi,

        @Example("{s3: {}}") Map<AckService, AckControllerSpec> ack,

        @Example("{}") Optional<AdotSpec> adot,

        @Example(
                "{metrics: {chart: metrics, repository: 'https://charts.example.com', chartVersion: 1.0.0, namespace: metrics}}")
        @Limit(keys = ChartChecks.RELEASE_PATTERN)
        Map<String, HelmReleaseSpec> helm,

        @Example("{quay.io: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/quay}")
        @Limit(keys = ImageMirrors.REGISTRY_PATTERN, pattern = ImageMirrors.PATTERN)
        Map<String, String> images)
        implements AddonsSpecBuilder.With {

    /** Checks the names of releases, and that each add-on has its own name. */
    public AddonsSpec {
        named = Components.map("named", named);
        ack = Components.map("ack", ack);
        helm = Components.map("helm", helm);
        images = Components.map("images", images);
        Problems problems = new Problems();
        named.forEach((name, spec) -> {
            if (!name.equals(spec.name())) {
                problems.add(PropertyPath.of(name), "the add-on " + spec.name(), "use " + spec.name());
            }
        });
        helm.keySet().forEach(release -> ChartChecks.release(release, problems));
        new ImageMirrors(images).check(problems);
        problems.throwIfAny();
    }

    /**
     * No add-on.
     *
     * @return the spec
     */
    @Defaults
    public static AddonsSpec none() {
        return new AddonsSpec(Map.of(), Optional.empty(), Map.of(), Optional.empty(), Map.of(), Map.of());
    }

    /**
     * Add-ons of the catalogue.
     *
     * @param addons such as {@code CertManagerSpec.standard()}; of each kind one
     * @return the spec
     */
    public static AddonsSpec of(AddonSpec... addons) {
        Map<String, AddonSpec> named = new LinkedHashMap<>();
        for (AddonSpec addon : addons) {
            named.put(addon.name(), addon);
        }
        return none().withNamed(named);
    }

    /**
     * An add-on of the catalogue with its defaults.
     *
     * @param name its key
     * @return the add-on; empty for a name that the catalogue does not have, and for an add-on that has no defaults
     */
    @API(status = API.Status.INTERNAL)
    public static Optional<AddonSpec> standard(String name) {
        BindingResult<AddonsSpec> read = Binder.bind(YamlDocument.parse(name, name + ": {}"), AddonsSpec.class);
        return read.problems().isEmpty()
                ? Optional.ofNullable(read.orThrow().named().get(name))
                : Optional.empty();
    }

    /**
     * The chart values that the user gives to a release.
     *
     * @param release a release's name
     * @return the values; empty for a release that is not the user's
     */
    public Map<String, Object> valuesOf(String release) {
        return Optional.ofNullable(helm.get(release))
                .map(HelmReleaseSpec::values)
                .or(() -> Optional.ofNullable(named.get(release)).map(AddonSpec::values))
                .orElse(Map.of());
    }

    /**
     * How all charts are installed.
     *
     * @return the options of each
     */
    public List<ReleaseOptions> releaseOptions() {
        return Stream.of(
                        named.values().stream().map(spec -> spec.chart().options()),
                        ack.values().stream().map(AckControllerSpec::options),
                        helm.values().stream().map(HelmReleaseSpec::options))
                .flatMap(options -> options)
                .toList();
    }

    /**
     * What is likely not meant: values that a chart does not read, a chart that nobody maintains any more, and images that have no
     * mirror although others do.
     *
     * @param charts those that Helm installs
     * @return warnings, each at its place under {@code addons}
     */
    @API(status = API.Status.INTERNAL)
    public List<Problem> warnings(List<HelmAddon> charts) {
        return Stream.concat(
                        charts.stream().flatMap(addon -> addon.warnings().stream()),
                        new ImageMirrors(images).warnings(charts).stream())
                .toList();
    }

    /**
     * Resolves as many of the add-ons as can be resolved.
     *
     * @param context what they depend on
     * @param problems collects what is wrong with them and their order
     * @return the add-ons in the order in which they become ready
     */
    @API(status = API.Status.INTERNAL)
    public AddonGraph resolve(AddonContext context, Problems problems) {
        List<HelmAddon> addons = new ArrayList<>();
        Set<String> unresolved = new TreeSet<>();
        named.values().forEach(spec -> {
            List<HelmAddon> releases = problems.collect(PropertyPath.of(spec.name()), () -> spec.releases(context));
            if (releases == null) {
                unresolved.add(spec.name());
            } else {
                addons.addAll(releases);
            }
        });
        gatewayApi.ifPresent(spec -> unresolved.add(GatewayApiSpec.NAME));
        ack.forEach((service, spec) -> {
            HelmAddon addon = problems.collect(
                    PropertyPath.of("ack", service.id()), () -> spec.resolve(service, context.partition()));
            if (addon == null) {
                unresolved.add(service.controller());
            } else {
                addons.add(addon);
            }
        });
        helm.forEach((release, spec) ->
                addons.add(spec.resolve(release, context.onFargate().test(spec.namespace()))));
        if (named.containsKey(CiliumSpec.NAME)) {
            addons.replaceAll(CiliumSpec::first);
        }
        ImageMirrors mirrors = new ImageMirrors(images);
        addons.replaceAll(
                addon -> mirrors.applyTo(addon.withOptions(addon.options().in(context))));
        return new AddonGraph(addons, unresolved, problems);
    }
}
