package dev.eksplatform.addon;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.identity.ServiceAccountName;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Flux, which keeps the cluster as Git repositories and OCI artifacts say. Source: <a
 * href="https://github.com/fluxcd-community/helm-charts/tree/main/charts/flux2">the chart</a>.
 *
 * @param chart its chart
 * @param kustomizations folders of repositories that are applied, by name; default none
 * @param imageAutomation whether its controllers run that write new tags of images to Git; default false
 * @param ecrRepositories the repositories of Amazon ECR that it reads artifacts, charts and tags of images from: names, with * for any characters,
 *     or REGION:ACCOUNT:repository/NAME; default none, and no permissions
 * @param identity its AWS permissions, for {@code ecrRepositories}; {@code policies} replace the policy of the catalogue
 */
@RecordBuilder
@YamlForm(key = FluxSpec.NAME)
@Example("{kustomizations: {platform: {repository: 'https://git.example.com/shop/platform.git', path: clusters/shop}}}")
public record FluxSpec(
        @YamlInline ChartSettings chart,

        @Example("{platform: {repository: 'https://git.example.com/shop/platform.git', path: clusters/shop}}")
        @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, FluxKustomization> kustomizations,

        @Example("true") boolean imageAutomation,

        @Example("['charts/*']") @Limit(pattern = FluxSpec.ECR_REPOSITORY, unique = true)
        List<String> ecrRepositories,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, FluxSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "flux2";

    private static final String REPOSITORY = "https://fluxcd-community.github.io/helm-charts";
    private static final String VERSION = "2.18.3";

    /** The namespace of Flux's documentation and command line. */
    private static final String NAMESPACE = "flux-system";

    private static final String SOURCE_CONTROLLER = "source-controller";
    private static final String REFLECTOR = "image-reflector-controller";
    private static final String ECR_REPOSITORY = "^([a-z0-9-]+:[0-9]{12}:repository/)?[a-z0-9*][a-z0-9*._/-]*$";
    private static final Pattern ECR_FORM = Pattern.compile(ECR_REPOSITORY);
    private static final List<String> PARTS = List.of(
            "cli",
            "helmController",
            "imageAutomationController",
            "imageReflectionController",
            "kustomizeController",
            "notificationController",
            "sourceController");
    private static final List<String> RESERVED = List.of(
            "installCRDs",
            "imageAutomationController.create",
            "imageReflectionController.create",
            "sourceController.serviceAccount.create",
            "sourceController.serviceAccount.annotations",
            "imageReflectionController.serviceAccount.create",
            "imageReflectionController.serviceAccount.annotations");

    /** Checks names, repositories and overrides. */
    public FluxSpec {
        Components.required("chart", chart, "identity", identity);
        kustomizations = Components.map("kustomizations", kustomizations);
        ecrRepositories = Components.list("ecrRepositories", ecrRepositories);
        Problems problems = new Problems();
        Map<String, FluxKustomization> all = kustomizations;
        boolean ecr = !ecrRepositories.isEmpty();
        all.forEach((name, kustomization) -> check(name, kustomization, all, ecr, problems));
        for (int i = 0; i < ecrRepositories.size(); i++) {
            problems.match(
                    PropertyPath.of("ecrRepositories").index(i),
                    ecrRepositories.get(i),
                    ECR_FORM,
                    "a repository of Amazon ECR",
                    "NAME or REGION:ACCOUNT:repository/NAME",
                    "write it like charts/*");
        }
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        if (all.values().stream().anyMatch(FluxKustomization::hasSecret)) {
            ChartValues.checkReserved(chart.options(), List.of("extraObjects"), problems);
        }
        problems.throwIfAny();
    }

    private static void check(
            String name,
            FluxKustomization kustomization,
            Map<String, FluxKustomization> all,
            boolean ecr,
            Problems problems) {
        PropertyPath where = PropertyPath.of("kustomizations", name);
        if (!DnsName.isLabel(name)) {
            problems.add(where, "\"" + name + "\" is not a name", DnsName.ALLOWED_LABEL, "write it like platform");
        }
        if (kustomization.isInEcr() && !ecr) {
            problems.add(
                    where.key("repository"),
                    "an artifact in Amazon ECR, which Flux has no permissions for",
                    "add ecrRepositories with the name of its repository");
        }
        for (int i = 0; i < kustomization.dependsOn().size(); i++) {
            String other = kustomization.dependsOn().get(i);
            if (!all.containsKey(other) || other.equals(name)) {
                problems.add(
                        where.key("dependsOn").index(i),
                        "\"" + other + "\" is not another kustomization",
                        String.join(
                                ", ",
                                all.keySet().stream()
                                        .filter(one -> !one.equals(name))
                                        .sorted()
                                        .toList()),
                        "remove it, or add that kustomization");
            }
        }
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static FluxSpec standard() {
        return new FluxSpec(
                ChartSettings.of(VERSION, REPOSITORY), Map.of(), false, List.of(), ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return ecrRepositories.isEmpty() ? List.of() : List.of(new EndpointService("ecr.api"));
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        Map<String, SensitiveValue> secrets =
                new LinkedHashMap<>(chart.options().sensitiveValues());
        List<Map<String, Object>> secretObjects = new ArrayList<>();
        List<ClusterObject> objects = new ArrayList<>();
        new TreeMap<>(kustomizations).forEach((name, kustomization) -> {
            if (kustomization.hasSecret()) {
                secrets.put(
                        "extraObjects[" + secretObjects.size() + "].stringData." + kustomization.secretKey(),
                        kustomization.secret());
                secretObjects.add(kustomization.secretObject(name, NAMESPACE));
            }
            PropertyPath property = PropertyPath.of("addons", NAME, "kustomizations", name);
            kustomization.bodies(name, NAMESPACE).forEach(body -> objects.add(new ClusterObject(property, body)));
        });
        return HelmAddon.of(this, NAME, NAMESPACE, release -> chartValues(secretObjects))
                .withOptions(chart.options().withSensitiveValues(secrets))
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED))
                .withControllers(controllers(context))
                .withObjects(objects)
                .withOutputs(Map.of(
                        "flux_command",
                        new HelmAddon.Output(
                                "Command that shows what Flux applies",
                                "kubectl get kustomizations,helmreleases --all-namespaces")));
    }

    /** The names of role and policy that the user gives are those of source-controller; the other's begin with them. */
    private List<AddonController> controllers(AddonContext context) {
        if (ecrRepositories.isEmpty()) {
            return List.of();
        }
        AddonController source = controller(SOURCE_CONTROLLER, identity, context);
        ControllerIdentity other = identity.withRoleName(
                        identity.roleName().map(name -> RoleName.fitting(name.text() + "-images")))
                .withPolicyName(identity.policyName().map(name -> name + "-images"));
        return imageAutomation ? List.of(source, controller(REFLECTOR, other, context)) : List.of(source);
    }

    private AddonController controller(String account, ControllerIdentity permissions, AddonContext context) {
        String own = context.region() + ":" + context.account().digits() + ":repository/";
        return permissions.controller(
                new ServiceAccountName(NAMESPACE, account), Map.of(), () -> PolicyCatalogue.of(NAME)
                        .latest()
                        .renderLists(
                                context.partition(),
                                Map.of(
                                        "repositories",
                                        ecrRepositories.stream()
                                                .map(name -> name.contains(":") ? name : own + name)
                                                .toList())));
    }

    private Map<String, Object> chartValues(List<Map<String, Object>> secretObjects) {
        Map<String, Object> own = new LinkedHashMap<>();
        for (String part : PARTS) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("nodeSelector", Map.of("kubernetes.io/os", "linux"));
            if (part.startsWith("image")) {
                values.put("create", imageAutomation);
            }
            boolean permitted =
                    part.equals("sourceController") || part.equals("imageReflectionController") && imageAutomation;
            if (permitted && !ecrRepositories.isEmpty()) {
                values.put("serviceAccount", Map.of("create", false));
            }
            own.put(part, values);
        }
        // The CRDs are templates of the chart, which Helm updates.
        own.put("installCRDs", true);
        if (!secretObjects.isEmpty()) {
            own.put("extraObjects", secretObjects);
        }
        return own;
    }
}
