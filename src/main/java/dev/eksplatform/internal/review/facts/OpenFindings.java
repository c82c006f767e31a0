package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.guardrail.Finding;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The open findings of a stack, which a risk, an access change or a port change may report already.
 *
 * @param byAddress the findings by the address of their resource
 */
record OpenFindings(Map<String, List<Finding>> byAddress) {

    static OpenFindings of(String stack, List<Finding> findings) {
        return new OpenFindings(findings.stream()
                .filter(finding -> finding.stack().equals(stack) && finding.isOpen())
                .collect(Collectors.groupingBy(Finding::address)));
    }

    List<Finding> at(String address, List<String> rules) {
        return byAddress.getOrDefault(address, List.of()).stream()
                .filter(finding -> rules.contains(finding.rule()))
                .toList();
    }

    List<String> rulesAt(String address, List<String> rules) {
        return at(address, rules).stream().map(Finding::rule).toList();
    }
}
