package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The texts that must not be shown, wherever they turn up: Terraform flags an attribute as sensitive, but the same value
 * recurs unflagged, in a chart's rendered values or in an error.
 *
 * <p>Texts of at least 8 characters are masked wherever they occur, also inside base64; those of 4 to 7 only as a whole
 * word; shorter ones, {@code true} and {@code false} only where they are flagged, because masking every "80" would hide
 * the review and protect nothing.
 */
public final class Secrets {

    /** The text shown instead of a secret. */
    public static final String MASK = "(sensitive)";

    /** No secrets. */
    public static final Secrets NONE = new Secrets(Set.of());

    private static final int SHORTEST = 4;
    private static final int ANYWHERE = 8;

    private final Set<String> texts;
    /** By the first characters, then by length, longest first: many secrets often begin alike. */
    private final Map<Integer, Map<Integer, Set<String>>> byStart = new HashMap<>();

    private Secrets(Collection<String> texts) {
        this.texts = Collections.unmodifiableSet(new TreeSet<>(texts));
        Set<String> forms = new TreeSet<>();
        this.texts.forEach(text -> forms.addAll(SecretForms.of(text)));
        for (String form : forms) {
            byStart.computeIfAbsent(start(form, 0), key -> new TreeMap<>(Comparator.reverseOrder()))
                    .computeIfAbsent(form.length(), key -> new HashSet<>())
                    .add(form);
        }
    }

    /**
     * The secrets of several sources together.
     *
     * @param all the sources
     * @return what any of them holds
     */
    public static Secrets of(Collection<Secrets> all) {
        if (all.size() == 1) {
            return all.iterator().next();
        }
        Set<String> texts = new TreeSet<>();
        all.forEach(secrets -> texts.addAll(secrets.texts));
        return texts.isEmpty() ? NONE : new Secrets(texts);
    }

    /**
     * A text that may be shown.
     *
     * @param text any text
     * @return the same with every secret in it replaced by {@value #MASK}
     */
    public String masked(String text) {
        if (byStart.isEmpty() || text.length() < SHORTEST) {
            return text;
        }
        StringBuilder out = null;
        int copied = 0;
        int i = 0;
        while (i <= text.length() - SHORTEST) {
            String hit = hit(text, i);
            if (hit == null) {
                i++;
                continue;
            }
            out = out == null ? new StringBuilder() : out;
            out.append(text, copied, i).append(MASK);
            i += hit.length();
            copied = i;
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    private @Nullable String hit(String text, int at) {
        for (Map.Entry<Integer, Set<String>> forms :
                byStart.getOrDefault(start(text, at), Map.of()).entrySet()) {
            int end = at + forms.getKey();
            if (end > text.length() || (forms.getKey() < ANYWHERE && !isWord(text, at, end))) {
                continue;
            }
            String part = text.substring(at, end);
            if (forms.getValue().contains(part)) {
                return part;
            }
        }
        return null;
    }

    private static boolean isWord(String text, int from, int to) {
        return (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
                && (to == text.length() || !Character.isLetterOrDigit(text.charAt(to)));
    }

    private static int start(String text, int at) {
        int hash = 0;
        for (int i = at; i < at + SHORTEST; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    /** Says how many, never which. */
    @Override
    public String toString() {
        return texts.size() + " secrets";
    }

    /** Gathers secrets while an input is read. */
    public static final class Collector {

        private final Set<String> texts = new TreeSet<>();
        private final Set<String> documents = new HashSet<>();

        /**
         * Adds every text and number in a value.
         *
         * @param value a value that is sensitive as a whole
         */
        public void add(JsonNode value) {
            if (value.isContainerNode()) {
                value.forEach(this::add);
            } else if (value.isTextual() || value.isNumber()) {
                addText(value.asText());
            }
        }

        /**
         * Adds the sensitive parts of a value.
         *
         * @param value any value
         * @param sensitive which parts of it are sensitive
         */
        public void add(JsonNode value, ValueMarks sensitive) {
            if (sensitive.whole()) {
                add(value);
                return;
            }
            sensitive.parts().forEach((key, marks) -> add(ValueMarks.part(value, key), marks));
        }

        /**
         * Adds what is secret by its nature, flagged or not: a Secret's data, a Helm release's sensitive values, and
         * texts under a name such as {@code password} or {@code apiKey}.
         *
         * @param type the resource's type
         * @param values its attributes
         */
        public void addByNature(String type, JsonNode values) {
            if (values.isObject()) {
                SecretNature.collect(type, values, this);
            }
        }

        /** A plan repeats its documents, before and after, planned and prior: each is looked through once. */
        boolean isNew(String document) {
            return documents.add(document);
        }

        void addText(String text) {
            String trimmed = text.strip();
            boolean harmless = trimmed.length() < SHORTEST
                    || Set.of("true", "false", "null").contains(trimmed);
            if (!harmless) {
                texts.add(trimmed);
            }
        }

        /**
         * What was gathered.
         *
         * @return the secrets so far
         */
        public Secrets collected() {
            return texts.isEmpty() ? NONE : new Secrets(texts);
        }
    }
}
