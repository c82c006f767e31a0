package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Placeholders such as <code>${CERT_ARN}</code> that {@code envsubst} was meant to replace. Nothing replaces them here:
 * Kubernetes knows only {@code $(NAME)}, and only in commands, arguments and variables. But shell scripts, dashboards and
 * other content have the same form on purpose.
 *
 * <p>So a placeholder is an error where its field cannot hold one: where the value is refused anyway (a number, a quantity, a
 * name, a label), in an image, a host or a reference by name, in a key, and in the annotations that AWS reads. It is a
 * warning where it is a single word or part of one, as an ARN or a host name is, and is ignored in text of several words.
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

    private record Found(FieldValue field, String placeholder, boolean refused) {}

    private final boolean builtIn;
    private final Map<PropertyPath, Found> found = new LinkedHashMap<>();

    private Placeholders(boolean builtIn) {
        this.builtIn = builtIn;
    }

    static Placeholders of(FieldValue root) {
        Placeholders placeholders =
                new Placeholders(ApiTypes.get().kind(root.text("apiVersion"), root.text("kind")) != null);
        placeholders.mapping(root);
        return placeholders;
    }

    /**
     * Reports them, each once.
     *
     * @param refused what other checks refuse in the document; where it is a placeholder, that is reported instead
     * @param problems collects the errors, and all else that is refused
     * @param warnings collects what is likely not meant
     */
    void report(List<Problem> refused, PlacedProblems problems, Problems warnings) {
        for (Problem problem : refused) {
            PropertyPath path = problem.place() instanceof Place.InFile place ? place.path() : PropertyPath.ROOT;
            if (found.computeIfPresent(path, (same, here) -> new Found(here.field(), here.placeholder(), true))
                    == null) {
                problems.add(problem);
            }
        }
        for (Found here : found.values()) {
            String what = here.placeholder() + " is a placeholder, and nothing replaces it";
            if (here.refused()) {
                problems.add(
                        new Problem(here.field().place(), what, "write the value, or run envsubst on the file first"));
            } else {
                warnings.add(
                        here.field().place(),
                        what,
                        "write the value, or run envsubst on the file first; keep it only where a program replaces it");
            }
        }
    }

    private void mapping(FieldValue mapping) {
        boolean builtInFields = builtIn || mapping.isWithin("metadata");
        boolean annotations =
                mapping.name().equals("annotations") && mapping.owner().name().equals("metadata");
        for (FieldValue field : mapping.entries()) {
            String name = field.name();
            Matcher inKey = PLACEHOLDER.matcher(name);
            if (inKey.find()) {
                add(field, inKey.group(), builtInFields);
            }
            boolean content = CONTENT.contains(mapping.name()) || CONTENT.contains(name);
            boolean never = annotations
                    ? AWS_ANNOTATIONS.stream().anyMatch(name::startsWith)
                    : !content && builtInFields && isNever(name, mapping.name());
            value(field, never);
        }
    }

    private void value(FieldValue field, boolean never) {
        if (field.value() instanceof Map) {
            mapping(field);
        } else if (field.value() instanceof List) {
            field.items().forEach(item -> value(item, never));
        } else if (field.text().contains("${")) {
            Matcher placeholder = PLACEHOLDER.matcher(field.text());
            if (placeholder.find() && (never || field.text().strip().chars().noneMatch(Character::isWhitespace))) {
                add(field, placeholder.group(), never);
            }
        }
    }

    private void add(FieldValue field, String placeholder, boolean refused) {
        found.putIfAbsent(field.path(), new Found(field, placeholder, refused));
    }

    /** Of built-in kinds and of the metadata of all kinds; other fields of custom kinds may mean anything. */
    private static boolean isNever(String name, String owner) {
        return NEVER.contains(name) || name.endsWith("Name") || name.equals("hosts") || LABELS.contains(owner);
    }
}
