package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The AWS provider of the Secrets Store CSI Driver together with the driver, which its chart contains: secrets of AWS Secrets Manager and
 * parameters of the SSM Parameter Store as files in pods. It has no permissions: each pod reads with the identity of its own
 * ServiceAccount. Sources: <a href="https://github.com/aws/secrets-store-csi-driver-provider-aws">the provider</a>, <a
 * href="https://secrets-store-csi-driver.sigs.k8s.io/topics/">the driver</a>.
 *
 * @param chart the chart of the provider
 * @param syncSecrets whether {@code secretObjects} of a SecretProviderClass become Secrets of Kubernetes, too; default false
 * @param rotationInterval how often mounted files are compared with their source, such as {@code 5m}; default never
 */
@RecordBuilder
@YamlForm(key = SecretsStoreCsiDriverSpec.NAME)
@Example("{}")
public record SecretsStoreCsiDriverSpec(
        @YamlInline ChartSettings chart,

        @Example("true") boolean syncSecrets,

        @Example("5m") @Limit(pattern = SecretsStoreCsiDriverSpec.INTERVAL)
        Optional<String> rotationInterval)
        implements AddonSpec, SecretsStoreCsiDriverSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "secrets-store-csi-driver-provider-aws";

    private static final String REPOSITORY = "https://aws.github.io/secrets-store-csi-driver-provider-aws";
    private static final String VERSION = "3.1.1";
    private static final String NAMESPACE = "kube-system";
    private static final String DRIVER = "secrets-store-csi-driver";
    private static final String INTERVAL = "^([1-9][0-9]*[hms])+$";
    private static final Pattern INTERVAL_FORM = Pattern.compile(INTERVAL);

    /** Without the tokens of pods the provider cannot take their identities. */
    private static final List<String> RESERVED = List.of(
            DRIVER + ".install",
            DRIVER + ".tokenRequests",
            DRIVER + ".syncSecret.enabled",
            DRIVER + ".enableSecretRotation");

    /** Its pods are on every node, before those that mount secrets. */
    private static final String PRIORITY = "system-node-critical";

    /** Checks the interval and overrides. */
    public SecretsStoreCsiDriverSpec {
        Components.required("chart", chart);
        Problems problems = new Problems();
        rotationInterval.ifPresent(interval -> problems.match(
                PropertyPath.of("rotationInterval"),
                interval,
                INTERVAL_FORM,
                "an interval",
                "numbers with h, m or s",
                "write it like 5m"));
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static SecretsStoreCsiDriverSpec standard() {
        return new SecretsStoreCsiDriverSpec(ChartSettings.of(VERSION, REPOSITORY), false, Optional.empty());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return Stream.of("secretsmanager", "ssm").map(EndpointService::new).toList();
    }

    @Override
    public boolean needsNodes() {
        return true;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAMESPACE, release -> chartValues(release.region()))
                .withOutputs(Map.of(
                        "secrets_store_command",
                        new HelmAddon.Output(
                                "Command that lists which pods have which secrets mounted",
                                "kubectl get secretproviderclasspodstatuses --all-namespaces")));
    }

    private Map<String, Object> chartValues(String region) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("syncSecret", Map.of("enabled", syncSecrets));
        driver.put("enableSecretRotation", rotationInterval.isPresent());
        rotationInterval.ifPresent(interval -> driver.put("rotationPollInterval", interval));
        driver.put("linux", Map.of("priorityClassName", PRIORITY));
        Map<String, Object> own = new LinkedHashMap<>();
        // By value: the provider would read it from the labels of nodes, for which it needs more permissions in
        // Kubernetes.
        own.put("awsRegion", region);
        own.put("priorityClassName", PRIORITY);
        // As the driver does: a pod that tolerates a taint must find both on its node.
        own.put("tolerations", List.of(Map.of("operator", "Exists")));
        own.put(DRIVER, driver);
        return own;
    }
}
