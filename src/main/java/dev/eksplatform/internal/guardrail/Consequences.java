package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ImmutableField;
import dev.eksplatform.internal.plan.ImmutableFields;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.plan.Versions;
import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.Defaults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The consequences of changes, from {@code consequences.yaml}: the risks of a review, and the texts of the guardrails that
 * report them.
 */
public record Consequences(
        List<Entry> resources,

        Entry other,
        Entry object,
        Consequence forgotten,
        Consequence deposed,
        Consequence refused,

        List<String> access,

        List<String> exposure) {

    private static final Consequences TABLE = Binder.ofProgram(Consequences.class, "consequences.yaml");

    /** The consequences of a type of resource or of kinds of objects. */
    public record Entry(
            String type,
            List<String> kinds,
            Optional<Consequence> replaced,

            Optional<Consequence> createBeforeDestroy,

            Optional<Consequence> deleted,

            Optional<Consequence> rerouted,

            Optional<Consequence> cutOff,

            List<Consequence> updated,

            String source) {

        @Defaults
        static Entry of() {
            return new Entry(
                    "",
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    "");
        }

        Stream<Consequence> all() {
            return Stream.concat(
                    Stream.of(replaced, createBeforeDestroy, deleted, rerouted, cutOff)
                            .flatMap(Optional::stream),
                    updated.stream());
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
     * The consequence of a change.
     *
     * @param change the change of a resource
     * @param changed whether a top-level attribute differs
     * @return empty when it does no harm
     */
    public Optional<Consequence> of(ResourceChange change, Predicate<String> changed) {
        return of(
                change.type(),
                change.address(),
                change.action(),
                change.before(),
                change.after(),
                change.unknown(),
                changed);
    }

    /** The consequence of what rules know of a change; empty when the action is not known. */
    Optional<Consequence> of(GuardedResource resource) {
        JsonNode before = resource.before().node();
        JsonNode after = resource.values().node();
        return Action.of(resource.actions())
                .flatMap(action -> of(
                        resource.type(),
                        resource.address(),
                        action,
                        before,
                        after,
                        resource.values().marks(),
                        attribute -> !before.path(attribute).equals(after.path(attribute))));
    }

    private Optional<Consequence> of(
            String type,
            String address,
            Action action,
            JsonNode before,
            JsonNode after,
            ValueMarks unknown,
            Predicate<String> changed) {
        Entry entry = entry(type, before.isObject() ? before : after);
        return switch (action) {
            case REPLACE_CREATE_FIRST ->
                entry.createBeforeDestroy().or(entry::replaced).or(other::replaced);
            case REPLACE_DELETE_FIRST, REPLACE_FORGET_OLD -> entry.replaced().or(other::replaced);
            case DELETE -> entry.deleted().or(other::deleted);
            case FORGET -> Optional.of(forgotten);
            case UPDATE ->
                refused(type, address, ImmutableFields.changed(type, before, after, unknown))
                        .or(() -> entry.updated().stream()
                                .filter(update -> update.attributes().stream()
                                        .anyMatch(attribute -> changed.test(attribute)
                                                && (!update.downgrade() || isDowngrade(before, after, attribute))))
                                .findFirst());
            case CREATE, READ, NO_OP, OPEN, RENEW, CLOSE, INVOKE -> Optional.empty();
        };
    }

    private static boolean isDowngrade(JsonNode before, JsonNode after, String attribute) {
        return Versions.isDowngrade(
                before.path(attribute).asText(""), after.path(attribute).asText(""));
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
     * @return the first matching entry
     */
    public Entry entry(String type, JsonNode values) {
        String kind = ManifestForm.kind(type, values);
        return resources.stream()
                .filter(entry -> kind.isEmpty()
                        ? entry.type().equals(type)
                        : entry.kinds().contains(kind))
                .findFirst()
                .orElse(type.startsWith("kubernetes_") ? object : other);
    }

    /** The consequence that a guardrail reports in general, for its own texts; empty when it reports none. */
    Optional<Consequence> reportedBy(String rule) {
        return reported()
                .filter(consequence -> consequence.rules().contains(rule))
                .findFirst();
    }

    private Stream<Consequence> reported() {
        return Stream.concat(resources.stream().flatMap(Entry::all), Stream.of(refused));
    }
}
