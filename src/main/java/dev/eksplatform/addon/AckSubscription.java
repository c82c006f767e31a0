package dev.eksplatform.addon;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformResource;
import com.hashicorp.cdktf.providers.kubernetes.config_map_v1.ConfigMapV1;
import com.hashicorp.cdktf.providers.kubernetes.config_map_v1.ConfigMapV1Config;
import com.hashicorp.cdktf.providers.kubernetes.config_map_v1.ConfigMapV1Metadata;
import com.hashicorp.cdktf.providers.kubernetes.manifest.Manifest;
import com.hashicorp.cdktf.providers.kubernetes.manifest.ManifestConfig;
import com.hashicorp.cdktf.providers.kubernetes.secret_v1.SecretV1;
import com.hashicorp.cdktf.providers.kubernetes.secret_v1.SecretV1Config;
import com.hashicorp.cdktf.providers.kubernetes.secret_v1.SecretV1Metadata;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.constructs.Construct;

/**
 * An ACK controller on OpenShift: the subscription at OperatorHub, whose install plan a person approves, and the ConfigMap
 * and the Secret that the operator reads. Its ServiceAccount is the operator's. Source: <a
 * href="https://aws-controllers-k8s.github.io/community/docs/user-docs/openshift/">ACK on OpenShift</a>.
 */
public final class AckSubscription extends PlatformConstruct {

    private final Manifest subscription;

    /**
     * Subscribes to a controller.
     *
     * @param scope the construct it belongs to, in a stack with a Kubernetes provider
     * @param id its id in the scope
     * @param service the AWS service
     * @param region the region it works in
     * @param tags tags of the AWS resources that it creates, besides its own
     * @param after what must be in place before it: the namespace and its operator group
     */
    public AckSubscription(
            Construct scope,
            String id,
            AckService service,
            String region,
            Map<String, String> tags,
            List<? extends ITerraformDependable> after) {
        super(scope, id);
        List<ITerraformDependable> read = new ArrayList<>(after);
        read.add(new ConfigMapV1(
                this,
                "user-config",
                ConfigMapV1Config.builder()
                        .metadata(ConfigMapV1Metadata.builder()
                                .namespace(AckControllerSpec.NAMESPACE)
                                .name("ack-" + service + "-user-config")
                                .build())
                        .data(config(region, tags))
                        .dependsOn(after)
                        .build()));
        // Empty on purpose: the credentials come from the ServiceAccount's role, but the operator's pods want the
        // Secret.
        read.add(new SecretV1(
                this,
                "user-secrets",
                SecretV1Config.builder()
                        .metadata(SecretV1Metadata.builder()
                                .namespace(AckControllerSpec.NAMESPACE)
                                .name("ack-" + service + "-user-secrets")
                                .build())
                        .data(Map.of("AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", ""))
                        .dependsOn(after)
                        .build()));
        String name = service.controller();
        subscription = new Manifest(
                this,
                "subscription",
                ManifestConfig.builder()
                        .manifest(Map.of(
                                "apiVersion",
                                "operators.coreos.com/v1alpha1",
                                "kind",
                                "Subscription",
                                "metadata",
                                Map.of("name", name, "namespace", AckControllerSpec.NAMESPACE),
                                "spec",
                                Map.of(
                                        "channel", "alpha",
                                        "installPlanApproval", "Manual",
                                        "name", name,
                                        "source", "community-operators",
                                        "sourceNamespace", "openshift-marketplace")))
                        .dependsOn(read)
                        .build());
    }

    /**
     * Creates the operator group of ACK's namespace, which all its controllers share.
     *
     * @param scope the construct it belongs to
     * @param after the namespace
     * @return the operator group
     */
    public static TerraformResource group(Construct scope, List<? extends ITerraformDependable> after) {
        return new Manifest(
                scope,
                "operator-group",
                ManifestConfig.builder()
                        .manifest(Map.of(
                                "apiVersion",
                                "operators.coreos.com/v1",
                                "kind",
                                "OperatorGroup",
                                "metadata",
                                Map.of("name", "ack", "namespace", AckControllerSpec.NAMESPACE),
                                // No target namespaces: ACK's operators watch the whole cluster.
                                "spec",
                                Map.of("upgradeStrategy", "Default")))
                        .dependsOn(after)
                        .build());
    }

    private static Map<String, String> config(String region, Map<String, String> tags) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("ACK_ENABLE_DEVELOPMENT_LOGGING", "false");
        config.put("ACK_LOG_LEVEL", "info");
        List<String> resourceTags = ControllerTags.ofAck(tags);
        config.put(
                "ACK_RESOURCE_TAGS",
                resourceTags.isEmpty()
                        ? "services.k8s.aws/controller-version=%CONTROLLER_SERVICE%-%CONTROLLER_VERSION%"
                        : TerraformText.escape(String.join(",", resourceTags)));
        config.put("ACK_WATCH_NAMESPACE", "");
        config.put("AWS_ENDPOINT_URL", "");
        config.put("AWS_REGION", region);
        config.put("ENABLE_LEADER_ELECTION", "false");
        config.put("FEATURE_GATES", "");
        config.put("LEADER_ELECTION_NAMESPACE", "");
        config.put("RECONCILE_DEFAULT_MAX_CONCURRENT_SYNCS", "1");
        return config;
    }

    /**
     * The subscription, for what this construct does not cover.
     *
     * @return the resource
     */
    public Manifest subscription() {
        return subscription;
    }
}
