package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.FreeYaml;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/**
 * An add-on that EKS itself installs and updates.
 *
 * @param version the version of the add-on: {@code default}, {@code latest} or one version; default {@code default}
 * @param configuration values of the configuration schema of the add-on ({@code aws eks
 *     describe-addon-configuration}); default none
 */
@RecordBuilder
public record EksAddonSpec(
        @Example("v1.20.1-eksbuild.1") EksAddonVersion version,

        @FreeYaml(FreeYaml.Reading.UNAMBIGUOUS) @Example("{replicaCount: 2}")
        Map<String, Object> configuration)
        implements EksAddonSpecBuilder.With {

    /** Copies the configuration. */
    public EksAddonSpec {
        configuration = Components.map("configuration", configuration);
    }

    /**
     * The version that EKS installs by default, without configuration.
     *
     * @return the spec
     */
    @Defaults
    public static EksAddonSpec standard() {
        return new EksAddonSpec(EksAddonVersion.DEFAULT, Map.of());
    }
}
