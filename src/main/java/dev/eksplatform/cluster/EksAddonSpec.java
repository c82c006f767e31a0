package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.FreeYaml;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An add-on that EKS itself installs and keeps.
 *
 * @param version the add-on's version, such as {@code v1.20.1-eksbuild.1}; default: what EKS chooses for the cluster
 * @param configuration values of the add-on's configuration schema (`aws eks describe-addon-configuration`); default
 *     none
 */
public record EksAddonSpec(
        @Doc(value = "The add-on's version; default what EKS chooses", example = "v1.20.1-eksbuild.1")
        @Limit(pattern = EksAddonSpec.VERSION)
        Optional<String> version,

        @FreeYaml(FreeYaml.Reading.UNAMBIGUOUS)
        @Doc(value = "Values of the add-on's configuration schema", example = "{replicaCount: 2}")
        Map<String, Object> configuration) {

    /**
     * Source: <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddonVersions.html">DescribeAddonVersions</a>.
     */
    private static final String VERSION = "^v[0-9]+\\.[0-9]+\\.[0-9]+-eksbuild\\.[0-9]+$";

    private static final Pattern FORM = Pattern.compile(VERSION);

    /** Checks the version's form. */
    public EksAddonSpec {
        Problems problems = new Problems();
        version.ifPresent(text -> problems.match(
                "version",
                text,
                FORM,
                "a version of an EKS add-on",
                "v, three numbers and -eksbuild with a number, such as v1.20.1-eksbuild.1",
                "choose one of `aws eks describe-addon-versions`, or leave it out: EKS chooses"));
        problems.throwIfAny();
    }

    /**
     * The version that EKS chooses, without configuration.
     *
     * @return the spec
     */
    @Defaults
    public static EksAddonSpec standard() {
        return new EksAddonSpec(Optional.empty(), Map.of());
    }
}
