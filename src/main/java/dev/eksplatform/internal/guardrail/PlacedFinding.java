package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.plan.Masking;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.Sources;
import dev.eksplatform.internal.plan.SynthesizedStack;
import dev.eksplatform.internal.review.Position;
import dev.eksplatform.internal.review.StackInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a guardrail found, and where to mend it.
 *
 * @param finding what was found
 * @param position where it comes from; {@code null} when that is not known
 */
public record PlacedFinding(Finding finding, @Nullable Position position) {

    private static final Comparator<PlacedFinding> ORDER = Comparator.comparing(PlacedFinding::severity)
            .thenComparing(PlacedFinding::stack)
            .thenComparing(PlacedFinding::address)
            .thenComparing(PlacedFinding::rule)
            .thenComparing(PlacedFinding::message);

    /**
     * Looks up where findings come from.
     *
     * @param findings what was found
     * @param stacks the stacks it was found in
     * @return worst first, with secrets of the stacks masked in every text
     */
    public static List<PlacedFinding> in(List<StackInput> stacks, List<Finding> findings) {
        Masking masking = new Masking(secrets(stacks));
        return of(stacks, findings).stream().map(masking::masked).toList();
    }

    public static List<PlacedFinding> of(List<StackInput> stacks, List<Finding> findings) {
        Map<String, Sources> sources = new HashMap<>();
        stacks.forEach(stack -> sources.put(stack.name(), stack.sources()));
        return findings.stream()
                .map(finding -> new PlacedFinding(finding, position(finding, sources)))
                .sorted(ORDER)
                .toList();
    }

    /** A finding about a waiver has the waiver's place as its address. */
    private static @Nullable Position position(Finding finding, Map<String, Sources> sources) {
        return finding.stack().isEmpty()
                ? Position.parse(finding.address()).orElse(null)
                : sources.getOrDefault(finding.stack(), Sources.NONE)
                        .ofResource(finding.address())
                        .orElse(null);
    }

    public static Secrets secrets(List<StackInput> stacks) {
        List<Secrets> all = new ArrayList<>();
        for (StackInput stack : stacks) {
            Stream.of(
                            Optional.ofNullable(stack.plan()).map(plan -> plan.secrets()),
                            Optional.ofNullable(stack.head()).map(SynthesizedStack::secrets),
                            Optional.ofNullable(stack.base()).map(SynthesizedStack::secrets))
                    .flatMap(Optional::stream)
                    .forEach(all::add);
        }
        return Secrets.of(all);
    }

    /**
     * The rule's id.
     *
     * @return such as {@code endpoint-not-open-to-world}
     */
    public String rule() {
        return finding.rule();
    }

    /**
     * How bad it is.
     *
     * @return the rule's severity
     */
    public Severity severity() {
        return finding.severity();
    }

    /**
     * The stack it was found in.
     *
     * @return empty when it is about a waiver
     */
    public String stack() {
        return finding.stack();
    }

    /**
     * The resource's address in that stack.
     *
     * @return for a waiver its place in its file
     */
    public String address() {
        return finding.address();
    }

    /**
     * What a reader has to know besides the rule's title.
     *
     * @return why it matters; why it cannot be decided; what is wrong with a waiver
     */
    public String message() {
        return finding.message();
    }

    /**
     * Says whether it cannot be decided before apply.
     *
     * @return true when it depends on something unknown
     */
    public boolean undecided() {
        return finding.verdict() == Verdict.UNKNOWN;
    }

    /**
     * Says whether it is accepted for now.
     *
     * @return true when there is a waiver
     */
    public boolean waived() {
        return finding.isWaived();
    }

    /**
     * Says whether the rule was violated before the change as well.
     *
     * @return true when the change does not cause the finding
     */
    public boolean untouched() {
        return finding.unchanged();
    }

    /** Whether a rule is broken and nobody has waived it. */
    public boolean isOpen() {
        return !waived() && !undecided();
    }

    /** Who accepted it and why; empty when nobody did. */
    public String waiver() {
        return finding.waiver()
                .map(waiver -> waiver.reason() + " (" + waiver.owner() + ", until " + waiver.expires() + ")")
                .orElse("");
    }
}
