package dev.eksplatform.addon;

import dev.eksplatform.cluster.KmsKeyArn;
import dev.eksplatform.cluster.RoleArn;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.kubernetes.DnsName;
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
 * The External Secrets Operator, which copies secrets of AWS Secrets Manager and parameters of the SSM Parameter Store into Secrets of
 * Kubernetes. Sources: <a href="https://external-secrets.io/latest/introduction/getting-started/">getting started</a>, <a
 * href="https://external-secrets.io/latest/provider/aws-secrets-manager/">AWS Secrets Manager</a>, <a
 * href="https://external-secrets.io/latest/provider/aws-parameter-store/">Parameter Store</a>.
 *
 * @param chart its chart
 * @param secrets the secrets that it may read: names in the account and region of the cluster, {@code *} for any part of them, or ARNs;
 *     default none
 * @param parameters the parameters that it may read, likewise; default none
 * @param kmsKeys the customer managed keys that encrypt them; default none
 * @param stores stores for ExternalSecrets of all namespaces, by name; default none
 * @param replicas the number of replicas of the operator and of its webhook; default 2
 * @param keepCrds whether the CRDs, and with them every ExternalSecret, are kept when the release is removed; default true
 * @param identity its AWS permissions; {@code policies} replace the policy of the catalogue
 */
@RecordBuilder
@YamlForm(key = ExternalSecretsSpec.NAME)
@Example("{secrets: ['shop/*'], stores: {secrets-manager: {service: secrets-manager}}}")
public record ExternalSecretsSpec(
        @YamlInline ChartSettings chart,

        @Example("['shop/*']") @Limit(pattern = ExternalSecretsSpec.SECRET, unique = true)
        List<String> secrets,

        @Example("['/shop/*']") @Limit(pattern = ExternalSecretsSpec.PARAMETER, unique = true)
        List<String> parameters,

        @Example("['arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab']")
        @Limit(unique = true)
        List<KmsKeyArn> kmsKeys,

        @Example("{secrets-manager: {service: secrets-manager}}") @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, SecretStoreSpec> stores,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("true") boolean keepCrds,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, ExternalSecretsSpecBuilder.With {

    /** The release's name, which is also the name of its namespace and of its ServiceAccount. */
    public static final String NAME = "external-secrets";

    private static final String REPOSITORY = "https://charts.external-secrets.io";
    private static final String VERSION = "2.12.0";

    /** The ServiceAccount of its operator. */
    public static final ServiceAccountName ACCOUNT = new ServiceAccountName(NAME, NAME);

    private static final String SECRET =
            "^(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:)?[A-Za-z0-9/_+=.@*-]+$";
    private static final String PARAMETER =
            "^(arn:aws[a-z-]*:ssm:[a-z0-9-]+:[0-9]{12}:parameter/|/)?[A-Za-z0-9/_.*-]+$";
    private static final Pattern SECRET_FORM = Pattern.compile(SECRET);
    private static final Pattern PARAMETER_FORM = Pattern.compile(PARAMETER);
    private static final int WEBHOOK_PORT = 10250;

    /**
     * The port on Fargate, whose kubelet has the other one. Source: <a
     * href="https://aws.amazon.com/blogs/containers/leverage-aws-secrets-stores-from-eks-fargate-with-external-secrets-operator/">on EKS
     * Fargate</a>.
     */
    private static final int FARGATE_PORT = 9443;

    private static final List<String> RESERVED = List.of(
            "installCRDs",
            "crds.annotations",
            "serviceAccount.create",
            "serviceAccount.name",
            "serviceAccount.annotations");

    /** Checks names, stores and overrides. */
    public ExternalSecretsSpec {
        Components.required("chart", chart, "identity", identity);
        secrets = Components.list("secrets", secrets);
        parameters = Components.list("parameters", parameters);
        kmsKeys = Components.list("kmsKeys", kmsKeys);
        stores = Components.map("stores", stores);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        for (int i = 0; i < secrets.size(); i++) {
            problems.match(
                    PropertyPath.of("secrets").index(i),
                    secrets.get(i),
                    SECRET_FORM,
                    "a secret of AWS Secrets Manager",
                    "its name, with * for any part, or its ARN",
                    "write it like shop/database or shop/*");
        }
        for (int i = 0; i < parameters.size(); i++) {
            problems.match(
                    PropertyPath.of("parameters").index(i),
                    parameters.get(i),
                    PARAMETER_FORM,
                    "a parameter of the SSM Parameter Store",
                    "its name, with * for any part, or its ARN",
                    "write it like /shop/database or /shop/*");
        }
        problems.once(PropertyPath.of("secrets"), secrets, "secret");
        problems.once(PropertyPath.of("parameters"), parameters, "parameter");
        problems.once(PropertyPath.of("kmsKeys"), kmsKeys, "key");
        stores.keySet().stream()
                .filter(name -> !DnsName.isLabel(name))
                .forEach(name -> problems.add(
                        PropertyPath.of("stores", name),
                        "\"" + name + "\" is not the name of a ClusterSecretStore",
                        DnsName.ALLOWED_LABEL,
                        "write it like secrets-manager"));
        if (!stores.isEmpty() && !chart.chartVersion().isAtLeast(0, 16)) {
            problems.add(
                    PropertyPath.of("stores"),
                    "version " + chart.chartVersion() + " does not have external-secrets.io/v1",
                    "use chartVersion 0.16.0 or newer");
        }
        identity.checkOptional(
                !secrets.isEmpty()
                        || !parameters.isEmpty()
                        || stores.values().stream()
                                .anyMatch(store -> store.role().isPresent()),
                problems);
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static ExternalSecretsSpec standard() {
        return new ExternalSecretsSpec(
                ChartSettings.of(VERSION, REPOSITORY),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                2,
                true,
                ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return Stream.of("secretsmanager", "ssm").map(EndpointService::new).toList();
    }

    /**
     * The stores that read with the operator's own role, of a service of which it may read nothing.
     *
     * @return names of {@link #stores}
     */
    public List<String> storesWithoutPermission() {
        if (!identity.policies().isEmpty()) {
            return List.of();
        }
        return stores.entrySet().stream()
                .filter(store -> store.getValue().role().isEmpty())
                .filter(store -> (store.getValue().service() == SecretStoreSpec.Service.SECRETS_MANAGER
                                ? secrets
                                : parameters)
                        .isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        Optional<AddonController> controller = identity.optional(ACCOUNT, policy(context));
        Map<String, Object> own =
                chartValues(controller.isPresent(), context.onFargate().test(NAME));
        Map<String, Object> merged = Json.merge(own, chart.values());
        return HelmAddon.of(this, NAME, NAME, release -> own)
                .withPodSecurity(Optional.of(ChartValues.restricted(
                        merged, "hostNetwork", "webhook.hostNetwork", "certController.hostNetwork")))
                .withWebhookPorts(List.of(ChartValues.portAt(merged, "webhook.port", WEBHOOK_PORT)))
                .withControllers(controller.stream().toList())
                .withObjects(stores.entrySet().stream()
                        .map(store -> store.getValue()
                                .object(
                                        PropertyPath.of("addons", NAME, "stores", store.getKey()),
                                        store.getKey(),
                                        context.region()))
                        .toList())
                .withOutputs(Map.of(
                        "external_secrets_command",
                        new HelmAddon.Output(
                                "Command that lists stores and secrets with their state",
                                "kubectl get clustersecretstores,secretstores,externalsecrets --all-namespaces")));
    }

    private PolicyDocument policy(AddonContext context) {
        return PolicyCatalogue.of(NAME)
                .latest()
                .renderLists(
                        context.partition(),
                        Map.of(
                                "secrets",
                                secrets.stream()
                                        .map(name -> secret(context, name))
                                        .toList(),
                                "search",
                                secrets.isEmpty() ? List.of() : List.of("*"),
                                "parameters",
                                parameters.stream()
                                        .map(name -> parameter(context, name))
                                        .toList(),
                                "keys",
                                kmsKeys.stream().map(KmsKeyArn::value).toList(),
                                "roles",
                                stores.values().stream()
                                        .flatMap(store -> store.role().stream())
                                        .map(RoleArn::value)
                                        .distinct()
                                        .sorted()
                                        .toList()));
    }

    /** The ARN of a secret ends with a hyphen and six characters that Secrets Manager adds to the name. */
    private static String secret(AddonContext context, String name) {
        if (name.startsWith("arn:")) {
            return name;
        }
        return context.arn("secretsmanager") + "secret:" + name + (name.endsWith("*") ? "" : "-??????");
    }

    /** In the ARN of a parameter a path has one slash before it, and a simple name, too. */
    private static String parameter(AddonContext context, String name) {
        return name.startsWith("arn:")
                ? name
                : context.arn("ssm") + "parameter" + (name.startsWith("/") ? "" : "/") + name;
    }

    private Map<String, Object> chartValues(boolean hasController, boolean onFargate) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("installCRDs", true);
        if (keepCrds) {
            own.put("crds", Map.of("annotations", ChartValues.KEEP));
        }
        own.put("replicaCount", replicas);
        own.put("leaderElect", replicas > 1);
        own.put("podDisruptionBudget", Map.of("enabled", replicas > 1));
        Map<String, Object> webhook = new LinkedHashMap<>();
        webhook.put("replicaCount", replicas);
        webhook.put("podDisruptionBudget", Map.of("enabled", replicas > 1));
        if (onFargate) {
            webhook.put("port", FARGATE_PORT);
        }
        own.put("webhook", webhook);
        own.put("global", Map.of("nodeSelector", ChartValues.ON_LINUX));
        if (hasController) {
            own.put("serviceAccount", Map.of("create", false, "name", NAME));
        }
        return own;
    }
}
