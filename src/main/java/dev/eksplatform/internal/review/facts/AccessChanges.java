package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.guardrail.Consequences;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ObjectChanges;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.AccessChange;
import dev.eksplatform.internal.review.AccessChange.Verdict;
import dev.eksplatform.internal.review.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds who gains and who loses access. What a resource grants is compared with what all resources of the stack grant, so
 * that a grant that moves from one to another is no change, and neither is one that a wider grant includes.
 */
final class AccessChanges {

    /** The order of a review: worst first. */
    static final Comparator<AccessChange> ORDER = Comparator.comparing(AccessChange::severity)
            .thenComparing(AccessChange::verdict)
            .thenComparing(one -> one.who().startsWith("service "))
            .thenComparing(AccessChange::stack)
            .thenComparing(AccessChange::address)
            .thenComparing(AccessChange::who)
            .thenComparing(one -> String.valueOf(one.after()))
            .thenComparing(one -> String.valueOf(one.before()));

    /** Fewer equal rows stay apart. */
    private static final int MANY = 4;

    private final StackEvidence stack;
    private final ResourceNames names;
    private final OpenFindings findings;
    private final OwnAccounts own;
    private final List<AccessReader> readers;
    private final Sides before = new Sides();
    private final Sides after = new Sides();
    private final List<AccessChange> found = new ArrayList<>();

    /** The grants of a stack, by area. */
    private static final class Sides {

        private final Map<ResourceChange, AccessGrants> byResource = new IdentityHashMap<>();
        private final Map<String, List<Grant>> byArea = new HashMap<>();
        private final Set<Grant.Key> keys = new HashSet<>();
        private final Set<String> undecided = new HashSet<>();

        void add(ResourceChange change, AccessGrants grants) {
            byResource.put(change, grants);
            grants.grants().forEach(grant -> {
                byArea.computeIfAbsent(grant.area(), area -> new ArrayList<>()).add(grant);
                keys.add(grant.key());
            });
            undecided.addAll(grants.undecided().keySet());
        }

        AccessGrants of(ResourceChange change) {
            return byResource.getOrDefault(change, new AccessGrants());
        }

        List<Grant> in(String area) {
            return byArea.getOrDefault(area, List.of());
        }
    }

    private AccessChanges(StackEvidence stack, ResourceNames names, OpenFindings findings, OwnAccounts own) {
        this.stack = stack;
        this.names = names;
        this.findings = findings;
        this.own = own;
        AccessReader identities = new IdentityAccess(stack, names);
        this.readers = List.of(
                identities,
                new TrustAccess(),
                new ResourceAccess(),
                new EksAccess(),
                new RbacAccess(stack, names),
                new ServiceAccountAccess(),
                new AwsAuthAccess(),
                new GivenAccess(stack, names, identities));
    }

    static List<AccessChange> of(StackEvidence stack, ResourceNames names, OpenFindings findings, OwnAccounts own) {
        AccessChanges access = new AccessChanges(stack, names, findings, own);
        List<ResourceChange> managed = stack.changes().stream()
                .filter(change -> change.mode() == ResourceMode.MANAGED)
                .flatMap(change -> ObjectChanges.of(change).stream())
                .toList();
        managed.forEach(access::read);
        // without a plan, a resource may stay as it is written while the document that it refers to changes
        managed.stream()
                .filter(change -> change.action().changes() || stack.plan().isEmpty())
                .forEach(access::compare);
        return access.grouped();
    }

    /** What Terraform forgets stays in the account with everything that it grants. */
    private void read(ResourceChange change) {
        AccessGrants then = grants(change, false);
        before.add(change, then);
        AccessGrants now = change.action() == Action.FORGET ? then : grants(change, true);
        if (change.action() == Action.REPLACE_FORGET_OLD) {
            then.grants().forEach(now::add);
        }
        after.add(change, now);
    }

    private AccessGrants grants(ResourceChange change, boolean side) {
        AccessGrants grants = new AccessGrants();
        AccessSide read = new AccessSide(stack, names, change, side);
        readers.forEach(reader -> reader.read(read, grants));
        return grants;
    }

    private void compare(ResourceChange change) {
        Set<Grant> lost = new LinkedHashSet<>();
        Set<Grant> absorbed = new LinkedHashSet<>();
        before.of(change).grants().stream()
                .filter(grant -> !after.keys.contains(grant.key()))
                .forEach(grant -> (isIn(after, grant, true) ? absorbed : lost).add(grant));
        Set<Grant> gained = new LinkedHashSet<>();
        Set<Grant> unsure = new LinkedHashSet<>();
        Set<Grant> kept = new LinkedHashSet<>();
        after.of(change).grants().stream()
                .filter(grant -> !before.keys.contains(grant.key()))
                .forEach(grant -> (isIn(before, grant, false)
                                ? kept
                                : lost.stream().anyMatch(grant::mayCover) ? unsure : gained)
                        .add(grant));
        List<GrantGroup> removed = new ArrayList<>(GrantGroup.of(lost));
        Set<GrantGroup> ends = new LinkedHashSet<>(removed);
        removed.addAll(GrantGroup.of(absorbed));
        for (GrantGroup group : GrantGroup.of(unsure)) {
            take(removed, group)
                    .ifPresent(then -> add(change, Verdict.UNKNOWN, group, then.text(), group.text(), Severity.LOW));
        }
        for (GrantGroup group : summarized(change, GrantGroup.of(gained), true)) {
            Optional<GrantGroup> instead = take(removed, group);
            added(
                    change,
                    group,
                    instead.orElse(null),
                    instead.filter(ends::contains).isPresent());
        }
        removed.retainAll(ends);
        List<GrantGroup> rest = new ArrayList<>(GrantGroup.of(kept));
        for (GrantGroup group : summarized(change, removed, false)) {
            removed(change, group, take(rest, group).orElse(null));
        }
        undecided(change, lost);
    }

    /** What remains of the groups after those of a policy that comes or goes as a whole have become one row. */
    private List<GrantGroup> summarized(ResourceChange change, List<GrantGroup> groups, boolean gained) {
        Map<List<Object>, List<GrantGroup>> usual = new LinkedHashMap<>();
        boolean whole = !(gained ? change.before() : change.after()).isObject();
        groups.stream()
                .filter(group -> whole && group.isUsual() && (!gained || group.severity(own, false) == Severity.LOW))
                .forEach(group -> usual.computeIfAbsent(
                                List.of(group.first().who(), group.first().via()), key -> new ArrayList<>())
                        .add(group));
        List<GrantGroup> rest = new ArrayList<>(groups);
        usual.values().stream().filter(same -> same.size() >= MANY).forEach(same -> {
            rest.removeAll(same);
            String text = GrantGroup.summary(same);
            add(
                    change,
                    gained ? Verdict.GAINED : Verdict.LOST,
                    same.get(0),
                    gained ? null : text,
                    gained ? text : null,
                    gained ? Severity.LOW : Severity.INFO);
        });
        return rest;
    }

    private static boolean isIn(Sides side, Grant grant, boolean losing) {
        return side.in(grant.area()).stream().anyMatch(other -> other.covers(grant, losing));
    }

    /** The group that another one replaces. */
    private static Optional<GrantGroup> take(List<GrantGroup> groups, GrantGroup related) {
        Optional<GrantGroup> found =
                groups.stream().filter(group -> group.isRelated(related)).findFirst();
        found.ifPresent(groups::remove);
        return found;
    }

    private void added(ResourceChange change, GrantGroup group, @Nullable GrantGroup instead, boolean ends) {
        boolean widens = change.before().isObject();
        if (instead != null && instead.text().equals(group.text())) {
            add(
                    change,
                    Verdict.CHANGED,
                    group,
                    instead.exactly(),
                    group.exactly(),
                    group.first().deny() ? Severity.MEDIUM : group.severity(own, widens));
            return;
        }
        String then = instead == null ? null : instead.text();
        if (!group.first().deny()) {
            Verdict verdict = instead == null ? Verdict.GAINED : Verdict.CHANGED;
            add(change, verdict, group, then, group.text(), group.severity(own, widens));
        } else if (ends && instead != null) {
            add(change, Verdict.CHANGED, group, then, instead.released() + "; now " + group.text(), Severity.MEDIUM);
        } else {
            add(change, Verdict.LOST, group, then, group.text(), Severity.INFO);
        }
    }

    private void removed(ResourceChange change, GrantGroup group, @Nullable GrantGroup rest) {
        if (group.first().deny()) {
            boolean gone = change.action() == Action.DELETE;
            Severity severity = group.severity(own, true);
            add(
                    change,
                    rest == null ? Verdict.GAINED : Verdict.CHANGED,
                    group,
                    group.text(),
                    group.released() + (rest == null ? "" : "; still " + rest.text()),
                    gone || rest != null ? Severity.MEDIUM : severity);
            return;
        }
        Optional<String> unsure = rest == null ? mayStay(change, group) : Optional.empty();
        String now = rest != null ? rest.text() : unsure.orElse(null);
        Verdict verdict = rest != null ? Verdict.CHANGED : unsure.isPresent() ? Verdict.UNKNOWN : Verdict.LOST;
        add(change, verdict, group, group.text(), now, unsure.isPresent() ? Severity.LOW : Severity.INFO);
    }

    /** Why it is not known whether a group of grants stays; empty when it certainly ends. */
    private Optional<String> mayStay(ResourceChange change, GrantGroup group) {
        Map<String, AccessGrants.Undecided> open = after.of(change).undecided();
        AccessGrants.Undecided undecided = open.getOrDefault(group.first().area(), open.get(AccessGrants.ALL));
        boolean possible = after.undecided.contains(group.first().area())
                || group.grants().stream()
                        .allMatch(grant -> after.in(grant.area()).stream().anyMatch(other -> other.mayCover(grant)));
        return undecided != null
                ? Optional.of(undecided.why())
                : possible ? Optional.of(Difference.UNKNOWN) : Optional.empty();
    }

    /** Grants that are known after apply, where no row says so already. */
    private void undecided(ResourceChange change, Set<Grant> lost) {
        after.of(change).undecided().forEach((area, undecided) -> {
            boolean said = lost.stream()
                    .anyMatch(grant ->
                            area.equals(AccessGrants.ALL) || grant.area().equals(area));
            if (!said && !isAlreadyUndecided(change, area)) {
                found.add(
                        row(change, Verdict.UNKNOWN, undecided.who(), null, undecided.why(), Severity.LOW, List.of()));
            }
        });
    }

    /** What cannot be read on either side, and is written the same. */
    private boolean isAlreadyUndecided(ResourceChange change, String area) {
        return stack.plan().isEmpty() && before.of(change).undecided().containsKey(area);
    }

    private void add(
            ResourceChange change,
            Verdict verdict,
            GrantGroup group,
            @Nullable String then,
            @Nullable String now,
            Severity severity) {
        found.add(row(
                change,
                verdict,
                group.first().who().shown(),
                then,
                now,
                severity,
                group.marks(own, severity != Severity.INFO)));
    }

    private AccessChange row(
            ResourceChange change,
            Verdict verdict,
            String who,
            @Nullable String then,
            @Nullable String now,
            Severity severity,
            List<String> marks) {
        return new AccessChange(
                stack.name(),
                change.address(),
                verdict,
                who,
                then,
                now,
                severity,
                marks,
                now == null
                        ? List.of()
                        : findings.rulesAt(
                                change.address(), Consequences.table().access()),
                stack.position(change.address()).orElse(null));
    }

    /** Many principals that gain or lose the same are one row, at the first of the resources. */
    private List<AccessChange> grouped() {
        found.sort(ORDER);
        Map<List<Object>, List<AccessChange>> equal = new LinkedHashMap<>();
        found.forEach(row -> equal.computeIfAbsent(
                        List.of(
                                row.verdict(),
                                String.valueOf(row.before()),
                                String.valueOf(row.after()),
                                row.severity(),
                                row.marks(),
                                row.rules()),
                        key -> new ArrayList<>())
                .add(row));
        List<AccessChange> rows = new ArrayList<>();
        equal.values().forEach(same -> {
            Map<String, AccessChange> byWho = new TreeMap<>();
            same.forEach(row -> byWho.putIfAbsent(row.who(), row));
            if (byWho.size() < MANY) {
                rows.addAll(byWho.values());
            } else {
                rows.add(same.get(0).by(Grant.enumerated(List.copyOf(byWho.keySet()))));
            }
        });
        rows.sort(ORDER);
        return rows;
    }
}
