package dev.eksplatform.internal.release;

import dev.eksplatform.internal.files.ProgramFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The arguments and blocks of the resource types that the platform creates, from {@code provider-arguments.txt}, with those that
 * other supported versions of a provider have, from {@link ProviderReleases}.
 */
public final class ProviderArguments {

    private static final Pattern WORD = Pattern.compile("[{}]|[^{} ]+");

    private final Map<String, String> lines;
    private final Map<String, Map<String, Boolean>> paths = new HashMap<>();

    private ProviderArguments(Map<String, String> lines) {
        this.lines = lines;
    }

    /** Read when it is first used. */
    private static final class Table {

        private static final ProviderArguments ARGUMENTS =
                new ProviderArguments(ProgramFile.read(ProviderArguments.class, "provider-arguments.txt")
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split(" ", 2))
                        .collect(Collectors.toMap(parts -> parts[0], parts -> parts.length == 1 ? "" : parts[1])));
    }

    /** The table of the program. */
    public static ProviderArguments get() {
        return Table.ARGUMENTS;
    }

    /**
     * Whether a type has an argument or a block, in any supported version.
     *
     * @param type a resource type, {@code data.} and the type of a data source, or {@code provider.} and a provider's name
     * @param path names of blocks and the argument, joined by dots
     */
    public boolean has(String type, String path) {
        return paths(type).containsKey(path) || isOfAnotherVersion(type, path);
    }

    /** Whether it is a block with arguments of its own. */
    public boolean isBlock(String type, String path) {
        return paths(type).getOrDefault(path, false);
    }

    /**
     * The arguments and blocks of a type or of a block.
     *
     * @param block the path of the block; empty for the type itself
     * @return their names, sorted
     */
    public Set<String> names(String type, String block) {
        String prefix = block.isEmpty() ? "" : block + ".";
        return paths(type).keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .filter(name -> name.indexOf('.') < 0)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is new as a whole in another version is one path in its table. */
    private static boolean isOfAnotherVersion(String type, String path) {
        String part = path;
        while (!part.isEmpty()) {
            if (ProviderReleases.get().lifetime(type, part).isPresent()) {
                return true;
            }
            part = part.substring(0, Math.max(0, part.lastIndexOf('.')));
        }
        return false;
    }

    /** By path whether it is a block. */
    private Map<String, Boolean> paths(String type) {
        return paths.computeIfAbsent(type, key -> Optional.ofNullable(lines.get(key))
                .map(ProviderArguments::parse)
                .orElse(Map.of()));
    }

    private static Map<String, Boolean> parse(String line) {
        Map<String, Boolean> found = new TreeMap<>();
        Deque<String> prefixes = new ArrayDeque<>();
        prefixes.push("");
        String last = "";
        Matcher words = WORD.matcher(line);
        while (words.find()) {
            switch (words.group()) {
                case "{" -> {
                    found.put(last, true);
                    prefixes.push(last + ".");
                }
                case "}" -> prefixes.pop();
                default -> {
                    last = prefixes.element() + words.group();
                    found.put(last, false);
                }
            }
        }
        return found;
    }
}
