package dev.eksplatform.environment;

import dev.eksplatform.internal.release.ProviderReleases;
import dev.eksplatform.internal.release.VersionRange;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Which versions of the Terraform providers the stacks of an environment may use. They pin or narrow what eks-platform supports.
 *
 * @param aws versions of {@code hashicorp/aws}; default all from the first one that has every attribute in use, at least
 *     5.100.0, to below 7.0.0
 * @param kubernetes versions of {@code hashicorp/kubernetes}; default all from the first one that has every attribute in
 *     use to below 3.0.0
 * @param helm versions of {@code hashicorp/helm}; default all from the first one that has every attribute in use to below
 *     4.0.0
 */
@RecordBuilder
public record ProvidersSpec(
        @Example("\">= 6.20.0, < 7.0.0\"") Optional<VersionConstraint> aws,

        @Example("\"2.38.0\"") Optional<VersionConstraint> kubernetes,

        @Example("\"~> 3.1\"") Optional<VersionConstraint> helm)
        implements ProvidersSpecBuilder.With {

    /** Checks that each constraint allows a version that is supported. */
    public ProvidersSpec {
        Problems problems = new Problems();
        check("aws", aws, problems);
        check("kubernetes", kubernetes, problems);
        check("helm", helm, problems);
        problems.throwIfAny();
    }

    private static void check(String provider, Optional<VersionConstraint> constraint, Problems problems) {
        VersionRange supported = supported(provider);
        constraint
                .filter(given -> given.range().and(supported).isEmpty())
                .ifPresent(given -> problems.add(
                        provider,
                        "\"" + given + "\" allows no version of the " + provider + " provider that can be used",
                        supported.toString(),
                        "choose versions in this range, or remove the constraint"));
    }

    private static VersionRange supported(String provider) {
        return ProviderReleases.get().provider(provider).orElseThrow().supported();
    }

    /**
     * Every version that eks-platform supports.
     *
     * @return the spec
     */
    @Defaults
    public static ProvidersSpec supported() {
        return new ProvidersSpec(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The constraint of a provider.
     *
     * @param provider its name
     * @return empty when the spec does not narrow it
     */
    @API(status = API.Status.INTERNAL)
    public Optional<VersionConstraint> of(String provider) {
        return switch (provider) {
            case "aws" -> aws;
            case "kubernetes" -> kubernetes;
            case "helm" -> helm;
            default -> Optional.empty();
        };
    }

    /**
     * Whether an attribute can be set whichever version is used.
     *
     * @param provider the name of a provider
     * @param type the resource type
     * @param attribute names of blocks and the attribute, joined by dots
     * @return true when all allowed versions have it
     */
    @API(status = API.Status.INTERNAL)
    public boolean alwaysHave(String provider, String type, String attribute) {
        VersionRange allowed = of(provider)
                .map(constraint -> constraint.range().and(supported(provider)))
                .orElse(supported(provider));
        return ProviderReleases.get()
                .lifetime(type, attribute)
                .map(lifetime -> lifetime.in(allowed).equals(allowed))
                .orElse(true);
    }
}
