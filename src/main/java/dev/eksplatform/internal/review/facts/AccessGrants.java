package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.review.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a resource grants, and what it will grant but only known after apply.
 *
 * @param grants the grants
 * @param undecided by area: who will be granted something that is not known yet
 */
record AccessGrants(List<Grant> grants, Map<String, Undecided> undecided) {

    /** The area of what is not known at all of a resource. */
    static final String ALL = "";

    /** Who will be granted something, and why it is not known what. */
    record Undecided(String who, String why) {}

    AccessGrants() {
        this(new ArrayList<>(), new LinkedHashMap<>());
    }

    void add(Grant grant) {
        grants.add(grant);
    }

    void undecided(String area, String who) {
        undecided.putIfAbsent(area, new Undecided(who, Difference.UNKNOWN));
    }

    void unreadable(String area, String who, String why) {
        undecided.putIfAbsent(area, new Undecided(who, why));
    }
}
