package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.jspecify.annotations.Nullable;

/**
 * A set of Kubernetes objects, checked, in canonical form and in the order of application.
 *
 * <pre>{@code
 * Manifests manifests = Manifests.read(Path.of("stacks"), List.of("sample-app/*.yaml"), "default");
 * for (Manifest manifest : manifests.inOrder()) {
 *     Map<String, Object> body = ManifestText.escape(manifest.body());
 *     List<Manifest> dependsOn = manifests.dependencies(manifest);
 * }
 * }</pre>
 */
public final class Manifests {

    private static final String DEFINITION = "CustomResourceDefinition";

    private final Map<Manifest, List<Manifest>> order;
    private final List<Problem> warnings;

    private Manifests(Map<Manifest, List<Manifest>> order, List<Problem> warnings) {
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
    public static Manifests read(Path base, List<String> patterns, String defaultNamespace) {
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
        return of(texts, defaultNamespace, problems, warnings);
    }

    /**
     * Reads the text of files.
     *
     * @param texts the content of each file by its name
     * @param defaultNamespace the namespace of documents of namespaced kinds that name none
     * @return the objects of all files
     * @throws InvalidInputException with every problem of every file
     */
    public static Manifests of(Map<String, String> texts, String defaultNamespace) {
        return of(texts, defaultNamespace, new Problems(), new Problems());
    }

    private static Manifests of(
            Map<String, String> texts, String defaultNamespace, Problems problems, Problems warnings) {
        List<Manifest> manifests = new ArrayList<>();
        List<Manifest> sound = new ArrayList<>();
        texts.forEach((file, text) -> {
            for (ManifestReader.Document document : ManifestReader.read(file, text, problems)) {
                Problems refused = new Problems();
                Manifest manifest = manifest(document, defaultNamespace, refused);
                Placeholders.of(document).report(refused.found(), problems, warnings);
                if (manifest != null) {
                    manifests.add(manifest);
                }
                if (manifest != null && refused.isEmpty()) {
                    sound.add(manifest);
                }
            }
        });
        checkDuplicates(manifests, problems);
        checkDefinitions(manifests, problems);
        ServiceBackends.check(sound, problems, warnings);
        PodLinks.check(sound, warnings);
        problems.throwIfAny();
        return new Manifests(
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

    /**
     * The objects, each after all it depends on.
     *
     * @return all objects, in an order that does not depend on files and their order
     */
    public List<Manifest> inOrder() {
        return List.copyOf(order.keySet());
    }

    /**
     * What must be applied before an object, and removed after it.
     *
     * @param manifest one of {@link #inOrder()}
     * @return the others it depends on, without those that follow from them
     */
    public List<Manifest> dependencies(Manifest manifest) {
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
                .map(Manifest::name)
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

    private static @Nullable Manifest manifest(
            ManifestReader.Document document, String defaultNamespace, Problems problems) {
        Map<String, @Nullable Object> body = document.body();
        SourceMap source = document.source();
        String apiVersion = required(document, "apiVersion", "such as apps/v1", problems);
        String kind = required(document, "kind", "such as Deployment", problems);
        String name = name(document, problems);
        if (apiVersion.isEmpty() || kind.isEmpty() || !isServed(apiVersion, kind, source, problems) || name.isEmpty()) {
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
        String id = Manifest.plainId(kind, namespace, name);
        Manifest manifest = new Manifest(apiVersion, kind, namespace, name, canonical, source, computed, id);
        ObjectRules.check(manifest, problems);
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

    private static boolean isServed(String apiVersion, String kind, SourceMap source, Problems problems) {
        ApiTypes types = ApiTypes.get();
        if (types.kind(apiVersion, kind) != null) {
            return true;
        }
        RemovedApis.Removed removed = RemovedApis.find(apiVersion, kind);
        if (removed != null) {
            problems.add(
                    source.where("apiVersion"),
                    "Kubernetes " + removed.release() + " removed " + apiVersion + " " + kind,
                    "API versions that Kubernetes serves",
                    removed.successor().isEmpty()
                            ? "remove the document; see the Kubernetes deprecation guide"
                            : "use " + removed.successor() + "; fields may differ");
            return false;
        }
        List<String> kinds = types.kindsOf(apiVersion);
        boolean core = KindScope.group(apiVersion).isEmpty();
        if (kinds.isEmpty()
                && !core
                && apiVersion.substring(0, apiVersion.indexOf('/')).contains(".")) {
            return true;
        }
        String versions = String.join(", ", types.versionsOf(kind));
        String fix = Suggestion.nearest(kind, kinds)
                .map(near -> "did you mean " + near + "?")
                .orElse(versions.isEmpty() ? "mend apiVersion or kind" : "use apiVersion " + versions);
        problems.add(
                source.where(versions.isEmpty() ? "kind" : "apiVersion"),
                "Kubernetes has no " + kind + " in " + apiVersion,
                kinds.isEmpty() ? "a Kubernetes API version such as v1 or apps/v1" : String.join(", ", kinds),
                versions.isEmpty() ? fix : "use apiVersion " + versions);
        return false;
    }

    private static void checkDuplicates(List<Manifest> manifests, Problems problems) {
        Map<String, Manifest> first = new HashMap<>();
        for (Manifest manifest : manifests) {
            Manifest other = first.putIfAbsent(manifest.identity(), manifest);
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
    private static void checkDefinitions(List<Manifest> manifests, Problems problems) {
        Map<String, Manifest> definitions = new HashMap<>();
        for (Manifest manifest : manifests) {
            if (manifest.kind().equals(DEFINITION)) {
                String group = BodyField.text(manifest.body(), "spec", "group");
                String kind = BodyField.text(manifest.body(), "spec", "names", "kind");
                definitions.put(group + " " + kind, manifest);
            }
        }
        for (Manifest manifest : manifests) {
            Manifest definition = definitions.get(KindScope.group(manifest.apiVersion()) + " " + manifest.kind());
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

    private static List<Manifest> withLogicalIds(List<Manifest> manifests) {
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
