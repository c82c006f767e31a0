package dev.eksplatform.internal.guardrail;

import dev.eksplatform.iam.Wildcards;
import java.util.List;

/**
 * A rule as written in its file {@code policies/guardrails/<area>/<id>.yaml}.
 *
 * @param id its name, kebab-case, unique, also the file's name
 * @param area the folder it lies in, such as {@code eks}
 * @param title what should be true, one line
 * @param why what goes wrong otherwise
 * @param severity how much it matters
 * @param aliases the ids of the same rule elsewhere (Checkov, Trivy, CIS Amazon EKS Benchmark)
 * @param types the Terraform resource types it looks at; with {@code *} for several at once
 * @param when whether it looks at configuration or at changes
 * @param expression the CEL expression, true when the rule holds
 * @param fix what to do
 * @param cases the rule's own tests
 * @param source the file it came from, for errors
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

    /** What of a resource a rule looks at. */
    public enum When {
        /** The resource as it will be: what is written, or what is planned. Resources to be deleted are not looked at. */
        CONFIGURATION,
        /** What happens to the resource; when that is not known, or nothing changes, the rule is silent. */
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
