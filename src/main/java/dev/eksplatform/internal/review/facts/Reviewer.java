package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.guardrail.ActionEffects;
import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.guardrail.Consequences;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.Check;
import dev.eksplatform.internal.plan.IngressClasses;
import dev.eksplatform.internal.plan.ObjectChanges;
import dev.eksplatform.internal.plan.OutputChange;
import dev.eksplatform.internal.plan.Plan;
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
import dev.eksplatform.internal.review.PlatformPicture;
import dev.eksplatform.internal.review.PortChange;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import dev.eksplatform.internal.review.StackReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reviews a change. */
public final class Reviewer {

    /** More differences of one resource are only counted. */
    private static final int MOST_DIFFERENCES = 60;

    private final Secrets secrets;
    private final List<StackEvidence> evidence;
    private final List<Finding> findings;
    private final OwnAccounts accounts;
    private final IngressClasses classesBefore;
    private final IngressClasses classesAfter;
    private final List<StackReport> stacks = new ArrayList<>();
    private final List<Risk> risks = new ArrayList<>();
    private final List<AccessChange> access = new ArrayList<>();
    private final List<PortChange> ports = new ArrayList<>();
    private final List<Drift> drifts = new ArrayList<>();
    private final List<ChangeGroup> groups = new ArrayList<>();
    private final Map<ResourceChange, List<Difference>> differencesOf = new IdentityHashMap<>();

    private Reviewer(Secrets secrets, List<StackEvidence> evidence, List<Finding> findings, OwnAccounts accounts) {
        this.secrets = secrets;
        this.evidence = evidence;
        this.findings = findings;
        this.accounts = accounts;
        this.classesBefore = IngressClasses.of(evidence, false);
        this.classesAfter = IngressClasses.of(evidence, true);
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
        Reviewer reviewer = new Reviewer(secrets, stacks, findings, OwnAccounts.of(stacks));
        CompletableFuture<List<PlacedFinding>> placed =
                CompletableFuture.supplyAsync(() -> PlacedFinding.of(stacks, findings));
        CompletableFuture<PlatformPicture> picture = CompletableFuture.supplyAsync(() -> PictureBuilder.of(stacks));
        stacks.forEach(reviewer::add);
        Review masked = MaskedReview.of(reviewer.result(placed.join(), picture.join()), stacks, secrets);
        boolean providersChange = stacks.stream()
                .flatMap(stack -> stack.providerVersions().stream())
                .anyMatch(StackEvidence.ProviderVersion::changes);
        return masked.withHeadline(Headline.of(masked, providersChange));
    }

    private Review result(List<PlacedFinding> placed, PlatformPicture picture) {
        Counts counts = stacks.stream().map(StackReport::counts).reduce(Counts.NONE, Counts::plus);
        risks.sort(Comparator.comparing(Risk::severity)
                .thenComparing(risk -> risk.follows() != null)
                .thenComparing(risk -> risk.action() == Action.UPDATE && risk.effect() == Change.Effect.USUAL));
        access.sort(AccessChanges.ORDER);
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
                changes ? picture : PlatformPicture.EMPTY,
                evidence.stream()
                        .flatMap(stack -> constructs(stack, placed).stream())
                        .toList(),
                null);
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
        CompletableFuture<List<AccessChange>> changesOfAccess =
                CompletableFuture.supplyAsync(() -> AccessChanges.of(stack, names, open, accounts));
        LoadBalancers balancers = new LoadBalancers(names, classesBefore, classesAfter);
        CompletableFuture<List<PortChange>> changesOfPorts =
                CompletableFuture.supplyAsync(() -> PortChanges.of(stack, names, balancers, open));
        CompletableFuture<ChangeRisks> risksOfChanges =
                changesOfPorts.thenApplyAsync(opened -> new ChangeRisks(stack, names, evidence, balancers, opened));
        compare(stack);
        DriftDetector detector = new DriftDetector(stack, secrets);
        List<Drift> found = detector.drifts();
        drifts.addAll(found);
        Set<String> undone = found.stream()
                .filter(drift -> drift.fate() == Drift.Fate.REVERTED && !drift.deleted())
                .map(Drift::address)
                .filter(address -> detector.onlyReverts(address))
                .collect(Collectors.toSet());
        List<PortChange> opened = changesOfPorts.join();
        ChangeRisks consequences = risksOfChanges.join();
        Counts counts = Counts.NONE;
        Map<String, List<Change>> byPart = new LinkedHashMap<>();
        List<Map.Entry<ResourceChange, Change>> changed = new ArrayList<>();
        for (ResourceChange change : stack.changes()) {
            boolean changesBack = undone.contains(change.address());
            if (change.mode() == ResourceMode.MANAGED) {
                counts = changesBack ? counts.plus(Counts.of(Outcome.UNDONE)) : counts.plus(Outcome.all(change));
                if (Outcome.of(change) != Outcome.UNCHANGED) {
                    // what is changed back is among the drift; its consequences are those of any change
                    Change described = change(stack, change, changesBack ? new HashMap<>() : byPart);
                    changed.add(Map.entry(change, described));
                }
            } else if (change.action().reads()) {
                counts = counts.plus(Counts.of(Outcome.READ));
                change(stack, change, byPart);
            }
        }
        changed.parallelStream()
                .map(each -> risks(stack, each.getKey(), each.getValue(), consequences, open))
                .toList()
                .forEach(risks::addAll);
        for (ResourceChange change : stack.deposed()) {
            counts = counts.plus(Counts.of(Outcome.of(change)));
            if (change.action().changes()) {
                Change described = change(stack, change, byPart);
                Consequences.table()
                        .ofDeposed(change)
                        .forEach(consequence -> risks.add(risk(stack, described, consequence, null, open)));
            }
        }
        int invoked = invocations(stack, byPart, open);
        counts = invoked == 0 ? counts : counts.plus(new Counts(Map.of(Outcome.INVOKED, invoked)));
        outputs(stack, byPart);
        byPart.forEach((part, changes) -> {
            changes.sort(Comparator.comparing((Change change) -> rank(change.action())));
            groups.add(new ChangeGroup(stack.name(), part, changes));
        });
        access.addAll(changesOfAccess.join());
        ports.addAll(opened);
        boolean nothingToApply = !counts.any() && !byPart.containsKey(ChangeGroup.OUTPUTS);
        boolean applyable = nothingToApply || stack.plan().map(Plan::applyable).orElse(true);
        stacks.add(new StackReport(
                stack.name(),
                stack.plan().isPresent(),
                stack.errored(),
                applyable && !stack.errored(),
                Warnings.isComplete(stack),
                stack.plan().stream()
                        .flatMap(plan -> plan.checks().stream())
                        .filter(Check::failed)
                        .map(check -> check.masked(secrets))
                        .toList(),
                counts,
                Warnings.of(stack, names, applyable, secrets),
                null));
    }

    /** The risks of a change; those of a list of objects one by one. */
    private static List<Risk> risks(
            StackEvidence stack, ResourceChange change, Change described, ChangeRisks consequences, OpenFindings open) {
        String cause = cause(stack, change).orElse(null);
        return ObjectChanges.of(change).stream()
                .flatMap(object -> {
                    Change one = object == change ? described : described.of(DisplayName.of(object), object.action());
                    return consequences.of(object, one).stream()
                            .map(consequence -> risk(stack, one, consequence, cause, open));
                })
                .toList();
    }

    private static Risk risk(
            StackEvidence stack, Change change, Consequence consequence, @Nullable String cause, OpenFindings open) {
        return Risk.of(stack.name(), change, consequence, cause, open.at(change.address(), consequence.rules()));
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

    /** By far the most work of a review, for each change by itself. */
    private void compare(StackEvidence stack) {
        List<ResourceChange> compared = Stream.concat(stack.changes().stream(), stack.deposed().stream())
                .filter(change -> change.action() != Action.DELETE
                        && change.action() != Action.FORGET
                        && !change.action().reads())
                .toList();
        List<List<Difference>> found = compared.parallelStream()
                .map(change -> Differences.of(stack, change, secrets))
                .toList();
        for (int i = 0; i < found.size(); i++) {
            differencesOf.put(compared.get(i), found.get(i));
        }
    }

    private Change change(StackEvidence stack, ResourceChange change, Map<String, List<Change>> byPart) {
        List<Difference> differences = differencesOf.getOrDefault(change, List.of());
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
                OverrideNote.addTo(note.text(), change, differences, stack.overrides(change.address())));
        String group = change.action().reads() ? ChangeGroup.READS : PlatformPart.of(stack, change);
        byPart.computeIfAbsent(group, part -> new ArrayList<>()).add(described);
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

    /** The actions that this plan invokes; what it leaves for a later plan is among the warnings. */
    private int invocations(StackEvidence stack, Map<String, List<Change>> byPart, OpenFindings open) {
        List<Change> invoked = stack.plan().stream()
                .flatMap(plan -> plan.actionInvocations().stream())
                .filter(action -> action.deferred().isEmpty())
                .map(action -> new Change(
                        action.address(),
                        action.type(),
                        "",
                        Action.INVOKE,
                        Change.Effect.USUAL,
                        null,
                        null,
                        null,
                        null,
                        Differences.of(action, secrets),
                        0,
                        action.trigger()))
                .toList();
        invoked.forEach(change -> risks.add(risk(stack, change, ActionEffects.of(change.type()), null, open)));
        if (!invoked.isEmpty()) {
            byPart.put(ChangeGroup.ACTIONS, new ArrayList<>(invoked));
        }
        return invoked.size();
    }

    private void outputs(StackEvidence stack, Map<String, List<Change>> byPart) {
        stack.plan().stream()
                .flatMap(plan -> plan.outputChanges().stream())
                .filter(OutputChange::changes)
                .forEach(output -> byPart.computeIfAbsent(ChangeGroup.OUTPUTS, part -> new ArrayList<>())
                        .add(new Change(
                                "output." + output.name(),
                                "output",
                                "",
                                output.action().changes() ? output.action() : Action.UPDATE,
                                Change.Effect.USUAL,
                                null,
                                null,
                                null,
                                null,
                                Differences.of(output, secrets),
                                0,
                                SensitivityChanges.of(output.value()))));
    }
}
