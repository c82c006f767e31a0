package dev.eksplatform.addon;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Argo CD, which keeps the cluster as Git repositories say. It has no load balancer. Source: <a
 * href="https://github.com/argoproj/argo-helm/tree/main/charts/argo-cd">the chart</a>.
 *
 * @param chart its chart
 * @param highAvailability whether every part but the application controller has two pods or more, and Redis three; default false
 * @param adminUser whether there is the user {@code admin}, with a password that Argo CD generates at its first start; default true. Without it
 *     people log in through {@code configs.cm} of {@code values}: {@code dex.config} or {@code oidc.config}
 * @param applications applications, by name; default none
 * @param repositories accounts at private repositories, by a name for each; default none
 */
@RecordBuilder
@YamlForm(key = ArgoCdAddonSpec.NAME)
@Example("{applications: {platform: {repository: 'https://git.example.com/shop/platform.git', path: clusters/shop}}}")
public record ArgoCdAddonSpec(
        @YamlInline ChartSettings chart,

        @Example("true") boolean highAvailability,

        @Example("false") boolean adminUser,

        @Example(
                "{platform: {repository: 'https://git.example.com/shop/platform.git', path: clusters/shop, prune: true, selfHeal: true}}")
        @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, ArgoCdApplication> applications,

        @Example(
                "{shop: {url: 'https://git.example.com/shop/', prefix: true, password: {secretsManager: shop/git, key: token}}}")
        @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, ArgoCdRepository> repositories)
        implements AddonSpec, ArgoCdAddonSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "argo-cd";

    private static final String REPOSITORY = "https://argoproj.github.io/argo-helm";
    private static final String VERSION = "10.10.2";

    /** The namespace of Argo CD's documentation and command line. */
    private static final String NAMESPACE = "argocd";

    private static final List<String> RESERVED = List.of("fullnameOverride", "namespaceOverride", "crds.install");

    /** Checks names, accounts and overrides. */
    public ArgoCdAddonSpec {
        Components.required("chart", chart);
        applications = Components.map("applications", applications);
        repositories = Components.map("repositories", repositories);
        Problems problems = new Problems();
        applications.keySet().forEach(name -> checkName("applications", name, problems));
        repositories.forEach((name, repository) -> {
            checkName("repositories", name, problems);
            if (!repository.hasAccount()) {
                problems.add(
                        PropertyPath.of("repositories", name),
                        "a repository without an account",
                        "one of password, sshPrivateKey and githubApp",
                        "add one, or remove it: a public repository needs none, and that of a Secret of your own has it there");
            }
        });
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    private static void checkName(String property, String name, Problems problems) {
        if (!DnsName.isLabel(name)) {
            problems.add(
                    PropertyPath.of(property, name),
                    "\"" + name + "\" is not a name",
                    DnsName.ALLOWED_LABEL,
                    "write it like platform");
        }
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static ArgoCdAddonSpec standard() {
        return new ArgoCdAddonSpec(ChartSettings.of(VERSION, REPOSITORY), false, true, Map.of(), Map.of());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        Map<String, SensitiveValue> secrets =
                new LinkedHashMap<>(chart.options().sensitiveValues());
        repositories.forEach((name, repository) -> secrets.put(
                "configs." + group(repository) + "." + name + "." + repository.secretKey(), repository.secret()));
        List<ClusterObject> objects = new ArrayList<>();
        new TreeMap<>(applications)
                .forEach((name, application) -> objects.add(new ClusterObject(
                        PropertyPath.of("addons", NAME, "applications", name), application.body(name, NAMESPACE))));
        return HelmAddon.of(this, NAME, NAMESPACE, release -> chartValues())
                .withOptions(chart.options().withSensitiveValues(secrets))
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED))
                .withObjects(objects)
                .withOutputs(outputs());
    }

    private Map<String, HelmAddon.Output> outputs() {
        Map<String, HelmAddon.Output> outputs = new LinkedHashMap<>();
        outputs.put(
                "argo_cd_command",
                new HelmAddon.Output(
                        "Command that makes the user interface of Argo CD available at https://localhost:8080",
                        "kubectl port-forward --namespace " + NAMESPACE + " service/argocd-server 8080:443"));
        if (adminUser) {
            outputs.put(
                    "argo_cd_password_command",
                    new HelmAddon.Output(
                            "Command that shows the first password of the user admin of Argo CD; delete the Secret when it is changed",
                            "kubectl get secret --namespace " + NAMESPACE
                                    + " argocd-initial-admin-secret --output go-template='{{.data.password | base64decode}}'"));
        }
        return outputs;
    }

    private static String group(ArgoCdRepository repository) {
        return repository.prefix() ? "credentialTemplates" : "repositories";
    }

    private Map<String, Object> chartValues() {
        Map<String, Object> accounts = new LinkedHashMap<>();
        Map<String, Object> templates = new LinkedHashMap<>();
        repositories.forEach(
                (name, repository) -> (repository.prefix() ? templates : accounts).put(name, repository.values()));
        Map<String, Object> configs = new LinkedHashMap<>();
        configs.put("cm", Map.of("admin.enabled", adminUser));
        if (!accounts.isEmpty()) {
            configs.put("repositories", accounts);
        }
        if (!templates.isEmpty()) {
            configs.put("credentialTemplates", templates);
        }
        Map<String, Object> own = new LinkedHashMap<>();
        // The names of Services and ServiceAccounts in Argo CD's documentation.
        own.put("fullnameOverride", "argocd");
        own.put("configs", configs);
        if (highAvailability) {
            Map<String, Object> redis = new LinkedHashMap<>();
            redis.put("enabled", true);
            // Spread over nodes where there are as many: the chart's rule would keep its pods waiting on two nodes.
            redis.put("hardAntiAffinity", false);
            redis.put("haproxy", Map.of("hardAntiAffinity", false));
            redis.put("nodeSelector", Map.of("kubernetes.io/os", "linux"));
            own.put("redis-ha", redis);
            for (String part : List.of("server", "repoServer", "applicationSet")) {
                own.put(part, Map.of("replicas", 2, "pdb", Map.of("enabled", true, "minAvailable", 1)));
            }
        }
        return own;
    }
}
