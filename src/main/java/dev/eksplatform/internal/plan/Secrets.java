package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The texts that must not be shown, wherever they turn up: Terraform flags an attribute as sensitive, but the same value
 * recurs unflagged, in a chart's rendered values or in an error.
 *
 * <p>They are found by decoding what is shown, see {@link SecretSearch}. Texts of less than 4 characters, {@code true} and
 * {@code false} are masked only where they are flagged, because masking every "80" would hide the review and protect nothing.
 */
public final class Secrets {

    /** The text shown instead of a secret. */
    public static final String MASK = "(sensitive)";

    /**
     * The names of parameters that AWS publishes, such as the release of an image. The provider flags the value of every
     * parameter. Source: <a
     * href="https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html">public
     * parameters</a>; nobody else can create parameters below {@code /aws}.
     */
    private static final String PUBLIC_PARAMETER = "/aws/service/";

    /** Guesses that are words are secrets only where they are, unless they are as long as this. */
    private static final int LONG_WORDS = 12;

    /** No secrets. */
    public static final Secrets NONE = new Secrets(Set.of(), Set.of());

    private final Set<String> texts;
    /** Texts that Terraform flags as one value, however short they are. */
    private final Set<String> flagged;

    /** Values without secrets, which need not be searched again when the whole review is masked. */
    private final Set<String> clean;

    private volatile @Nullable SecretSearch search;

    private Secrets(Collection<String> texts, Collection<String> flagged) {
        this(texts, flagged, ConcurrentHashMap.newKeySet());
    }

    private Secrets(Collection<String> texts, Collection<String> flagged, Set<String> clean) {
        this.clean = clean;
        this.texts = Collections.unmodifiableSet(new TreeSet<>(texts));
        this.flagged = Set.copyOf(flagged);
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
        Set<String> flagged = new TreeSet<>();
        all.forEach(secrets -> {
            texts.addAll(secrets.texts);
            flagged.addAll(secrets.flagged);
        });
        return new Secrets(texts, flagged);
    }

    /**
     * The secrets to be masked in sentences and names. A common word is none: it is masked where a value is shown, and kept
     * where it is a word or a name.
     *
     * @param types names that are not chosen by users, such as types of resources: a secret in one of them is kept
     * @param names names that users chose: a secret of common words in one of them is kept
     * @return those that look random, and names of several words that nothing else has
     */
    public Secrets distinctive(Collection<String> types, Collection<String> names) {
        Set<String> kept = new TreeSet<>();
        for (String text : texts) {
            if (!CommonWords.isCommon(text) || CommonWords.areName(text)) {
                kept.add(text);
            }
        }
        types.forEach(type -> kept.removeAll(search().namedIn(type)));
        SecretSearch known = search();
        names.parallelStream()
                .flatMap(name -> known.namedIn(name).stream())
                .filter(CommonWords::isCommon)
                .collect(Collectors.toSet())
                .forEach(kept::remove);
        return new Secrets(kept, Set.of(), clean);
    }

    /**
     * Says whether a text that Terraform flags is also the text of something that is shown, or as short as a word of a sentence.
     *
     * @param shown names and words
     * @return true when it cannot be hidden without hiding those; false when nothing is shown
     */
    public boolean equalsOneOf(Supplier<Stream<String>> shown) {
        boolean isWord = flagged.stream().anyMatch(Secrets::isShort);
        return !flagged.isEmpty() && shown.get().parallel().anyMatch(text -> isWord || flagged.contains(text));
    }

    private static boolean isShort(String text) {
        return text.length() < SecretSearch.SHORTEST
                || Set.of("true", "false", "null").contains(text);
    }

    /**
     * A text that may be shown.
     *
     * @param text any text
     * @return the same with every secret in it, in any encoding, replaced by {@value #MASK}
     */
    public String masked(String text) {
        return clean.contains(text) ? text : masked(text, hidden(text));
    }

    /**
     * A value that may be shown.
     *
     * @param text the value of an attribute
     * @return the same with every secret in it replaced, and with what has the shape of one, see {@link SecretShapes}
     */
    public String maskedValue(String text) {
        BitSet hidden = hidden(text);
        hidden.or(SecretShapes.in(text));
        if (hidden.isEmpty() && !texts.isEmpty()) {
            clean.add(text);
        }
        return masked(text, hidden);
    }

    private BitSet hidden(String text) {
        return search().isEmpty() || text.length() < SecretSearch.SHORTEST ? new BitSet() : search().in(text);
    }

    private static String masked(String text, BitSet hidden) {
        if (hidden.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (int from = hidden.nextSetBit(0); from >= 0; from = hidden.nextSetBit(copied)) {
            out.append(text, copied, from).append(MASK);
            copied = hidden.nextClearBit(from);
        }
        return out.append(text, copied, text.length()).toString();
    }

    /** Created once, whichever thread asks first. */
    private SecretSearch search() {
        SecretSearch known = search;
        return known == null ? created() : known;
    }

    private synchronized SecretSearch created() {
        SecretSearch known = search;
        if (known == null) {
            known = new SecretSearch(texts);
            search = known;
        }
        return known;
    }

    /** Says how many, never which. */
    @Override
    public String toString() {
        return texts.size() + " secrets";
    }

    /** Gathers secrets while an input is read. */
    public static final class Collector {

        private static final int BATCH = 256;

        private final Set<String> texts = new ConcurrentSkipListSet<>();
        private final Set<String> flagged = new TreeSet<>();
        private final SecretNature nature = new SecretNature(this);
        private final Set<Long> seen = ConcurrentHashMap.newKeySet();
        private final List<Runnable> unsearched = new ArrayList<>();
        private CompletableFuture<?> searching = CompletableFuture.completedFuture(null);

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
            if (value.has("insecure_value") && value.path("name").asText("").startsWith(PUBLIC_PARAMETER)) {
                return;
            }
            sensitive.select(value, part -> {
                if (part.isTextual() && !part.asText().isBlank()) {
                    flagged.add(part.asText().strip());
                }
                add(part);
            });
        }

        /**
         * Adds what is secret by its nature, flagged or not: a Secret's data, a Helm release's sensitive values, and
         * texts under a name such as {@code password} or {@code apiKey}. A common word is secret only in that place.
         *
         * @param type the resource's type
         * @param values its attributes
         */
        public void addByNature(String type, JsonNode values) {
            if (values.isContainerNode()) {
                later(() -> search(type, values, values));
            }
        }

        /** The same for both sides of a change. */
        void addByNature(String type, BeforeAfter values) {
            addByNature(type, values.after());
            if (values.before().isContainerNode()) {
                later(() -> search(type, values.before(), values.beforeOnly()));
            }
        }

        private void later(Runnable search) {
            unsearched.add(search);
            if (unsearched.size() == BATCH) {
                List<Runnable> batch = List.copyOf(unsearched);
                unsearched.clear();
                // by another thread while the next batch is read, and by this one when the other is busy
                if (searching.isDone()) {
                    searching.join();
                    searching = CompletableFuture.runAsync(() -> batch.forEach(Runnable::run));
                } else {
                    batch.forEach(Runnable::run);
                }
            }
        }

        /** A plan repeats the values of most resources: in its state, its changes and its planned values. */
        private void search(String type, JsonNode values, JsonNode searched) {
            if (seen.add(Fingerprint.of(type, values))) {
                nature.of(type, searched);
            }
        }

        void addText(String text) {
            String trimmed = text.strip();
            if (!isShort(trimmed) && !MASK.contains(trimmed)) {
                texts.add(trimmed);
            }
        }

        /** Adds what is likely to be a secret, and not what also is in use as a word. */
        void addGuess(String text) {
            String trimmed = text.strip();
            if (!CommonWords.isCommon(trimmed) || trimmed.length() >= LONG_WORDS) {
                addText(trimmed);
            }
        }

        /**
         * What was gathered.
         *
         * @return the secrets so far
         */
        public Secrets collected() {
            searching.join();
            unsearched.forEach(Runnable::run);
            unsearched.clear();
            return texts.isEmpty() && flagged.isEmpty() ? NONE : new Secrets(texts, flagged);
        }
    }
}
