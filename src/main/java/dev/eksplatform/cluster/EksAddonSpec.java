package dev.eksplatform.cluster;

import dev.eksplatform.spec.Defaults;
import dev.eksplatform.spec.Doc;
import dev.eksplatform.spec.FreeYaml;
import java.util.Map;
import java.util.Optional;

/**
 * An add-on that EKS itself installs and keeps.
 *
 * @param version the add-on's version, such as {@code v1.20.1-eksbuild.1}; default: what EKS chooses for the cluster
 * @param configuration values of the add-on's configuration schema (`aws eks describe-addon-configuration`); default
 *     none
 */
public record EksAddonSpec(
        @Doc(value = "The add-on's version; default what EKS chooses", example = "v1.20.1-eksbuild.1")
        Optional<String> version,

        @FreeYaml(FreeYaml.Reading.UNAMBIGUOUS) @Doc("Values of the add-on's configuration schema")
        Map<String, Object> configuration) {

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
