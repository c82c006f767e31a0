package dev.eksplatform.addon;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformResource;
import com.hashicorp.cdktf.providers.helm.provider.HelmProviderRegistries;
import com.hashicorp.cdktf.providers.helm.release.Release;
import com.hashicorp.cdktf.providers.helm.release.ReleaseConfig;
import com.hashicorp.cdktf.providers.helm.release.ReleaseSetWo;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import software.constructs.Construct;

/**
 * A Helm release that is waited for, bounded in time, and undone when it fails: so a failed one can be tried again.
 *
 * <p>Helm never upgrades CRDs from a chart's {@code crds/} folder and leaves them, as it leaves what carries the resource
 * policy {@code keep}.
 */
public final class HelmRelease extends PlatformConstruct {

    private static final int SECONDS_OF_A_MINUTE = 60;

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
     * @throws dev.eksplatform.problem.InvalidInputException for a sensitive value from a parameter without its ARN
     */
    public HelmRelease(Construct scope, String name, HelmReleaseSpec spec, List<? extends ITerraformDependable> after) {
        this(scope, name, checked(spec).resolve(name, false), spec.values(), after);
    }

    private static HelmReleaseSpec checked(HelmReleaseSpec spec) {
        Problems problems = new Problems();
        spec.options().sensitiveValues().forEach((path, value) -> {
            if (value.needsAccount()) {
                problems.add(
                        PropertyPath.of("sensitiveValues", path, "ssmParameter"),
                        "the name of a parameter, whose account is not known here",
                        "write its ARN");
            }
        });
        problems.throwIfAny();
        return spec;
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
        ReleaseOptions options = addon.options();
        ReleaseConfig.Builder config = ReleaseConfig.builder()
                .name(addon.name())
                .repository(TerraformText.escape(addon.repository()))
                .chart(TerraformText.escape(addon.chart()))
                .version(addon.version().toString())
                .namespace(addon.namespace())
                .createNamespace(false)
                .atomic(options.atomic())
                .wait(options.waits())
                .timeout(options.timeoutMinutes() * SECONDS_OF_A_MINUTE)
                .values(List.of(TerraformText.escape(ChartValues.text(values))))
                .dependsOn(after);
        if (options.skipCrds()) {
            config.skipCrds(true);
        }
        SecretSources secrets = new SecretSources(this);
        if (!options.sensitiveValues().isEmpty()) {
            config.setWo(options.sensitiveValues().entrySet().stream()
                    .map(value -> ReleaseSetWo.builder()
                            .name(TerraformText.escape(value.getKey()))
                            .type("string")
                            .value(secrets.reference(addon.name(), value.getKey(), value.getValue()))
                            .build())
                    .toList());
        }
        options.credentials()
                .filter(account -> !ChartChecks.isOci(addon.repository()))
                .ifPresent(account -> config.repositoryUsername(TerraformText.escape(account.username()))
                        .repositoryPassword(secrets.kept(account.passwordVariable())));
        release = new Release(this, "release", config.build());
        if (!options.sensitiveValues().isEmpty()) {
            release.addOverride("set_wo_revision", revision(addon, values));
        }
    }

    /**
     * A number that is greater whenever something of the release changes: the provider leaves sensitive values out of an update with the
     * same one. Source: <a href="https://github.com/hashicorp/terraform-provider-helm/issues/1753">write only values are lost during
     * update</a>.
     */
    private String revision(HelmAddon addon, Map<String, Object> values) {
        ReleaseOptions options = addon.options();
        TerraformResource revision = TerraformResource.Builder.create(this, "revision")
                .terraformResourceType("terraform_data")
                .build();
        List<String> settings = new ArrayList<>(List.of(
                addon.repository(),
                addon.chart(),
                addon.version().toString(),
                "atomic " + options.atomic(),
                "wait " + options.waits(),
                "timeout " + options.timeoutMinutes(),
                "skipCrds " + options.skipCrds(),
                "revision " + options.sensitiveRevision()));
        options.sensitiveValues().forEach((path, value) -> settings.add(path + " " + value.source()));
        options.credentials().ifPresent(account -> settings.add("username " + account.username()));
        settings.replaceAll(TerraformText::escape);
        settings.add(TerraformText.escape(ChartValues.text(values)));
        revision.addOverride("input", "${tonumber(formatdate(\"YYYYMMDDhhmmss\", plantimestamp()))}");
        revision.addOverride("triggers_replace", settings);
        // A replacement ignores this.
        revision.addOverride("lifecycle", Map.of("ignore_changes", List.of("input")));
        return "${" + revision.getFqn() + ".output}";
    }

    /**
     * The registry that a release's chart comes from, for the Helm provider, whose configuration is in no state.
     *
     * @param scope a construct of the stack
     * @param addon the add-on
     * @return the registry with its account; empty without one, and for a repository of another kind
     */
    @API(status = API.Status.INTERNAL)
    public static Optional<HelmProviderRegistries> registry(Construct scope, HelmAddon addon) {
        return addon.options()
                .credentials()
                .filter(account -> ChartChecks.isOci(addon.repository()))
                .map(account -> HelmProviderRegistries.builder()
                        .url(addon.repository().replaceFirst("^(oci://[^/]+).*$", "$1"))
                        .username(TerraformText.escape(account.username()))
                        .password(new SecretSources(scope).variable(account.passwordVariable()))
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
