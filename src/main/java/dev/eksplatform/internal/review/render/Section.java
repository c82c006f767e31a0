package dev.eksplatform.internal.review.render;

import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The sections of a review that have a severity; the constants are in the order of sections that are equally severe. */
enum Section {
    RISKS,
    FINDINGS,
    ACCESS,
    PORTS,
    DRIFTS;

    /** The sections of a review, that with the worst first. */
    static List<Section> of(Review review) {
        Map<List<String>, Severity> findings = new HashMap<>();
        review.open().stream()
                .map(PlacedFinding::finding)
                .forEach(finding ->
                        findings.put(List.of(finding.stack(), finding.address(), finding.rule()), finding.severity()));
        Map<Section, Severity> worst = new EnumMap<>(Section.class);
        for (Section section : values()) {
            worst.put(section, section.worst(review, findings));
        }
        return worst.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Severity worst(Review review, Map<List<String>, Severity> findings) {
        Stream<Severity> severities =
                switch (this) {
                    case RISKS -> review.risks().stream().map(Risk::severity);
                    case FINDINGS ->
                        review.unreported().stream().filter(Review::concerns).map(placed -> placed.finding()
                                .severity());
                    case ACCESS ->
                        review.access().stream()
                                .flatMap(change -> Stream.concat(
                                        Stream.of(change.severity()),
                                        reported(findings, change.stack(), change.address(), change.rules())));
                    case PORTS ->
                        review.ports().stream()
                                .flatMap(port -> Stream.concat(
                                        port.opened() && port.inbound() && port.world()
                                                ? Stream.of(Severity.MEDIUM)
                                                : Stream.empty(),
                                        reported(findings, port.stack(), port.address(), port.rules())));
                    case DRIFTS ->
                        review.drifts().stream()
                                .filter(drift -> drift.fate() == Drift.Fate.KEPT)
                                .map(drift -> Severity.MEDIUM);
                };
        return severities.min(Comparator.naturalOrder()).orElse(Severity.INFO);
    }

    private static Stream<Severity> reported(
            Map<List<String>, Severity> findings, String stack, String address, List<String> rules) {
        return rules.stream()
                .flatMap(rule -> Optional.ofNullable(findings.get(List.of(stack, address, rule))).stream());
    }
}
