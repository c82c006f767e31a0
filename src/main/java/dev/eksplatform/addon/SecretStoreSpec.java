package dev.eksplatform.addon;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.cluster.RoleArn;
import dev.eksplatform.iam.Region;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A {@code ClusterSecretStore} of the External Secrets Operator: an account and a region that ExternalSecrets read from. Source: <a
 * href="https://external-secrets.io/latest/api/clustersecretstore/">ClusterSecretStore</a>.
 *
 * @param service the AWS service
 * @param region its region; default that of the cluster
 * @param role a role that the operator assumes for this store, such as one of another account; default its own
 * @param prefix what is put before every key; default nothing
 * @param namespaces the namespaces whose ExternalSecrets may use it; default all
 */
@RecordBuilder
public record SecretStoreSpec(
        @Example("secrets-manager") Service service,

        @Example("eu-central-1") @Limit(pattern = Region.PATTERN)
        Optional<String> region,

        @Example("arn:aws:iam::444455556666:role/secrets-of-shop")
        Optional<RoleArn> role,

        @Example("shop/") Optional<String> prefix,

        @Example("[shop]") @Limit(pattern = DnsName.LABEL_PATTERN, unique = true)
        List<String> namespaces)
        implements SecretStoreSpecBuilder.With {

    private static final Pattern REGION = Pattern.compile(Region.PATTERN);

    /** Where secrets are kept. */
    public enum Service {
        /** AWS Secrets Manager. */
        SECRETS_MANAGER("SecretsManager"),
        /** The Parameter Store of AWS Systems Manager. */
        PARAMETER_STORE("ParameterStore");

        private final String word;

        Service(String word) {
            this.word = word;
        }
    }

    /** Checks region and namespaces. */
    public SecretStoreSpec {
        Components.required("service", service);
        namespaces = Components.list("namespaces", namespaces);
        Problems problems = new Problems();
        region.ifPresent(name -> problems.match(
                "region", name, REGION, "a region", "a region of AWS", "write it like eu-central-1, or remove it"));
        for (int i = 0; i < namespaces.size(); i++) {
            DnsName.checkNamespace(PropertyPath.of("namespaces").index(i), namespaces.get(i), problems);
        }
        problems.once(PropertyPath.of("namespaces"), namespaces, "namespace");
        problems.throwIfAny();
    }

    /**
     * A store in the region of the cluster, for all namespaces.
     *
     * @param service the AWS service
     * @return the spec
     */
    @Defaults
    public static SecretStoreSpec of(Service service) {
        return new SecretStoreSpec(service, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** The object. */
    ClusterObject object(PropertyPath property, String name, String regionOfCluster) {
        Map<String, Object> aws = new TreeMap<>();
        aws.put("service", service.word);
        aws.put("region", region.orElse(regionOfCluster));
        role.ifPresent(arn -> aws.put("role", arn.value()));
        prefix.ifPresent(text -> aws.put("prefix", text));
        Map<String, Object> spec = new TreeMap<>();
        spec.put("provider", Map.of("aws", aws));
        if (!namespaces.isEmpty()) {
            spec.put("conditions", List.of(Map.of("namespaces", namespaces)));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("apiVersion", "external-secrets.io/v1");
        body.put("kind", "ClusterSecretStore");
        body.put("metadata", Map.of("name", name));
        body.put("spec", spec);
        return new ClusterObject(property, body);
    }
}
