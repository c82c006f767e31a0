package dev.eksplatform.iam.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a policy allows and denies: who, what, on what, under which conditions. As a set it has one permission for each
 * action on each resource. Two permissions are equal when they mean the same, whatever the order and grouping of statements
 * and values, their Sids, and the case of actions and condition keys; a pattern that covers another one is not recognized.
 */
public final class Permissions {

    /** The permissions of no policy. */
    public static final Permissions NONE = new Permissions(Map.of());

    /** A statement with more pairs of an action and a resource than this is one permission. */
    private static final int MANY = 400;

    private final Map<String, String> sentences;

    private Permissions(Map<String, String> sentences) {
        this.sentences = sentences;
    }

    /**
     * What a policy allows and denies.
     *
     * @param policy the policy
     * @return its permissions, by action and resource
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html">Version:
     *     policy variables are read in 2012-10-17 only</a>
     */
    public static Permissions of(PolicyDocument policy) {
        Map<String, String> sentences = new TreeMap<>();
        for (Statement statement : policy.statements()) {
            add(statement, sentences);
        }
        if (policy.toJson().contains("${")) {
            sentences.put("version " + policy.version(), "policy language of version " + policy.version());
        }
        return new Permissions(sentences);
    }

    private static void add(Statement statement, Map<String, String> sentences) {
        List<String> actions = alternatives(statement.actions(), "all actions");
        List<String> resources = alternatives(statement.resources(), "everything");
        if ((long) actions.size() * resources.size() > MANY) {
            actions = List.of(String.join(", ", new TreeSet<>(actions)));
            resources = List.of(String.join(", ", new TreeSet<>(resources)));
        }
        List<Condition> conditions = statement.conditions().stream()
                .map(one -> new Condition(one.operator(), one.key(), List.copyOf(new TreeSet<>(one.values()))))
                .toList();
        Principals principals = statement.principals();
        String who = principals == null ? "" : " by " + sorted(principals);
        String condition = String.join(
                " and ",
                new TreeSet<>(
                        conditions.stream().map(one -> one.inWords(principals)).toList()));
        String tail = who + (condition.isEmpty() ? "" : " when " + condition);
        String rest = statement.effect()
                + who
                + new TreeSet<>(conditions.stream().map(Permissions::exact).toList());
        for (String action : actions) {
            for (String resource : resources) {
                sentences.put(
                        action.toLowerCase(Locale.ROOT) + "\n" + resource + "\n" + rest,
                        statement.effect().text() + " " + action + (resource.isEmpty() ? "" : " on " + resource)
                                + tail);
            }
        }
    }

    private static List<String> alternatives(@Nullable Patterns patterns, String all) {
        if (patterns == null) {
            return List.of("");
        }
        return patterns.except()
                ? List.of(all + " but " + String.join(", ", new TreeSet<>(patterns.values())))
                : patterns.values();
    }

    private static Principals sorted(Principals principals) {
        Map<String, List<String>> byKind = new TreeMap<>();
        principals.byKind().forEach((kind, names) -> byKind.put(kind, List.copyOf(new TreeSet<>(names))));
        return new Principals(principals.except(), byKind);
    }

    private static String exact(Condition condition) {
        return condition.operator() + " " + condition.key().toLowerCase(Locale.ROOT) + " " + condition.values();
    }

    /**
     * The permissions that another policy does not have.
     *
     * @param other the permissions of the other policy
     * @return one sentence for each, such as {@code Allow s3:GetObject on arn:aws:s3:::reports/*}
     */
    public List<String> without(Permissions other) {
        Map<String, String> own = new LinkedHashMap<>(sentences);
        own.keySet().removeAll(other.sentences.keySet());
        return new ArrayList<>(own.values());
    }

    /**
     * What a statement is about, in words.
     *
     * @param statement the statement
     * @return such as {@code s3:Get*, s3:List* on everything}
     */
    public static String what(Statement statement) {
        String what = patterns(statement.actions(), "all actions");
        Patterns resources = statement.resources();
        return resources == null ? what : what + " on " + patterns(resources, "everything");
    }

    private static String patterns(Patterns patterns, String all) {
        String values = String.join(", ", patterns.values());
        if (patterns.except()) {
            return all + " but " + values;
        }
        return values.equals("*") ? all : values;
    }

    /** Equal when the policies mean the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Permissions permissions && sentences.keySet().equals(permissions.sentences.keySet());
    }

    @Override
    public int hashCode() {
        return sentences.keySet().hashCode();
    }
}
