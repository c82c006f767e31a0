package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.eksplatform.internal.plan.Masking;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.problem.SourcePosition;
import java.util.Comparator;
import java.util.List;
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
        Masking masking = new Masking(StackEvidence.secrets(stacks));
        return findings.stream()
                .map(finding -> new PlacedFinding(finding, position(finding, stacks)))
                .sorted(ORDER)
                .map(masking::masked)
                .toList();
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
