package dev.eksplatform.iam.document;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.internal.yaml.MappingFactory;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The policy of a VPC endpoint, or the JSON or YAML file that contains one, relative to the environment file. It limits what
 * may be called through the endpoint, and grants nothing. {@code Version} is optional: it defaults to {@code 2012-10-17}.
 * Source: <a href="https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html">endpoint policies</a>.
 */
public final class EndpointPolicy {

    private final LocatedJson source;
    private final boolean literal;
    private final PolicyDocument policy;
    private final Problems departures = new Problems();

    private EndpointPolicy(LocatedJson source, boolean literal) {
        this.source = source;
        this.literal = literal;
        PolicyDocument read = new PolicyReader(departures).policy(source);
        this.policy = PolicyDocument.isOld(source)
                ? OldVersion.current(read, literal)
                : new PolicyDocument(PolicyDocument.CURRENT_VERSION, read.id(), read.statements());
    }

    /**
     * A document of a file. Problems are left to {@link #findings}.
     *
     * @param tree the document
     * @return the document
     */
    @API(status = API.Status.INTERNAL)
    @MappingFactory(file = true, schema = "endpoint-policy.schema.json")
    public static EndpointPolicy read(LocatedJson tree) {
        return new EndpointPolicy(tree, true);
    }

    /**
     * A document of a program. Its texts may hold Terraform references and CDKTF tokens.
     *
     * @param document maps, lists and texts, as in IAM
     * @return the document
     * @throws dev.eksplatform.problem.InvalidInputException with everything that AWS refuses in it, each at its property
     */
    public static EndpointPolicy of(Map<String, ?> document) {
        EndpointPolicy read = new EndpointPolicy(LocatedJson.of(document), false);
        Problems problems = new Problems();
        read.findings(null).errors().forEach(problems::add);
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
     * Checks the document: the grammar, the elements of an endpoint's policy, its size, and the form of actions, ARNs,
     * conditions and variables.
     *
     * @param partition the partition of the account, {@code null} when it is not known
     * @return what is wrong, each at its place
     */
    public PolicyFindings findings(@Nullable Partition partition) {
        Problems errors = new Problems();
        departures.found().forEach(errors::add);
        Problems warnings = new Problems();
        OldVersion.warn(source, warnings);
        new ContentCheck(PolicyUse.ENDPOINT, literal, partition, null, errors, warnings).check(source);
        policy.sizeProblem(PolicyUse.ENDPOINT).ifPresent(problem -> errors.add(problem.at(source.place())));
        return new PolicyFindings(errors.found(), warnings.found());
    }

    /**
     * Whether the policy lets anybody do something, conditions not considered.
     *
     * @param action the action, such as {@code s3:GetObject}
     * @param resource the ARN of a resource
     * @return true when a statement allows it and none without conditions denies it
     */
    @API(status = API.Status.INTERNAL)
    public boolean mayAllow(String action, String resource) {
        List<Statement> about = policy.statements().stream()
                .filter(statement -> matches(statement.actions(), action.toLowerCase(Locale.ROOT))
                        && matches(statement.resources(), resource))
                .toList();
        return about.stream().anyMatch(statement -> statement.effect() == Effect.ALLOW)
                && about.stream()
                        .noneMatch(statement -> statement.effect() == Effect.DENY
                                && statement.conditions().isEmpty());
    }

    private static boolean matches(@Nullable Patterns patterns, String text) {
        return patterns == null
                || patterns.except()
                        != patterns.values().stream()
                                .anyMatch(pattern -> TerraformTemplate.isOpen(pattern)
                                        || Wildcards.match(pattern, text)
                                        || Wildcards.match(pattern.toLowerCase(Locale.ROOT), text));
    }

    /**
     * The policy as JSON for Terraform.
     *
     * @return compact JSON
     */
    public String toTerraformJson() {
        return policy.toTerraformJson();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EndpointPolicy document && policy.equals(document.policy);
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
