package dev.eksplatform.iam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The resource types and condition keys of the services that platforms use, from {@code resources.txt}, which the program in
 * {@code src/build/iam-tables} prints. Read when an explanation needs it, not before.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/">Service Authorization Reference</a>
 */
@API(status = API.Status.INTERNAL)
public final class ResourceTable {

    private static final class Holder {
        static final String TEXT = TextTable.read("resources.txt");
    }

    private ResourceTable() {}

    /**
     * A type of resource.
     *
     * @param name such as {@code bucket}
     * @param arns its ARNs, with <code>${Name}</code> for any name and {@code $} for the partition
     */
    public record Type(String name, List<String> arns) {

        /** Its ARNs in a partition, as AWS documents them. */
        public List<String> arns(Partition partition) {
            return arns.stream()
                    .map(arn -> arn.replaceFirst("^arn:\\$:", "arn:" + partition + ":"))
                    .toList();
        }
    }

    /**
     * The resources of an action.
     *
     * @param types the types that its policies may name
     * @param required those of which each request names a resource
     */
    public record Use(List<Type> types, List<Type> required) {}

    /**
     * A service.
     *
     * @param types all of its resource types
     * @param actions what its actions use, by their names in lower case; an action that is not here names no resource
     * @param keys the types of its condition keys, such as {@code Bool}, by key; {@code *} is any name
     */
    public record Service(List<Type> types, Map<String, Use> actions, Map<String, String> keys) {}

    /** A service by its prefix in actions, whatever the case; empty when the table does not have it. */
    public static Optional<Service> service(String prefix) {
        String start = "\n\n" + prefix.toLowerCase(Locale.ROOT) + "\n";
        int found = Holder.TEXT.indexOf(start);
        if (found < 0) {
            return Optional.empty();
        }
        int end = Holder.TEXT.indexOf("\n\n", found + start.length() - 1);
        return Optional.of(parse(Holder.TEXT.substring(
                found + start.length(), end < 0 ? Holder.TEXT.length() : Math.max(end, found + start.length()))));
    }

    private static Service parse(String paragraph) {
        Map<String, Type> types = new LinkedHashMap<>();
        Map<String, Use> actions = new LinkedHashMap<>();
        Map<String, String> keys = new LinkedHashMap<>();
        for (String line : paragraph.lines().toList()) {
            int arn = line.indexOf(" arn:");
            int colon = line.indexOf(": ");
            if (line.startsWith("=")) {
                List<String> words = List.of(line.substring(1).split(" ", -1));
                words.subList(1, words.size()).forEach(key -> keys.put(key, words.get(0)));
            } else if (arn >= 0) {
                String name = line.substring(0, arn);
                types.put(name, new Type(name, List.of(line.substring(arn + 1).split(", ", -1))));
            } else {
                Use use = use(types, line.substring(0, colon));
                Arrays.stream(line.substring(colon + 2).split(" ", -1))
                        .forEach(action -> actions.put(action.toLowerCase(Locale.ROOT), use));
            }
        }
        return new Service(List.copyOf(types.values()), actions, keys);
    }

    private static Use use(Map<String, Type> types, String names) {
        List<Type> all = new ArrayList<>();
        List<Type> required = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            Type type = types.get(name.replace("!", ""));
            if (type == null) {
                throw new IllegalStateException("resources.txt has no type " + name);
            }
            all.add(type);
            if (name.endsWith("!")) {
                required.add(type);
            }
        }
        return new Use(all, required);
    }
}
