package dev.eksplatform.iam.document;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.internal.yaml.MappingFactory;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A policy document as in IAM, or the JSON or YAML file that contains one, relative to the environment file. {@code Version}
 * is optional: it defaults to {@code 2012-10-17}.
 */
public final class InlinePolicy {

    private final LocatedJson source;
    private final boolean literal;
    private final PolicyDocument policy;
    private final List<Problem> departures;

    private InlinePolicy(LocatedJson source, boolean literal) {
        this.source = source;
        this.literal = literal;
        Problems problems = new Problems();
        PolicyDocument read = new PolicyReader(problems).policy(source);
        this.policy = PolicyDocument.isOld(source)
                ? OldVersion.current(read, literal)
                : new PolicyDocument(PolicyDocument.CURRENT_VERSION, read.id(), read.statements());
        this.departures = problems.found();
    }

    /**
     * A document of a file, in which nothing is filled in later. Problems are left to {@link #findings}.
     *
     * @param tree the document
     * @return the document
     */
    @API(status = API.Status.INTERNAL)
    @MappingFactory(file = true, schema = "inline-policy.schema.json")
    public static InlinePolicy read(LocatedJson tree) {
        return new InlinePolicy(tree, true);
    }

    /**
     * A document of a program. Its texts may hold Terraform references and CDKTF tokens.
     *
     * @param document maps, lists and texts, as in IAM
     * @return the document
     * @throws dev.eksplatform.problem.InvalidInputException with everything that IAM refuses in a policy of an identity, each
     *     at its property, such as {@code Statement[0].Action}; whether actions exist is checked by {@link #findings}
     */
    public static InlinePolicy of(Map<String, ?> document) {
        InlinePolicy read = new InlinePolicy(LocatedJson.of(document), false);
        Problems problems = new Problems();
        read.check(null, null).errors().forEach(problems::add);
        problems.throwIfAny();
        return read;
    }

    /**
     * The policy, of what could be read.
     *
     * @return the policy
     */
    public PolicyDocument policy() {
        return policy;
    }

    /**
     * Where it is written.
     *
     * @return a place in a file; {@link Place.InSpec#UNKNOWN} for a document of a program
     */
    public Place place() {
        return source.place();
    }

    /**
     * Checks the document: the grammar, the elements of an identity's policy, the form of actions, ARNs, conditions and
     * variables, and whether each action exists.
     *
     * @param partition the partition of the account, {@code null} when it is not known
     * @param unlisted actions that are newer than the table of actions; they are not looked up
     * @return what is wrong, each at its place
     */
    public PolicyFindings findings(@Nullable Partition partition, Collection<String> unlisted) {
        return check(partition, unlisted);
    }

    private PolicyFindings check(@Nullable Partition partition, @Nullable Collection<String> unlisted) {
        Problems errors = new Problems();
        departures.forEach(errors::add);
        Problems warnings = new Problems();
        OldVersion.warn(source, warnings);
        new ContentCheck(PolicyUse.MANAGED, literal, partition, unlisted, errors, warnings).check(source);
        return new PolicyFindings(errors.found(), warnings.found());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InlinePolicy document && policy.equals(document.policy);
    }

    @Override
    public int hashCode() {
        return policy.hashCode();
    }

    /** The policy as compact JSON. */
    @Override
    public String toString() {
        return policy.toJson();
    }
}
