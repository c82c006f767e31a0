package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/**
 * The chart of an add-on of the catalogue.
 *
 * @param chartVersion the version of the chart
 * @param repository the chart's repository or a mirror of it, for closed networks
 * @param options how it is installed
 */
@RecordBuilder
public record ChartSettings(
        @Example("1.23.0") ChartVersion chartVersion,

        @Example("https://charts.example.com") @Limit(pattern = ChartChecks.REPOSITORY_PATTERN)
        String repository,

        @YamlInline ReleaseOptions options)
        implements ChartSettingsBuilder.With {

    /** Checks the repository. */
    public ChartSettings {
        Components.required("chartVersion", chartVersion, "repository", repository, "options", options);
        Problems problems = new Problems();
        ChartChecks.repository(repository, problems);
        problems.throwIfAny();
    }

    /**
     * A chart with its own default values.
     *
     * @param chartVersion its version
     * @param repository its repository
     * @return the settings
     */
    public static ChartSettings of(String chartVersion, String repository) {
        return new ChartSettings(ChartVersion.parse(chartVersion), repository, ReleaseOptions.standard());
    }

    /**
     * The values that override the platform's.
     *
     * @return values as the user wrote them
     */
    public Map<String, Object> values() {
        return options.allValues();
    }
    /**
     * The same with other values.
     *
     * @param values chart values
     * @return a copy
     */
    public ChartSettings withValues(Map<String, Object> values) {
        return withOptions(options.withValues(values));
    }
}
