package dev.eksplatform.iam.document;

import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problems;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the policy variables of a text that no program completes: everything that begins with <code>${</code> is one.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">Policy variables</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html">Missing brace,
 *     Missing quote, Unsupported space, Empty variable</a>
 */
final class VariableCheck {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern NAME =
            Pattern.compile("[*?$]|[A-Za-z0-9._/-]+:[^\\s:'\"(){}\\[\\]][^\\s'\"(){}\\[\\]]*");
    private static final Pattern USER_NAME = Pattern.compile("(?i)\\$\\{aws:username}");
    private static final String FORM = "${prefix:key}, ${prefix:key, 'default'}, ${*}, ${?} or ${$}";

    private VariableCheck() {}

    /**
     * Checks the variables of a text.
     *
     * @param literal whether nothing in the text is filled in later; else what may be a Terraform expression is left out
     */
    static void check(LocatedJson.Text text, boolean literal, Problems problems) {
        if (literal) {
            check(text, text.value(), problems);
            return;
        }
        for (TerraformTemplate.Part part : TerraformTemplate.parts(text.value())) {
            if (!part.expression() || !part.text().endsWith("}")) {
                check(text, part.text(), problems);
            }
        }
    }

    private static void check(LocatedJson.Text text, String value, Problems problems) {
        String rest = VARIABLE.matcher(value).replaceAll("");
        if (rest.contains("${")) {
            problems.add(
                    text.place(),
                    "a policy variable without its closing brace in \"" + text.value() + "\"",
                    FORM,
                    "close it with }, or write ${$}{ for the characters themselves");
        }
        Matcher variable = VARIABLE.matcher(value);
        while (variable.find()) {
            String[] part = variable.group(1).split(",", 2);
            String found = null;
            if (!NAME.matcher(part[0]).matches()) {
                found = "\"" + variable.group() + "\" is not a policy variable";
            } else if (part.length == 2 && !part[1].matches("\\s*'[^']*'")) {
                found = "\"" + variable.group() + "\" has a default value without quotes";
            }
            if (found != null) {
                problems.add(
                        text.place(),
                        found,
                        FORM,
                        "write a context key such as ${aws:PrincipalTag/team}, or ${$}{ for the characters themselves");
            }
        }
    }

    /**
     * Warns of the name of an IAM user: the policy is a role's.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">aws:username: not in
     *     requests of roles</a>
     */
    static void userName(LocatedJson.Text text, Problems warnings) {
        if (USER_NAME.matcher(text.value()).find()) {
            warnings.add(
                    text.place(),
                    "${aws:username} in \"" + text.value() + "\": it has no value in the requests of a role",
                    "use ${aws:PrincipalTag/kubernetes-namespace} (Pod Identity), or write the name");
        }
    }

    /** The text with each variable as one {@code $}, so that colons are those of an ARN. */
    static String masked(String text) {
        return VARIABLE.matcher(text).replaceAll(Matcher.quoteReplacement("$"));
    }
}
