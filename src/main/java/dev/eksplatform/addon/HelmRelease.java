package dev.eksplatform.addon;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.helm.release.Release;
import com.hashicorp.cdktf.providers.helm.release.ReleaseConfig;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import java.util.List;
import java.util.Map;
import software.constructs.Construct;

/**
 * A Helm release that is waited for, bounded in time, and undone when it fails: so a failed one can be tried again.
 *
 * <p>Helm never upgrades CRDs from a chart's {@code crds/} folder and leaves them, as it leaves what carries the resource
 * policy {@code keep}.
 */
public final class HelmRelease extends PlatformConstruct {

    /** How long a release may take to become ready, in seconds: images are pulled onto nodes that may just have booted. */
    private static final int TIMEOUT_SECONDS = 600;

    private final Release release;

    /**
     * Installs a chart.
     *
     * <pre>{@code
     * new HelmRelease(platform, "podinfo", HelmReleaseSpec.of(
     *         "podinfo", "https://stefanprodan.github.io/podinfo", "6.7.0", "shop"), List.of(namespace.resource()));
     * }</pre>
     *
     * @param scope the construct it belongs to, in a stack with a Helm provider
     * @param name its id in the scope, and the release's name
     * @param spec the chart; {@code needs} and {@code webhookPorts} are not used here: give {@code after}, and open ports
     *     with {@link dev.eksplatform.cluster.Cluster#open}
     * @param after what must be in place before it, such as its namespace
     */
    public HelmRelease(Construct scope, String name, HelmReleaseSpec spec, List<? extends ITerraformDependable> after) {
        this(scope, name, spec.resolve(name, false), spec.values(), after);
    }

    /**
     * Installs an add-on.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param addon the add-on
     * @param values the chart's values
     * @param after what must be in place before it
     */
    public HelmRelease(
            Construct scope,
            String id,
            HelmAddon addon,
            Map<String, Object> values,
            List<? extends ITerraformDependable> after) {
        super(scope, id);
        release = new Release(
                this,
                "release",
                ReleaseConfig.builder()
                        .name(addon.name())
                        .repository(TerraformText.escape(addon.repository()))
                        .chart(TerraformText.escape(addon.chart()))
                        .version(addon.version().toString())
                        .namespace(addon.namespace())
                        .createNamespace(false)
                        .atomic(true)
                        .wait(true)
                        .timeout(TIMEOUT_SECONDS)
                        .values(List.of(TerraformText.escape(ChartValues.text(values))))
                        .dependsOn(after)
                        .build());
    }

    /**
     * The release's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public Release release() {
        return release;
    }
}
