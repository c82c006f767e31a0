package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.FreeYaml;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An add-on that EKS itself installs and updates.
 *
 * @param version the version of the add-on; default chosen by EKS
 * @param configuration values of the configuration schema of the add-on ({@code aws eks
 *     describe-addon-configuration}); default none
 */
@RecordBuilder
public record EksAddonSpec(
        @Example("v1.20.1-eksbuild.1") @Limit(pattern = EksAddonSpec.VERSION)
        Optional<String> version,

        @FreeYaml(FreeYaml.Reading.UNAMBIGUOUS) @Example("{replicaCount: 2}")
        Map<String, Object> configuration)
        implements EksAddonSpecBuilder.With {

    /**
     * Source: <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddonVersions.html">DescribeAddonVersions</a>.
     */
    private static final String VERSION = "^v[0-9]+\\.[0-9]+\\.[0-9]+-eksbuild\\.[0-9]+$";

    private static final Pattern FORM = Pattern.compile(VERSION);

    /** Checks the version's form. */
    public EksAddonSpec {
        configuration = Components.map("configuration", configuration);
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
