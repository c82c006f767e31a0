package dev.eksplatform.addon;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.FreeYaml;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlKey;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a chart is installed.
 *
 * @param valueFiles files with chart values, relative to the environment file and read as Helm reads them; each overrides those before it,
 *     and {@code values} override all of them; default none
 * @param values chart values that override the platform's, read as Helm reads them; default none
 * @param sensitiveValues chart values that are neither in this file nor in the state, by their path; default none. Needs Terraform 1.11
 *     or newer
 * @param sensitiveRevision a number to increase when sensitive values have changed: Terraform keeps no copy of them to compare with
 * @param credentials the account at a private repository; default none
 * @param timeoutMinutes how long the release may take to become ready
 * @param atomic whether a release that fails is undone, so that it can be tried again
 * @param waits whether everything in the release must be ready before what comes after it
 * @param skipCrds whether the CRDs in the {@code crds} folder of the chart are left out, because something else installs them
 */
@RecordBuilder
public record ReleaseOptions(
        @Example("[]") List<ValuesFile> valueFiles,

        @FreeYaml(FreeYaml.Reading.AS_HELM) @Example("{podAnnotations: {team: shop}}")
        Map<String, Object> values,

        @Example("{admin.password: {secretsManager: shop/admin, key: password}}") @Limit(keys = ReleaseOptions.PATH)
        Map<String, SensitiveValue> sensitiveValues,

        @Example("2") @Limit(min = 1) int sensitiveRevision,

        @Example("{username: shop, passwordVariable: chart_password}")
        Optional<RepositoryCredentials> credentials,

        @Example("20") @Limit(min = 1, max = ReleaseOptions.LONGEST)
        int timeoutMinutes,

        @Example("false") boolean atomic,

        @YamlKey("wait") @Example("true") boolean waits,

        @Example("true") boolean skipCrds)
        implements ReleaseOptionsBuilder.With {

    /** The path of a value, as {@code helm --set} has it. */
    static final String PATH = "^[^.=,{}\\[\\]]+(\\.[^.=,{}\\[\\]]+|\\[[0-9]+\\])*$";

    private static final Pattern PATH_FORM = Pattern.compile(PATH);
    private static final int LONGEST = 120;

    /** Images are pulled onto nodes that may just have booted. */
    private static final int DEFAULT_MINUTES = 10;

    /** Checks paths, timeout, and that a release that is undone is waited for. */
    public ReleaseOptions {
        valueFiles = Components.list("valueFiles", valueFiles);
        values = Components.map("values", values);
        sensitiveValues = Components.map("sensitiveValues", sensitiveValues);
        Problems problems = new Problems();
        sensitiveValues.forEach((path, value) -> {
            PropertyPath where = PropertyPath.of("sensitiveValues", path);
            problems.match(
                    where,
                    path,
                    PATH_FORM,
                    "the path of a value",
                    "keys joined by dots",
                    "write it like admin.password");
            if (value.isNone()) {
                problems.add(
                        where, "no source of the value", "variable, secretsManager or ssmParameter", "add one of them");
            }
        });
        if (sensitiveRevision < 1) {
            problems.add("sensitiveRevision", String.valueOf(sensitiveRevision), "1 or more", "use 1");
        }
        if (timeoutMinutes < 1 || timeoutMinutes > LONGEST) {
            problems.add(
                    "timeoutMinutes",
                    String.valueOf(timeoutMinutes),
                    "1 to " + LONGEST,
                    "use " + DEFAULT_MINUTES + ", or more for large images");
        }
        if (atomic && !waits) {
            problems.add(
                    PropertyPath.of("wait"),
                    "false with atomic: Helm waits for a release that it may undo",
                    "add atomic: false, or remove wait");
        }
        problems.throwIfAny();
    }

    /**
     * A release that is waited for, bounded in time, and undone when it fails.
     *
     * @return the defaults
     */
    @Defaults
    public static ReleaseOptions standard() {
        return new ReleaseOptions(
                List.of(), Map.of(), Map.of(), 1, Optional.empty(), DEFAULT_MINUTES, true, true, false);
    }

    /**
     * All values that the user gives in plain text.
     *
     * @return those of the files in their order, and {@code values} over them
     */
    public Map<String, Object> allValues() {
        Map<String, Object> all = Map.of();
        for (Layer layer : layers()) {
            all = Json.merge(all, layer.values());
        }
        return all;
    }

    /** The same in an account. */
    ReleaseOptions in(AddonContext context) {
        Map<String, SensitiveValue> located = new LinkedHashMap<>();
        sensitiveValues.forEach((path, value) -> located.put(path, value.in(context)));
        return withSensitiveValues(located);
    }

    /** The user's values as they are written, those that override others last. */
    List<Layer> layers() {
        return Stream.concat(
                        valueFiles.stream().map(file -> new Layer(file.values(), file::place)),
                        Stream.of(Layer.at("values", values)))
                .toList();
    }

    /**
     * Values of one file, or of the environment file.
     *
     * @param values the values
     * @param place where the value at a path of keys is written
     */
    record Layer(Map<String, Object> values, Function<List<String>, Place> place) {

        /** Values of a property. */
        static Layer at(String property, Map<String, Object> values) {
            return new Layer(
                    values,
                    keys -> Place.of(PropertyPath.of(property).plus(PropertyPath.of(keys.toArray(String[]::new)))));
        }
    }
}
