package dev.eksplatform.internal.release;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of an EKS add-on besides its versions, from {@code eks-addon-facts.txt}, which explains each word and names its
 * sources.
 *
 * @param name its name in the EKS API
 * @param namespace the namespace that EKS installs it in, unless it is given another
 * @param rows the words of the table by the first of each line
 */
public record EksAddonFacts(String name, String namespace, Map<String, List<List<String>>> rows) {

    /**
     * A ServiceAccount of an add-on that calls AWS APIs.
     *
     * @param name its name
     * @param policies AWS managed policies for it, with their paths
     */
    public record Account(String name, List<String> policies) {}

    /** Read when it is first used. */
    private static final class Table {

        private static final Map<String, EksAddonFacts> FACTS = read();

        private static Map<String, EksAddonFacts> read() {
            Map<String, EksAddonFacts> facts = new LinkedHashMap<>();
            ReleaseTable.read("eks-addon-facts.txt").entries().forEach(entry -> {
                Map<String, List<List<String>>> rows = new LinkedHashMap<>();
                entry.rows().stream()
                        .map(row -> Arrays.asList(row.split(" ")))
                        .forEach(row -> rows.merge(
                                row.get(0), List.of(row.subList(1, row.size())), (one, other) -> Stream.concat(
                                                one.stream(), other.stream())
                                        .toList()));
                facts.put(
                        entry.name(),
                        new EksAddonFacts(entry.name(), entry.words().get(1), rows));
            });
            return facts;
        }
    }

    /**
     * Everything that is known.
     *
     * @return by name
     */
    public static Map<String, EksAddonFacts> all() {
        return Table.FACTS;
    }

    /**
     * What is known of an add-on.
     *
     * @return empty for one that is not in the table
     */
    public static Optional<EksAddonFacts> of(String addon) {
        return Optional.ofNullable(Table.FACTS.get(addon));
    }

    /** The ServiceAccounts that call AWS APIs, the controller's first. */
    public List<Account> accounts() {
        return rows.getOrDefault("account", List.of()).stream()
                .map(row -> new Account(row.get(0), row.subList(1, row.size())))
                .toList();
    }

    /** Whether it works with the role of the nodes. */
    public boolean usesNodeRole() {
        return rows.containsKey("node-role");
    }

    /** Whether its permissions depend on resources of the user. */
    public boolean asksForPermissions() {
        return rows.containsKey("asks");
    }

    /** The only modes in which its pods get credentials; empty for any. */
    public List<String> modes() {
        return words("modes");
    }

    /** Whether nodes need it to become ready. */
    public boolean beforeCompute() {
        return rows.containsKey("before-compute");
    }

    /** Whether it has pods besides those on every node. */
    public boolean hasDeployment() {
        return rows.containsKey("deployment");
    }

    /** The keys of taints that its Deployment tolerates. */
    public List<String> tolerates() {
        return words("tolerates");
    }

    /** The add-ons without which it does not work. */
    public List<String> needs() {
        return words("needs");
    }

    /** The types of compute on which its pods run; empty when that is not documented. */
    public List<String> compute() {
        return words("compute");
    }

    /** How many pods it runs on every node. */
    public int podsOnNode() {
        return words("pods-on-node").stream().mapToInt(Integer::parseInt).sum();
    }

    /** The port of its extension API server. */
    public Optional<Integer> apiPort() {
        return words("api").stream().map(Integer::valueOf).findFirst();
    }

    /** The port of its webhook. */
    public Optional<Integer> webhookPort() {
        return words("webhook").stream().map(Integer::valueOf).findFirst();
    }

    /** The endpoint services that its pods call. */
    public List<String> endpoints() {
        return words("endpoints");
    }

    /** What it does with customer managed keys. */
    public Optional<String> kms() {
        return words("kms").stream().findFirst();
    }

    private List<String> words(String first) {
        return rows.getOrDefault(first, List.of()).stream()
                .flatMap(List::stream)
                .toList();
    }
}
