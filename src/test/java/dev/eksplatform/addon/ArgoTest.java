package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Argo CD, Argo Rollouts, Argo Workflows and Argo Events. */
class ArgoTest {

    private static final ArgoCdAddonSpec CD = ArgoCdAddonSpec.standard();
    private static final ArgoRolloutsSpec ROLLOUTS = ArgoRolloutsSpec.standard();
    private static final ArgoWorkflowsSpec WORKFLOWS = ArgoWorkflowsSpec.standard();
    private static final ArgoEventsSpec EVENTS = ArgoEventsSpec.standard();
    private static final String REPOSITORY = "https://git.example.com/shop/platform.git";
    private static final ArgoCdApplication PLATFORM = ArgoCdApplication.of(REPOSITORY, "clusters/shop");
    private static final SensitiveValue TOKEN = SensitiveValue.ofVariable("git_token");

    @Test
    void cdMinimal() {
        HelmAddon addon = CD.resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"configs\":{\"cm\":{\"admin.enabled\":true}},\"fullnameOverride\":\"argocd\"}");
        assertThat(addon.repository() + "/" + addon.chart() + " " + addon.version() + " " + addon.namespace())
                .isEqualTo("https://argoproj.github.io/argo-helm/argo-cd 10.10.2 argocd");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.RESTRICTED);
        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(addon.controllers()).isEmpty();
        assertThat(addon.objects()).isEmpty();
        assertThat(addon.outputs()).containsOnlyKeys("argo_cd_command", "argo_cd_password_command");
        assertThat(CD.withAdminUser(false).resolve(TestAddons.AWS).outputs()).containsOnlyKeys("argo_cd_command");
        assertThat(TestAddons.text(CD.withAdminUser(false).resolve(TestAddons.AWS)))
                .contains("\"cm\":{\"admin.enabled\":false}");
    }

    @Test
    void cdHighlyAvailable() {
        assertThat(TestAddons.text(CD.withHighAvailability(true).resolve(TestAddons.AWS)))
                .isEqualTo("{\"applicationSet\":{\"pdb\":{\"enabled\":true,\"minAvailable\":1},\"replicas\":2},"
                        + "\"configs\":{\"cm\":{\"admin.enabled\":true}},\"fullnameOverride\":\"argocd\","
                        + "\"redis-ha\":{\"enabled\":true,\"haproxy\":{\"hardAntiAffinity\":false},"
                        + "\"hardAntiAffinity\":false,\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"}},"
                        + "\"repoServer\":{\"pdb\":{\"enabled\":true,\"minAvailable\":1},\"replicas\":2},"
                        + "\"server\":{\"pdb\":{\"enabled\":true,\"minAvailable\":1},\"replicas\":2}}");
    }

    @Test
    void cdAppliesFoldersOfRepositories() {
        ArgoCdApplication manual = ArgoCdApplication.of("git@git.example.com:shop/a.git", ".")
                .withAutomated(false)
                .withCascade(false)
                .withNamespace(Optional.of("shop"))
                .withProject("shop");
        HelmAddon addon = CD.withApplications(Map.of(
                        "platform",
                        PLATFORM.withRevision("main")
                                .withPrune(true)
                                .withSelfHeal(true)
                                .withSyncOptions(List.of("CreateNamespace=true")),
                        "manual",
                        manual))
                .resolve(TestAddons.AWS);

        assertThat(addon.objects())
                .extracting(ClusterObject::property)
                .containsExactly(
                        PropertyPath.of("addons", "argo-cd", "applications", "manual"),
                        PropertyPath.of("addons", "argo-cd", "applications", "platform"));
        assertThat(addon.objects())
                .extracting(object -> Json.compact(object.body()))
                .containsExactly(
                        "{\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"Application\",\"metadata\":{\"name\":\"manual\","
                                + "\"namespace\":\"argocd\"},\"spec\":{\"destination\":{\"namespace\":\"shop\","
                                + "\"server\":\"https://kubernetes.default.svc\"},\"project\":\"shop\",\"source\":{"
                                + "\"path\":\".\",\"repoURL\":\"git@git.example.com:shop/a.git\","
                                + "\"targetRevision\":\"HEAD\"}}}",
                        "{\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"Application\",\"metadata\":{"
                                + "\"finalizers\":[\"resources-finalizer.argocd.argoproj.io\"],\"name\":\"platform\","
                                + "\"namespace\":\"argocd\"},\"spec\":{\"destination\":{\"namespace\":\"argocd\","
                                + "\"server\":\"https://kubernetes.default.svc\"},\"project\":\"default\",\"source\":{"
                                + "\"path\":\"clusters/shop\",\"repoURL\":\"" + REPOSITORY
                                + "\",\"targetRevision\":\"main\"},\"syncPolicy\":{\"automated\":{\"prune\":true,"
                                + "\"selfHeal\":true},\"syncOptions\":[\"CreateNamespace=true\"]}}}");
    }

    @Test
    void cdReadsPrivateRepositoriesWithSensitiveValues() {
        ArgoCdRepository.GithubApp app = ArgoCdRepository.GithubApp.of("123", "456", TOKEN);
        HelmAddon addon = CD.withRepositories(Map.of(
                        "shop",
                        ArgoCdRepository.of("https://git.example.com/shop/")
                                .withPrefix(true)
                                .withUsername("shop")
                                .withPassword(TOKEN),
                        "key",
                        ArgoCdRepository.of("git@git.example.com:shop/a.git").withSshPrivateKey(TOKEN),
                        "app",
                        ArgoCdRepository.of("https://github.com/shop/b").withGithubApp(Optional.of(app))))
                .resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .contains(
                        "\"credentialTemplates\":{\"shop\":{\"type\":\"git\",\"url\":\"https://git.example.com/shop/\","
                                + "\"username\":\"shop\"}}",
                        "\"repositories\":{\"app\":{\"githubAppID\":\"123\",\"githubAppInstallationID\":\"456\","
                                + "\"type\":\"git\",\"url\":\"https://github.com/shop/b\"},"
                                + "\"key\":{\"type\":\"git\",\"url\":\"git@git.example.com:shop/a.git\"}}");
        assertThat(addon.options().sensitiveValues())
                .isEqualTo(Map.of(
                        "configs.credentialTemplates.shop.password", TOKEN,
                        "configs.repositories.key.sshPrivateKey", TOKEN,
                        "configs.repositories.app.githubAppPrivateKey", TOKEN));
    }

    @Test
    void whatIsWrongWithApplicationsOfCdIsReported() {
        assertThat(ProblemsOf.making(() -> ArgoCdApplication.of("platform", "../clusters")))
                .containsExactly(
                        "repository: \"platform\" is not the address of a Git repository; allowed: https://HOST/PATH,"
                                + " ssh://HOST/PATH or USER@HOST:PATH; fix: write it like"
                                + " https://git.example.com/shop/platform.git",
                        "path: \"../clusters\" is not a folder of a repository; allowed: a path without / at its start and"
                                + " without ..; fix: write it like clusters/shop, or . for the whole repository");
        assertThat(ProblemsOf.making(() -> ArgoCdApplication.of("https://shop:secret@git.example.com/a.git", ".")))
                .containsExactly("repository: a password in the address of a repository; fix: remove it, change it, and"
                        + " give it as a sensitive value");
        assertThat(ProblemsOf.making(() -> PLATFORM.withRevision("a b")))
                .containsExactly(
                        "revision: \"a b\" is not a revision; allowed: a branch, a tag or a commit; fix: use main");
        assertThat(ProblemsOf.making(() -> PLATFORM.withPrune(true).withAutomated(false)))
                .containsExactly("prune: true with automated: false; fix: remove one of them");
        assertThat(ProblemsOf.making(() -> PLATFORM.withSyncOptions(List.of("createNamespace"))))
                .containsExactly("syncOptions[0]: \"createNamespace\" is not an option of a synchronization; allowed:"
                        + " NAME=VALUE; fix: write it like CreateNamespace=true");
        assertThat(ProblemsOf.making(() -> CD.withApplications(Map.of("Platform", PLATFORM))))
                .containsExactly(
                        "applications.Platform: \"Platform\" is not a name; allowed: 1 to 63 lower case letters,"
                                + " digits and -, with a letter or digit at both ends; fix: write it like platform");
    }

    @Test
    void whatIsWrongWithRepositoriesOfCdIsReported() {
        ArgoCdRepository https = ArgoCdRepository.of(REPOSITORY);
        ArgoCdRepository ssh = ArgoCdRepository.of("git@git.example.com:shop/a.git");
        assertThat(ProblemsOf.making(() -> CD.withRepositories(Map.of("shop", https))))
                .containsExactly("repositories.shop: a repository without an account; allowed: one of password,"
                        + " sshPrivateKey and githubApp; fix: add one, or remove it: a public repository needs none, and"
                        + " that of a Secret of your own has it there");
        assertThat(ProblemsOf.making(() -> https.withSshPrivateKey(TOKEN)))
                .containsExactly(
                        "sshPrivateKey: a key for SSH with an address for HTTPS; fix: use password or githubApp,"
                                + " or an address for SSH");
        assertThat(ProblemsOf.making(() -> ssh.withPassword(TOKEN)))
                .containsExactly("password: an account for HTTPS with an address for SSH; fix: use sshPrivateKey, or an"
                        + " https:// address");
        assertThat(ProblemsOf.making(() -> https.withPassword(TOKEN).withSshPrivateKey(TOKEN)))
                .containsExactly("url: more than one account for a repository; allowed: one of password, sshPrivateKey"
                        + " and githubApp; fix: remove the others");
        assertThat(ProblemsOf.making(() -> ArgoCdRepository.GithubApp.of("shop", "1", SensitiveValue.none())))
                .containsExactly(
                        "id: \"shop\" is not an ID of GitHub; allowed: 1 to 20 digits; fix: copy it from the settings of"
                                + " the app",
                        "privateKey: no source of the value; allowed: variable, secretsManager or ssmParameter; fix: add"
                                + " one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fullnameOverride", "namespaceOverride", "crds"})
    void whatDocumentationAndObjectsRelyOnIsNotOverridden(String path) {
        assertThat(ProblemsOf.making(() -> CD.withChart(CD.chart().withValues(Map.of(path, "x")))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("values." + path + ": an override of a value that the platform sets");
    }

    @Test
    void rolloutsMinimal() {
        HelmAddon addon = ROLLOUTS.resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"controller\":{\"awsVerifyTargetGroup\":false,"
                        + "\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},\"pdb\":{\"enabled\":true,"
                        + "\"minAvailable\":1},\"replicas\":2}}");
        assertThat(addon.namespace()).isEqualTo("argo-rollouts");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.RESTRICTED);
        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(addon.controllers()).isEmpty();
        assertThat(ROLLOUTS.endpointServices()).isEmpty();
    }

    @Test
    void rolloutsAskElasticLoadBalancingWithTheDocumentedPermissions() {
        ArgoRolloutsSpec verifying = ROLLOUTS.withVerifyTargetGroups(true).withReplicas(1);
        HelmAddon addon = verifying.resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"controller\":{\"awsVerifyTargetGroup\":true,"
                        + "\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},\"replicas\":1},"
                        + "\"serviceAccount\":{\"create\":false,\"name\":\"argo-rollouts\"}}");
        assertThat(addon.controllers())
                .extracting(one -> one.serviceAccount().toString())
                .containsExactly("argo-rollouts/argo-rollouts");
        assertThat(TestAddons.grants(addon)).isEqualTo(GrantFacts.documented("argo-rollouts", "v1.9.0.aws"));
        assertThat(verifying.endpointServices()).containsExactly(new EndpointService("elasticloadbalancing"));
        assertThat(ProblemsOf.making(() -> verifying.withChart(
                        verifying.chart().withValues(Map.of("serviceAccount", Map.of("name", "x"))))))
                .hasSize(1);
        assertThat(ROLLOUTS.withChart(ROLLOUTS.chart().withValues(Map.of("serviceAccount", Map.of("name", "x"))))
                        .resolve(TestAddons.AWS)
                        .controllers())
                .isEmpty();
    }

    @Test
    void workflows() {
        HelmAddon addon = WORKFLOWS.resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"controller\":{\"pdb\":{\"enabled\":true,\"minAvailable\":1},"
                        + "\"podSecurityContext\":{\"seccompProfile\":{\"type\":\"RuntimeDefault\"}},"
                        + "\"replicas\":2,\"workflowNamespaces\":[\"argo-workflows\"]},"
                        + "\"crds\":{\"full\":false},\"server\":{\"authModes\":[\"client\"],"
                        + "\"pdb\":{\"enabled\":true,\"minAvailable\":1},"
                        + "\"podSecurityContext\":{\"seccompProfile\":{\"type\":\"RuntimeDefault\"}},"
                        + "\"replicas\":2}}");
        assertThat(addon.namespace()).isEqualTo("argo-workflows");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.BASELINE);
        assertThat(addon.outputs()).containsOnlyKeys("argo_workflows_command");
        assertThat(TestAddons.text(WORKFLOWS.withReplicas(1).resolve(TestAddons.AWS)))
                .doesNotContain("pdb");
    }

    @Test
    void events() {
        HelmAddon addon = EVENTS.resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"controller\":{\"containerSecurityContext\":{\"allowPrivilegeEscalation\":false,"
                        + "\"capabilities\":{\"drop\":[\"ALL\"]},\"readOnlyRootFilesystem\":true,"
                        + "\"runAsNonRoot\":true},\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},"
                        + "\"pdb\":{\"enabled\":true,\"minAvailable\":1},\"replicas\":2},"
                        + "\"global\":{\"securityContext\":{\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}}}");
        assertThat(addon.namespace()).isEqualTo("argo-events");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.BASELINE);
        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(EVENTS.withChart(EVENTS.chart().withValues(Map.of("webhook", Map.of("enabled", true))))
                        .resolve(TestAddons.AWS)
                        .webhookPorts())
                .containsExactly(443);
        assertThat(TestAddons.text(EVENTS.withReplicas(1).resolve(TestAddons.AWS)))
                .doesNotContain("pdb");
    }

    @Test
    void aControllerHasAPod() {
        String problem = "replicas: 0 replicas; allowed: 1 or more; fix: use 1, or remove the add-on";

        assertThat(ProblemsOf.making(() -> ROLLOUTS.withReplicas(0))).containsExactly(problem);
        assertThat(ProblemsOf.making(() -> WORKFLOWS.withReplicas(0))).containsExactly(problem);
        assertThat(ProblemsOf.making(() -> EVENTS.withReplicas(0))).containsExactly(problem);
    }
}
