package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.guardrail.Finding;
import java.util.List;

/** The open findings of a stack, which a risk, an access change or a port change may report already. */
record OpenFindings(List<Finding> findings) {

    static OpenFindings of(String stack, List<Finding> findings) {
        return new OpenFindings(findings.stream()
                .filter(finding -> finding.stack().equals(stack) && finding.isOpen())
                .toList());
    }

    List<Finding> at(String address, List<String> rules) {
        return findings.stream()
                .filter(finding -> finding.address().equals(address) && rules.contains(finding.rule()))
                .toList();
    }

    List<String> rulesAt(String address, List<String> rules) {
        return at(address, rules).stream().map(Finding::rule).toList();
    }
}
