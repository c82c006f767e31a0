package dev.eksplatform.workload.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields of an object that something other than Terraform writes, for {@code computed_fields} of {@code kubernetes_manifest}:
 * what the server, admission, a controller or {@code kubectl} adds to a mapping or a list of the manifest is kept, where
 * the provider would otherwise report {@code Provider produced inconsistent result after apply}. A field that the manifest
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
 * <p>Fields that are written because of another object are in {@link ControlledFields}.
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

    private final KubernetesDocument document;
    private final FieldValue body;
    private final Set<String> fields = new LinkedHashSet<>();

    private ComputedFields(KubernetesDocument document) {
        this.document = document;
        this.body = document.root();
    }

    static List<String> of(KubernetesDocument document) {
        ComputedFields computed = new ComputedFields(document);
        computed.ofKind();
        computed.caBundles();
        computed.ofTemplate();
        computed.addPresent(computed.body.get("metadata"), "finalizers", "ownerReferences");
        return withDefaults(computed.fields);
    }

    private void ofKind() {
        switch (document.type()) {
            case "v1 ConfigMap", "v1 Secret" -> {
                if (body.get("immutable").value() != Boolean.TRUE) {
                    addPresent(body, "data", "binaryData");
                }
            }
            case "batch/v1 Job" -> {
                fields.add("spec.template.metadata.labels");
                fields.add("spec.selector");
            }
            case "v1 LimitRange" -> fields.add("spec.limits");
            case "v1 Pod" -> addPresent(body.get("spec"), "containers", "initContainers", "volumes", "tolerations");
            case "v1 ServiceAccount" -> addPresent(body, "secrets", "imagePullSecrets");
            case "rbac.authorization.k8s.io/v1 ClusterRole" -> {
                if (body.has("aggregationRule")) {
                    fields.add("rules");
                }
            }
            case "networking.k8s.io/v1 Ingress" -> {
                if (annotation(EDITS_INGRESS).equals("true")) {
                    addPresent(body.get("spec"), "rules");
                }
            }
            default -> {}
        }
    }

    private String annotation(String name) {
        return body.text("metadata", "annotations", name);
    }

    private boolean hasAnnotation(String prefix) {
        return body.entries("metadata", "annotations").stream()
                .anyMatch(annotation -> annotation.name().startsWith(prefix));
    }

    private void addPresent(FieldValue owner, String... names) {
        for (String name : names) {
            if (owner.has(name)) {
                add(owner.get(name));
            }
        }
    }

    private void add(FieldValue field) {
        fields.add(field.path().toString());
    }

    /**
     * A bundle that an annotation asks to be injected, or a placeholder for a certificate ({@code Cg==}).
     * Any other certificate is what the manifest wants, and stays checked.
     */
    private void caBundles() {
        boolean injected =
                CA_INJECTION.stream().anyMatch(name -> !annotation(name).isEmpty());
        String kind = document.kind();
        if (kind.endsWith("WebhookConfiguration")) {
            body.items("webhooks").forEach(webhook -> caBundle(webhook.get("clientConfig", "caBundle"), injected));
        } else if (kind.equals("APIService")) {
            caBundle(body.get("spec", "caBundle"), injected);
        } else if (kind.equals("CustomResourceDefinition")) {
            caBundle(body.get("spec", "conversion", "webhook", "clientConfig", "caBundle"), injected);
        }
    }

    private void caBundle(FieldValue bundle, boolean injected) {
        if (!bundle.text().isEmpty() && (injected || !isCertificate(bundle.text()))) {
            add(bundle);
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
        PodTemplates.of(document)
                .filter(pods -> !pods.template().path().steps().isEmpty())
                .ifPresent(pods -> {
                    addPresent(pods.template().get("metadata"), "annotations");
                    if (hasAnnotation(RELOADER)) {
                        pods.containers().forEach(container -> addPresent(container, "env"));
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
