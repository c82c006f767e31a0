package dev.eksplatform.iam;

import dev.eksplatform.problem.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apiguardian.api.API;

/**
 * The services of IAM and their actions, from {@code actions.txt}, which the program in {@code src/build/iam-tables} prints.
 * Read when a policy is checked, not before.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/">Service Authorization Reference</a>
 */
@API(status = API.Status.INTERNAL)
public final class ActionTable {

    private static final class Holder {
        static final ActionTable TABLE = new ActionTable(TextTable.read("actions.txt"));
    }

    private final String text;
    private final Map<String, Optional<Service>> read = new ConcurrentHashMap<>();

    private ActionTable(String text) {
        this.text = text;
    }

    /**
     * A service.
     *
     * @param name its prefix in actions, such as {@code s3}
     * @param actions its actions by their names in lower case; one with {@code !} has no resource of its own
     * @param arnServices the services in the ARNs of its resources, {@code *} for any
     */
    public record Service(String name, Map<String, String> actions, Set<String> arnServices) {

        /** Whether a pattern matches one of its actions. */
        public boolean has(String pattern) {
            String lower = pattern.toLowerCase(Locale.ROOT);
            return actions.containsKey(lower)
                    || actions.keySet().stream().anyMatch(action -> Wildcards.match(lower, action));
        }

        /** Whether an action, named without wildcards, has no resource of its own, so that its Resource is {@code *}. */
        public boolean hasNoResource(String action) {
            return actions.getOrDefault(action.toLowerCase(Locale.ROOT), "").endsWith("!");
        }

        /** An action as AWS writes it, whatever the case; empty when the service has none of that name. */
        public Optional<String> spelled(String action) {
            return Optional.ofNullable(actions.get(action.toLowerCase(Locale.ROOT)))
                    .map(found -> name + ":" + found.replace("!", ""));
        }

        /** The action that was probably meant, with its service. */
        public Optional<String> nearest(String action) {
            List<String> names =
                    actions.values().stream().map(one -> one.replace("!", "")).toList();
            return Suggestion.nearest(action, names).map(near -> name + ":" + near);
        }
    }

    public static ActionTable get() {
        return Holder.TABLE;
    }

    /** The month of the table, such as {@code 2026-09}. */
    public String month() {
        return TextTable.month(text);
    }

    /** A service by its prefix, whatever the case. */
    public Optional<Service> service(String prefix) {
        return read.computeIfAbsent(prefix.toLowerCase(Locale.ROOT), this::find);
    }

    /** The prefixes of all services. */
    public List<String> services() {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[ =]", 2)[0])
                .toList();
    }

    private Optional<Service> find(String name) {
        for (String end : List.of(" ", "=")) {
            int start = text.indexOf("\n" + name + end);
            if (start >= 0) {
                return Optional.of(parse(text.substring(start + 1, text.indexOf('\n', start + 1))));
            }
        }
        return Optional.empty();
    }

    private static Service parse(String line) {
        String[] words = line.split(" ", -1);
        String[] head = words[0].split("=", 2);
        Set<String> arns = head.length == 1 ? Set.of(head[0]) : Set.of(head[1].split(",", -1));
        Map<String, String> actions = new LinkedHashMap<>();
        for (String action : List.of(words).subList(1, words.length)) {
            String name = action.endsWith("!") ? action.substring(0, action.length() - 1) : action;
            actions.put(name.toLowerCase(Locale.ROOT), action);
        }
        return new Service(head[0], actions, arns);
    }
}
