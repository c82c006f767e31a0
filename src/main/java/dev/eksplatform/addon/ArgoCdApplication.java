package dev.eksplatform.addon;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An application of Argo CD: a folder of a Git repository that is applied to the cluster. A folder of other Applications makes it an app of
 * apps. Source: <a
 * href="https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#applications">applications</a>.
 *
 * @param repository the address of the Git repository
 * @param path the folder in it
 * @param revision a branch, a tag or a commit; {@code HEAD} is the newest one of the default branch
 * @param namespace the namespace of objects that have none; default {@code argocd}, which is that of Applications
 * @param project the project of Argo CD that limits it
 * @param automated whether it is synchronized without anyone asking for it
 * @param prune whether objects that are no longer in the repository are deleted
 * @param selfHeal whether changes in the cluster are undone
 * @param syncOptions options of each synchronization; default none
 * @param cascade whether its objects are deleted with it
 */
@RecordBuilder
public record ArgoCdApplication(
        @Example("https://git.example.com/shop/platform.git") @Limit(pattern = GitAddress.PATTERN)
        String repository,

        @Example("clusters/shop") @Limit(pattern = ArgoCdApplication.PATH)
        String path,

        @Example("main") @Limit(pattern = ArgoCdApplication.WORD)
        String revision,

        @Example("shop") @Limit(pattern = DnsName.LABEL_PATTERN)
        Optional<String> namespace,

        @Example("default") @Limit(pattern = DnsName.LABEL_PATTERN)
        String project,

        @Example("true") boolean automated,

        @Example("true") boolean prune,

        @Example("true") boolean selfHeal,

        @Example("[CreateNamespace=true, ServerSideApply=true]")
        @Limit(pattern = ArgoCdApplication.OPTION, unique = true)
        List<String> syncOptions,

        @Example("false") boolean cascade)
        implements ArgoCdApplicationBuilder.With {

    /** A folder, relative to that of the repository. */
    static final String PATH = "^(?!/)(?!.*\\.\\.)\\S+$";

    static final String WORD = "^\\S+$";

    /** Source: <a href="https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/">sync options</a>. */
    static final String OPTION = "^[A-Z][A-Za-z]+=[A-Za-z0-9]+$";

    private static final Pattern PATH_FORM = Pattern.compile(PATH);
    private static final Pattern WORD_FORM = Pattern.compile(WORD);
    private static final Pattern OPTION_FORM = Pattern.compile(OPTION);

    /** Checks address, folder and options, and that nothing is automatic where synchronization is not. */
    public ArgoCdApplication {
        Components.required("repository", repository, "path", path, "revision", revision, "project", project);
        syncOptions = Components.list("syncOptions", syncOptions);
        Problems problems = new Problems();
        GitAddress.check("repository", repository, problems);
        problems.match(
                "path",
                path,
                PATH_FORM,
                "a folder of a repository",
                "a path without / at its start and without ..",
                "write it like clusters/shop, or . for the whole repository");
        problems.match("revision", revision, WORD_FORM, "a revision", "a branch, a tag or a commit", "use main");
        namespace.ifPresent(name -> DnsName.checkNamespace(PropertyPath.of("namespace"), name, problems));
        DnsName.checkNamespace(PropertyPath.of("project"), project, problems);
        for (int i = 0; i < syncOptions.size(); i++) {
            problems.match(
                    PropertyPath.of("syncOptions").index(i),
                    syncOptions.get(i),
                    OPTION_FORM,
                    "an option of a synchronization",
                    "NAME=VALUE",
                    "write it like CreateNamespace=true");
        }
        if (!automated) {
            notAutomated("prune", prune, problems);
            notAutomated("selfHeal", selfHeal, problems);
        }
        problems.throwIfAny();
    }

    private static void notAutomated(String key, boolean value, Problems problems) {
        if (value) {
            problems.add(PropertyPath.of(key), "true with automated: false", "remove one of them");
        }
    }

    /**
     * A folder that is synchronized when the repository changes.
     *
     * @param repository the address of the Git repository
     * @param path the folder in it
     * @return the application
     */
    @Defaults
    public static ArgoCdApplication of(String repository, String path) {
        return new ArgoCdApplication(
                repository, path, "HEAD", Optional.empty(), "default", true, false, false, List.of(), true);
    }

    /** The Application. Its finalizer makes its removal wait until the controller has deleted its objects. */
    Map<String, Object> body(String name, String namespaceOfArgoCd) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("namespace", namespaceOfArgoCd);
        if (cascade) {
            metadata.put("finalizers", List.of("resources-finalizer.argocd.argoproj.io"));
        }
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("repoURL", repository);
        source.put("path", path);
        source.put("targetRevision", revision);
        Map<String, Object> destination = new LinkedHashMap<>();
        destination.put("server", "https://kubernetes.default.svc");
        destination.put("namespace", namespace.orElse(namespaceOfArgoCd));
        Map<String, Object> sync = new LinkedHashMap<>();
        if (automated) {
            Map<String, Object> automatic = new LinkedHashMap<>();
            automatic.put("prune", prune);
            automatic.put("selfHeal", selfHeal);
            sync.put("automated", automatic);
        }
        if (!syncOptions.isEmpty()) {
            sync.put("syncOptions", syncOptions);
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("project", project);
        spec.put("source", source);
        spec.put("destination", destination);
        if (!sync.isEmpty()) {
            spec.put("syncPolicy", sync);
        }
        return CustomResource.of("argoproj.io/v1alpha1", "Application", metadata, spec);
    }
}
