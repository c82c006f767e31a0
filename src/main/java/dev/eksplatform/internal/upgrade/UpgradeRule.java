package dev.eksplatform.internal.upgrade;

import dev.eksplatform.environment.UpgradeBlocker;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.guardrail.Verdict;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.SourcePosition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rules that {@code check --for} evaluates, one for each kind of blocker, as findings show them. */
final class UpgradeRule {

    private static final String AREA = "upgrade";

    private UpgradeRule() {}

    /**
     * A violated rule.
     *
     * @param kind the rule
     * @param problem what was found
     * @param stack the stack that it concerns
     * @param address the resource or property
     * @param source the line; empty when it is that of the resource
     */
    static Finding finding(
            UpgradeBlocker.Kind kind, Problem problem, String stack, String address, Optional<SourcePosition> source) {
        return new Finding(
                AREA + "-" + kind.name().toLowerCase(Locale.ROOT),
                AREA,
                severity(kind),
                Verdict.FAIL,
                title(kind),
                "",
                problem.found()
                        + problem.allowed()
                                .map(allowed -> "; allowed: " + allowed)
                                .orElse(""),
                problem.fix(),
                List.of(),
                stack,
                address,
                false,
                Optional.empty(),
                source);
    }

    private static Severity severity(UpgradeBlocker.Kind kind) {
        return kind.blocks() ? Severity.HIGH : kind == UpgradeBlocker.Kind.STEP ? Severity.INFO : Severity.LOW;
    }

    private static String title(UpgradeBlocker.Kind kind) {
        return switch (kind) {
            case MANIFEST -> "Manifests use kinds, fields and values that the Kubernetes version has";
            case VALUES -> "Values of charts use kinds that the Kubernetes version has";
            case NODES -> "Node groups are at most three minor versions behind the control plane, and never ahead";
            case ADDON -> "Pinned EKS add-ons support the Kubernetes version";
            case CHART -> "Helm charts support the Kubernetes version";
            case SETTING -> "The environment file is valid for the Kubernetes version";
            case DEPRECATED -> "No API is used that the next Kubernetes version removes";
            case SUPPORT -> "The Kubernetes version is in standard support for more than 60 days";
            case STEP -> "Kubernetes is upgraded one minor version at a time";
        };
    }
}
