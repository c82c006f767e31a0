package dev.eksplatform.iam.document;

import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Policies of the version 2008-10-17, in which policy variables are plain text.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html">Version</a>
 */
final class OldVersion {

    private OldVersion() {}

    /**
     * The policy in the current version, with the same meaning.
     *
     * @param literal whether nothing in it is filled in later; else what may be a Terraform expression stays as it is
     */
    static PolicyDocument current(PolicyDocument old, boolean literal) {
        List<Statement> statements = old.statements().stream()
                .map(statement -> current(statement, literal))
                .toList();
        return new PolicyDocument(PolicyDocument.CURRENT_VERSION, old.id(), statements);
    }

    /** Warns where a document has this version, which IAM refuses in managed policies. */
    static void warn(LocatedJson document, Problems warnings) {
        if (PolicyDocument.isOld(document) && document instanceof LocatedJson.Obj policy) {
            warnings.add(
                    policy.members().getOrDefault("Version", policy).place(),
                    "Version " + PolicyDocument.OLD_VERSION
                            + ", which IAM refuses in managed policies: the policy is written with "
                            + PolicyDocument.CURRENT_VERSION + ", and what looks like a policy variable as text",
                    PolicyDocument.CURRENT_VERSION,
                    "write Version: \"" + PolicyDocument.CURRENT_VERSION
                            + "\", and ${$}{ for the characters themselves");
        }
    }

    private static Statement current(Statement statement, boolean literal) {
        Patterns resources = statement.resources();
        return new Statement(
                statement.sid(),
                statement.effect(),
                statement.principals(),
                statement.actions(),
                resources == null ? null : new Patterns(resources.except(), current(resources.values(), literal)),
                statement.conditions().stream()
                        .map(one -> new Condition(one.operator(), one.key(), current(one.values(), literal)))
                        .toList());
    }

    private static List<String> current(List<String> values, boolean literal) {
        return values.stream()
                .map(value -> literal
                        ? escaped(value)
                        : TerraformTemplate.parts(value).stream()
                                .map(part -> part.expression() ? part.text() : escaped(part.text()))
                                .collect(Collectors.joining()))
                .toList();
    }

    private static String escaped(String text) {
        return text.replace("${", "${$}{");
    }
}
