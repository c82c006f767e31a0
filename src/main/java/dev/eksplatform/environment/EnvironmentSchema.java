package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.SchemaGenerator;

/** The JSON schema of environment files, generated from the specs. */
public final class EnvironmentSchema {

    private EnvironmentSchema() {}

    /**
     * Generates the schema.
     *
     * @return the content of {@code stacks/environment.schema.json}
     */
    public static String generate() {
        return SchemaGenerator.generate(
                EnvironmentSpec.class,
                "Environment of eks-platform",
                "https://eksplatform.dev/environment.schema.json");
    }
}
