package dev.eksplatform.iam.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the two meanings of <code>${…}</code> in a policy apart: a Terraform expression (a CDKTF token is one) and an IAM
 * policy variable. An IAM variable is one of {@code *}, {@code ?} and {@code $}, or a context key, which has a single colon
 * after a prefix without spaces (<code>${aws:username}</code>, <code>${oidc.example/id/AB:sub}</code>), with an optional
 * default in single quotes. No Terraform expression looks like that: a colon occurs there only in a conditional, in quotes,
 * in brackets or doubled.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">Policy variables</a>
 */
public final class TerraformTemplate {

    private static final Pattern IAM_VARIABLE = Pattern.compile(
            "\\$\\{\\s*([*?$]|[A-Za-z0-9._/-]+:[^:\"'(){}\\[\\]][^\"'(){}\\[\\]]*)(,\\s*'[^']*'\\s*)?\\}");

    private TerraformTemplate() {}

    /**
     * A stretch of a text.
     *
     * @param text the stretch; an expression with its <code>${</code> and <code>}</code>
     * @param expression true for a Terraform expression, false for literal text and IAM variables
     */
    public record Part(String text, boolean expression) {}

    /**
     * Cuts a text into literal stretches, IAM variables among them, and Terraform expressions.
     *
     * @param text any text
     * @return its parts in order; together they are the text
     */
    public static List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher variable = IAM_VARIABLE.matcher(text);
        int literalFrom = 0;
        int at = 0;
        while (at >= 0 && (at = text.indexOf("${", at)) >= 0) {
            if (variable.find(at) && variable.start() == at) {
                at = variable.end();
                continue;
            }
            int end = expressionEnd(text, at + 2);
            if (at > literalFrom) {
                parts.add(new Part(text.substring(literalFrom, at), false));
            }
            parts.add(new Part(text.substring(at, end), true));
            literalFrom = end;
            at = end;
        }
        if (literalFrom < text.length()) {
            parts.add(new Part(text.substring(literalFrom), false));
        }
        return parts;
    }

    /**
     * Says whether Terraform has yet to fill something in, so that the text is not known.
     *
     * @param text any text
     * @return true when it holds a Terraform expression or a CDKTF token
     */
    public static boolean isOpen(String text) {
        return text.contains("${") && parts(text).stream().anyMatch(Part::expression);
    }

    /** Escapes a literal stretch, so that Terraform hands it on as it is. */
    static String escaped(String literal) {
        return literal.replace("${", "$${").replace("%{", "%%{");
    }

    private static int expressionEnd(String text, int from) {
        int depth = 1;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '{') {
                depth++;
            } else if (!quoted && c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }
}
