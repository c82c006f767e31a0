package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.iam.evaluation.PatternAutomaton.Element;
import dev.eksplatform.internal.logic.Truth;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * A pattern in the {@code Resource} or {@code NotResource} of an identity policy, and which resources it matches.
 *
 * <p>{@code *} and {@code ?} match within one segment of an ARN, except a {@code *} at the end of a segment. An ARN with
 * fewer than six fields is completed with {@code *}. A policy variable before the fifth colon matches nothing. A pattern
 * that IAM does not save, such as one without a service, is never known to match.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">Resource</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">ARNs: incomplete ARNs</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-wheretouse">Where
 *     you can use policy variables</a>
 */
@API(status = API.Status.INTERNAL)
public final class ResourcePattern {

    /** How much of a set of resources a pattern matches. */
    public enum Coverage {
        /** Each resource of the set. */
        ALL,
        /** Some of them and not others, or that is not known. */
        SOME,
        /** None of them. */
        NONE
    }

    private static final int FIELDS = 6;
    private static final Pattern WHOLE_PARTITION = Pattern.compile("\\*|[^*?]+");
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9#-]+");

    private final String text;
    private final boolean variables;
    private final RequestContext context;
    private final Glob glob;
    private final String[] fields;
    private final boolean isOpen;
    private final boolean hasVariables;

    private ResourcePattern(String text, boolean variables, RequestContext context) {
        this.text = text;
        this.variables = variables;
        this.context = context;
        this.glob = Glob.arn(text, variables, context);
        String masked = Glob.masked(text, variables);
        this.fields = masked.split(":", FIELDS);
        this.isOpen = TerraformTemplate.isOpen(text);
        this.hasVariables = variables && masked.contains("$");
    }

    /**
     * A pattern of an identity policy.
     *
     * @param text an ARN with wildcards and variables, or {@code *}
     * @param version the policy's version; that of 2008 has no variables
     * @param context the values of variables
     * @return the pattern
     */
    public static ResourcePattern of(String text, String version, RequestContext context) {
        return new ResourcePattern(text, version.equals(PolicyDocument.CURRENT_VERSION), context);
    }

    /**
     * How much of a set it matches.
     *
     * @param resources an ARN, or a pattern of ARNs, which is the set of all ARNs that it matches as a pattern of a policy;
     *     <code>${*}</code>, <code>${?}</code> and <code>${$}</code> are the characters themselves
     * @return how much of the set is matched for certain
     */
    public Coverage coverage(String resources) {
        return switch (matches(resources(resources))) {
            case TRUE -> Coverage.ALL;
            case UNKNOWN -> Coverage.SOME;
            case FALSE -> Coverage.NONE;
        };
    }

    /** One resource, or the set of those that a pattern matches. */
    static Glob resources(String pattern) {
        return Glob.arn(pattern, true, null);
    }

    /** Whether it matches nothing because of a variable: one without a value, or one before the fifth colon. */
    boolean isVoid() {
        return glob.unresolved() || hasEarlyVariable();
    }

    /** Whether it matches a resource; of a set, each. */
    Truth matches(Glob resources) {
        if (text.equals("*")) {
            return Truth.TRUE;
        }
        if (fields.length == FIELDS && !isOpen && hasEarlyVariable()) {
            return Truth.FALSE;
        }
        Truth written = glob.matches(resources, false);
        if (fields.length == FIELDS) {
            return isSaved() && !hasEarlyVariable() ? written : written.and(Truth.UNKNOWN);
        }
        Truth completed = glob.with(FIELDS - fields.length).matches(resources, false);
        if (isOpen) {
            return written == Truth.TRUE ? written : written.or(completed).and(Truth.UNKNOWN);
        }
        if (!isSaved() || hasVariables) {
            Truth filled = emptyFieldsFilled().matches(resources, false);
            return written.or(completed).or(filled).and(Truth.UNKNOWN);
        }
        // Which of the two rules comes first is not documented: the * that ends a segment, or the missing fields.
        return runsOn() && written != completed ? Truth.UNKNOWN : completed;
    }

    /**
     * The same for sets in parts: what it matches for certain, and what at most.
     *
     * @param least patterns that match all of what is matched for certain, which is nothing without any
     * @param most patterns of which one matches whatever may be matched
     */
    record Bounds(List<List<Element>> least, List<List<Element>> most) {

        private static Bounds of(Glob glob) {
            return new Bounds(glob.least().stream().toList(), List.of(glob.most()));
        }
    }

    /** As {@link #matches}, for all resources at the same time. */
    Bounds bounds() {
        if (text.equals("*")) {
            return Bounds.of(Glob.pattern(text, true, false, RequestContext.closed()));
        }
        boolean complete = fields.length == FIELDS;
        if (glob.unresolved() || (complete && !isOpen && hasEarlyVariable())) {
            return new Bounds(List.of(), List.of());
        }
        if (complete) {
            return isSaved() && !hasEarlyVariable() ? Bounds.of(glob) : new Bounds(List.of(), List.of(glob.most()));
        }
        Glob completed = glob.with(FIELDS - fields.length);
        List<Element> written = glob.most();
        if (isOpen) {
            return new Bounds(List.of(), List.of(written, completed.most()));
        }
        if (!isSaved() || hasVariables) {
            return new Bounds(
                    List.of(),
                    List.of(written, completed.most(), emptyFieldsFilled().most()));
        }
        return runsOn()
                ? new Bounds(
                        Stream.of(glob, completed)
                                .flatMap(one -> one.least().stream())
                                .toList(),
                        List.of(written, completed.most()))
                : Bounds.of(completed);
    }

    private boolean hasEarlyVariable() {
        return hasVariables && Arrays.stream(fields).limit(FIELDS - 1).anyMatch(field -> field.contains("$"));
    }

    /** Whether IAM takes it in a policy: with prefix, partition, service and a last field. */
    private boolean isSaved() {
        return fields.length > 2
                && fields[0].equals("arn")
                && WHOLE_PARTITION.matcher(fields[1]).matches()
                && SERVICE.matcher(fields[2]).matches()
                && !fields[fields.length - 1].isEmpty();
    }

    /** Whether a {@code *} before the missing fields ends its segment. */
    private boolean runsOn() {
        return Arrays.stream(fields).anyMatch(field -> field.endsWith("*"));
    }

    /** Read as if the empty fields at its end were missing ones. */
    private Glob emptyFieldsFilled() {
        String stripped = text.replaceFirst(":+$", "");
        int given = Glob.masked(stripped, variables).split(":", FIELDS).length;
        return Glob.arn(stripped, variables, context).with(FIELDS - given);
    }
}
