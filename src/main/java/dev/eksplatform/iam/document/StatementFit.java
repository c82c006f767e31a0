package dev.eksplatform.iam.document;

import dev.eksplatform.iam.ActionTable;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds actions that no resource of their statement fits, so that the statement does not apply to them.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/">Service Authorization Reference:
 *     resource types of each action</a>
 */
final class StatementFit {

    private static final Pattern OF_OBJECTS =
            Pattern.compile("(?i)(?!.*(bucket|accesspoint)).*object.*|abortmultipartupload|listmultipartuploadparts");
    private static final Pattern OF_BUCKETS =
            Pattern.compile("(?i)(?!.*accesspoint)(create|delete|get|list|put).*bucket.*");

    private final List<String[]> resources = new ArrayList<>();
    private final Problems warnings;

    /**
     * Looks at a statement.
     *
     * @param resources the patterns of its Resource, each an ARN
     * @param warnings collects actions that none of them fits
     */
    StatementFit(List<LocatedJson.Text> resources, Problems warnings) {
        resources.forEach(
                one -> this.resources.add(VariableCheck.masked(one.value()).split(":", 6)));
        this.warnings = warnings;
    }

    /** Warns of an action without wildcards, unless a resource fits it or is not known well enough. */
    void check(LocatedJson.Text action) {
        String[] part = action.value().split(":", -1);
        if (part.length != 2 || action.value().contains("*") || action.value().contains("?")) {
            return;
        }
        Optional<ActionTable.Service> service = ActionTable.get().service(part[0]);
        boolean complete = resources.stream().allMatch(field -> field.length == 6 && field[0].equals("arn"));
        if (service.isEmpty() || !complete || resources.isEmpty()) {
            return;
        }
        if (service.get().hasNoResource(part[1])) {
            warn(action, "has no resources of its own", "move it to a statement with Resource \"*\"");
            return;
        }
        List<String[]> own = resources.stream()
                .filter(field -> isOneOf(service.get().arnServices(), field[2]))
                .toList();
        if (own.isEmpty()) {
            Set<String> others = new TreeSet<>();
            resources.forEach(field -> others.add(field[2]));
            warn(
                    action,
                    "with resources of " + String.join(", ", others) + " only",
                    "add its resource, or move it to a statement of its own");
        } else if (service.get().name().equals("s3")) {
            bucketOrObject(action, part[1], own);
        }
    }

    private void bucketOrObject(LocatedJson.Text action, String name, List<String[]> own) {
        boolean wide = own.stream()
                .anyMatch(field -> !field[3].isEmpty() || field[5].startsWith("*") || !field[2].equals("s3"));
        if (!wide && OF_OBJECTS.matcher(name).matches() && own.stream().allMatch(StatementFit::isBucket)) {
            warn(action, "on buckets, but it is about objects", "write " + arn(own) + "/*");
        } else if (!wide && OF_BUCKETS.matcher(name).matches() && own.stream().allMatch(StatementFit::isObject)) {
            warn(action, "on objects, but it is about buckets", "add " + arn(own).replaceFirst("/.*", ""));
        }
    }

    private static boolean isBucket(String[] field) {
        return !field[5].contains("/") && !field[5].endsWith("*") && !field[5].contains("$");
    }

    private static boolean isObject(String[] field) {
        return field[5].matches("[^*/]+/.*");
    }

    private static String arn(List<String[]> own) {
        return String.join(":", own.get(0));
    }

    private static boolean isOneOf(Set<String> services, String service) {
        return services.contains("*") || services.contains(service);
    }

    private void warn(LocatedJson.Text action, String found, String fix) {
        warnings.add(action.place(), action.value() + " " + found + ": the statement does not apply to it", fix);
    }
}
