package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the cluster's Kubernetes version has the kinds of documents. Custom kinds are only known to the cluster. */
final class ServedKinds {

    /** Groups that Kubernetes has removed. */
    private static final Set<String> FORMER_GROUPS =
            Set.of("extensions", "settings.k8s.io", "auditregistration.k8s.io");

    private final ApiTypes types = ApiTypes.get();
    private final String apiVersion;
    private final String kind;
    private final TargetVersion target;
    private final FieldValue root;
    private final Problems problems;

    private ServedKinds(String apiVersion, String kind, TargetVersion target, FieldValue root, Problems problems) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.target = target;
        this.root = root;
        this.problems = problems;
    }

    /**
     * Checks a kind.
     *
     * @return true for a kind that the cluster's version has, and for a custom one
     */
    static boolean check(String apiVersion, String kind, TargetVersion target, FieldValue root, Problems problems) {
        return new ServedKinds(apiVersion, kind, target, root, problems).check();
    }

    /** Adds a problem when the Kubernetes version after another one has no longer the kind of a document. */
    static void removedAfter(int minor, FieldValue root, Problems problems) {
        String apiVersion = root.text("apiVersion");
        String kind = root.text("kind");
        ApiTypes.Kind known = ApiTypes.get().kind(apiVersion, kind);
        if (known != null && known.releases().newest() == minor) {
            TargetVersion both = new TargetVersion(new Releases(minor, minor + 1), false);
            ServedKinds kinds = new ServedKinds(apiVersion, kind, both, root, problems);
            problems.add(
                    root.get("apiVersion").place(),
                    "Kubernetes 1." + (minor + 1) + " removes " + apiVersion + " " + kind,
                    kinds.successors());
        }
    }

    /** How a removed kind is replaced. */
    private String successors() {
        List<String> later = served().stream()
                .filter(version -> !version.equals(apiVersion))
                .filter(version -> target.alwaysHas(releasesOf(version)))
                .toList();
        return later.isEmpty()
                ? "see the Kubernetes deprecation guide"
                : "use apiVersion " + String.join(" or ", best(later)) + "; fields may differ";
    }

    private boolean check() {
        ApiTypes.Kind known = types.kind(apiVersion, kind);
        if (known != null) {
            return isServed(known);
        }
        ApiTypes.Gone gone = types.gone(apiVersion, kind);
        if (gone == null) {
            gone = RemovedApis.find(apiVersion, kind);
        }
        if (gone != null) {
            addGone(gone);
            return false;
        }
        String group = KindScope.group(apiVersion);
        boolean builtIn = !group.contains(".") || types.groups().contains(group) || FORMER_GROUPS.contains(group);
        // Groups that end with k8s.io belong to the Kubernetes project; its built-in kinds are only in its built-in
        // groups.
        boolean misspelled = group.endsWith(".k8s.io") && !served().isEmpty();
        if (!builtIn && !misspelled) {
            return true;
        }
        addUnknown(group);
        return false;
    }

    private boolean isServed(ApiTypes.Kind known) {
        if (known.scope() == ApiTypes.Scope.REQUEST) {
            problems.add(
                    root.get("kind").place(),
                    "a " + kind + " is a request, which the API server answers and does not store",
                    "remove the document");
            return false;
        }
        if (target.has(known.releases())) {
            return true;
        }
        boolean later = known.releases().oldest() > target.releases().newest();
        String versions = String.join(" or ", best(served()));
        problems.add(
                root.get("apiVersion").place(),
                target + " has no " + kind + " in " + apiVersion + ", which exists in " + known.releases(),
                versions.isEmpty()
                        ? "remove the document" + (later ? ", or raise cluster.version" : "")
                        : "use apiVersion " + versions + "; fields may differ");
        return false;
    }

    private void addGone(ApiTypes.Gone gone) {
        List<String> versions = gone.successor().isEmpty() ? best(served()) : List.of(gone.successor());
        problems.add(
                root.get("apiVersion").place(),
                gone.release().isEmpty()
                        ? "Kubernetes no longer has " + apiVersion + " " + kind
                        : "Kubernetes " + gone.release() + " removed " + apiVersion + " " + kind,
                versions.isEmpty()
                        ? "remove the document; see the Kubernetes deprecation guide"
                        : "use " + String.join(" or ", versions) + "; fields may differ");
    }

    private void addUnknown(String group) {
        List<String> versions = served();
        List<String> kinds = types.kindsOf(apiVersion);
        if (!versions.isEmpty()) {
            problems.add(
                    root.get("apiVersion").place(),
                    "Kubernetes has no " + kind + " in " + apiVersion,
                    versions.stream().map(this::described).collect(Collectors.joining(", ")),
                    use(best(versions)));
            return;
        }
        Collection<String> candidates = kinds.isEmpty() ? kindsOfGroup(group) : kinds;
        String near = Suggestion.nearest(kind, candidates).orElse(null);
        problems.add(
                root.get("kind").place(),
                "Kubernetes has no " + kind + " in " + apiVersion,
                candidates.isEmpty() ? "a Kubernetes API version such as v1 or apps/v1" : String.join(", ", candidates),
                near != null
                        ? "did you mean " + near + (kinds.isEmpty() ? " of " + inGroup(group, near) : "") + "?"
                        : "correct apiVersion or kind; that of a custom resource has a group with a dot, such as"
                                + " example.com/v1");
    }

    private static String use(List<String> versions) {
        return versions.size() == 1
                ? "use apiVersion " + versions.get(0)
                : "use the one of them that the cluster's version has";
    }

    private List<String> kindsOfGroup(String group) {
        return types.versionsOfGroup(group).stream()
                .flatMap(version -> types.kindsOf(version).stream())
                .distinct()
                .toList();
    }

    private @Nullable String inGroup(String group, String near) {
        return types.versionsOfGroup(group).stream()
                .filter(version -> types.kind(version, near) != null)
                .findFirst()
                .orElse(null);
    }

    /** The API versions in which the cluster's version has the kind, those that are not a preview first. */
    private List<String> served() {
        return types.versionsOf(kind).stream()
                .filter(version -> {
                    ApiTypes.Kind known = Objects.requireNonNull(types.kind(version, kind));
                    return known.scope() != ApiTypes.Scope.REQUEST && target.has(known.releases());
                })
                .toList();
    }

    /** The newest of the same group that is not a preview and that every version of the target has, if there is one. */
    private List<String> best(List<String> versions) {
        List<String> stable = versions.stream()
                .filter(ApiVersion::isStable)
                .filter(version -> target.alwaysHas(releasesOf(version)))
                .toList();
        if (stable.isEmpty()) {
            return versions;
        }
        return stable.stream()
                .filter(version -> KindScope.group(version).equals(KindScope.group(apiVersion)))
                .findFirst()
                .map(List::of)
                .orElse(stable);
    }

    private Releases releasesOf(String version) {
        return Objects.requireNonNull(types.kind(version, kind)).releases();
    }

    private String described(String version) {
        Releases releases = releasesOf(version);
        return target.known() || releases.equals(Releases.ALL) ? version : version + " (" + releases + ")";
    }
}
