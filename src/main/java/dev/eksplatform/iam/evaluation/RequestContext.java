package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.TerraformTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The context keys of a request: some with their values, some known to be missing, the others either missing or not known.
 * Keys are compared without regard to case.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global condition
 *     context keys</a>
 */
public final class RequestContext {

    /** What is known about one key: values, none ({@code MISSING}), or nothing ({@code UNKNOWN}). */
    sealed interface Value {
        /** The values, at least one. */
        record Present(List<String> values) implements Value {}

        /** The request does not carry the key. */
        enum Missing implements Value {
            MISSING
        }

        /** The request may carry the key. */
        enum Unknown implements Value {
            UNKNOWN
        }
    }

    private final Map<String, Value> known;
    private final List<String> unknownPrefixes;

    private RequestContext(Map<String, Value> known, List<String> unknownPrefixes) {
        this.known = known;
        this.unknownPrefixes = unknownPrefixes;
    }

    /**
     * A request of which nothing is known yet.
     *
     * @return a context in which every key may have any value
     */
    public static RequestContext open() {
        return new RequestContext(Map.of(), List.of(""));
    }

    /**
     * A request that carries no keys but those added.
     *
     * @return a context in which every key is missing
     */
    public static RequestContext closed() {
        return new RequestContext(Map.of(), List.of());
    }

    /**
     * A request in which keys of some prefixes may have any value and all others are missing.
     *
     * @param prefixes such as {@code aws:}
     * @return the context
     */
    public static RequestContext closedExcept(String... prefixes) {
        List<String> lower = new ArrayList<>();
        for (String prefix : prefixes) {
            lower.add(prefix.toLowerCase(Locale.ROOT));
        }
        return new RequestContext(Map.of(), List.copyOf(lower));
    }

    /**
     * The context with a key.
     *
     * @param key the key, such as {@code aws:username}
     * @param values its values; one that holds a Terraform expression is not known
     * @return a copy in which the key has these values, or is missing when there are none
     */
    public RequestContext with(String key, String... values) {
        return with(key, values.length == 0 ? Value.Missing.MISSING : new Value.Present(List.of(values)));
    }

    /**
     * The context with a key whose value is not known.
     *
     * @param key the key
     * @return a copy in which the key may be missing or have any value
     */
    public RequestContext withUnknown(String key) {
        return with(key, Value.Unknown.UNKNOWN);
    }

    private RequestContext with(String key, Value value) {
        Map<String, Value> copy = new LinkedHashMap<>(known);
        copy.put(key.toLowerCase(Locale.ROOT), value);
        return new RequestContext(copy, unknownPrefixes);
    }

    Value value(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        Value exact = known.get(lower);
        if (exact != null) {
            return exact;
        }
        // A key that Terraform has yet to fill in may turn out to be any other one.
        boolean mayBeAnother =
                TerraformTemplate.isOpen(key) || known.keySet().stream().anyMatch(TerraformTemplate::isOpen);
        boolean unknown = mayBeAnother || unknownPrefixes.stream().anyMatch(lower::startsWith);
        return unknown ? Value.Unknown.UNKNOWN : Value.Missing.MISSING;
    }

    /** Equal when the same is known. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RequestContext context
                && known.equals(context.known)
                && unknownPrefixes.equals(context.unknownPrefixes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(known, unknownPrefixes);
    }
}
