package dev.eksplatform.workload;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.kubernetes.annotations.Annotations;
import com.hashicorp.cdktf.providers.kubernetes.annotations.AnnotationsConfig;
import com.hashicorp.cdktf.providers.kubernetes.annotations.AnnotationsMetadata;
import com.hashicorp.cdktf.providers.kubernetes.service_account_v1.ServiceAccountV1;
import com.hashicorp.cdktf.providers.kubernetes.service_account_v1.ServiceAccountV1Config;
import com.hashicorp.cdktf.providers.kubernetes.service_account_v1.ServiceAccountV1ImagePullSecret;
import com.hashicorp.cdktf.providers.kubernetes.service_account_v1.ServiceAccountV1Metadata;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.identity.ServiceAccountSettings;
import dev.eksplatform.identity.WorkloadIdentity;
import dev.eksplatform.internal.json.TerraformText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * The Kubernetes side of an identity: its ServiceAccount, with the annotation that the identity's mode needs. One that
 * exists already is annotated in place.
 *
 * <pre>{@code
 * Namespace shop = new Namespace(platform, "shop");
 * new ServiceAccount(platform, "orders", orders, List.of(shop.resource()));
 * }</pre>
 */
public final class ServiceAccount extends PlatformConstruct {

    private final Optional<ITerraformDependable> resource;

    /**
     * Creates or annotates the ServiceAccount of an identity, with the labels of its spec.
     *
     * @param scope the construct it belongs to, in a stack with a Kubernetes provider
     * @param id its id in the scope
     * @param identity the identity
     * @param after what must be in place before it, such as its namespace
     */
    public ServiceAccount(
            Construct scope, String id, WorkloadIdentity identity, List<? extends ITerraformDependable> after) {
        this(
                scope,
                id,
                identity,
                identity.identity().spec().serviceAccountSettings().labels(),
                after);
    }

    /**
     * Creates or annotates the ServiceAccount of an identity.
     *
     * @param scope the construct it belongs to, in a stack with a Kubernetes provider
     * @param id its id in the scope
     * @param identity the identity
     * @param labels the ServiceAccount's labels
     * @param after what must be in place before it, such as its namespace
     */
    public ServiceAccount(
            Construct scope,
            String id,
            WorkloadIdentity identity,
            Map<String, String> labels,
            List<? extends ITerraformDependable> after) {
        this(scope, id, identity.identity(), identity.roleArn(), labels, after);
    }

    /**
     * Creates or annotates the ServiceAccount of an identity whose role is in another stack.
     *
     * @param scope the construct it belongs to, in a stack with a Kubernetes provider
     * @param id its id in the scope
     * @param identity the identity
     * @param roleArn the role's ARN
     * @param labels the ServiceAccount's labels
     * @param after what must be in place before it, such as its namespace
     */
    public ServiceAccount(
            Construct scope,
            String id,
            Identity identity,
            String roleArn,
            Map<String, String> labels,
            List<? extends ITerraformDependable> after) {
        super(scope, id);
        Map<String, String> annotations = identity.annotations(roleArn);
        resource = identity.spec().serviceAccount() == IdentitySpec.Ownership.CREATE
                ? Optional.of(create(identity, annotations, labels, after))
                : annotate(identity.serviceAccount(), annotations, after);
    }

    private ServiceAccountV1 create(
            Identity identity,
            Map<String, String> annotations,
            Map<String, String> labels,
            List<? extends ITerraformDependable> after) {
        ServiceAccountName name = identity.serviceAccount();
        ServiceAccountSettings settings = identity.spec().serviceAccountSettings();
        List<String> secrets = settings.imagePullSecrets();
        ServiceAccountV1Metadata.Builder metadata =
                ServiceAccountV1Metadata.builder().namespace(name.namespace()).name(name.name());
        if (!annotations.isEmpty()) {
            metadata.annotations(escaped(annotations));
        }
        if (!labels.isEmpty()) {
            metadata.labels(TerraformText.escapeTexts(labels));
        }
        ServiceAccountV1Config.Builder config = ServiceAccountV1Config.builder()
                .metadata(metadata.build())
                // OpenShift adds the pull secrets of its registry to every ServiceAccount.
                .lifecycle(TerraformResourceLifecycle.builder()
                        .ignoreChanges(secrets.isEmpty() ? List.of("image_pull_secret", "secret") : List.of("secret"))
                        .build())
                .dependsOn(after);
        settings.automountToken().ifPresent(config::automountServiceAccountToken);
        if (!secrets.isEmpty()) {
            config.imagePullSecret(secrets.stream()
                    .map(secret -> ServiceAccountV1ImagePullSecret.builder()
                            .name(secret)
                            .build())
                    .toList());
        }
        return new ServiceAccountV1(this, "service-account", config.build());
    }

    /** The role's ARN may be a reference; texts of the spec are not. */
    private static Map<String, String> escaped(Map<String, String> annotations) {
        Map<String, String> escaped = new TreeMap<>();
        annotations.forEach((key, value) ->
                escaped.put(key, key.equals(Identity.ROLE_ANNOTATION) ? value : TerraformText.escape(value)));
        return escaped;
    }

    private Optional<ITerraformDependable> annotate(
            ServiceAccountName name, Map<String, String> annotations, List<? extends ITerraformDependable> after) {
        if (annotations.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Annotations(
                this,
                "annotations",
                AnnotationsConfig.builder()
                        .apiVersion("v1")
                        .kind("ServiceAccount")
                        .metadata(AnnotationsMetadata.builder()
                                .namespace(name.namespace())
                                .name(name.name())
                                .build())
                        .annotations(escaped(annotations))
                        // Whoever created it may have set the annotation too; the trust policy fits the platform's.
                        .force(true)
                        .dependsOn(after)
                        .build()));
    }

    /**
     * What must be in place before pods use the ServiceAccount.
     *
     * @return empty when nothing is created: an existing one with Pod Identity
     */
    public Optional<ITerraformDependable> resource() {
        return resource;
    }
}
