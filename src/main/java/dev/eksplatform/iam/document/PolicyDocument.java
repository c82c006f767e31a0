package dev.eksplatform.iam.document;

import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A policy document of IAM: an identity policy, a trust policy or a resource policy.
 *
 * <p>Texts in it may hold Terraform expressions and CDKTF tokens (<code>${aws_x.y.arn}</code>), whose values are not known
 * yet, and IAM policy variables (<code>${aws:username}</code>). The two differ in their form; only
 * {@link #toTerraformJson()} gives a text in which Terraform evaluates the expressions and keeps the variables.
 *
 * <pre>{@code
 * PolicyDocument policy = PolicyDocument.of(Statement.allow("s3:GetObject").on("arn:aws:s3:::reports/*"));
 * String json = policy.toJson();
 * }</pre>
 *
 * @param version {@code 2012-10-17}, or {@code 2008-10-17}, in which policy variables are plain text
 * @param id the document's identifier, {@code null} for none
 * @param statements the statements, in the order of the document
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar</a>
 */
public record PolicyDocument(String version, @Nullable String id, List<Statement> statements) {

    /** The version of the policy language to write. */
    public static final String CURRENT_VERSION = "2012-10-17";

    /** The version that a document without one has. */
    static final String OLD_VERSION = "2008-10-17";

    static final List<String> VERSIONS = List.of(CURRENT_VERSION, OLD_VERSION);

    /** Keeps a copy of the statements. */
    public PolicyDocument {
        Objects.requireNonNull(version, "version");
        statements = List.copyOf(statements);
    }

    /**
     * A policy of the current version.
     *
     * @param statements its statements
     * @return the policy
     */
    public static PolicyDocument of(Statement... statements) {
        return new PolicyDocument(CURRENT_VERSION, null, List.of(statements));
    }

    /**
     * Reads a document.
     *
     * @param source what the document is called in errors, such as a file's name
     * @param json the document
     * @return the policy
     * @throws InvalidInputException with every departure from the grammar, each at {@code source:line:column property}
     */
    public static PolicyDocument parse(String source, String json) {
        Problems problems = new Problems();
        PolicyDocument policy = new PolicyReader(problems).policy(LocatedJson.read(source, json));
        problems.throwIfAny();
        return policy;
    }

    /**
     * Reads a document from values, in which texts may hold Terraform expressions.
     *
     * @param values maps, lists, texts, numbers and booleans, as in IAM
     * @param departures collects what departs from the grammar, such as an effect that is a Terraform expression
     * @return the policy without the statements that cannot be read
     */
    @API(status = API.Status.INTERNAL)
    public static PolicyDocument read(@Nullable Object values, Problems departures) {
        return new PolicyReader(departures).policy(LocatedJson.of(values));
    }

    /**
     * The document as compact JSON: elements in the order of the grammar, statements and values in their own order, a
     * single value without brackets. The same policy always gives the same text.
     *
     * @return the document, with any Terraform expression in it as plain text
     */
    public String toJson() {
        return PolicyWriter.json(this);
    }

    /**
     * The document for an attribute of a Terraform resource, such as {@code assume_role_policy}. Differs from
     * {@link #toJson()} in this only: Terraform expressions and CDKTF tokens stay as they are, without JSON escapes inside,
     * so that Terraform evaluates them; everything else that looks like a template ({@code ${aws:username}}, a percent sign
     * before a brace) is escaped by doubling its first character, so that Terraform hands it on unchanged. A text filled in
     * by Terraform must not hold quotes or backslashes; ARNs, names and issuers never do.
     *
     * @return the document as a Terraform string template
     */
    public String toTerraformJson() {
        return PolicyWriter.terraformJson(this);
    }

    /**
     * The size that IAM's quotas are about.
     *
     * @return the number of characters of the compact document without white space; of a Terraform expression in it, the
     *     expression's own, as its value is not known
     */
    public int size() {
        return (int) toJson().chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    /**
     * Whether Terraform has yet to evaluate a part of it.
     *
     * @return true when a text holds a Terraform expression or a CDKTF token
     */
    public boolean isOpen() {
        return TerraformTemplate.isOpen(toJson());
    }

    /**
     * Checks the document against the rules of its use: elements, identifiers, size.
     *
     * @param use what it is for
     * @return the problems found, with an element as {@code where}; empty when it is good
     */
    public List<Problem> check(PolicyUse use) {
        return PolicyCheck.check(this, use);
    }

    /**
     * Checks its size against the quota of its use.
     *
     * @param use what it is for
     * @return the problem, when it is too large
     */
    public Optional<Problem> sizeProblem(PolicyUse use) {
        return PolicyCheck.size(this, use);
    }

    /**
     * The policy, checked.
     *
     * @param use what it is for
     * @return this policy
     * @throws InvalidInputException with all problems that {@link #check} finds
     */
    public PolicyDocument checkedFor(PolicyUse use) {
        List<Problem> problems = check(use);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return this;
    }

    /**
     * The name of a statement in a text for people.
     *
     * @param index the statement's place, counted from 0
     * @return such as {@code statement 1 (ListBuckets)}: counted from 1, with the Sid when there is one
     */
    public String nameOf(int index) {
        String sid = statements.get(index).sid();
        return sid == null || sid.isEmpty()
                ? "statement " + (index + 1)
                : "statement " + (index + 1) + " (" + sid + ")";
    }

    /** Whether a document has the old version, in which policy variables are plain text. */
    static boolean isOld(LocatedJson document) {
        return document instanceof LocatedJson.Obj policy
                && policy.get("Version") instanceof LocatedJson.Text version
                && version.value().equals(OLD_VERSION);
    }

    /** The compact document. */
    @Override
    public String toString() {
        return toJson();
    }
}
