package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.eksplatform.iam.document.Permissions;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Excerpt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares two values of a resource: documents inside texts are decoded, and lists of named things compared by name.
 *
 * <p>Only two things are left out: what the provider decides and the configuration does not mention (a value known after
 * apply; nothing in one form and nothing in another), and documents that are equal for whoever reads them (IAM policies, the
 * values of a Helm release). Any other difference is shown, be it {@code {}} instead of nothing, {@code "false"} instead of
 * {@code false}, or another order.
 */
final class Differences {

    private static final int SHORT_LIST = 90;
    private static final List<String> NAMES =
            List.of("name", "key", "id", "device_name", "cidr_block", "mount_path", "resource_type", "host", "path");

    /** Attributes that repeat another one, with the provider's own additions. */
    private static final Map<String, String> MIRRORS = Map.of("tags_all", "tags", "object", "manifest");

    /**
     * Attributes whose text is read as a document, so that its formatting means nothing.
     *
     * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateAddon.html">UpdateAddon</a>
     */
    private static final Map<String, List<String>> READ_AS_DOCUMENT =
            Map.of("aws_eks_addon", List.of("configuration_values"));

    private final Secrets secrets;
    private final List<List<String>> replacePaths;
    private final Function<String, Optional<PolicyDocument>> deferredPolicy;
    private final JsonNode expressions;
    private final List<Difference> found = new ArrayList<>();
    private String type = "";
    private boolean emptyIsNothing;

    /**
     * Prepares one comparison.
     *
     * @param secrets what must not be shown
     * @param replacePaths the attributes that force a replacement
     * @param expressions what the configuration sets; a missing node when that is not known
     * @param deferredPolicy the policy document an unknown attribute will hold, when its parts are known
     */
    Differences(
            Secrets secrets,
            List<List<String>> replacePaths,
            JsonNode expressions,
            Function<String, Optional<PolicyDocument>> deferredPolicy) {
        this.secrets = secrets;
        this.replacePaths = replacePaths;
        this.expressions = expressions;
        this.deferredPolicy = deferredPolicy;
    }

    /** A comparison with the state as a provider reads it back, in which nothing in one form is nothing in another. */
    static Differences ofDrift(Secrets secrets) {
        Differences differences =
                new Differences(secrets, List.of(), MissingNode.getInstance(), attribute -> Optional.empty());
        differences.emptyIsNothing = true;
        return differences;
    }

    /** One side of the comparison. */
    record Side(JsonNode value, ValueMarks unknown, ValueMarks sensitive) {

        static final Side NOTHING = new Side(MissingNode.getInstance(), ValueMarks.NONE, ValueMarks.NONE);

        Side at(String key) {
            boolean index = value.isArray() && !key.isEmpty() && key.chars().allMatch(c -> c >= '0' && c <= '9');
            JsonNode part = index ? value.path(Integer.parseInt(key)) : value.path(key);
            return new Side(part, unknown.at(key), sensitive.at(key));
        }

        Side with(JsonNode other) {
            return new Side(other, ValueMarks.NONE, ValueMarks.NONE);
        }

        boolean unset() {
            return !unknown.any() && Differences.unset(value);
        }
    }

    List<Difference> between(String resourceType, Side before, Side after) {
        type = resourceType;
        Set<String> attributes = new LinkedHashSet<>();
        before.value().fieldNames().forEachRemaining(attributes::add);
        after.value().fieldNames().forEachRemaining(attributes::add);
        attributes.addAll(after.unknown().parts().keySet());
        for (String attribute : new TreeSet<>(attributes)) {
            if (type.equals("helm_release") && attribute.equals("values")) {
                helmValues(before.at(attribute), after.at(attribute));
            } else {
                compare(List.of(attribute), before.at(attribute), after.at(attribute));
            }
        }
        Set<String> shown = found.stream().map(Difference::path).collect(Collectors.toSet());
        found.removeIf(difference -> repeats(difference.path(), shown));
        return found;
    }

    private static String root(String path) {
        return path.split("[.\\[]", 2)[0];
    }

    /** Whether an attribute only repeats what another one is shown to change, in whole or in part. */
    private static boolean repeats(String path, Set<String> shown) {
        String root = root(path);
        String mirrored = MIRRORS.get(root);
        if (mirrored == null) {
            return false;
        }
        String same = mirrored + path.substring(root.length());
        return shown.stream().anyMatch(other -> other.equals(same) || isWithin(other, same) || isWithin(same, other));
    }

    private static boolean isWithin(String path, String whole) {
        return path.startsWith(whole)
                && path.length() > whole.length()
                && ".[".indexOf(path.charAt(whole.length())) >= 0;
    }

    /** Helm merges the documents of {@code values} in order, so that is what is compared. */
    private void helmValues(Side before, Side after) {
        List<String> path = List.of("values");
        Optional<JsonNode> b = merged(before);
        Optional<JsonNode> a = merged(after);
        if (b.isEmpty() || a.isEmpty()) {
            compare(path, before, after);
            return;
        }
        compare(path, before.with(b.get()), after.with(a.get()));
    }

    private static Optional<JsonNode> merged(Side side) {
        return side.unknown().any() || side.sensitive().any() ? Optional.empty() : HelmValues.merged(side.value());
    }

    private void compare(List<String> path, Side before, Side after) {
        JsonNode b = before.value();
        JsonNode a = after.value();
        if (before.sensitive().whole() || after.sensitive().whole()) {
            if (!b.equals(a) && !isProvidersNothing(path, before, after)) {
                add(path, before, after);
            }
            return;
        }
        if (after.unknown().whole()) {
            unknown(path, before);
            return;
        }
        boolean known = !after.unknown().any();
        if (known && (b.equals(a) || isProvidersNothing(path, before, after) || documents(path, before, after))) {
            return;
        }
        int shown = found.size();
        boolean objects = isOrNothing(b, JsonNode::isObject) && isOrNothing(a, JsonNode::isObject);
        boolean arrays = isOrNothing(b, JsonNode::isArray) && isOrNothing(a, JsonNode::isArray);
        if (objects && (b.isObject() || a.isObject())) {
            Set<String> keys = new LinkedHashSet<>();
            b.fieldNames().forEachRemaining(keys::add);
            a.fieldNames().forEachRemaining(keys::add);
            keys.addAll(after.unknown().parts().keySet());
            for (String key : keys) {
                compare(append(path, key), before.at(key), after.at(key));
            }
        } else if (arrays && (b.isArray() || a.isArray())) {
            lists(path, before, after);
        }
        boolean sameForm = b.isObject() && a.isObject() || b.isArray() && a.isArray();
        if (known && !sameForm && found.size() == shown) {
            add(path, before, after);
        }
    }

    private static boolean isOrNothing(JsonNode value, Predicate<JsonNode> form) {
        return form.test(value)
                || unset(value) && !value.isContainerNode()
                || value.isContainerNode() && value.isEmpty();
    }

    /** What the configuration does not mention, and the provider writes as nothing, in one form or another. */
    private boolean isProvidersNothing(List<String> path, Side before, Side after) {
        boolean absent = before.value().isMissingNode() && after.value().isNull()
                || before.value().isNull() && after.value().isMissingNode();
        if (absent && path.size() == 1) {
            return true;
        }
        if (!before.unset() && !zero(before.value()) || !after.unset()) {
            return false;
        }
        return emptyIsNothing && before.unset() || expressions.isObject() && !isConfigured(path);
    }

    private void unknown(List<String> path, Side before) {
        Optional<PolicyDocument> policy = path.size() == 1 ? deferredPolicy.apply(path.get(0)) : Optional.empty();
        if (policy.isPresent()) {
            policies(path, EmbeddedDocument.json(before.value().asText("")).flatMap(PlannedPolicy::of), policy);
        } else if (isConfigured(path) || isGenerated(path)) {
            addTexts(path, shown(redacted(before)), Difference.UNKNOWN);
        }
    }

    /** Whether it may be in a generated block, which the configuration in a plan leaves out. */
    private boolean isGenerated(List<String> path) {
        return path.size() > 1 && !expressions.has(path.get(0)) && !MIRRORS.containsKey(path.get(0));
    }

    /** Compares two texts as the documents they hold. */
    private boolean documents(List<String> path, Side before, Side after) {
        JsonNode b = before.value();
        JsonNode a = after.value();
        if (b.isContainerNode() || a.isContainerNode() || !(b.isTextual() || a.isTextual())) {
            return false;
        }
        Optional<JsonNode> old = EmbeddedDocument.json(b.asText(""));
        Optional<JsonNode> young = EmbeddedDocument.json(a.asText(""));
        boolean comparable = (old.isPresent() || unset(b)) && (young.isPresent() || unset(a));
        if (!comparable || old.isEmpty() && young.isEmpty()) {
            return false;
        }
        int shown = found.size();
        Optional<PolicyDocument> was = old.flatMap(PlannedPolicy::of);
        Optional<PolicyDocument> is = young.flatMap(PlannedPolicy::of);
        boolean policy =
                type.startsWith("aws_") && was.isPresent() == old.isPresent() && is.isPresent() == young.isPresent();
        if (policy) {
            policies(path, was, is);
        } else {
            compare(
                    path,
                    before.with(old.orElse(MissingNode.getInstance())),
                    after.with(young.orElse(MissingNode.getInstance())));
        }
        boolean meaningless = policy && old.isPresent() && young.isPresent() || path.equals(READ_AS_DOCUMENT.get(type));
        if (found.size() == shown && !meaningless) {
            addTexts(path, "(JSON)", "(the same JSON, formatted another way)");
        }
        return true;
    }

    private void policies(List<String> path, Optional<PolicyDocument> before, Optional<PolicyDocument> after) {
        Permissions old = before.map(Permissions::of).orElse(Permissions.NONE);
        Permissions young = after.map(Permissions::of).orElse(Permissions.NONE);
        old.without(young).forEach(sentence -> addTexts(path, sentence, null));
        young.without(old).forEach(sentence -> addTexts(path, null, sentence));
    }

    private void lists(List<String> path, Side before, Side after) {
        JsonNode b = before.value();
        JsonNode a = after.value();
        if (scalars(b) && scalars(a) && !after.unknown().any()) {
            scalarLists(path, before, after);
            return;
        }
        int start = found.size();
        String name = commonName(b, a);
        if (name != null) {
            Map<String, Integer> old = byName(b, name);
            Map<String, Integer> young = byName(a, name);
            Set<String> all = new LinkedHashSet<>(old.keySet());
            all.addAll(young.keySet());
            boolean single = all.size() == 1;
            for (String element : all) {
                element(
                        single && !NAMES.get(0).equals(name) ? path : index(path, element),
                        old.containsKey(element) ? before.at(String.valueOf(old.get(element))) : Side.NOTHING,
                        young.containsKey(element) ? after.at(String.valueOf(young.get(element))) : Side.NOTHING);
            }
        } else {
            // elements that are on both sides are equal wherever they stand
            List<Integer> restBefore = rest(before, after);
            List<Integer> restAfter = rest(after, before);
            for (int i = 0; i < Math.max(restBefore.size(), restAfter.size()); i++) {
                int shown = i < restAfter.size() ? restAfter.get(i) : restBefore.get(i);
                element(
                        b.size() <= 1 && a.size() <= 1 ? path : index(path, Integer.toString(shown)),
                        i < restBefore.size() ? before.at(String.valueOf(restBefore.get(i))) : Side.NOTHING,
                        i < restAfter.size() ? after.at(String.valueOf(restAfter.get(i))) : Side.NOTHING);
            }
        }
        if (found.size() == start && b.size() != a.size()) {
            add(path, before, after);
        }
        if (name != null && isOrderKept()) {
            order(path, names(b, name), names(a, name), UnaryOperator.identity());
        } else {
            List<String> old = texts(b);
            order(path, old, texts(a), element -> {
                int index = old.indexOf(element);
                return name == null
                        ? Integer.toString(index + 1)
                        : b.path(index).path(name).asText();
            });
        }
    }

    private static List<String> names(JsonNode list, String name) {
        return new ArrayList<>(byName(list, name).keySet());
    }

    /** An element that comes or goes is shown, however empty it is; the only one of a list as that list. */
    private void element(List<String> path, Side before, Side after) {
        int shown = found.size();
        boolean only = !path.get(path.size() - 1).startsWith("[");
        boolean appears = before == Side.NOTHING || after == Side.NOTHING;
        if (!(only && appears && before.unset() && after.unset())) {
            compare(path, before, after);
        }
        if (found.size() == shown && !only && appears) {
            add(path, before, after);
        }
    }

    /** A set is written in one order by Terraform, so equal elements in another order are those of a list. */
    private void order(List<String> path, List<String> before, List<String> after, UnaryOperator<String> name) {
        List<String> old = new ArrayList<>(before);
        List<String> young = new ArrayList<>(after);
        old.retainAll(new HashSet<>(after));
        young.retainAll(new HashSet<>(before));
        if (old.size() == young.size() && !old.equals(young)) {
            addTexts(path, inOrder(old, name), inOrder(young, name));
        }
    }

    private static String inOrder(List<String> elements, UnaryOperator<String> name) {
        return "in the order " + elements.stream().map(name).collect(Collectors.joining(", "));
    }

    /** Whether lists are lists, none of them a set: then the order of elements that change besides can be compared, too. */
    private boolean isOrderKept() {
        return type.startsWith("kubernetes_") || type.equals("helm_release");
    }

    private void scalarLists(List<String> path, Side before, Side after) {
        List<String> old = Json.texts(redacted(before));
        List<String> young = Json.texts(redacted(after));
        String b = old.isEmpty() ? null : "[" + String.join(", ", old) + "]";
        String a = young.isEmpty() ? null : "[" + String.join(", ", young) + "]";
        boolean brief = (b == null || b.length() <= SHORT_LIST) && (a == null || a.length() <= SHORT_LIST);
        Set<String> removed = new LinkedHashSet<>(old);
        young.forEach(removed::remove);
        Set<String> added = new LinkedHashSet<>(young);
        old.forEach(added::remove);
        if (brief || removed.isEmpty() && added.isEmpty()) {
            add(path, before, after);
            return;
        }
        removed.forEach(element -> addTexts(path, element, null));
        added.forEach(element -> addTexts(path, null, element));
    }

    private static boolean scalars(JsonNode list) {
        for (JsonNode element : list) {
            if (element.isContainerNode() || element.asText().length() > 300) {
                return false;
            }
        }
        return true;
    }

    /** The property by which the elements of both lists can be told apart. */
    private static @Nullable String commonName(JsonNode b, JsonNode a) {
        for (String name : NAMES) {
            if (tellsApart(b, name) && tellsApart(a, name)) {
                return name;
            }
        }
        return null;
    }

    private static boolean tellsApart(JsonNode list, String name) {
        return byName(list, name).size() == list.size();
    }

    private static Map<String, Integer> byName(JsonNode list, String name) {
        Map<String, Integer> indices = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            String text = list.path(i).path(name).asText("");
            if (!text.isEmpty()) {
                indices.putIfAbsent(text, i);
            }
        }
        return indices;
    }

    /** The indices of the elements of one list that are not in the other; what is not known is in no other. */
    private static List<Integer> rest(Side side, Side other) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < other.value().size(); i++) {
            if (!other.unknown().at(i).any()) {
                counts.merge(other.value().get(i).toString(), 1, Integer::sum);
            }
        }
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < side.value().size(); i++) {
            String element = side.value().get(i).toString();
            if (!side.unknown().at(i).any() && counts.getOrDefault(element, 0) > 0) {
                counts.merge(element, -1, Integer::sum);
            } else {
                rest.add(i);
            }
        }
        return rest;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.toString()));
        return texts;
    }

    /** Adds two values as texts that differ: nothing at all where a reader needs no more, else {@code ""} or {@code "1"}. */
    private void add(List<String> path, Side before, Side after) {
        JsonNode b = redacted(before);
        JsonNode a = redacted(after);
        String was = shown(b);
        String is = shown(a);
        if (Objects.equals(was, is) && !Secrets.MASK.equals(is)) {
            was = b.isMissingNode() ? null : b.toString();
            is = a.isMissingNode() ? null : a.toString();
        }
        addTexts(path, was, is);
    }

    private void addTexts(List<String> path, @Nullable String before, @Nullable String after) {
        if (before == null && after == null) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (String step : path) {
            text.append(step.startsWith("[") || text.isEmpty() ? "" : ".").append(step);
        }
        // masked before it is shortened, so that no half of a secret stays
        Excerpt excerpt = Excerpt.of(
                before == null ? null : secrets.masked(before), after == null ? null : secrets.masked(after));
        found.add(new Difference(secrets.masked(text.toString()), excerpt.before(), excerpt.after(), forces(path)));
    }

    private boolean forces(List<String> path) {
        List<String> names = names(path);
        return replacePaths.stream()
                .map(Differences::names)
                .anyMatch(forcing -> !forcing.isEmpty()
                        && names.size() >= forcing.size()
                        && names.subList(0, forcing.size()).equals(forcing));
    }

    private static List<String> names(List<String> path) {
        return path.stream()
                .filter(step -> !step.startsWith("[") && !step.chars().allMatch(Character::isDigit))
                .toList();
    }

    /** Says whether the configuration sets this attribute; what it does not set is the provider's to decide. */
    private boolean isConfigured(List<String> path) {
        return !expressions.isObject() || isConfigured(expressions, names(path), 0);
    }

    private static boolean isConfigured(JsonNode expression, List<String> path, int from) {
        if (expression.isArray()) {
            for (JsonNode block : expression) {
                if (isConfigured(block, path, from)) {
                    return true;
                }
            }
            return false;
        }
        if (expression.isMissingNode()) {
            return false;
        }
        return from == path.size()
                || expression.has("constant_value")
                || expression.has("references")
                || isConfigured(expression.path(path.get(from)), path, from + 1);
    }

    private static List<String> append(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static List<String> index(List<String> path, String element) {
        return append(path, "[" + element + "]");
    }

    /** Null, an empty text and a container without anything that is set; an element of a list is something, even if empty. */
    private static boolean unset(JsonNode value) {
        if (value.isObject()) {
            for (JsonNode part : value) {
                if (!unset(part)) {
                    return false;
                }
            }
            return true;
        }
        return value.isMissingNode()
                || value.isNull()
                || value.isArray() && value.isEmpty()
                || value.isTextual() && value.textValue().isEmpty();
    }

    /** What a provider reads back for something that is not set. */
    private static boolean zero(JsonNode value) {
        return value.isNumber() && value.asDouble() == 0 || value.isBoolean() && !value.asBoolean();
    }

    /** A value with what is sensitive in it masked. */
    private static JsonNode redacted(Side side) {
        return redacted(side.value(), side.sensitive());
    }

    private static JsonNode redacted(JsonNode value, ValueMarks sensitive) {
        boolean nothing = value.isMissingNode() || value.isNull();
        if (nothing || !sensitive.any()) {
            return value;
        }
        if (sensitive.whole()) {
            return TextNode.valueOf(Secrets.MASK);
        }
        if (value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < value.size(); i++) {
                list.add(redacted(value.get(i), sensitive.at(i)));
            }
            return list;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        value.properties()
                .forEach(part -> object.set(part.getKey(), redacted(part.getValue(), sensitive.at(part.getKey()))));
        return object;
    }

    private static @Nullable String shown(JsonNode value) {
        boolean empty = value.isContainerNode() && value.isEmpty() || unset(value) && !value.isContainerNode();
        if (empty) {
            return null;
        }
        if (value.isArray() && scalars(value)) {
            return "[" + String.join(", ", Json.texts(value)) + "]";
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }
}
