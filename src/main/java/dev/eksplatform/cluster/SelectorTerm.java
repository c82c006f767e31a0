package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which subnets, security groups, capacity reservations or images a node class uses: one by its id, or all that have some tags. With
 * several terms those of each are used.
 *
 * @param id the id of one; default none
 * @param tags tags that each has, {@code *} for any value; default none
 * @param name the name of a security group or image; default none
 * @param owner the account that owns capacity reservations or images; default any
 */
@RecordBuilder
public record SelectorTerm(
        @Example("subnet-0a1b2c3d4e5f60718") Optional<String> id,

        @Example("{example.com/tier: pods}") Map<String, String> tags,

        @Example("shop-nodes") Optional<String> name,

        @Example("\"111122223333\"") @Limit(pattern = "^[0-9]{12}$")
        Optional<String> owner)
        implements SelectorTermBuilder.With {

    /** Copies the tags. */
    public SelectorTerm {
        tags = Components.map("tags", tags);
    }

    /**
     * A term without a condition, which is the start for one.
     *
     * @return the defaults
     */
    @Defaults
    public static SelectorTerm none() {
        return new SelectorTerm(Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
    }

    /**
     * Selects one by its id.
     *
     * @param id such as {@code subnet-0a1b2c3d4e5f60718}
     * @return the term
     */
    public static SelectorTerm ofId(String id) {
        return none().withId(Optional.of(id));
    }

    /**
     * Selects by tags.
     *
     * @param tags the tags that each has
     * @return the term
     */
    public static SelectorTerm ofTags(Map<String, String> tags) {
        return none().withTags(tags);
    }

    /** What a list of terms selects. */
    enum Kind {
        SUBNET("subnet", false, false),
        SECURITY_GROUP("sg", true, false),
        CAPACITY_RESERVATION("cr", false, true),
        IMAGE("ami", true, true);

        private final Pattern form;
        private final String prefix;
        private final boolean named;
        private final boolean owned;

        Kind(String prefix, boolean named, boolean owned) {
            this.prefix = prefix;
            this.named = named;
            this.owned = owned;
            form = Pattern.compile(prefix + "-[0-9a-f]{8,17}");
        }
    }

    /** Checks each term of a list. */
    static void check(String property, List<SelectorTerm> terms, Kind kind, Problems problems) {
        for (int i = 0; i < terms.size(); i++) {
            terms.get(i).check(PropertyPath.of(property).index(i), kind, problems);
        }
    }

    private void check(PropertyPath where, Kind kind, Problems problems) {
        int ways = (id.isPresent() ? 1 : 0) + (tags.isEmpty() ? 0 : 1) + (name.isPresent() ? 1 : 0);
        String allowed = kind.named ? "one of id, name and tags" : "either id or tags";
        if (ways != 1) {
            problems.add(
                    where,
                    ways == 0 ? "a term that selects nothing" : "a term with more than one way to select",
                    allowed,
                    ways == 0 ? "add id: " + kind.prefix + "-…, or tags" : "make a term of each, or keep one of them");
        }
        id.filter(one -> !kind.form.matcher(one).matches())
                .ifPresent(one -> problems.add(
                        where.key("id"),
                        "\"" + one + "\" is not an id",
                        kind.prefix + "- and 8 to 17 hex digits",
                        "copy it from the AWS console or CLI"));
        if (name.isPresent() && !kind.named) {
            problems.add(where.key("name"), "only security groups and images are selected by name", "use id or tags");
        }
        if (owner.isPresent() && !kind.owned) {
            problems.add(
                    where.key("owner"), "only capacity reservations and images have an owner here", "remove owner");
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || value.isEmpty()) {
                problems.add(where.key("tags").key(key), "an empty tag", "name it; * is any value");
            }
        });
    }

    /** Adds terms to the fields of a node class, unless there are none. */
    static void put(Map<String, Object> body, String field, List<SelectorTerm> terms, String ownerField) {
        if (!terms.isEmpty()) {
            body.put(field, terms.stream().map(term -> term.body(ownerField)).toList());
        }
    }

    /**
     * The term as a field of a node class.
     *
     * @param ownerField the name of the field with the owner
     */
    private Map<String, Object> body(String ownerField) {
        Map<String, Object> body = new TreeMap<>();
        id.ifPresent(one -> body.put("id", one));
        name.ifPresent(one -> body.put("name", one));
        owner.ifPresent(one -> body.put(ownerField, one));
        if (!tags.isEmpty()) {
            body.put("tags", new TreeMap<>(tags));
        }
        return body;
    }
}
