package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.Check;
import dev.eksplatform.internal.plan.DeferredChange;
import dev.eksplatform.internal.plan.Masking;
import dev.eksplatform.internal.plan.OutputChange;
import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.PredictedChanges;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.plan.Versions;
import dev.eksplatform.internal.review.AccessChange;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.ChangeGroup;
import dev.eksplatform.internal.review.ConstructName;
import dev.eksplatform.internal.review.ConstructNames;
import dev.eksplatform.internal.review.Counts;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.internal.review.PlatformGraph;
import dev.eksplatform.internal.review.PortChange;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import dev.eksplatform.internal.review.StackInput;
import dev.eksplatform.internal.review.StackReport;
import dev.eksplatform.internal.review.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts a review together. */
public final class Reviewer {

    /** More differences of one resource than this are counted only. */
    private static final int MOST_DIFFERENCES = 60;

    private static final String OUTPUTS = "Outputs";

    private final Secrets secrets;
    private final List<StackReport> stacks = new ArrayList<>();
    private final List<Risk> risks = new ArrayList<>();
    private final List<AccessChange> access = new ArrayList<>();
    private final List<PortChange> ports = new ArrayList<>();
    private final List<Drift> drifts = new ArrayList<>();
    private final List<ChangeGroup> groups = new ArrayList<>();
    private boolean outputsChange;

    private Reviewer(Secrets secrets) {
        this.secrets = secrets;
    }

    public static Review review(List<StackInput> inputs, List<Finding> findings) {
        Secrets secrets = PlacedFinding.secrets(inputs);
        List<StackView> views = inputs.stream().map(StackView::new).toList();
        Reviewer reviewer = new Reviewer(secrets);
        views.forEach(reviewer::add);
        Review review = reviewer.result(PlacedFinding.of(inputs, findings), views);
        return new Masking(secrets).masked(review);
    }

    private Review result(List<PlacedFinding> findings, List<StackView> views) {
        Counts counts = stacks.stream().map(StackReport::counts).reduce(Counts.NONE, Counts::plus);
        risks.sort(Comparator.comparing(Risk::severity)
                .thenComparing(risk -> risk.follows() != null)
                .thenComparing(risk -> risk.action().equals(Headline.action(Action.UPDATE))));
        List<ConstructName> constructs = constructs(findings, views);
        String headline = Headline.of(
                stacks.stream().anyMatch(StackReport::errored),
                counts,
                risks,
                access,
                ports,
                drifts,
                outputsChange,
                views.stream().anyMatch(Reviewer::changesProviders),
                isWithoutEffect(counts),
                count(ChangeNote::isRefused),
                count(ChangeNote::isDeposed),
                new ConstructNames(constructs));
        boolean changes =
                counts.any() && groups.stream().anyMatch(group -> !group.part().equals(OUTPUTS));
        return new Review(
                headline,
                counts,
                List.copyOf(stacks),
                List.copyOf(risks),
                findings,
                List.copyOf(access),
                List.copyOf(ports),
                List.copyOf(drifts),
                List.copyOf(groups),
                changes ? PlatformGraphBuilder.of(views) : PlatformGraph.EMPTY,
                constructs);
    }

    /** The names of the resources that the review tells of. */
    private List<ConstructName> constructs(List<PlacedFinding> findings, List<StackView> views) {
        List<ConstructName> names = new ArrayList<>();
        for (StackView stack : views) {
            Set<String> told = new TreeSet<>();
            groups.stream()
                    .filter(group -> group.stack().equals(stack.name()))
                    .flatMap(group -> group.changes().stream())
                    .forEach(change -> told.add(change.address()));
            findings.stream()
                    .filter(finding -> finding.stack().equals(stack.name()))
                    .forEach(finding -> told.add(finding.address()));
            drifts.stream()
                    .filter(drift -> drift.stack().equals(stack.name()))
                    .forEach(drift -> told.add(drift.address()));
            told.forEach(address -> stack.constructName(address)
                    .ifPresent(name -> names.add(new ConstructName(
                            stack.name(),
                            address,
                            stack.at(address).map(ResourceChange::type).orElse(""),
                            name))));
        }
        return names;
    }

    private void add(StackView stack) {
        List<Drift> found = new DriftDetector(stack, secrets).drifts();
        drifts.addAll(found);
        Set<String> undone = new HashSet<>();
        found.stream()
                .filter(drift -> drift.undone() && !drift.deleted())
                .forEach(drift -> undone.add(drift.address()));

        Counts counts = Counts.NONE;
        Map<String, List<Change>> byPart = new LinkedHashMap<>();
        Set<String> replaced = new HashSet<>();
        NetworkPaths paths = new NetworkPaths(stack);
        stack.changes().stream()
                .filter(change -> change.action().replaces())
                .forEach(change -> replaced.add(change.block()));
        for (ResourceChange change : stack.changes()) {
            if (undone.contains(change.address())) {
                counts = counts.plus(Tally.UNDONE);
                continue;
            }
            if (change.mode() == ResourceMode.DATA) {
                continue;
            }
            counts = counts.plus(Tally.of(change));
            boolean shown = change.action().changes()
                    || change.previousAddress().isPresent()
                    || change.importing().isPresent();
            if (shown) {
                Change described = change(stack, change);
                byPart.computeIfAbsent(
                                PlatformPart.of(stack.constructPath(change), change.type()), key -> new ArrayList<>())
                        .add(described);
                risk(stack, change, described, replaced, paths);
            }
        }
        for (ResourceChange change : stack.deposed()) {
            counts = counts.plus(Tally.of(change));
            if (change.action().changes()) {
                Change described = change(stack, change);
                byPart.computeIfAbsent(
                                PlatformPart.of(stack.constructPath(change), change.type()), key -> new ArrayList<>())
                        .add(described);
                add(stack, change, described, Consequence.DEPOSED, null);
            }
        }
        outputs(stack, byPart);
        byPart.forEach((part, changes) -> {
            changes.sort(Comparator.comparing((Change change) -> rank(change.action())));
            groups.add(new ChangeGroup(stack.name(), part, List.copyOf(changes)));
        });
        access.addAll(AccessChanges.of(stack));
        ports.addAll(PortChanges.of(stack));
        stacks.add(new StackReport(
                stack.name(),
                stack.planned(),
                stack.errored(),
                counts,
                warnings(stack),
                stack.input().binding()));
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

    private Change change(StackView stack, ResourceChange change) {
        List<Difference> differences = List.of();
        if (change.action() != Action.DELETE && change.action() != Action.FORGET) {
            differences = new Differences(
                            secrets,
                            change.replacePaths(),
                            stack.expressions(change.block()),
                            attribute -> stack.deferredPolicy(change.block(), attribute))
                    .between(
                            change.type(),
                            new Differences.Side(change.before(), ValueMarks.NONE, change.sensitiveBefore()),
                            new Differences.Side(change.after(), change.unknown(), change.sensitiveAfter()));
        }
        int shown = Math.min(differences.size(), MOST_DIFFERENCES);
        return new Change(
                change.address(),
                change.type(),
                DisplayName.of(change),
                change.action(),
                change.previousAddress().orElse(null),
                change.importing().orElse(null),
                stack.constructPath(change).orElse(null),
                stack.position(change.address()).orElse(null),
                List.copyOf(differences.subList(0, shown)),
                differences.size() - shown,
                ChangeNote.of(change, differences));
    }

    private void risk(
            StackView stack, ResourceChange change, Change described, Set<String> replaced, NetworkPaths paths) {
        Optional<Consequence> consequence = Consequence.refused(change)
                .or(() -> paths.consequence(change))
                .or(() -> Consequence.of(change, described.differences()));
        if (consequence.isEmpty()) {
            return;
        }
        add(
                stack,
                change,
                described,
                consequence.get(),
                cause(stack, change, replaced).orElse(null));
    }

    private void add(StackView stack, ResourceChange change, Change described, Consequence of, @Nullable String cause) {
        risks.add(new Risk(
                of.severity(),
                stack.name(),
                change.address(),
                described.label(),
                Headline.action(described),
                described.differences().stream()
                        .filter(difference -> difference.forcesReplacement() || of.comesFrom(difference.path()))
                        .toList(),
                of.summary(),
                of.meaning(),
                of.advice(),
                cause,
                described.position()));
    }

    /** The replaced resource that every forcing attribute comes from: then this replacement only follows from that. */
    private static Optional<String> cause(StackView stack, ResourceChange change, Set<String> replaced) {
        String first = null;
        for (List<String> path : change.replacePaths()) {
            Optional<String> cause = path.isEmpty()
                    ? Optional.empty()
                    : stack.references(change.block(), path.get(0)).stream()
                            .filter(replaced::contains)
                            .findFirst();
            if (cause.isEmpty()) {
                return Optional.empty();
            }
            first = first == null ? cause.get() : first;
        }
        return Optional.ofNullable(first);
    }

    private void outputs(StackView stack, Map<String, List<Change>> byPart) {
        Plan plan = stack.input().plan();
        for (OutputChange output : plan == null ? List.<OutputChange>of() : plan.outputChanges()) {
            if (!output.action().changes()) {
                continue;
            }
            JsonNodeFactory nodes = JsonNodeFactory.instance;
            List<Difference> differences = new Differences(
                            secrets, List.of(), MissingNode.getInstance(), attribute -> Optional.empty())
                    .between(
                            "output",
                            new Differences.Side(
                                    nodes.objectNode().set("value", output.before()),
                                    ValueMarks.NONE,
                                    ValueMarks.of(Map.of("value", output.sensitiveBefore()))),
                            new Differences.Side(
                                    nodes.objectNode().set("value", output.after()),
                                    ValueMarks.of(Map.of("value", output.unknown())),
                                    ValueMarks.of(Map.of("value", output.sensitiveAfter()))));
            outputsChange = true;
            byPart.computeIfAbsent(OUTPUTS, key -> new ArrayList<>())
                    .add(new Change(
                            "output." + output.name(),
                            "output",
                            "",
                            output.action(),
                            null,
                            null,
                            null,
                            null,
                            List.copyOf(differences),
                            0,
                            ""));
        }
    }

    private List<String> warnings(StackView stack) {
        List<String> warnings = new ArrayList<>();
        StackInput input = stack.input();
        Plan plan = input.plan();
        if (plan == null) {
            if (input.head() != null) {
                PredictedChanges.prevented(input.head(), stack.changes())
                        .forEach(address -> warnings.add("Terraform will refuse to replace " + stack.shown(address)
                                + ": its lifecycle says prevent_destroy."));
            }
            warnings.add(
                    input.base() == null
                            ? "No plan can be made yet and no earlier state of the stack was given: what the code declares is shown"
                                    + " as new."
                            : "No plan can be made yet: what the code declares is compared, not what is in the account."
                                    + " Replacements are told as far as attributes are known to force them.");
        } else {
            if (stack.errored()) {
                warnings.add(
                        "Terraform stopped planning half way: this plan cannot be applied, and what is shown is only a"
                                + " part of it.");
            }
            boolean partial = !plan.complete().orElse(true) && !stack.errored();
            if (partial) {
                warnings.add("The plan is not complete: another plan and apply are needed after this one.");
            }
            for (DeferredChange deferred : plan.deferredChanges()) {
                warnings.add("Left for a later plan: " + deferred.change().address() + " ("
                        + deferred.reason().replace('_', ' ') + ").");
            }
            for (Check check : plan.checks()) {
                if (check.status().equals("fail") || check.status().equals("error")) {
                    warnings.add("Check " + check.address() + " says: " + String.join(" ", check.messages()));
                }
            }
        }
        providers(input, warnings);
        return warnings;
    }

    private int count(Predicate<Change> which) {
        return (int) groups.stream()
                .flatMap(group -> group.changes().stream())
                .filter(which)
                .count();
    }

    private boolean isWithoutEffect(Counts counts) {
        long changes = groups.stream()
                .flatMap(group -> group.changes().stream())
                .filter(change -> !ChangeNote.isWithoutEffect(change))
                .count();
        return changes == 0 && counts.undone() == 0;
    }

    private static boolean changesProviders(StackView stack) {
        List<String> found = new ArrayList<>();
        providers(stack.input(), found);
        return !found.isEmpty();
    }

    private static void providers(StackInput input, List<String> warnings) {
        if (input.head() == null || input.base() == null) {
            return;
        }
        Map<String, String> before = input.base().providerVersions();
        input.head().providerVersions().forEach((provider, version) -> {
            String old = before.get(provider);
            if (old != null && !old.equals(version)) {
                warnings.add("Provider " + provider + " " + Versions.verb(old, version) + " from " + old + " to "
                        + version + ".");
            }
        });
    }
}
