package dev.eksplatform.workload.manifest;

import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.internal.files.InputFiles;
import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A set of Kubernetes objects, checked, in canonical form and in the order of application.
 *
 * <pre>{@code
 * ManifestSet set = ManifestSet.read(Path.of("stacks"), List.of("sample-app/*.yaml"), "default");
 * for (KubernetesDocument document : set.inOrder()) {
 *     Map<String, Object> body = document.body();
 *     List<KubernetesDocument> dependsOn = set.dependencies(document);
 * }
 * }</pre>
 */
public final class ManifestSet {

    private static final String DEFINITION = "CustomResourceDefinition";
    private static final long MOST_BYTES = 3L << 20;

    private final Map<KubernetesDocument, List<KubernetesDocument>> order;
    private final List<Problem> warnings;

    private ManifestSet(Map<KubernetesDocument, List<KubernetesDocument>> order, List<Problem> warnings) {
        this.order = order;
        this.warnings = warnings;
    }

    /**
     * Reads the files that an environment names.
     *
     * @param base the folder that the patterns are relative to; every problem's place begins with it as written, so a
     *     relative one such as {@code stacks} keeps problems the same on every machine
     * @param patterns see {@link ManifestFiles#find}
     * @param defaultNamespace the namespace of documents of namespaced kinds that name none, as with {@code kubectl -n}
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
        return read(base, patterns, defaultNamespace, version, List.of());
    }

    /**
     * Reads the files that an environment names, and adds objects that follow from the environment.
     *
     * @param base the folder that the patterns are relative to
     * @param patterns see {@link ManifestFiles#find}
     * @param defaultNamespace the namespace of documents of namespaced kinds that name none
     * @param version the Kubernetes version of the cluster; empty when it is not known
     * @param others the other objects
     * @return the objects of all files, and the others
     * @throws InvalidInputException with every problem of every file
     */
    @API(status = API.Status.INTERNAL)
    public static ManifestSet read(
            Path base,
            List<String> patterns,
            String defaultNamespace,
            Optional<KubernetesVersion> version,
            List<PlacedObject> others) {
        Problems problems = new Problems();
        Problems warnings = new Problems();
        Map<String, String> texts = texts(base, patterns, problems, warnings);
        return of(texts, others, defaultNamespace, TargetVersion.of(version), problems, warnings);
    }

    /**
     * What is wrong with the files that an environment names for another Kubernetes version, and was not before.
     *
     * @param base the folder that the patterns are relative to
     * @param patterns see {@link ManifestFiles#find}
     * @param defaultNamespace the namespace of documents of namespaced kinds that name none
     * @param before the Kubernetes version that the files are written for; empty when it is not known
     * @param after the other version
     * @return problems and warnings, in the order of the files
     */
    @API(status = API.Status.INTERNAL)
    public static List<Problem> problemsOf(
            Path base,
            List<String> patterns,
            String defaultNamespace,
            Optional<KubernetesVersion> before,
            KubernetesVersion after) {
        Problems ignored = new Problems();
        return problemsOf(texts(base, patterns, ignored, ignored), defaultNamespace, before, after);
    }

    /**
     * What is wrong with the text of files for another Kubernetes version, and was not before.
     *
     * @param texts the content of each file by its name
     * @param defaultNamespace the namespace of documents of namespaced kinds that name none
     * @param before the Kubernetes version that the files are written for; empty when it is not known
     * @param after the other version
     * @return problems and warnings, in the order of the files
     */
    @API(status = API.Status.INTERNAL)
    public static List<Problem> problemsOf(
            Map<String, String> texts,
            String defaultNamespace,
            Optional<KubernetesVersion> before,
            KubernetesVersion after) {
        Set<Place> known = problemsOf(texts, defaultNamespace, TargetVersion.of(before)).stream()
                .map(Problem::place)
                .collect(Collectors.toSet());
        return problemsOf(texts, defaultNamespace, TargetVersion.of(Optional.of(after))).stream()
                .filter(problem -> !known.contains(problem.place()))
                .toList();
    }

    private static List<Problem> problemsOf(Map<String, String> texts, String defaultNamespace, TargetVersion target) {
        Problems problems = new Problems();
        documents(texts, List.of(), defaultNamespace, target, problems, problems);
        return problems.found();
    }

    private static Map<String, String> texts(Path base, List<String> patterns, Problems problems, Problems warnings) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Path file : ManifestFiles.find(base, patterns, problems, warnings)) {
            texts.put(ManifestFiles.name(file), problems.collect(() -> InputFiles.text(file, MOST_BYTES), ""));
        }
        return texts;
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
        return of(texts, List.of(), defaultNamespace, TargetVersion.of(version), new Problems(), new Problems());
    }

    private static ManifestSet of(
            Map<String, String> texts,
            List<PlacedObject> others,
            String defaultNamespace,
            TargetVersion target,
            Problems problems,
            Problems warnings) {
        List<KubernetesDocument> documents = documents(texts, others, defaultNamespace, target, problems, warnings);
        problems.throwIfAny();
        return new ManifestSet(ManifestOrder.of(withLogicalIds(ControlledFields.in(documents))), warnings.found());
    }

    private static List<KubernetesDocument> documents(
            Map<String, String> texts,
            List<PlacedObject> others,
            String defaultNamespace,
            TargetVersion target,
            Problems problems,
            Problems warnings) {
        List<KubernetesDocument> documents = new ArrayList<>();
        List<KubernetesDocument> sound = new ArrayList<>();
        for (PlacedObject other : others) {
            KubernetesDocument document = document(other.root(), defaultNamespace, target, problems);
            if (document != null) {
                documents.add(document);
                sound.add(document);
            }
        }
        texts.forEach((file, text) -> {
            PlacedProblems inFile = new PlacedProblems(file);
            for (FieldValue root : ManifestReader.read(file, text, inFile)) {
                Problems inDocument = new Problems();
                KubernetesDocument document = document(root, defaultNamespace, target, inDocument);
                EmbeddedObjects.check(root, target, warnings);
                Placeholders.of(root).report(inDocument.found(), inFile, warnings);
                if (document != null) {
                    documents.add(document);
                }
                if (document != null && inDocument.isEmpty()) {
                    sound.add(document);
                }
            }
            inFile.inOrder().forEach(problems::add);
        });
        checkDuplicates(documents, problems);
        checkDefinitions(documents, problems);
        ServiceBackends.check(sound, problems, warnings);
        PodLinks.check(sound, warnings);
        return documents;
    }

    /**
     * What is likely not meant in the documents.
     *
     * @return a problem for each: relative to the list of patterns where a pattern of {@link #read} leaves a file out, else
     *     at its place in a file
     */
    public List<Problem> warnings() {
        return warnings;
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
     * @param document one of {@link #inOrder()}
     * @return the others it depends on, without those that follow from them
     */
    public List<KubernetesDocument> dependencies(KubernetesDocument document) {
        return Objects.requireNonNull(order.get(document), "not in this set");
    }

    /**
     * The objects whose API the next Kubernetes version removes.
     *
     * @param version a Kubernetes version, which has them
     * @return a problem for each, at its apiVersion
     */
    @API(status = API.Status.INTERNAL)
    public List<Problem> removedAfter(KubernetesVersion version) {
        Problems removed = new Problems();
        inOrder().forEach(document -> ServedKinds.removedAfter(version.minor(), document.root(), removed));
        return removed.found();
    }

    /**
     * The namespaces that documents declare.
     *
     * @return their names, sorted
     */
    public List<String> declaredNamespaces() {
        return inOrder().stream()
                .filter(document ->
                        document.kind().equals("Namespace") || document.kind().equals("Project"))
                .filter(document -> document.namespace() == null)
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

    private static @Nullable KubernetesDocument document(
            FieldValue root, String defaultNamespace, TargetVersion target, Problems problems) {
        ApiTypes.Kind known = ApiTypes.get().kind(root.text("apiVersion"), root.text("kind"));
        OtherTool tool = known != null ? null : OtherTool.of(root, root.source().file());
        if (tool != null) {
            problems.add(
                    (root.has("apiVersion") ? root.get("apiVersion") : root).place(),
                    "this is " + tool.name() + ", not a Kubernetes object",
                    tool.fix());
            return null;
        }
        String apiVersion = required(root.get("apiVersion"), "such as apps/v1", problems);
        String kind = required(root.get("kind"), "such as Deployment", problems);
        String name = name(root.get("metadata"), problems);
        if (apiVersion.isEmpty()
                || kind.isEmpty()
                || !ServedKinds.check(apiVersion, kind, target, root, problems)
                || name.isEmpty()) {
            return null;
        }
        FieldValue stated = root.get("metadata", "namespace");
        boolean namespaced = KindScope.isNamespaced(apiVersion, kind, root);
        if (!namespaced && !stated.text().isEmpty()) {
            problems.add(stated.place(), "a namespace of a " + kind + ", which is cluster-scoped", "remove it");
        }
        String namespace = !namespaced ? null : stated.text().isEmpty() ? defaultNamespace : stated.text();
        KubernetesDocument document = new KubernetesDocument(
                apiVersion,
                kind,
                namespace,
                name,
                CanonicalForm.of(root, apiVersion, kind, namespace, problems),
                root.source(),
                List.of(),
                KubernetesDocument.plainId(kind, namespace, name));
        SchemaRules.check(root, known, target, problems);
        ObjectRules.check(document, target, problems);
        PodRules.check(document, target, problems);
        return document.withComputedFields(ComputedFields.of(document));
    }

    private static String required(FieldValue field, String example, Problems problems) {
        if (!field.text().isBlank()) {
            return field.text();
        }
        boolean missing = field.value() == null;
        problems.add(
                (missing ? field.owner() : field).place(),
                missing ? "this document has no " + field.name() : field.name() + " is not text",
                "a Kubernetes object: a mapping with apiVersion, kind and metadata",
                "add " + field.name() + ", " + example);
        return "";
    }

    private static String name(FieldValue metadata, Problems problems) {
        FieldValue name = metadata.get("name");
        FieldValue generated = metadata.get("generateName");
        if (!name.text().isEmpty()) {
            return name.text();
        }
        if (generated.value() != null) {
            problems.add(
                    generated.place(),
                    "generateName, by which Terraform could not find the object again",
                    "set metadata.name");
        } else if (name.value() instanceof Number || name.value() instanceof Boolean) {
            problems.add(
                    name.place(),
                    "the name " + name.written() + " is not text",
                    "quote it: \"" + name.written() + "\"");
        } else {
            problems.add(
                    (metadata.value() == null ? metadata.owner() : metadata).place(),
                    "this document has no metadata.name",
                    "add metadata.name");
        }
        return "";
    }

    private static void checkDuplicates(List<KubernetesDocument> documents, Problems problems) {
        Map<String, KubernetesDocument> first = new HashMap<>();
        for (KubernetesDocument document : documents) {
            KubernetesDocument other = first.putIfAbsent(document.identity(), document);
            if (other != null) {
                problems.add(
                        document.root().place(),
                        "duplicate object " + document.identity() + ", also at "
                                + other.root().start(),
                        "remove one of them, or give it another name or namespace");
            }
        }
    }

    /** {@code kubernetes_manifest} asks the cluster for the type of a custom resource when it plans. */
    private static void checkDefinitions(List<KubernetesDocument> documents, Problems problems) {
        Map<String, KubernetesDocument> definitions = new HashMap<>();
        for (KubernetesDocument document : documents) {
            if (document.kind().equals(DEFINITION)) {
                FieldValue spec = document.root().get("spec");
                definitions.put(spec.text("group") + " " + spec.text("names", "kind"), document);
            }
        }
        for (KubernetesDocument document : documents) {
            KubernetesDocument definition = definitions.get(document.group() + " " + document.kind());
            if (definition != null) {
                problems.add(
                        document.root().get("kind").place(),
                        "a " + document.kind() + " in the same environment as its " + DEFINITION + " at "
                                + definition.root().start()
                                + ": the plan asks the cluster for the definition before it is applied",
                        "definitions in one environment's files, their objects in those of a later one",
                        "install the definition with an add-on, or move it to an environment that is deployed before");
            }
        }
    }

    private static List<KubernetesDocument> withLogicalIds(List<KubernetesDocument> documents) {
        Map<String, Integer> uses = new HashMap<>();
        documents.forEach(document -> uses.merge(document.logicalId(), 1, Integer::sum));
        return documents.stream()
                .map(document -> uses.getOrDefault(document.logicalId(), 0) == 1
                        ? document
                        : document.withLogicalId(document.logicalId() + "-" + hash(document.identity())))
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
