package dev.eksplatform.iam.document;

import dev.eksplatform.iam.ActionTable;
import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the patterns of {@code Action} and {@code NotAction}: their form, and that each of them matches an action. IAM
 * saves actions that do not exist and ignores them.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html">Action</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html">Invalid action,
 *     Invalid service in action</a>
 */
final class ActionCheck {

    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9*?]+");
    private static final String FORM = "service:Action, such as s3:GetObject or s3:Get*; or \"*\"";

    private static final String NO_VARIABLE = "write the action: policy variables work in Resource and Condition only";

    private final @Nullable Collection<String> unlisted;
    private final Problems problems;

    /**
     * A check.
     *
     * @param unlisted actions that are newer than the table; {@code null} to look up none
     * @param problems collects what is wrong
     */
    ActionCheck(@Nullable Collection<String> unlisted, Problems problems) {
        this.unlisted = unlisted;
        this.problems = problems;
    }

    void check(LocatedJson.Text action) {
        String text = action.value();
        if (text.equals("*")) {
            return;
        }
        String[] part = text.split(":", -1);
        if (part.length != 2) {
            problems.add(
                    action.place(),
                    "\"" + text + "\" is not an action",
                    FORM,
                    text.contains("${")
                            ? NO_VARIABLE
                            : part.length == 1 ? "put the service and a colon before it" : "write one colon");
        } else if (part[0].contains("*") || part[0].contains("?")) {
            problems.add(
                    action.place(),
                    "\"" + text + "\" has a wildcard in its service",
                    part[1].equals("*") ? "write \"*\"" : "name the service");
        } else if (!SERVICE.matcher(part[0]).matches() || !NAME.matcher(part[1]).matches()) {
            problems.add(
                    action.place(),
                    "\"" + text + "\" is not an action",
                    FORM,
                    text.contains("${") ? NO_VARIABLE : "write letters and digits only");
        } else if (unlisted != null && !isUnlisted(text)) {
            known(action, part[0], part[1]);
        }
    }

    private boolean isUnlisted(String action) {
        return unlisted != null
                && unlisted.stream()
                        .anyMatch(pattern ->
                                Wildcards.match(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT)));
    }

    private void known(LocatedJson.Text action, String prefix, String name) {
        ActionTable table = ActionTable.get();
        Optional<ActionTable.Service> service = table.service(prefix);
        if (service.isEmpty()) {
            problems.add(
                    action.place(),
                    "\"" + prefix + "\" is not a service of IAM (" + table.month() + ")",
                    fix(Suggestion.nearest(prefix, table.services()).map(near -> near + ":" + name), action.value()));
        } else if (!service.get().has(name)) {
            boolean wildcard = name.contains("*") || name.contains("?");
            problems.add(
                    action.place(),
                    "\"" + action.value() + "\" "
                            + (wildcard ? "matches no action of " : "is not an action of ")
                            + service.get().name() + " (" + table.month() + ")",
                    fix(service.get().nearest(name), action.value()));
        }
    }

    private static String fix(Optional<String> near, String written) {
        return near.map(one -> Suggestion.didYouMean(one) + " If AWS has added it since, ")
                        .orElse("if AWS has added it since, ")
                + "add unlisted: [\"" + written + "\"] to the identity";
    }
}
