package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Terraform configuration in JSON syntax that is added to the stacks of an environment. {@code construct("PATH")} in its
 * expressions is the resource of the platform with this construct path.
 *
 * @param infrastructure files for the infrastructure stack: names or patterns relative to this file; default none
 * @param platform files for the platform stack; default none
 * @param workloads files for the workloads stack; default none
 */
@RecordBuilder
public record TerraformSpec(
        @Example("[shop/queues.tf.json]") List<String> infrastructure,
        @Example("[shop/quotas.tf.json]") List<String> platform,
        @Example("[shop/jobs.tf.json]") List<String> workloads)
        implements TerraformSpecBuilder.With {

    /** The end of the name of a file in Terraform's JSON syntax. */
    static final String EXTENSION = ".tf.json";

    /** Checks that the names are those of files in JSON syntax. */
    public TerraformSpec {
        infrastructure = Components.list("infrastructure", infrastructure);
        platform = Components.list("platform", platform);
        workloads = Components.list("workloads", workloads);
        Problems problems = new Problems();
        byStack(infrastructure, platform, workloads).forEach((stack, files) -> {
            for (int i = 0; i < files.size(); i++) {
                if (!files.get(i).endsWith(EXTENSION)) {
                    problems.add(
                            PropertyPath.of(stack).index(i),
                            "\"" + files.get(i) + "\" is not the name of a file in Terraform's JSON syntax",
                            "names and patterns that end with " + EXTENSION,
                            files.get(i).endsWith(".tf")
                                    ? "write the configuration in JSON syntax, and name the file " + files.get(i)
                                            + ".json"
                                    : "write it like shop/queues.tf.json");
                }
            }
            problems.once(PropertyPath.of(stack), files, "file");
        });
        problems.throwIfAny();
    }

    /**
     * No configuration.
     *
     * @return the spec
     */
    @Defaults
    public static TerraformSpec none() {
        return new TerraformSpec(List.of(), List.of(), List.of());
    }

    /**
     * The files of each stack.
     *
     * @return names and patterns by {@code infrastructure}, {@code platform} and {@code workloads}
     */
    Map<String, List<String>> byStack() {
        return byStack(infrastructure, platform, workloads);
    }

    private static Map<String, List<String>> byStack(
            List<String> infrastructure, List<String> platform, List<String> workloads) {
        Map<String, List<String>> byStack = new LinkedHashMap<>();
        byStack.put("infrastructure", infrastructure);
        byStack.put("platform", platform);
        byStack.put("workloads", workloads);
        return byStack;
    }
}
