package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.Defaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What holds data, from {@code data-stores.yaml}, and what becomes of the data when it is deleted. The first text whose
 * condition holds counts.
 *
 * @param guarded the deletion is refused because of a protection
 * @param kept the data stays
 * @param full the deletion is refused while there is data in it
 * @param copied a final snapshot is taken
 * @param delayed it can be restored for some time
 * @param lost none of these
 * @param stores the types
 */
record DataStores(
        Consequence guarded,
        Consequence kept,
        Consequence full,
        Consequence copied,
        Consequence delayed,
        Consequence lost,
        List<Store> stores) {

    /** A type with its data, and the values with which the texts hold. */
    record Store(
            List<String> types,
            String what,
            Optional<Severity> severity,
            Map<String, String> guarded,
            Map<String, String> kept,
            Map<String, String> full,
            Map<String, String> copied,
            Map<String, String> delayed,
            String source) {

        @Defaults
        static Store of(List<String> types, String what) {
            Map<String, String> never = Map.of();
            return new Store(types, what, Optional.empty(), never, never, never, never, never, "");
        }
    }

    /** The stores as entries of the table of consequences. */
    static List<Consequences.Entry> entries() {
        DataStores table = Binder.ofProgram(DataStores.class, "data-stores.yaml");
        return table.stores().stream().map(table::entry).toList();
    }

    private Consequences.Entry entry(Store store) {
        List<Consequence> destroyed = new ArrayList<>();
        add(guarded, store.guarded(), destroyed);
        add(kept, store.kept(), destroyed);
        add(full, store.full(), destroyed);
        add(copied, store.copied(), destroyed);
        add(delayed, store.delayed(), destroyed);
        destroyed.add(lost);
        Map<String, String> what = Map.of("what", store.what());
        return Consequences.Entry.ofData(
                store.types(),
                destroyed.stream()
                        .map(text -> text.with(what)
                                .as(text.equals(lost) ? store.severity().orElse(text.severity()) : text.severity()))
                        .toList(),
                store.source());
    }

    private static void add(Consequence text, Map<String, String> condition, List<Consequence> to) {
        if (!condition.isEmpty()) {
            to.add(text.when(condition));
        }
    }
}
