package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ImmutableField;
import dev.eksplatform.internal.plan.ImmutableFields;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.Defaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The consequences of changes, from {@code consequences.yaml}, {@code data-stores.yaml} and {@code settings.yaml}: the risks of
 * a review, and the texts of the guardrails that report them.
 */
public record Consequences(
        List<Entry> resources,

        Entry other,
        Entry object,
        Consequence forgotten,
        Consequence forgottenOld,
        Consequence renamed,
        Consequence deposed,
        Consequence refused,

        Map<String, Consequence> network,

        List<String> access,

        List<String> exposure) {

    private static final Consequences TABLE = Binder.ofProgram(Consequences.class, "consequences.yaml");
    private static final List<Entry> STORES = DataStores.entries();
    private static final List<Entry> SETTINGS =
            Binder.ofProgram(Settings.class, "settings.yaml").settings();

    /** The rules that some consequence names. */
    private static final Set<String> RULES = Stream.of(
                    Stream.of(TABLE.resources, STORES, SETTINGS, List.of(TABLE.other, TABLE.object))
                            .flatMap(List::stream)
                            .flatMap(Entry::all),
                    Stream.of(TABLE.forgotten, TABLE.forgottenOld, TABLE.renamed, TABLE.deposed, TABLE.refused),
                    TABLE.network.values().stream())
            .flatMap(consequences -> consequences)
            .flatMap(consequence -> consequence.rules().stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final Map<List<String>, Known> LOOKED_UP = new ConcurrentHashMap<>();

    /** What the table has about a type or kind. */
    private record Known(Entry entry, List<Consequence> settings) {}

    /** What settings of resources mean that stay. */
    record Settings(List<Entry> settings) {}

    /**
     * The consequences of types of resources or of kinds of objects.
     *
     * @param type a type
     * @param types types, with {@code *} for any text
     * @param kinds kinds of Kubernetes objects
     * @param groups their API groups, with {@code *} for any text; those of Kubernetes itself when there are none
     * @param replaced of a replacement
     * @param createBeforeDestroy of a replacement where the new one is created first
     * @param deleted of a deletion
     * @param deletions of a deletion of certain values: the first that holds, before {@code deleted}
     * @param destroyed of a deletion or a replacement of certain values: the first that holds, before all above
     * @param rerouted of a deletion after which there is another way
     * @param cutOff of a deletion after which there is none
     * @param updated of changed attributes: of several for the same attributes, the first that holds
     * @param source where it is documented
     */
    public record Entry(
            String type,
            List<String> types,
            List<String> kinds,
            List<String> groups,
            Optional<Consequence> replaced,

            Optional<Consequence> createBeforeDestroy,

            Optional<Consequence> deleted,

            List<Consequence> deletions,
            List<Consequence> destroyed,

            Optional<Consequence> rerouted,

            Optional<Consequence> cutOff,

            List<Consequence> updated,

            String source) {

        @Defaults
        static Entry of() {
            return ofData(List.of(), List.of(), "");
        }

        static Entry ofData(List<String> types, List<Consequence> destroyed, String source) {
            Optional<Consequence> none = Optional.empty();
            return new Entry(
                    "", types, List.of(), List.of(), none, none, none, List.of(), destroyed, none, none, List.of(),
                    source);
        }

        Stream<Consequence> all() {
            return Stream.of(
                            Stream.of(replaced, createBeforeDestroy, deleted, rerouted, cutOff)
                                    .flatMap(Optional::stream),
                            deletions.stream(),
                            destroyed.stream(),
                            updated.stream())
                    .flatMap(consequences -> consequences);
        }

        /** Whether it names a type or kind. */
        private boolean names(String resource, String kind, String group) {
            return kind.isEmpty()
                    ? type.equals(resource) || types.contains(resource)
                    : kinds.contains(kind) && isOf(group);
        }

        /** Whether it names a type or kind, or has a pattern for it. */
        private boolean isAbout(String resource, String kind, String group) {
            return names(resource, kind, group)
                    || (kind.isEmpty()
                            ? types.stream().anyMatch(each -> Wildcards.match(each, resource))
                            : isOf(group) && kinds.contains("*"));
        }

        /** A group without a dot, or below k8s.io, is one of Kubernetes itself. */
        private boolean isOf(String group) {
            return groups.isEmpty()
                    ? !group.contains(".") || group.endsWith(".k8s.io")
                    : groups.stream().anyMatch(each -> Wildcards.match(each, group));
        }
    }

    /**
     * The table.
     *
     * @return the consequences that come with the program
     */
    public static Consequences table() {
        return TABLE;
    }

    /**
     * What becomes of connections.
     *
     * @param what its key in the table, such as {@code routeMoved}
     * @param values value by placeholder
     * @return the consequence
     */
    public Consequence ofNetwork(String what, Map<String, String> values) {
        return Objects.requireNonNull(network.get(what), what).with(values);
    }

    /**
     * The consequences of a change.
     *
     * @param change the change of a resource
     * @param changed whether an attribute differs in meaning, by its path in the resource
     * @return empty when it does no harm
     */
    public List<Consequence> of(ResourceChange change, Predicate<String> changed) {
        return of(
                change.type(),
                change.address(),
                change.action(),
                change.before(),
                change.after(),
                change.unknown(),
                changed);
    }

    /** The consequence of what rules know of a change that a rule reports; empty when the action is not known. */
    Optional<Consequence> reportedBy(String rule, GuardedResource resource) {
        return RULES.contains(rule)
                ? of(resource).stream()
                        .filter(consequence -> consequence.rules().contains(rule))
                        .findFirst()
                : Optional.empty();
    }

    private List<Consequence> of(GuardedResource resource) {
        return Action.of(resource.actions())
                .map(action -> of(
                        resource.type(),
                        resource.address(),
                        action,
                        resource.before().node(),
                        resource.values().node(),
                        resource.values().marks(),
                        attribute -> true))
                .orElse(List.of());
    }

    private List<Consequence> of(
            String type,
            String address,
            Action action,
            JsonNode before,
            JsonNode after,
            ValueMarks unknown,
            Predicate<String> changed) {
        JsonNode known = before.isObject() ? before : after;
        ChangedValues values = ChangedValues.of(type, before, after, unknown);
        Predicate<Consequence> any = consequence -> true;
        Predicate<Consequence> ofNew = consequence -> consequence.becomes() == Becomes.SO;
        Predicate<Consequence> ofReplacement =
                consequence -> consequence.becomes().ofReplacement();
        return switch (action) {
            case REPLACE_CREATE_FIRST, REPLACE_DELETE_FIRST ->
                with(replaced(type, known, values, action), settings(type, known, values, changed, ofReplacement));
            case REPLACE_FORGET_OLD -> with(forgottenOld, settings(type, known, values, changed, ofReplacement));
            case DELETE -> List.of(deleted(type, known, values));
            case FORGET -> List.of(forgotten);
            case UPDATE ->
                refused(type, address, ImmutableFields.changed(type, before, after, unknown))
                        .map(List::of)
                        .orElseGet(() -> settings(type, known, values, changed, any));
            case CREATE -> settings(type, known, values, changed, ofNew);
            case READ, NO_OP, OPEN, RENEW, CLOSE, INVOKE -> List.of();
        };
    }

    private static List<Consequence> with(Consequence first, List<Consequence> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    /**
     * The consequence that it would have if a deletion were a replacement.
     *
     * @param change a deletion
     * @return what the replacement means
     */
    public Consequence replacement(ResourceChange change) {
        return replaced(
                change.type(),
                change.before(),
                ChangedValues.of(change.type(), change.before(), change.after(), change.unknown()),
                Action.REPLACE_DELETE_FIRST);
    }

    /**
     * The consequences of deleting or forgetting an object that is left over from a replacement. What holds data may be the
     * original, with the data.
     *
     * @param change the change of the deposed object
     * @return that it is deposed, and what becomes of its data
     */
    public List<Consequence> ofDeposed(ResourceChange change) {
        ChangedValues values = ChangedValues.of(change.type(), change.before(), change.after(), change.unknown());
        boolean store = change.action() == Action.DELETE
                && STORES.stream().anyMatch(entry -> entry.isAbout(change.type(), "", ""));
        return store ? List.of(deleted(change.type(), change.before(), values), deposed) : List.of(deposed);
    }

    private Consequence replaced(String type, JsonNode known, ChangedValues values, Action action) {
        Entry entry = entry(type, known);
        Optional<Consequence> general = action == Action.REPLACE_CREATE_FIRST
                ? entry.createBeforeDestroy().or(entry::replaced)
                : entry.replaced();
        return first(entry.destroyed(), values)
                .or(() -> general)
                .or(fallback(ManifestForm.kind(type, known))::replaced)
                .map(consequence ->
                        consequence.with(names(type, known, " A new one without the data takes its place.")))
                .orElseThrow();
    }

    private Consequence deleted(String type, JsonNode known, ChangedValues values) {
        Entry entry = entry(type, known);
        return first(entry.destroyed(), values)
                .or(() -> first(entry.deletions(), values))
                .or(entry::deleted)
                .or(fallback(ManifestForm.kind(type, known))::deleted)
                .map(consequence -> consequence.with(names(type, known, "")))
                .orElseThrow();
    }

    private static Optional<Consequence> first(List<Consequence> consequences, ChangedValues values) {
        return consequences.stream()
                .filter(consequence -> values.hold(consequence.before(), true))
                .findFirst();
    }

    private static Map<String, String> names(String type, JsonNode known, String instead) {
        String kind = ManifestForm.kind(type, known);
        return Map.of("type", type, "kind", kind.isEmpty() ? type : kind, "instead", instead);
    }

    /** What becomes of the settings of a resource. */
    private List<Consequence> settings(
            String type,
            JsonNode known,
            ChangedValues values,
            Predicate<String> changed,
            Predicate<Consequence> considered) {
        List<Consequence> found = new ArrayList<>();
        List<String> covered = new ArrayList<>();
        lookUp(type, known).settings().stream().filter(considered).forEach(consequence -> {
            List<String> causes = consequence.causes(values).stream()
                    .map(path -> ChangedValues.written(type, path))
                    .filter(path -> consequence.becomes() != Becomes.CHANGED || changed.test(path))
                    .toList();
            if (!causes.isEmpty() && covered.stream().noneMatch(path -> isPartOf(path, causes))) {
                covered.addAll(causes);
                found.add(consequence
                        .with(names(type, known, ""))
                        .withValues(values)
                        .on(causes, consequence.advice()));
            }
        });
        return found;
    }

    /** Whether what is already said about an attribute is about one of these, too. */
    private static boolean isPartOf(String path, List<String> others) {
        return others.stream().anyMatch(other -> path.equals(other) || path.startsWith(other + "."));
    }

    /** Of an update that the API server will refuse; empty when it will not, or when that is not known. */
    private Optional<Consequence> refused(String type, String address, List<ImmutableField> changed) {
        List<ImmutableField> fields =
                changed.stream().filter(ImmutableField::known).toList();
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        ImmutableField first = fields.get(0);
        String advice = first.fix().isEmpty() ? refused.advice() : first.fix();
        String root = type.equals("kubernetes_manifest") ? "manifest." : "";
        return Optional.of(refused.with(Map.of(
                        "fields", fields.stream().map(ImmutableField::field).collect(Collectors.joining(", ")),
                        "kind", first.kind(),
                        "source", first.source()))
                .on(fields.stream().map(field -> root + field.field()).toList(), advice.replace("ADDRESS", address)));
    }

    /**
     * The consequences of a type of resource.
     *
     * @param type the Terraform type
     * @param values the resource's attributes, which say the kind of a manifest
     * @return the first entry that names it, else the first with a pattern for it
     */
    public Entry entry(String type, JsonNode values) {
        return lookUp(type, values).entry();
    }

    private Known lookUp(String type, JsonNode values) {
        String kind = ManifestForm.kind(type, values);
        String group = ManifestForm.group(type, values);
        return LOOKED_UP.computeIfAbsent(List.of(type, kind, group), key -> {
            Entry entry = known().filter(named -> named.names(type, kind, group))
                    .findFirst()
                    .or(() -> known().filter(one -> one.isAbout(type, kind, group))
                            .findFirst())
                    .orElse(fallback(kind));
            return new Known(
                    entry,
                    Stream.concat(
                                    Stream.of(entry),
                                    SETTINGS.stream().filter(setting -> setting.isAbout(type, kind, group)))
                            .flatMap(setting -> setting.updated().stream())
                            .toList());
        });
    }

    private Stream<Entry> known() {
        return Stream.concat(resources.stream(), STORES.stream());
    }

    /** What holds for a type or kind that the table does not know. */
    private Entry fallback(String kind) {
        return kind.isEmpty() ? other : object;
    }

    /** The consequence that a guardrail reports in general, for its own texts; empty when it reports none. */
    Optional<Consequence> reportedBy(String rule) {
        return reported()
                .filter(consequence -> consequence.rules().contains(rule))
                .findFirst();
    }

    private Stream<Consequence> reported() {
        return Stream.concat(known().flatMap(Entry::all), Stream.of(refused));
    }
}
