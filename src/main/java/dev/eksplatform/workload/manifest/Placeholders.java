package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Placeholders such as <code>${CERT_ARN}</code> that {@code envsubst} was to replace. Nothing replaces them here: Kubernetes
 * knows only {@code $(NAME)}, and only in commands, arguments and variables. But shell scripts, dashboards and other content
 * have the same form and mean it.
 *
 * <p>So a placeholder is an error where its field cannot hold one: where the value is refused anyway (a number, a quantity, a
 * name, a label), in an image, a host or a reference by name, in a key, and in the annotations that AWS reads. It is a
 * warning where it fills or is part of a single word, as an ARN or a host name is, and no matter at all in text of several
 * words in fields that hold text.
 */
final class Placeholders {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?<!\\$)\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::?[-=+?][^}]*)?}");

    private static final Set<String> NEVER = Set.of(
            "name", "generateName", "namespace", "image", "host", "hostname", "kind", "apiVersion", "serviceAccount");

    private static final Set<String> LABELS = Set.of("labels", "matchLabels", "nodeSelector", "selector");

    /** The scripts and texts in which a shell or a program replaces placeholders itself. */
    private static final Set<String> CONTENT = Set.of("command", "args", "data", "stringData", "binaryData");

    private static final List<String> AWS_ANNOTATIONS = List.of(
            "alb.ingress.kubernetes.io/", "service.beta.kubernetes.io/aws-load-balancer-", "eks.amazonaws.com/");

    private record Found(String placeholder, boolean refused) {}

    private final SourceMap source;
    private final boolean builtIn;
    private final Map<String, Found> found = new LinkedHashMap<>();

    private Placeholders(SourceMap source, boolean builtIn) {
        this.source = source;
        this.builtIn = builtIn;
    }

    static Placeholders of(ManifestReader.Document document) {
        String apiVersion = BodyField.text(document.body(), "apiVersion");
        String kind = BodyField.text(document.body(), "kind");
        Placeholders placeholders =
                new Placeholders(document.source(), ApiTypes.get().kind(apiVersion, kind) != null);
        placeholders.map(document.body(), "", "");
        return placeholders;
    }

    /**
     * Reports them, each once.
     *
     * @param refused what other checks refuse in the document; where it is a placeholder, that is said instead
     * @param problems collects the errors, and all else that is refused
     * @param warnings collects what is likely not meant
     */
    void report(List<Problem> refused, Problems problems, Problems warnings) {
        for (Problem problem : refused) {
            int place = source.start().file().length();
            String path = problem.where().substring(problem.where().indexOf(' ', place) + 1);
            Found placeholder = found.get(path);
            if (placeholder == null) {
                problems.add(problem);
            } else {
                found.put(path, new Found(placeholder.placeholder(), true));
            }
        }
        found.forEach((path, placeholder) -> (placeholder.refused() ? problems : warnings)
                .add(
                        source.where(path),
                        placeholder.placeholder() + " is a placeholder, and nothing replaces it",
                        placeholder.refused() ? "the value itself" : "values: manifests are applied as they are",
                        "write the value, or run envsubst on the file before"
                                + (placeholder.refused() ? "" : "; it is right only where a program replaces it")));
    }

    private void map(Map<?, ?> map, String path, String owner) {
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            String child = FieldPath.child(path, name);
            Matcher inKey = PLACEHOLDER.matcher(name);
            if (inKey.find()) {
                found.put(child, new Found(inKey.group(), builtIn || path.startsWith("metadata")));
            }
            boolean annotation = path.endsWith("metadata.annotations");
            boolean content = CONTENT.contains(owner) || CONTENT.contains(name);
            boolean never = annotation
                    ? AWS_ANNOTATIONS.stream().anyMatch(name::startsWith)
                    : !content && isNever(name, path, owner);
            value(value, child, name, never);
        });
    }

    private void value(@Nullable Object value, String path, String name, boolean never) {
        if (value instanceof Map<?, ?> map) {
            map(map, path, name);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                value(list.get(i), FieldPath.item(path, i), name, never);
            }
        } else if (value instanceof String text) {
            Matcher placeholder = PLACEHOLDER.matcher(text);
            if (placeholder.find() && (never || text.strip().chars().noneMatch(Character::isWhitespace))) {
                found.putIfAbsent(path, new Found(placeholder.group(), never));
            }
        }
    }

    /** Of built-in kinds and of the metadata of all kinds; other fields of custom kinds may mean anything. */
    private boolean isNever(String name, String path, String owner) {
        return (builtIn || path.startsWith("metadata"))
                && (NEVER.contains(name) || name.endsWith("Name") || name.equals("hosts") || LABELS.contains(owner));
    }
}
