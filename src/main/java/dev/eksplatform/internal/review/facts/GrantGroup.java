package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.review.facts.AccessTable.Reach;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Grants that are one sentence: of the same party, with the same actions on all objects. */
final class GrantGroup {

    private final List<Grant> grants;
    private final Set<Element> actions = new LinkedHashSet<>();
    private final Set<Element> objects = new LinkedHashSet<>();

    private GrantGroup(List<Grant> grants) {
        this.grants = grants;
        grants.stream()
                .sorted(Comparator.comparing((Grant grant) -> grant.action().shown())
                        .thenComparing(grant -> grant.object().shown()))
                .forEach(grant -> {
                    actions.add(grant.action());
                    objects.add(grant.object());
                });
    }

    /** What grants have in common that are one sentence. */
    private record Common(
            Party who, boolean deny, Set<Clause> conditions, String detail, String via, Grant.Phrase phrase) {

        static Common of(Grant grant) {
            return new Common(
                    grant.who(), grant.deny(), grant.conditions(), grant.detail(), grant.via(), grant.phrase());
        }
    }

    static List<GrantGroup> of(Collection<Grant> grants) {
        Map<List<Object>, List<Grant>> byObject = new LinkedHashMap<>();
        grants.forEach(grant -> {
            boolean plain = grant.phrase() == Grant.Phrase.PLAIN;
            byObject.computeIfAbsent(
                            List.of(Common.of(grant), plain ? grant.action() : grant.object()),
                            key -> new ArrayList<>())
                    .add(grant);
        });
        Map<List<Object>, List<Grant>> byActions = new LinkedHashMap<>();
        byObject.values().forEach(same -> byActions
                .computeIfAbsent(
                        List.of(
                                Common.of(same.get(0)),
                                same.stream().map(Grant::action).collect(Collectors.toSet())),
                        key -> new ArrayList<>())
                .addAll(same));
        return byActions.values().stream().map(GrantGroup::new).toList();
    }

    /**
     * Many sentences about the same policy as one: how many actions of which services.
     *
     * @param groups all of one party and one policy
     */
    static String summary(List<GrantGroup> groups) {
        Set<String> actions = new TreeSet<>();
        Set<String> services = new TreeSet<>();
        groups.forEach(group -> group.actions.forEach(action -> {
            actions.add(action.shown());
            action.patterns().forEach(pattern -> services.add(pattern.replaceAll(":.*", "")));
        }));
        return "call " + actions.size() + " actions of " + String.join(", ", services) + " ("
                + groups.get(0).first().via() + ", " + groups.size() + " different rights)";
    }

    Grant first() {
        return grants.get(0);
    }

    /** Whether it is one of the sentences that {@link #summary} counts. */
    boolean isUsual() {
        return !first().deny() && first().phrase() == Grant.Phrase.CALL;
    }

    List<Grant> grants() {
        return grants;
    }

    /** Whether it says something about what another group is about. */
    boolean isRelated(GrantGroup other) {
        Grant own = first();
        Grant theirs = other.first();
        boolean same = own.who().shown().equals(theirs.who().shown())
                && own.deny() == theirs.deny()
                && own.phrase() == theirs.phrase();
        if (!same || own.phrase() != Grant.Phrase.CALL && own.phrase() != Grant.Phrase.RULE) {
            return same;
        }
        return meet(actions, other.actions) && meet(objects, other.objects)
                || actions.equals(other.actions)
                || objects.equals(other.objects);
    }

    private static boolean meet(Set<Element> one, Set<Element> other) {
        return one.stream().anyMatch(element -> other.stream()
                .anyMatch(theirs -> element.covers(theirs) || theirs.covers(element)));
    }

    /** The access in words. */
    String text() {
        Grant grant = first();
        List<String> details = new ArrayList<>();
        if (!grant.via().isEmpty()) {
            details.add(grant.via());
        }
        if (!grant.detail().isEmpty()) {
            details.add(grant.detail());
        }
        Set<String> words = new TreeSet<>();
        grant.conditions().stream()
                .map(Clause::words)
                .filter(one -> !one.isEmpty())
                .forEach(words::add);
        if (!words.isEmpty()) {
            details.add("when " + String.join(" and ", words));
        }
        String text = grant.phrase().text(List.copyOf(actions), List.copyOf(objects));
        String all = text + (details.isEmpty() ? "" : " (" + String.join(", ", details) + ")");
        return grant.deny() ? grant.phrase().denied(all) : all;
    }

    /** The access in words, with what the words leave out. */
    String exactly() {
        Grant grant = first();
        Set<String> exact = new TreeSet<>();
        // a key with spaces is none of a policy
        grant.conditions().stream()
                .filter(clause -> !clause.key().contains(" "))
                .forEach(clause -> exact.add(clause.exactly()));
        return text() + ", exactly: "
                + (grant.who().kind() + " " + grant.who().pattern()).strip()
                + (exact.isEmpty() ? "" : " with " + String.join(" and ", exact));
    }

    /** What is not denied any more, in words. */
    String released() {
        String denied = text();
        String prefix = first().phrase().denied("");
        return first().phrase().released(denied.substring(prefix.length()));
    }

    /**
     * What is remarkable about it.
     *
     * @param gained whether somebody gains it
     */
    List<String> marks(OwnAccounts own, boolean gained) {
        Set<String> marks = new LinkedHashSet<>();
        Party who = first().who();
        boolean admits = gained && !first().deny();
        if (admits && who.audience() == Party.Audience.EVERYBODY) {
            marks.add("everybody");
        } else if (admits && who.audience() == Party.Audience.SEVERAL) {
            marks.add("whoever matches");
        }
        accounts().stream().filter(own::isForeign).forEach(account -> marks.add("another account: " + account));
        if (admits && reach() == Reach.ALL) {
            marks.add("everything");
        }
        return List.copyOf(marks);
    }

    private Set<String> accounts() {
        Set<String> accounts = new TreeSet<>();
        accounts.add(first().who().account());
        grants.forEach(grant -> {
            accounts.add(grant.away());
            grant.object().patterns().forEach(pattern -> accounts.add(Party.accountIn(pattern)));
        });
        return accounts;
    }

    private Reach reach() {
        return grants.stream().map(Grant::reach).reduce(Reach.NEW, Reach::worst);
    }

    /**
     * How much it matters that somebody gains it.
     *
     * @param widens whether what gives it has been there before
     */
    Severity severity(OwnAccounts own, boolean widens) {
        Party who = first().who();
        Reach reach = reach();
        boolean foreign =
                own.isForeign(who.account()) || grants.stream().anyMatch(grant -> own.isForeign(grant.away()));
        boolean everybody = who.audience() == Party.Audience.EVERYBODY && !first().deny();
        if (foreign || everybody) {
            boolean narrowed = first().conditions().stream()
                    .anyMatch(clause -> !clause.words().isEmpty());
            return reach == Reach.ALL ? Severity.CRITICAL : narrowed && !foreign ? Severity.MEDIUM : Severity.HIGH;
        }
        if (reach == Reach.ALL) {
            return Severity.HIGH;
        }
        boolean much = reach == Reach.MUCH || who.audience() == Party.Audience.SEVERAL;
        return much || widens && reach != Reach.NEW ? Severity.MEDIUM : Severity.LOW;
    }
}
