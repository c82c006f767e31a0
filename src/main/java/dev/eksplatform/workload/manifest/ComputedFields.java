package dev.eksplatform.workload.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that others than Terraform write, for {@code computed_fields} of {@code kubernetes_manifest}:
 * what the server, admission, a controller or {@code kubectl} adds to a mapping or a list of the manifest is kept, where
 * the provider would otherwise say {@code Provider produced inconsistent result after apply}. A field that the manifest
 * does not have needs no entry: the provider takes it from the cluster. Naming any replaces the provider's two defaults, so
 * these come first:
 *
 * <ul>
 *   <li>a ConfigMap and a Secret, unless {@code immutable}: their keys, to which controllers add (an injected certificate
 *       authority, a merged ExternalSecret);
 *   <li>pods of a template: its annotations, to which {@code kubectl rollout restart} adds;
 *   <li>a Job: the labels of its template and its selector, which the server adds to;
 *   <li>a LimitRange: its limits, whose missing defaults the server fills in from the maximum;
 *   <li>a bare Pod: containers, volumes and tolerations, which admission adds to (service account token, IRSA and Pod
 *       Identity variables);
 *   <li>an aggregated ClusterRole: its rules, which a controller fills in;
 *   <li>a ServiceAccount: its Secrets for pulling images, to which OpenShift adds its own;
 *   <li>anything with finalizers or owners: they are added and removed by controllers;
 *   <li>a {@code caBundle} that is to be injected, see {@link #caBundles};
 *   <li>an Ingress whose rules cert-manager extends while it proves a domain;
 *   <li>variables of containers that Reloader restarts by adding one.
 * </ul>
 *
 * <p>What an object makes others write in another one is in {@link ControlledFields}.
 *
 * @see <a href="https://registry.terraform.io/providers/hashicorp/kubernetes/2.38.0/docs/resources/manifest#computed-fields">
 *     computed fields of kubernetes_manifest</a>
 */
final class ComputedFields {

    private static final List<String> DEFAULTS = List.of("metadata.labels", "metadata.annotations");

    /** Source: https://cert-manager.io/docs/concepts/ca-injector/ and OpenShift's service-ca operator. */
    private static final Set<String> CA_INJECTION = Set.of(
            "cert-manager.io/inject-ca-from",
            "cert-manager.io/inject-ca-from-secret",
            "cert-manager.io/inject-apiserver-ca",
            "service.beta.openshift.io/inject-cabundle");

    /** Source: https://cert-manager.io/docs/usage/ingress/#supported-annotations. */
    private static final String EDITS_INGRESS = "acme.cert-manager.io/http01-edit-in-place";

    /** Source: https://github.com/stakater/Reloader, annotations; its default strategy adds a variable. */
    private static final String RELOADER = "reloader.stakater.com/";

    private final String apiVersion;
    private final String kind;
    private final Map<String, Object> body;
    private final Set<String> fields = new LinkedHashSet<>();

    private ComputedFields(String apiVersion, String kind, Map<String, Object> body) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.body = body;
    }

    static List<String> of(String apiVersion, String kind, Map<String, Object> body) {
        ComputedFields computed = new ComputedFields(apiVersion, kind, body);
        computed.ofKind();
        computed.caBundles();
        computed.ofTemplate();
        computed.addPresent("metadata", "finalizers", "ownerReferences");
        return withDefaults(computed.fields);
    }

    private void ofKind() {
        switch (apiVersion + " " + kind) {
            case "v1 ConfigMap", "v1 Secret" -> {
                if (BodyField.of(body, "immutable") != Boolean.TRUE) {
                    addPresent("", "data", "binaryData");
                }
            }
            case "batch/v1 Job" -> {
                fields.add("spec.template.metadata.labels");
                fields.add("spec.selector");
            }
            case "v1 LimitRange" -> fields.add("spec.limits");
            case "v1 Pod" -> addPresent("spec", "containers", "initContainers", "volumes", "tolerations");
            case "v1 ServiceAccount" -> addPresent("", "secrets", "imagePullSecrets");
            case "rbac.authorization.k8s.io/v1 ClusterRole" -> {
                if (body.containsKey("aggregationRule")) {
                    fields.add("rules");
                }
            }
            case "networking.k8s.io/v1 Ingress" -> {
                if (annotation(EDITS_INGRESS).equals("true")) {
                    addPresent("spec", "rules");
                }
            }
            default -> {}
        }
    }

    private String annotation(String name) {
        return BodyField.text(body, "metadata", "annotations", name);
    }

    private boolean hasAnnotation(String prefix) {
        return BodyField.map(body, "metadata", "annotations").keySet().stream()
                .anyMatch(name -> name.toString().startsWith(prefix));
    }

    private void addPresent(String owner, String... names) {
        Map<?, ?> map = owner.isEmpty() ? body : BodyField.map(body, owner);
        for (String name : names) {
            if (map.containsKey(name)) {
                fields.add(owner.isEmpty() ? name : owner + "." + name);
            }
        }
    }

    /**
     * A bundle that an annotation asks to be injected, or that is no certificate but holds the place of one ({@code Cg==}).
     * A certificate without such an annotation is what the manifest wants, and stays checked.
     */
    private void caBundles() {
        boolean injected =
                CA_INJECTION.stream().anyMatch(name -> !annotation(name).isEmpty());
        if (kind.endsWith("WebhookConfiguration")) {
            List<?> webhooks = BodyField.list(body, "webhooks");
            for (int i = 0; i < webhooks.size(); i++) {
                caBundle(
                        BodyField.of(webhooks.get(i), "clientConfig"),
                        FieldPath.item("webhooks", i) + ".clientConfig",
                        injected);
            }
        } else if (kind.equals("APIService")) {
            caBundle(BodyField.of(body, "spec"), "spec", injected);
        } else if (kind.equals("CustomResourceDefinition")) {
            caBundle(
                    BodyField.of(body, "spec", "conversion", "webhook", "clientConfig"),
                    "spec.conversion.webhook.clientConfig",
                    injected);
        }
    }

    private void caBundle(@Nullable Object owner, String path, boolean injected) {
        String bundle = BodyField.text(owner, "caBundle");
        if (!bundle.isEmpty() && (injected || !isCertificate(bundle))) {
            fields.add(path + ".caBundle");
        }
    }

    private static boolean isCertificate(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1)
                    .contains("BEGIN CERTIFICATE");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void ofTemplate() {
        PodTemplates.of(apiVersion, kind, body).ifPresent(pods -> {
            String template = FieldPath.parent(pods.path());
            if (template.isEmpty()) {
                return;
            }
            String owner = template + ".metadata";
            if (BodyField.of(body, (owner + ".annotations").split("\\.", -1)) != null) {
                fields.add(owner + ".annotations");
            }
            if (hasAnnotation(RELOADER)) {
                for (String containers : List.of("initContainers", "containers")) {
                    List<?> all = BodyField.list(pods.spec(), containers);
                    for (int i = 0; i < all.size(); i++) {
                        if (BodyField.of(all.get(i), "env") != null) {
                            fields.add(FieldPath.item(pods.path() + "." + containers, i) + ".env");
                        }
                    }
                }
            }
        });
    }

    /** The fields with one more. */
    static List<String> with(List<String> fields, String field) {
        Set<String> more = new LinkedHashSet<>(fields);
        more.add(field);
        return withDefaults(more);
    }

    private static List<String> withDefaults(Set<String> fields) {
        if (fields.isEmpty()) {
            return List.of();
        }
        Set<String> all = new LinkedHashSet<>(DEFAULTS);
        all.addAll(fields);
        return new ArrayList<>(all);
    }
}
