package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.guardrail.Consequences;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.AccessChange;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.ChangeGroup;
import dev.eksplatform.internal.review.ConstructName;
import dev.eksplatform.internal.review.Counts;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.internal.review.Outcome;
import dev.eksplatform.internal.review.PlatformGraph;
import dev.eksplatform.internal.review.PortChange;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import dev.eksplatform.internal.review.StackReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reviews a change. */
public final class Reviewer {

    /** More differences of one resource are only counted. */
    private static final int MOST_DIFFERENCES = 60;

    private final Secrets secrets;
    private final List<Finding> findings;
    private final List<StackReport> stacks = new ArrayList<>();
    private final List<Risk> risks = new ArrayList<>();
    private final List<AccessChange> access = new ArrayList<>();
    private final List<PortChange> ports = new ArrayList<>();
    private final List<Drift> drifts = new ArrayList<>();
    private final List<ChangeGroup> groups = new ArrayList<>();

    private Reviewer(Secrets secrets, List<Finding> findings) {
        this.secrets = secrets;
        this.findings = findings;
    }

    /**
     * Reviews a change.
     *
     * @param stacks the stacks, in the order of deployment
     * @param findings the findings of guardrails in them
     * @return the review
     */
    public static Review review(List<StackEvidence> stacks, List<Finding> findings) {
        Secrets secrets = StackEvidence.secrets(stacks);
        Reviewer reviewer = new Reviewer(secrets, findings);
        stacks.forEach(reviewer::add);
        Review masked = MaskedReview.of(reviewer.result(stacks), stacks, secrets);
        boolean providersChange = stacks.stream()
                .flatMap(stack -> stack.providerVersions().stream())
                .anyMatch(StackEvidence.ProviderVersion::changes);
        return masked.withHeadline(Headline.of(masked, providersChange));
    }

    private Review result(List<StackEvidence> evidence) {
        Counts counts = stacks.stream().map(StackReport::counts).reduce(Counts.NONE, Counts::plus);
        risks.sort(Comparator.comparing(Risk::severity)
                .thenComparing(risk -> risk.follows() != null)
                .thenComparing(risk -> risk.action() == Action.UPDATE && risk.effect() == Change.Effect.USUAL));
        List<PlacedFinding> placed = PlacedFinding.of(evidence, findings);
        boolean changes =
                counts.any() && groups.stream().anyMatch(group -> !group.part().equals(ChangeGroup.OUTPUTS));
        return new Review(
                "",
                counts,
                stacks,
                risks,
                placed,
                access,
                ports,
                drifts,
                groups,
                changes ? PlatformGraph.of(evidence, PlatformPart::of) : PlatformGraph.EMPTY,
                evidence.stream()
                        .flatMap(stack -> constructs(stack, placed).stream())
                        .toList());
    }

    /** The names of the resources of a stack that the review mentions. */
    private List<ConstructName> constructs(StackEvidence stack, List<PlacedFinding> placed) {
        Set<String> addresses = Stream.of(
                        groups.stream()
                                .filter(group -> group.stack().equals(stack.name()))
                                .flatMap(group -> group.changes().stream())
                                .map(Change::address),
                        placed.stream()
                                .map(PlacedFinding::finding)
                                .filter(finding -> finding.stack().equals(stack.name()))
                                .map(Finding::address),
                        drifts.stream()
                                .filter(drift -> drift.stack().equals(stack.name()))
                                .map(Drift::address))
                .flatMap(all -> all)
                .collect(Collectors.toCollection(TreeSet::new));
        ResourceNames names = new ResourceNames(stack);
        List<ConstructName> constructs = new ArrayList<>();
        addresses.forEach(address -> names.construct(address)
                .ifPresent(name -> constructs.add(new ConstructName(
                        stack.name(),
                        address,
                        stack.at(address).map(ResourceChange::type).orElse(""),
                        name))));
        return constructs;
    }

    private void add(StackEvidence stack) {
        ResourceNames names = new ResourceNames(stack);
        OpenFindings open = OpenFindings.of(stack.name(), findings);
        List<Drift> found = new DriftDetector(stack, secrets).drifts();
        drifts.addAll(found);
        Set<String> undone = found.stream()
                .filter(drift -> drift.undone() && !drift.deleted())
                .map(Drift::address)
                .collect(Collectors.toSet());
        NetworkPaths paths = new NetworkPaths(stack, names);
        Counts counts = Counts.NONE;
        Map<String, List<Change>> byPart = new LinkedHashMap<>();
        for (ResourceChange change : stack.changes()) {
            if (undone.contains(change.address())) {
                counts = counts.plus(Counts.of(Outcome.UNDONE));
            } else if (change.mode() == ResourceMode.MANAGED) {
                Outcome outcome = Outcome.of(change);
                counts = counts.plus(Counts.of(outcome));
                if (outcome != Outcome.UNCHANGED) {
                    Change described = change(stack, change, byPart);
                    paths.consequence(change)
                            .or(() -> Consequences.table().of(change, attribute -> differs(described, attribute)))
                            .ifPresent(consequence -> add(
                                    stack,
                                    described,
                                    consequence,
                                    cause(stack, change).orElse(null),
                                    open));
                }
            }
        }
        for (ResourceChange change : stack.deposed()) {
            counts = counts.plus(Counts.of(Outcome.of(change)));
            if (change.action().changes()) {
                add(stack, change(stack, change, byPart), Consequences.table().deposed(), null, open);
            }
        }
        outputs(stack, byPart);
        byPart.forEach((part, changes) -> {
            changes.sort(Comparator.comparing((Change change) -> rank(change.action())));
            groups.add(new ChangeGroup(stack.name(), part, changes));
        });
        access.addAll(AccessChanges.of(stack, names, open));
        ports.addAll(PortChanges.of(stack, names, open));
        stacks.add(new StackReport(
                stack.name(),
                stack.plan().isPresent(),
                stack.errored(),
                counts,
                Warnings.of(stack, names, secrets),
                null));
    }

    private static boolean differs(Change change, String attribute) {
        return change.differences().stream().anyMatch(difference -> difference.isWithin(attribute));
    }

    private void add(
            StackEvidence stack, Change change, Consequence consequence, @Nullable String cause, OpenFindings open) {
        risks.add(Risk.of(stack.name(), change, consequence, cause, open.at(change.address(), consequence.rules())));
    }

    private static int rank(Action action) {
        if (action.destroys()) {
            return action.replaces() ? 0 : 1;
        }
        return switch (action) {
            case FORGET, REPLACE_FORGET_OLD -> 2;
            case UPDATE -> 3;
            case CREATE -> 4;
            default -> 5;
        };
    }

    private Change change(StackEvidence stack, ResourceChange change, Map<String, List<Change>> byPart) {
        List<Difference> differences = change.action() == Action.DELETE || change.action() == Action.FORGET
                ? List.of()
                : Differences.of(stack, change, secrets);
        int shown = Math.min(differences.size(), MOST_DIFFERENCES);
        ChangeNote note = ChangeNote.of(change, differences);
        Change described = new Change(
                change.address(),
                change.type(),
                DisplayName.of(change),
                change.action(),
                note.effect(),
                change.previousAddress().orElse(null),
                change.importing().orElse(null),
                stack.constructPath(change.address()).orElse(null),
                stack.position(change.address()).orElse(null),
                List.copyOf(differences.subList(0, shown)),
                differences.size() - shown,
                note.text());
        byPart.computeIfAbsent(PlatformPart.of(stack, change), part -> new ArrayList<>())
                .add(described);
        return described;
    }

    /** The replaced resource that every forcing attribute comes from: the cause of this replacement. */
    private static Optional<String> cause(StackEvidence stack, ResourceChange change) {
        Optional<String> first = Optional.empty();
        for (List<String> path : change.replacePaths()) {
            Optional<String> cause = path.isEmpty()
                    ? Optional.empty()
                    : stack.references(change.block(), path.get(0)).stream()
                            .filter(block -> stack.instances(block).stream()
                                    .anyMatch(instance -> instance.action().replaces()))
                            .findFirst();
            if (cause.isEmpty()) {
                return cause;
            }
            first = first.or(() -> cause);
        }
        return first;
    }

    private void outputs(StackEvidence stack, Map<String, List<Change>> byPart) {
        stack.plan().stream()
                .flatMap(plan -> plan.outputChanges().stream())
                .filter(output -> output.action().changes())
                .forEach(output -> byPart.computeIfAbsent(ChangeGroup.OUTPUTS, part -> new ArrayList<>())
                        .add(new Change(
                                "output." + output.name(),
                                "output",
                                "",
                                output.action(),
                                Change.Effect.USUAL,
                                null,
                                null,
                                null,
                                null,
                                Differences.of(output, secrets),
                                0,
                                "")));
    }
}
