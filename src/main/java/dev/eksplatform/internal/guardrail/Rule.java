package dev.eksplatform.internal.guardrail;

import dev.eksplatform.iam.Wildcards;
import java.util.List;

/**
 * A rule.
 *
 * @param id its name, kebab-case, unique, also the file's name
 * @param area the folder of its file, such as {@code eks}
 * @param title what should be true, one line
 * @param why what goes wrong otherwise
 * @param severity how much it matters
 * @param aliases the ids of the same rule elsewhere (Checkov, Trivy, CIS Amazon EKS Benchmark)
 * @param types the Terraform resource types it applies to, with {@code *} and {@code ?}
 * @param when whether it applies to configuration or to changes
 * @param expression the CEL expression, true when the rule holds
 * @param fix what to do
 * @param cases the rule's own tests
 * @param source its file
 */
public record Rule(
        String id,
        String area,
        String title,
        String why,
        Severity severity,
        List<String> aliases,
        List<String> types,
        When when,
        RuleExpression expression,
        String fix,
        List<RuleCase> cases,
        String source) {

    /** What a rule applies to. */
    public enum When {
        /** The resource after the change, as written or as planned; not to resources that are deleted. */
        CONFIGURATION,
        /** A change of the resource; not when there is none, or it is not known. */
        CHANGE
    }

    boolean looksAt(String type) {
        return types.stream().anyMatch(pattern -> Wildcards.match(pattern, type));
    }

    /** Copies the lists. */
    public Rule {
        aliases = List.copyOf(aliases);
        types = List.copyOf(types);
        cases = List.copyOf(cases);
    }
}
