package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.eksplatform.internal.plan.Masking;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.problem.SourcePosition;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A finding with the line to fix.
 *
 * @param finding the finding
 * @param position the line; {@code null} when it is not known
 */
@JsonSerialize(using = FindingInJson.class)
public record PlacedFinding(Finding finding, @Nullable SourcePosition position) {

    private static final Comparator<PlacedFinding> ORDER = Comparator.comparing(
            PlacedFinding::finding,
            Comparator.comparing(Finding::severity)
                    .thenComparing(Finding::stack)
                    .thenComparing(Finding::address)
                    .thenComparing(Finding::rule)
                    .thenComparing(Finding::message));

    /**
     * Looks up the lines of findings.
     *
     * @param stacks the stacks that were evaluated
     * @param findings their findings
     * @return worst first, with the secrets of the stacks masked in every text
     */
    public static List<PlacedFinding> of(List<StackEvidence> stacks, List<Finding> findings) {
        Masking masking = new Masking(StackEvidence.secrets(stacks)
                .distinctive(
                        texts(findings, Finding::rule, finding -> ResourceChange.type(finding.address())),
                        texts(findings, Finding::stack, Finding::address)));
        return findings.stream()
                .map(finding -> new PlacedFinding(finding, position(finding, stacks)))
                .sorted(ORDER)
                .map(masking::masked)
                .toList();
    }

    @SafeVarargs
    private static Set<String> texts(List<Finding> findings, Function<Finding, String>... texts) {
        return findings.stream()
                .flatMap(finding -> Stream.of(texts).map(text -> text.apply(finding)))
                .collect(Collectors.toSet());
    }

    private static @Nullable SourcePosition position(Finding finding, List<StackEvidence> stacks) {
        return finding.source()
                .or(() -> stacks.stream()
                        .filter(stack -> stack.name().equals(finding.stack()))
                        .findFirst()
                        .flatMap(stack -> stack.position(finding.address())))
                .orElse(null);
    }
}
