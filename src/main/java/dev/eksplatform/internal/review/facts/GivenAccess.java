package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.facts.AccessTable.Given;
import dev.eksplatform.internal.review.facts.AccessTable.PublicBlock;
import dev.eksplatform.internal.review.facts.AccessTable.Reach;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Access that attributes of other resources give, by the table. */
final class GivenAccess implements AccessReader {

    private static final Map<String, List<Given>> BY_TYPE = byType();

    /** What somebody may do because they act as somebody else. */
    private static final Pattern PASSED_ON =
            Pattern.compile("(?:^do what|with) (?<holder>(?:group|user|permission set) .+?)(?: may do)?$");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z0-9_.]*)}");

    /** What reads the access of others, which some grants pass on. */
    private final AccessReader identities;

    private final StackEvidence stack;
    private final ResourceNames names;

    /** The identities that may do everything, such as {@code group admins}; by side, filled when it is needed. */
    private final Map<Boolean, Set<String>> almighty = new HashMap<>();

    GivenAccess(StackEvidence stack, ResourceNames names, AccessReader identities) {
        this.stack = stack;
        this.names = names;
        this.identities = identities;
    }

    private static Map<String, List<Given>> byType() {
        Map<String, List<Given>> byType = new HashMap<>();
        AccessTable.table().grants().forEach(given -> given.types()
                .forEach(type ->
                        byType.computeIfAbsent(type, key -> new ArrayList<>()).add(given)));
        return byType;
    }

    @Override
    public void read(AccessSide side, AccessGrants into) {
        if (side.exists()) {
            BY_TYPE.getOrDefault(side.type(), List.of()).stream()
                    .filter(given -> given.only().entrySet().stream().allMatch(only -> only.getValue()
                            .contains(side.at(only.getKey()).asText(""))))
                    .forEach(given -> given(side, given, into));
        }
        AccessTable.table().publicBlocks().stream()
                .filter(block -> block.type().equals(side.type()))
                .forEach(block -> block(side, block, into));
    }

    private void given(AccessSide side, Given given, AccessGrants into) {
        if (given.each().isEmpty()) {
            given(side, given, side.values(), "", into);
            return;
        }
        JsonNode list = side.at(given.each().get());
        if (list.isValueNode() && !Side.isUnset(list)) {
            given(side, given, list, "", into);
        }
        for (JsonNode element : list.isObject() ? List.of(list) : list) {
            given(side, given, element, "", into);
        }
    }

    private void given(AccessSide side, Given given, JsonNode element, String what, AccessGrants into) {
        List<Party> parties = new ArrayList<>();
        given.who()
                .map(who -> who.equals("*") ? Party.everybody() : Party.named(filled(side, who, element)))
                .ifPresent(parties::add);
        given.principal().ifPresent(attribute -> {
            JsonNode value = element.isObject() ? AccessSide.at(element, attribute) : side.at(attribute);
            Json.texts(value).stream()
                    .filter(text -> !text.isEmpty() && !text.equals("null"))
                    .map(text -> text.equals(Difference.UNKNOWN)
                            ? side.target(attribute)
                            : side.names().resolved(text, side.after()))
                    .forEach(text -> parties.add(Party.principal(text, side.names())));
        });
        String deed = filled(side, given.what(), element);
        boolean nothing =
                given.what().endsWith("}") && deed.length() < given.what().indexOf('{');
        if (nothing) {
            return;
        }
        List<Clause> clauses = new ArrayList<>();
        for (String attribute : given.conditions()) {
            JsonNode value = side.at(attribute);
            if (!Side.isUnset(value)) {
                List<String> values =
                        value.isObject() || value.isArray() && value.path(0).isObject()
                                ? List.of(Json.compact(value))
                                : Json.texts(value);
                clauses.add(Clause.of(attribute, values));
            }
        }
        for (Party who : parties) {
            into.add(Grant.plain(
                            side.type() + " " + (given.principal().isPresent() ? deed : who.pattern()),
                            who,
                            deed,
                            filled(side, given.detail(), element),
                            "",
                            reach(side, deed))
                    .when(clauses)
                    .awayIn(Party.accountIn(deed.substring(deed.lastIndexOf(' ') + 1))));
        }
    }

    /** Whoever acts as somebody who may do everything may do everything. */
    private Reach reach(AccessSide side, String deed) {
        Matcher passed = PASSED_ON.matcher(deed);
        if (passed.find()
                && almighty.computeIfAbsent(side.after(), this::almighty).contains(passed.group("holder"))) {
            return Reach.ALL;
        }
        return side.isUnknown("url") ? Reach.NEW : Reach.SOME;
    }

    private Set<String> almighty(boolean after) {
        AccessGrants all = new AccessGrants();
        stack.changes().stream()
                .filter(change -> change.mode() == ResourceMode.MANAGED)
                .forEach(change -> identities.read(new AccessSide(stack, names, change, after), all));
        return all.grants().stream()
                .filter(grant -> !grant.deny() && grant.reach() == Reach.ALL)
                .map(grant -> grant.who().shown())
                .collect(Collectors.toSet());
    }

    /** A text with the values of attributes in the place of their names; an empty name is the element itself. */
    private static String filled(AccessSide side, String template, JsonNode element) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(value(side, matcher.group(1), element)));
        }
        return matcher.appendTail(text).toString().replaceAll(" +(?=,|$)", "");
    }

    private static String value(AccessSide side, String attribute, JsonNode element) {
        if (attribute.equals("self")) {
            return side.names().shown(side.change().address());
        }
        if (attribute.isEmpty()) {
            return EksAccess.role(side.names().resolved(element.asText(""), side.after()));
        }
        JsonNode value = AccessSide.at(
                element.isObject()
                                && element != side.values()
                                && !element.path(attribute).isMissingNode()
                        ? element
                        : side.values(),
                attribute);
        if (value.isArray()) {
            return String.join(", ", new TreeSet<>(Json.texts(value)));
        }
        if (Side.isUnset(value)) {
            return "";
        }
        String text = value.asText();
        boolean url = attribute.endsWith("url");
        String shown = !text.equals(Difference.UNKNOWN) || attribute.contains(".")
                ? side.names().resolved(text, side.after())
                : url ? side.target(attribute) : side.text(attribute);
        return EksAccess.role(shown);
    }

    /** Whom a block keeps out is let in when the block ends; a bucket that is deleted as well lets nobody in. */
    private static void block(AccessSide side, PublicBlock block, AccessGrants into) {
        boolean deleted = side.after() && side.change().action() == Action.DELETE;
        if (!side.exists() && !deleted) {
            return;
        }
        AccessSide last = side.exists() ? side : new AccessSide(side.stack(), side.names(), side.change(), false);
        String of = last.text(block.of());
        boolean gone = deleted
                && side.stack().changes().stream()
                        .anyMatch(other -> other.type().equals("aws_s3_bucket")
                                && other.action() == Action.DELETE
                                && of.equals(other.before().path("bucket").asText("")));
        if (gone) {
            return;
        }
        String resource = of.isEmpty() ? block.noun() : block.noun() + " " + of;
        block.attributes().forEach((attribute, what) -> {
            if (deleted || !last.at(attribute).asBoolean() && !last.isUnknown(attribute)) {
                into.add(Grant.plain(
                        "public " + resource,
                        Party.everybody(),
                        what.replace("{of}", resource),
                        "",
                        attribute + " is off",
                        Reach.SOME));
            }
        });
    }
}
