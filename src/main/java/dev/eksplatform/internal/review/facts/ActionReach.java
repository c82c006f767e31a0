package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.review.facts.AccessTable.Reach;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much actions of AWS allow. */
final class ActionReach {

    private static final Map<String, Reach> KNOWN = new ConcurrentHashMap<>();
    private static final List<String> MUCH = AccessTable.table().levels().actions().much().stream()
            .map(action -> action.toLowerCase(Locale.ROOT))
            .toList();

    private ActionReach() {}

    static Reach of(Element actions) {
        if (actions.except()) {
            return Reach.ALL;
        }
        return actions.patterns().stream()
                .map(pattern -> KNOWN.computeIfAbsent(pattern, ActionReach::ofPattern))
                .reduce(Reach.SOME, Reach::worst);
    }

    private static Reach ofPattern(String pattern) {
        if (AccessTable.table().levels().actions().all().contains(pattern)) {
            return Reach.ALL;
        }
        return MUCH.stream().anyMatch(much -> Globs.meet(much, pattern)) ? Reach.MUCH : Reach.SOME;
    }
}
