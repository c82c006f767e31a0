package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.eksplatform.iam.document.Permissions;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.ActionInvocation;
import dev.eksplatform.internal.plan.BeforeAfter;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import dev.eksplatform.internal.plan.HelmValues;
import dev.eksplatform.internal.plan.OutputChange;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.SecretNature;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.UserDataText;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
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

    private Differences(
            Secrets secrets,
            List<List<String>> replacePaths,
            JsonNode expressions,
            Function<String, Optional<PolicyDocument>> deferredPolicy) {
        this.secrets = secrets;
        this.replacePaths = replacePaths;
        this.expressions = expressions;
        this.deferredPolicy = deferredPolicy;
    }

    /** The differences of a resource. */
    static List<Difference> of(StackEvidence stack, ResourceChange change, Secrets secrets) {
        return new Differences(
                        secrets,
                        change.replacePaths(),
                        stack.expressions(change.block()),
                        attribute -> PlannedPolicy.deferred(stack, change.block(), attribute))
                .between(
                        change.type(),
                        new Side(change.before(), ValueMarks.NONE, change.sensitiveBefore()),
                        new Side(change.after(), change.unknown(), change.sensitiveAfter()));
    }

    /** The differences of an output. */
    static List<Difference> of(OutputChange output, Secrets secrets) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        BeforeAfter value = output.value();
        return new Differences(secrets, List.of(), MissingNode.getInstance(), attribute -> Optional.empty())
                .between(
                        "output",
                        new Side(
                                nodes.objectNode().set("value", value.before()),
                                ValueMarks.NONE,
                                marks(value.sensitiveBefore().or(SecretNature.marksOf(output.name(), value.before())))),
                        new Side(
                                nodes.objectNode().set("value", value.after()),
                                ValueMarks.of(Map.of("value", value.unknown())),
                                marks(value.sensitiveAfter().or(SecretNature.marksOf(output.name(), value.after())))));
    }

    private static ValueMarks marks(ValueMarks value) {
        return ValueMarks.of(Map.of("value", value));
    }

    /** The arguments of an action. */
    static List<Difference> of(ActionInvocation action, Secrets secrets) {
        BeforeAfter arguments = action.configuration();
        return new Differences(secrets, List.of(), MissingNode.getInstance(), attribute -> Optional.empty())
                .between(
                        action.type(),
                        Side.NOTHING,
                        new Side(arguments.after(), arguments.unknown(), arguments.sensitiveAfter()));
    }

    /** A comparison with the state as a provider reads it back, in which nothing in one form is nothing in another. */
    static Differences ofDrift(Secrets secrets) {
        Differences differences =
                new Differences(secrets, List.of(), MissingNode.getInstance(), attribute -> Optional.empty());
        differences.emptyIsNothing = true;
        return differences;
    }

    List<Difference> between(String resourceType, Side before, Side after) {
        type = resourceType;
        attributes(before.ofType(type), after.ofType(type));
        Set<String> shown = found.stream().map(Difference::path).collect(Collectors.toSet());
        found.removeIf(difference -> repeats(difference.path(), shown));
        return found;
    }

    private void attributes(Side before, Side after) {
        Set<String> attributes = new TreeSet<>(Json.names(before.value(), after.value()));
        attributes.addAll(after.unknown().parts().keySet());
        for (String attribute : attributes) {
            if (type.equals("helm_release") && attribute.equals("values")) {
                helmValues(before.at(attribute), after.at(attribute));
            } else {
                compare(List.of(attribute), before.at(attribute), after.at(attribute));
            }
        }
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
        return shown.stream().anyMatch(other -> Difference.isWithin(other, same) || Difference.isWithin(same, other));
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

    void compare(List<String> path, Side before, Side after) {
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
        if (known
                && (b.equals(a)
                        || isProvidersNothing(path, before, after)
                        || userData(path, b, a)
                        || documents(path, before, after))) {
            return;
        }
        int shown = found.size();
        boolean objects = isOrNothing(b, JsonNode::isObject) && isOrNothing(a, JsonNode::isObject);
        boolean arrays = isOrNothing(b, JsonNode::isArray) && isOrNothing(a, JsonNode::isArray);
        if (objects && (b.isObject() || a.isObject())) {
            Set<String> keys = Json.names(b, a);
            keys.addAll(after.unknown().parts().keySet());
            for (String key : keys) {
                compare(append(path, key), before.at(key), after.at(key));
            }
        } else if (arrays && (b.isArray() || a.isArray())) {
            new ListDifferences(this, type).compare(path, before, after);
        }
        boolean sameForm = b.isObject() && a.isObject() || b.isArray() && a.isArray();
        if (known && !sameForm && found.size() == shown) {
            add(path, before, after);
        }
    }

    private static boolean isOrNothing(JsonNode value, Predicate<JsonNode> form) {
        return form.test(value)
                || Side.isUnset(value) && !value.isContainerNode()
                || value.isContainerNode() && value.isEmpty();
    }

    /** What the configuration does not mention, and the provider writes as nothing, in one form or another. */
    private boolean isProvidersNothing(List<String> path, Side before, Side after) {
        boolean absent = before.value().isMissingNode() && after.value().isNull()
                || before.value().isNull() && after.value().isMissingNode();
        if (absent && path.size() == 1) {
            return true;
        }
        if (!before.isUnset() && !zero(before.value()) || !after.isUnset()) {
            return false;
        }
        return emptyIsNothing && before.isUnset() || expressions.isObject() && !isConfigured(path);
    }

    private void unknown(List<String> path, Side before) {
        Optional<PolicyDocument> policy = path.size() == 1 ? deferredPolicy.apply(path.get(0)) : Optional.empty();
        if (policy.isPresent()) {
            policies(path, EmbeddedDocument.json(before.value().asText("")).flatMap(PlannedPolicy::of), policy);
        } else if (isConfigured(path) || isGenerated(path)) {
            addTexts(path, masked(shown(before.redacted())), Difference.UNKNOWN);
        }
    }

    /** Whether it may be in a generated block, which the configuration in a plan leaves out. */
    private boolean isGenerated(List<String> path) {
        return path.size() > 1 && !expressions.has(path.get(0)) && !MIRRORS.containsKey(path.get(0));
    }

    /** Compares what an instance starts with as the texts that are encoded. */
    private boolean userData(List<String> path, JsonNode before, JsonNode after) {
        if (!UserDataText.isIn(path.get(path.size() - 1))) {
            return false;
        }
        Optional<String> old = UserDataText.decoded(before.asText(""));
        Optional<String> young = UserDataText.decoded(after.asText(""));
        if (old.isEmpty() && young.isEmpty()) {
            return false;
        }
        if (old.equals(young)) {
            addTexts(path, "(encoded text)", "(the same text, encoded another way)");
            return true;
        }
        addTexts(path, masked(old.orElseGet(() -> shown(before))), masked(young.orElseGet(() -> shown(after))));
        return true;
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
        boolean comparable = (old.isPresent() || Side.isUnset(b)) && (young.isPresent() || Side.isUnset(a));
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

    /** How many differences were found so far. */
    int count() {
        return found.size();
    }

    /** Adds two values as texts that differ: nothing at all where a reader needs no more, else {@code ""} or {@code "1"}. */
    void add(List<String> path, Side before, Side after) {
        JsonNode b = before.redacted();
        JsonNode a = after.redacted();
        String was = shown(b);
        String is = shown(a);
        if (Objects.equals(was, is) && !Secrets.MASK.equals(is)) {
            was = b.isMissingNode() ? null : b.toString();
            is = a.isMissingNode() ? null : a.toString();
        }
        addTexts(path, masked(was), masked(is));
    }

    /** A value without secrets; it is masked before it is shortened, so that no half of a secret stays. */
    @Nullable
    String masked(@Nullable String value) {
        return value == null ? null : secrets.maskedValue(value);
    }

    /** Adds two sentences, or two values that are masked. */
    void addTexts(List<String> path, @Nullable String before, @Nullable String after) {
        if (before == null && after == null) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (String step : path) {
            text.append(step.startsWith("[") || text.isEmpty() ? "" : ".").append(step);
        }
        Excerpt excerpt = Excerpt.of(before, after);
        found.add(new Difference(text.toString(), excerpt.before(), excerpt.after(), forces(path)));
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

    static List<String> index(List<String> path, String element) {
        return append(path, "[" + element + "]");
    }

    /** What a provider reads back for something that is not set. */
    private static boolean zero(JsonNode value) {
        return value.isNumber() && value.asDouble() == 0 || value.isBoolean() && !value.asBoolean();
    }

    private static @Nullable String shown(JsonNode value) {
        boolean empty = value.isContainerNode() && value.isEmpty() || Side.isUnset(value) && !value.isContainerNode();
        if (empty) {
            return null;
        }
        if (value.isArray() && ListDifferences.scalars(value)) {
            return "[" + String.join(", ", Json.texts(value)) + "]";
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }
}
