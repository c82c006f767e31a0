package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.problem.PropertyPath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FluxTest {

    private static final FluxSpec STANDARD = FluxSpec.standard();
    private static final String HTTPS = "https://git.example.com/shop/platform.git";
    private static final String SSH = "ssh://git@git.example.com/shop/apps.git";
    private static final String ECR = "oci://111122223333.dkr.ecr.eu-central-1.amazonaws.com/charts/shop";
    private static final SensitiveValue TOKEN = SensitiveValue.ofVariable("git_token");
    private static final FluxKustomization PLATFORM = FluxKustomization.of(HTTPS, "clusters/shop");

    private static HelmAddon with(Map<String, FluxKustomization> kustomizations) {
        return STANDARD.withKustomizations(kustomizations).resolve(TestAddons.AWS);
    }

    private static List<String> objects(HelmAddon addon) {
        return addon.objects().stream()
                .map(ClusterObject::body)
                .map(Json::compact)
                .toList();
    }

    @Test
    void minimal() {
        HelmAddon addon = STANDARD.resolve(TestAddons.AWS);

        String linux = "{\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"}}";
        String off = "{\"create\":false,\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"}}";
        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"cli\":" + linux + ",\"helmController\":" + linux + ",\"imageAutomationController\":"
                        + off
                        + ",\"imageReflectionController\":" + off + ",\"installCRDs\":true,\"kustomizeController\":"
                        + linux + ",\"notificationController\":" + linux + ",\"sourceController\":" + linux + "}");
        assertThat(addon.repository() + "/" + addon.chart() + " " + addon.version() + " " + addon.namespace())
                .isEqualTo("https://fluxcd-community.github.io/helm-charts/flux2 2.18.3 flux-system");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.RESTRICTED);
        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(addon.controllers()).isEmpty();
        assertThat(addon.objects()).isEmpty();
        assertThat(STANDARD.endpointServices()).isEmpty();
    }

    @Test
    void aFolderOfARepositoryIsASourceAndAKustomization() {
        HelmAddon addon = with(Map.of("platform", PLATFORM));

        assertThat(objects(addon))
                .containsExactly(
                        "{\"apiVersion\":\"source.toolkit.fluxcd.io/v1\",\"kind\":\"GitRepository\","
                                + "\"metadata\":{\"name\":\"platform\",\"namespace\":\"flux-system\"},"
                                + "\"spec\":{\"interval\":\"10m\",\"ref\":{\"branch\":\"main\"},\"url\":\"" + HTTPS
                                + "\"}}",
                        "{\"apiVersion\":\"kustomize.toolkit.fluxcd.io/v1\",\"kind\":\"Kustomization\","
                                + "\"metadata\":{\"name\":\"platform\",\"namespace\":\"flux-system\"},"
                                + "\"spec\":{\"deletionPolicy\":\"WaitForTermination\",\"interval\":\"10m\","
                                + "\"path\":\"./clusters/shop\",\"prune\":true,"
                                + "\"sourceRef\":{\"kind\":\"GitRepository\",\"name\":\"platform\"},\"wait\":true}}");
        assertThat(addon.objects())
                .extracting(ClusterObject::property)
                .containsOnly(PropertyPath.of("addons", "flux2", "kustomizations", "platform"));
        assertThat(addon.options().sensitiveValues()).isEmpty();
    }

    @Test
    void aPrivateRepositoryHasASecretWhoseValueIsSensitive() {
        FluxKustomization apps = FluxKustomization.of(SSH, ".")
                .with(key -> key.sshPrivateKey(SensitiveValue.ofVariable("git_key"))
                        .knownHosts(Optional.of("git.example.com ssh-ed25519 AAAA")))
                .withTag(Optional.of("v1"))
                .withPrune(false)
                .withWaitForReady(false)
                .withNamespace(Optional.of("shop"))
                .withDependsOn(List.of("platform"));
        HelmAddon addon = STANDARD.withKustomizations(
                        Map.of("platform", PLATFORM.withUsername("shop").withPassword(TOKEN), "apps", apps))
                .resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .contains("\"extraObjects\":[{\"apiVersion\":\"v1\",\"kind\":\"Secret\","
                        + "\"metadata\":{\"name\":\"apps-git\",\"namespace\":\"flux-system\"},"
                        + "\"stringData\":{\"known_hosts\":\"git.example.com ssh-ed25519 AAAA\"},\"type\":\"Opaque\"},"
                        + "{\"apiVersion\":\"v1\",\"kind\":\"Secret\","
                        + "\"metadata\":{\"name\":\"platform-git\",\"namespace\":\"flux-system\"},"
                        + "\"stringData\":{\"username\":\"shop\"},\"type\":\"Opaque\"}]");
        assertThat(addon.options().sensitiveValues())
                .isEqualTo(Map.of(
                        "extraObjects[0].stringData.identity",
                        SensitiveValue.ofVariable("git_key"),
                        "extraObjects[1].stringData.password",
                        TOKEN));
        assertThat(objects(addon))
                .containsSubsequence(
                        "{\"apiVersion\":\"source.toolkit.fluxcd.io/v1\",\"kind\":\"GitRepository\","
                                + "\"metadata\":{\"name\":\"apps\",\"namespace\":\"flux-system\"},"
                                + "\"spec\":{\"interval\":\"10m\",\"ref\":{\"tag\":\"v1\"},"
                                + "\"secretRef\":{\"name\":\"apps-git\"},\"url\":\"" + SSH + "\"}}",
                        "{\"apiVersion\":\"kustomize.toolkit.fluxcd.io/v1\",\"kind\":\"Kustomization\","
                                + "\"metadata\":{\"name\":\"apps\",\"namespace\":\"flux-system\"},"
                                + "\"spec\":{\"dependsOn\":[{\"name\":\"platform\"}],\"interval\":\"10m\",\"path\":\"./\","
                                + "\"prune\":false,\"sourceRef\":{\"kind\":\"GitRepository\",\"name\":\"apps\"},"
                                + "\"targetNamespace\":\"shop\",\"wait\":false}}");
        assertThat(objects(with(Map.of("platform", PLATFORM.withSecretName(Optional.of("account")))))
                        .get(0))
                .contains("\"secretRef\":{\"name\":\"account\"}");
    }

    /** Those of the documentation, without what describes repositories, for the repositories that it reads. */
    @Test
    void artifactsOfAmazonEcrAreReadWithPermissionsForTheirRepositories() {
        FluxSpec flux = STANDARD.withEcrRepositories(List.of("charts/*", "eu-west-1:444455556666:repository/shared"))
                .withKustomizations(
                        Map.of("charts", FluxKustomization.of(ECR, "deploy").withSemver(Optional.of("1.x"))));
        HelmAddon addon = flux.resolve(TestAddons.AWS);

        assertThat(objects(addon).get(0))
                .isEqualTo("{\"apiVersion\":\"source.toolkit.fluxcd.io/v1\",\"kind\":\"OCIRepository\","
                        + "\"metadata\":{\"name\":\"charts\",\"namespace\":\"flux-system\"},"
                        + "\"spec\":{\"interval\":\"10m\",\"provider\":\"aws\",\"ref\":{\"semver\":\"1.x\"},\"url\":\""
                        + ECR
                        + "\"}}");
        assertThat(addon.controllers())
                .extracting(one -> one.serviceAccount().toString())
                .containsExactly("flux-system/source-controller");
        assertThat(TestAddons.text(addon))
                .contains("\"sourceController\":{\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},"
                        + "\"serviceAccount\":{\"create\":false}}");
        Set<String> actions = new HashSet<>();
        Set<String> repositories = new HashSet<>();
        TestAddons.grants(addon).forEach(grant -> {
            actions.add(grant.get(0));
            repositories.add(grant.get(1));
        });
        assertThat(GrantFacts.documented("flux2", "v2.8.aws"))
                .extracting(grant -> grant.get(0))
                .containsAll(actions)
                .filteredOn(action -> !actions.contains(action))
                .containsExactlyInAnyOrder(
                        "ecr:DescribeImageScanFindings",
                        "ecr:DescribeRepositories",
                        "ecr:GetLifecyclePolicy",
                        "ecr:GetLifecyclePolicyPreview",
                        "ecr:GetRepositoryPolicy",
                        "ecr:ListTagsForResource");
        assertThat(repositories)
                .containsExactlyInAnyOrder(
                        "*",
                        "arn:aws:ecr:eu-central-1:111122223333:repository/charts/*",
                        "arn:aws:ecr:eu-west-1:444455556666:repository/shared");
        assertThat(flux.endpointServices()).containsExactly(new EndpointService("ecr.api"));

        HelmAddon images = flux.withImageAutomation(true).resolve(TestAddons.AWS);
        assertThat(images.controllers())
                .extracting(one -> one.serviceAccount().toString())
                .containsExactly("flux-system/source-controller", "flux-system/image-reflector-controller");
        assertThat(TestAddons.text(images))
                .contains("\"imageReflectionController\":{\"create\":true,"
                        + "\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},\"serviceAccount\":{\"create\":false}}");
    }

    @Test
    void aRoleNameOfTheUserIsThatOfBothRoles() {
        HelmAddon addon = STANDARD.withEcrRepositories(List.of("charts/*"))
                .withImageAutomation(true)
                .withIdentity(ControllerIdentity.standard()
                        .withRoleName(Optional.of(RoleName.parse("flux")))
                        .withPolicyName(Optional.of("flux-ecr")))
                .resolve(TestAddons.AWS);

        assertThat(addon.controllers())
                .extracting(one -> one.identity().roleName().map(RoleName::text).orElse(""))
                .containsExactly("flux", "flux-images");
    }

    @Test
    void whatIsWrongWithKustomizationsIsReported() {
        assertThat(ProblemsOf.making(() -> STANDARD.withKustomizations(Map.of(
                        "charts", FluxKustomization.of(ECR, "deploy"),
                        "platform", PLATFORM.withDependsOn(List.of("platform", "base"))))))
                .containsExactlyInAnyOrder(
                        "kustomizations.charts.repository: an artifact in Amazon ECR, which Flux has no permissions for;"
                                + " fix: add ecrRepositories with the name of its repository",
                        "kustomizations.platform.dependsOn[0]: \"platform\" is not another kustomization; allowed:"
                                + " charts; fix: remove it, or add that kustomization",
                        "kustomizations.platform.dependsOn[1]: \"base\" is not another kustomization; allowed:"
                                + " charts; fix: remove it, or add that kustomization");
        assertThat(ProblemsOf.making(() -> STANDARD.withKustomizations(Map.of("a b", PLATFORM))))
                .containsExactly("kustomizations[\"a b\"]: \"a b\" is not a name; allowed: 1 to 63 lower case letters,"
                        + " digits and -, with a letter or digit at both ends; fix: write it like platform");
        assertThat(ProblemsOf.making(() -> STANDARD.withEcrRepositories(List.of("444455556666/shared:1"))))
                .containsExactly("ecrRepositories[0]: \"444455556666/shared:1\" is not a repository of Amazon ECR;"
                        + " allowed: NAME or REGION:ACCOUNT:repository/NAME; fix: write it like charts/*");
    }

    @Test
    void whatIsWrongWithOneKustomizationIsReported() {
        assertThat(ProblemsOf.making(
                        () -> FluxKustomization.of("https://shop:secret@git.example.com/platform.git", "/clusters")))
                .containsExactly(
                        "repository: a password in the address of a repository; fix: remove it, change it, and give it as"
                                + " a sensitive value",
                        "path: \"/clusters\" is not a folder of a repository; allowed: a path without / at its start and"
                                + " without ..; fix: write it like clusters/shop, or . for the whole repository");
        assertThat(ProblemsOf.making(() -> FluxKustomization.of("git@git.example.com:shop/platform.git", ".")))
                .containsExactly("repository: \"git@git.example.com:shop/platform.git\": Flux reads addresses that are"
                        + " URLs; allowed: https://HOST/PATH, ssh://HOST/PATH or oci://HOST/PATH; fix: use"
                        + " ssh://git@git.example.com/shop/platform.git");
        assertThat(ProblemsOf.making(() -> PLATFORM.withInterval("10")))
                .containsExactly(
                        "interval: \"10\" is not a duration; allowed: hours, minutes and seconds; fix: use 10m");
        assertThat(ProblemsOf.making(
                        () -> PLATFORM.withBranch(Optional.of("main")).withTag(Optional.of("v1"))))
                .containsExactly("tag: branch and tag; allowed: one of them; fix: remove the others");
        assertThat(ProblemsOf.making(() -> FluxKustomization.of(ECR, ".").withBranch(Optional.of("main"))))
                .containsExactly("branch: a branch of an OCI repository, which has tags; fix: use tag or semver");
        assertThat(ProblemsOf.making(() -> PLATFORM.withPassword(TOKEN).withSecretName(Optional.of("account"))))
                .containsExactly("password: secretName and password; allowed: one of them; fix: remove the others");
        assertThat(ProblemsOf.making(() -> FluxKustomization.of(SSH, ".").withPassword(TOKEN)))
                .containsExactly("password: a password with an address that is not for HTTPS; fix: use sshPrivateKey");
        assertThat(ProblemsOf.making(() -> FluxKustomization.of(ECR, ".").withPassword(TOKEN)))
                .containsExactly("password: a password with an address that is not for HTTPS; fix: use secretName, or"
                        + " ecrRepositories for Amazon ECR");
        assertThat(ProblemsOf.making(() -> PLATFORM.withSshPrivateKey(TOKEN)))
                .containsExactly(
                        "sshPrivateKey: a key for SSH with another address; fix: use an ssh:// address",
                        "sshPrivateKey: a key for SSH without knownHosts; fix: add knownHosts with the output of"
                                + " ssh-keyscan HOST, after comparing it");
        assertThat(ProblemsOf.making(() -> PLATFORM.withKnownHosts(Optional.of("x"))))
                .containsExactly("knownHosts: keys of a server without sshPrivateKey; fix: remove it");
    }

    @Test
    void whatItSetsItselfIsNotOverridden() {
        assertThat(ProblemsOf.making(
                        () -> STANDARD.withChart(STANDARD.chart().withValues(Map.of("installCRDs", false)))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("values.installCRDs: an override of a value that the platform sets");
        FluxSpec own = STANDARD.withChart(STANDARD.chart().withValues(Map.of("extraObjects", List.of())));
        assertThat(ProblemsOf.making(() -> own.withKustomizations(Map.of("platform", PLATFORM.withPassword(TOKEN)))))
                .containsExactly("values.extraObjects: an override of a value that the platform sets; allowed: values"
                        + " other than extraObjects; fix: remove it: role, trust, ServiceAccount and chart must agree");
    }
}
