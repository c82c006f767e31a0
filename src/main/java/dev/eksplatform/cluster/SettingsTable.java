package dev.eksplatform.cluster;

import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a program on nodes, as a tree: what each may be, and which cannot be set. A table has a line for each: its
 * path ({@code *} for any key, {@code []} behind a list of mappings), a type of {@link SettingType} and options.
 */
final class SettingsTable {

    /** Fields of {@code KubeletConfiguration}. */
    static final SettingsTable KUBELET = new SettingsTable("kubelet-settings.txt", "a field of KubeletConfiguration");

    /** Fields of the {@code spec} of a {@code NodeConfig}. */
    static final SettingsTable NODEADM = new SettingsTable("nodeadm-settings.txt", "a field of a NodeConfig");

    /** Settings of Bottlerocket. */
    static final SettingsTable BOTTLEROCKET =
            new SettingsTable("bottlerocket-settings.txt", "a setting of Bottlerocket");

    private static final String ANY_KEY = "*";
    private static final String LIST = "[]";
    private static final String REFUSED = "refused";

    private final String file;
    private final String what;
    private @Nullable Setting root;

    private SettingsTable(String file, String what) {
        this.file = file;
        this.what = what;
    }

    /** A setting, or a mapping or list of some. */
    private static final class Setting {

        private final Map<String, Setting> inner = new LinkedHashMap<>();
        private List<String> words = List.of();
        private boolean list;

        Optional<Setting> find(String key) {
            return Optional.ofNullable(inner.getOrDefault(key, inner.get(ANY_KEY)));
        }

        Optional<String> option(String name) {
            return words.stream()
                    .filter(word -> word.startsWith(name + "="))
                    .map(word -> word.substring(name.length() + 1))
                    .findFirst();
        }

        boolean isRefused() {
            return !words.isEmpty() && words.get(0).equals(REFUSED);
        }
    }

    /** Read when it is first used. */
    private Setting root() {
        Setting read = root;
        if (read == null) {
            read = new Setting();
            for (String line :
                    ProgramFile.read(SettingsTable.class, file).lines().toList()) {
                if (!line.startsWith("#")) {
                    add(read, List.of(line.split(" ", -1)));
                }
            }
            root = read;
        }
        return read;
    }

    private static void add(Setting root, List<String> line) {
        Setting setting = root;
        for (String step : line.get(0).split("\\.", -1)) {
            boolean list = step.endsWith(LIST);
            setting = setting.inner.computeIfAbsent(
                    list ? step.substring(0, step.length() - LIST.length()) : step, key -> new Setting());
            setting.list |= list;
        }
        setting.words = line.subList(1, line.size());
    }

    /** Checks names and values. */
    void check(PropertyPath where, Map<String, ?> values, Problems problems) {
        if (!values.isEmpty()) {
            new Check(problems).mapping(root(), where, "", values);
        }
    }

    private final class Check {

        private final Problems problems;

        Check(Problems problems) {
            this.problems = problems;
        }

        void mapping(Setting setting, PropertyPath where, String path, Map<?, ?> values) {
            values.forEach((name, value) -> {
                String key = String.valueOf(name);
                String full = path.isEmpty() ? key : path + "." + key;
                Optional<Setting> inner = setting.find(key);
                if (inner.isEmpty()) {
                    problems.add(
                            where.key(key),
                            full + " is not " + what,
                            Suggestion.fix(key, setting.inner.keySet(), "check its name"));
                } else if (inner.get().isRefused()) {
                    List<String> words = inner.get().words;
                    problems.add(
                            where.key(key),
                            full + " cannot be set: " + String.join(" ", words.subList(1, words.size())),
                            "remove it");
                } else {
                    value(inner.get(), where.key(key), full, value);
                }
            });
        }

        private void value(Setting setting, PropertyPath where, String path, @Nullable Object value) {
            if (value == null) {
                problems.add(where, "no value", "write a value, or remove it");
            } else if (setting.list) {
                list(setting, where, path, value);
            } else if (!setting.words.isEmpty()) {
                SettingType.of(setting.words.get(0)).check(where, path, value, problems);
            } else if (value instanceof Map<?, ?> map) {
                mapping(setting, where, path, map);
            } else {
                problems.add(
                        where,
                        path + " is " + SettingType.describe(value),
                        "a mapping with " + String.join(", ", setting.inner.keySet()),
                        "write {" + setting.inner.keySet().iterator().next() + ": …}");
            }
        }

        private void list(Setting setting, PropertyPath where, String path, Object value) {
            if (!(value instanceof List<?> items)) {
                problems.add(where, path + " is " + SettingType.describe(value), "a list", "write [{…}]");
                return;
            }
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof Map<?, ?> map) {
                    mapping(setting, where.index(i), path + LIST, map);
                } else {
                    problems.add(where.index(i), path + " has an item that is no mapping", "write {name: …}");
                }
            }
        }
    }

    /** Checks that a Kubernetes version has the settings. */
    void checkVersion(PropertyPath where, Map<String, ?> values, KubernetesVersion version, Problems problems) {
        if (values.isEmpty()) {
            return;
        }
        each(root(), "", values, (path, setting) -> {
            int minor = version.minor();
            Optional<String> from = setting.option("from").filter(first -> minor < minor(first));
            Optional<String> until = setting.option("until").filter(last -> minor > minor(last));
            if (from.isPresent() || until.isPresent()) {
                problems.add(
                        where.plus(PropertyPath.of(path.split("\\.", -1))),
                        path + " is not " + what + " in Kubernetes " + version,
                        from.map(first -> first + " and newer").orElseGet(() -> "up to " + until.orElseThrow()),
                        "remove it");
            }
        });
    }

    private static int minor(String version) {
        return Integer.parseInt(version.substring("1.".length()));
    }

    private void each(Setting setting, String path, Map<?, ?> values, BiConsumer<String, Setting> use) {
        values.forEach((name, value) -> setting.find(String.valueOf(name)).ifPresent(inner -> {
            String full = path.isEmpty() ? String.valueOf(name) : path + "." + name;
            if (!inner.words.isEmpty()) {
                use.accept(full, inner);
            } else if (value instanceof Map<?, ?> map) {
                each(inner, full, map, use);
            }
        }));
    }

    /**
     * The values by the names that another program has for them, the option {@code as} of the table.
     *
     * @param missing gets the path of each value that the other program does not have
     */
    Map<String, Object> translated(Map<String, ?> values, List<String> missing) {
        Map<String, Object> translated = new LinkedHashMap<>();
        if (!values.isEmpty()) {
            translate(root(), "", values, translated, missing);
        }
        return translated;
    }

    private void translate(
            Setting setting, String path, Map<?, ?> values, Map<String, Object> translated, List<String> missing) {
        values.forEach((name, value) -> {
            String full = path.isEmpty() ? String.valueOf(name) : path + "." + name;
            setting.find(String.valueOf(name)).ifPresent(inner -> {
                if (inner.words.isEmpty() && !inner.list && value instanceof Map<?, ?> map) {
                    translate(inner, full, map, translated, missing);
                } else {
                    inner.option("as").ifPresentOrElse(other -> translated.put(other, value), () -> missing.add(full));
                }
            });
        });
    }
}
