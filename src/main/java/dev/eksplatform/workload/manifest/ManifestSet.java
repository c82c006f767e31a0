package dev.eksplatform.workload.manifest;

import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A set of Kubernetes objects, checked, in canonical form and in the order of application.
 *
 * <pre>{@code
 * Manifests manifests = Manifests.read(Path.of("stacks"), List.of("sample-app/*.yaml"), "default");
 * for (Manifest manifest : manifests.inOrder()) {
 *     Map<String, Object> body = TerraformText.escape(manifest.body());
 *     List<Manifest> dependsOn = manifests.dependencies(manifest);
 * }
 * }</pre>
 */
public final class ManifestSet {

    private static final String DEFINITION = "CustomResourceDefinition";

    private final Map<KubernetesDocument, List<KubernetesDocument>> order;
    private final List<Problem> warnings;

    private ManifestSet(Map<KubernetesDocument, List<KubernetesDocument>> order, List<Problem> warnings) {
        this.order = order;
        this.warnings = warnings;
    }

    /**
     * Reads the files that an environment names.
     *
     * @param base the folder that the patterns are relative to; its own spelling begins every problem's place, so a
     *     relative one such as {@code stacks} keeps problems the same on every machine
     * @param patterns see {@link ManifestFiles#find}
     * @param defaultNamespace the namespace of documents of namespaced kinds that name none, as {@code kubectl -n} has it
     * @return the objects of all files
     * @throws InvalidInputException with every problem of every file
     */
    public static ManifestSet read(Path base, List<String> patterns, String defaultNamespace) {
        return read(base, patterns, defaultNamespace, Optional.empty());
    }

    /**
     * Reads the files that an environment names, for a cluster whose version is known.
     *
     * @param base the folder that the patterns are relative to
     * @param patterns see {@link ManifestFiles#find}
     * @param defaultNamespace the namespace of documents of namespaced kinds that name none
     * @param version the Kubernetes version of the cluster, for which the documents are checked; empty when it is not known:
     *     what any version has is accepted
     * @return the objects of all files
     * @throws InvalidInputException with every problem of every file
     */
    public static ManifestSet read(
            Path base, List<String> patterns, String defaultNamespace, Optional<KubernetesVersion> version) {
        Problems problems = new Problems();
        Problems warnings = new Problems();
        Map<String, String> texts = new LinkedHashMap<>();
        for (Path file : ManifestFiles.find(base, patterns, problems, warnings)) {
            try {
                texts.put(ManifestFiles.name(file), Files.readString(file, StandardCharsets.UTF_8));
            } catch (MalformedInputException e) {
                problems.add(
                        ManifestFiles.name(file), "this is not UTF-8 text", "YAML in UTF-8", "save the file as UTF-8");
            } catch (IOException e) {
                problems.add(
                        ManifestFiles.name(file),
                        "the file cannot be read",
                        "a readable YAML file",
                        "check its permissions");
            }
        }
        return of(texts, defaultNamespace, TargetVersion.of(version), problems, warnings);
    }

    /**
     * Reads the text of files.
     *
     * @param texts the content of each file by its name
     * @param defaultNamespace the namespace of documents of namespaced kinds that name none
     * @return the objects of all files
     * @throws InvalidInputException with every problem of every file
     */
    public static ManifestSet of(Map<String, String> texts, String defaultNamespace) {
        return of(texts, defaultNamespace, Optional.empty());
    }

    /**
     * Reads the text of files, for a cluster whose version is known.
     *
     * @param texts the content of each file by its name
     * @param defaultNamespace the namespace of documents of namespaced kinds that name none
     * @param version the Kubernetes version of the cluster; empty when it is not known
     * @return the objects of all files
     * @throws InvalidInputException with every problem of every file
     */
    public static ManifestSet of(
            Map<String, String> texts, String defaultNamespace, Optional<KubernetesVersion> version) {
        return of(texts, defaultNamespace, TargetVersion.of(version), new Problems(), new Problems());
    }

    private static ManifestSet of(
            Map<String, String> texts,
            String defaultNamespace,
            TargetVersion target,
            Problems problems,
            Problems warnings) {
        List<KubernetesDocument> manifests = new ArrayList<>();
        List<KubernetesDocument> sound = new ArrayList<>();
        texts.forEach((file, text) -> {
            for (ManifestReader.Document document : ManifestReader.read(file, text, problems)) {
                Problems inDocument = new Problems();
                KubernetesDocument manifest = manifest(document, defaultNamespace, target, inDocument);
                Problems reported = new Problems();
                Placeholders.of(document).report(inDocument.found(), reported, warnings);
                if (manifest != null) {
                    manifests.add(manifest);
                }
                inOrder(reported, document.source()).forEach(problems::add);
                if (manifest != null && inDocument.isEmpty()) {
                    sound.add(manifest);
                }
            }
        });
        checkDuplicates(manifests, problems);
        checkDefinitions(manifests, problems);
        ServiceBackends.check(sound, problems, warnings);
        PodLinks.check(sound, warnings);
        problems.throwIfAny();
        return new ManifestSet(
                ManifestOrder.of(withLogicalIds(ControlledFields.in(manifests))), List.copyOf(warnings.found()));
    }

    /**
     * What is likely not meant in the documents.
     *
     * @return a problem for each; at {@code [index]} where a pattern of {@link #read} leaves a file out, else at its place in
     *     a file
     */
    public List<Problem> warnings() {
        return warnings;
    }

    /** Several checks read a document one after the other; what they find is reported in the order of the document. */
    private static List<Problem> inOrder(Problems inDocument, SourceMap source) {
        if (inDocument.isEmpty()) {
            return List.of();
        }
        return inDocument.found().stream()
                .sorted(Comparator.comparingLong(problem -> place(problem, source)))
                .toList();
    }

    private static long place(Problem problem, SourceMap source) {
        String[] place =
                problem.where().substring(source.start().file().length() + 1).split("[: ]", 3);
        return Long.parseLong(place[0]) << Integer.SIZE | Long.parseLong(place[1]);
    }

    /**
     * The objects, each after all it depends on.
     *
     * @return all objects, in an order that does not depend on files and their order
     */
    public List<KubernetesDocument> inOrder() {
        return List.copyOf(order.keySet());
    }

    /**
     * What must be applied before an object, and removed after it.
     *
     * @param manifest one of {@link #inOrder()}
     * @return the others it depends on, without those that follow from them
     */
    public List<KubernetesDocument> dependencies(KubernetesDocument manifest) {
        return Objects.requireNonNull(order.get(manifest), "not of this set");
    }

    /**
     * The namespaces that documents declare.
     *
     * @return their names, sorted
     */
    public List<String> declaredNamespaces() {
        return inOrder().stream()
                .filter(manifest ->
                        manifest.kind().equals("Namespace") || manifest.kind().equals("Project"))
                .filter(manifest -> manifest.namespace() == null)
                .map(KubernetesDocument::name)
                .sorted()
                .toList();
    }

    /**
     * The ServiceAccounts that the pods use.
     *
     * @return every reference, in the order of application
     */
    public ServiceAccountReferences serviceAccountReferences() {
        return ServiceAccountReferences.of(inOrder());
    }

    private static @Nullable KubernetesDocument manifest(
            ManifestReader.Document document, String defaultNamespace, TargetVersion target, Problems problems) {
        Map<String, @Nullable Object> body = document.body();
        SourceMap source = document.source();
        boolean builtIn = body.get("apiVersion") instanceof String version
                && body.get("kind") instanceof String known
                && ApiTypes.get().kind(version, known) != null;
        OtherTool tool = builtIn ? null : OtherTool.of(body, source.start().file());
        if (tool != null) {
            problems.add(
                    source.where(body.containsKey("apiVersion") ? "apiVersion" : ""),
                    "this is " + tool.name() + ", not an object of a cluster",
                    "Kubernetes objects",
                    tool.fix());
            return null;
        }
        String apiVersion = required(document, "apiVersion", "such as apps/v1", problems);
        String kind = required(document, "kind", "such as Deployment", problems);
        String name = name(document, problems);
        if (apiVersion.isEmpty()
                || kind.isEmpty()
                || !ServedKinds.check(apiVersion, kind, target, source, problems)
                || name.isEmpty()) {
            return null;
        }
        String stated = BodyField.text(body, "metadata", "namespace");
        boolean namespaced = KindScope.isNamespaced(apiVersion, kind, body);
        if (!namespaced && !stated.isEmpty()) {
            problems.add(
                    source.where("metadata.namespace"),
                    "a namespace of a " + kind + ", which belongs to the whole cluster",
                    "no namespace",
                    "remove metadata.namespace");
        }
        String namespace = !namespaced ? null : stated.isEmpty() ? defaultNamespace : stated;
        Map<String, Object> canonical = CanonicalForm.of(document, apiVersion, kind, namespace, problems);
        List<String> computed = ComputedFields.of(apiVersion, kind, canonical);
        String id = KubernetesDocument.plainId(kind, namespace, name);
        KubernetesDocument manifest =
                new KubernetesDocument(apiVersion, kind, namespace, name, canonical, source, computed, id);
        SchemaRules.check(document, ApiTypes.get().kind(apiVersion, kind), target, problems);
        ObjectRules.check(manifest, target, problems);
        PodRules.check(manifest, target, problems);
        return manifest;
    }

    private static String required(ManifestReader.Document document, String field, String example, Problems problems) {
        Object value = document.body().get(field);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        problems.add(
                document.source().where(value == null ? "" : field),
                value == null ? "this document has no " + field : field + " is not text",
                "a Kubernetes object: a mapping with apiVersion, kind and metadata",
                "add " + field + ", " + example);
        return "";
    }

    private static String name(ManifestReader.Document document, Problems problems) {
        Object metadata = document.body().get("metadata");
        Object name = BodyField.of(metadata, "name");
        if (name instanceof String text && !text.isEmpty()) {
            return text;
        }
        SourceMap source = document.source();
        if (BodyField.of(metadata, "generateName") != null) {
            problems.add(
                    source.where("metadata.generateName"),
                    "generateName, whose object Terraform could not find again",
                    "metadata.name",
                    "give the object a name of its own");
        } else if (name instanceof Number || name instanceof Boolean) {
            String written = source.written().getOrDefault("metadata.name", name.toString());
            problems.add(
                    source.where("metadata.name"),
                    "the name " + written + " is not text",
                    "text",
                    "quote it: \"" + written + "\"");
        } else {
            problems.add(
                    source.where(metadata == null ? "" : "metadata"),
                    "this document has no metadata.name",
                    "a Kubernetes object with a name",
                    "add metadata.name");
        }
        return "";
    }

    private static void checkDuplicates(List<KubernetesDocument> manifests, Problems problems) {
        Map<String, KubernetesDocument> first = new HashMap<>();
        for (KubernetesDocument manifest : manifests) {
            KubernetesDocument other = first.putIfAbsent(manifest.identity(), manifest);
            if (other != null) {
                problems.add(
                        manifest.source().where(""),
                        manifest.identity() + " is there twice: also at "
                                + other.source().start(),
                        "each object once",
                        "remove one of them, or give it another name or namespace");
            }
        }
    }

    /** {@code kubernetes_manifest} asks the cluster for the type of a custom resource when it plans. */
    private static void checkDefinitions(List<KubernetesDocument> manifests, Problems problems) {
        Map<String, KubernetesDocument> definitions = new HashMap<>();
        for (KubernetesDocument manifest : manifests) {
            if (manifest.kind().equals(DEFINITION)) {
                String group = BodyField.text(manifest.body(), "spec", "group");
                String kind = BodyField.text(manifest.body(), "spec", "names", "kind");
                definitions.put(group + " " + kind, manifest);
            }
        }
        for (KubernetesDocument manifest : manifests) {
            KubernetesDocument definition =
                    definitions.get(KindScope.group(manifest.apiVersion()) + " " + manifest.kind());
            if (definition != null) {
                problems.add(
                        manifest.source().where("kind"),
                        "a " + manifest.kind() + " beside its " + DEFINITION + " at "
                                + definition.source().start()
                                + ": the plan asks the cluster for the definition before it is applied",
                        "definitions in one environment's files, their objects in those of a later one",
                        "install the definition with an add-on, or move it to an environment that is deployed before");
            }
        }
    }

    private static List<KubernetesDocument> withLogicalIds(List<KubernetesDocument> manifests) {
        Map<String, Integer> uses = new HashMap<>();
        manifests.forEach(manifest -> uses.merge(manifest.logicalId(), 1, Integer::sum));
        return manifests.stream()
                .map(manifest -> uses.getOrDefault(manifest.logicalId(), 0) == 1
                        ? manifest
                        : manifest.withLogicalId(manifest.logicalId() + "-" + hash(manifest.identity())))
                .toList();
    }

    private static String hash(String identity) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
