package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.plan.AttributePath;
import dev.eksplatform.internal.plan.Versions;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a change makes of a value. */
public enum Becomes {
    /** Another one. */
    CHANGED,
    /** An older version. */
    OLDER,
    /** A version that is more than one minor version newer. */
    SKIPPING,
    /** Zero, which it was not. */
    ZERO,
    /** A smaller number or quantity. */
    LOWER,
    /** A shorter period, where zero means forever. */
    SHORTER,
    /** A list without some of its elements. */
    FEWER,
    /** False, or a word that means the same. */
    OFF,
    /** True. */
    ON,
    /** Nothing. */
    UNSET,
    /** What {@link Consequence#after} says, also of a new resource. */
    SO;

    private static final List<String> OFF_WORDS =
            List.of("false", "disabled", "suspended", "inactive", "off", "none", "stopped");

    /** Whether it holds where a resource is replaced, whose old values matter no more. */
    boolean ofReplacement() {
        return this == ZERO || this == OFF || this == SO;
    }

    /**
     * Whether a change does this to a value. What is decided during apply is not known to become anything.
     *
     * @param value the value before and after
     * @param unset what a value means that is not set
     */
    boolean holds(AttributePath value, String unset) {
        String before = AttributePath.text(value.before(), unset);
        String after = AttributePath.text(value.after(), unset);
        if (this == CHANGED) {
            return value.unknown() || !value.before().equals(value.after());
        }
        if (value.unknown()) {
            return false;
        }
        return switch (this) {
            case OLDER -> Versions.isDowngrade(before, after);
            case SKIPPING -> Versions.skipsMinor(before, after);
            case ZERO -> isZero(after) && !before.isEmpty() && !isZero(before);
            case LOWER -> isLower(before, after);
            case SHORTER -> !isForever(after) && (isForever(before) || isLower(before, after));
            case FEWER -> !value.lost().isEmpty();
            case OFF -> isOff(after) && !isOff(before);
            case ON -> !isOff(after) && isOff(before);
            case UNSET -> after.isEmpty() && !before.isEmpty();
            case SO, CHANGED -> true;
        };
    }

    private static boolean isZero(String text) {
        return AttributePath.number(text).map(number -> number.signum() == 0).orElse(false);
    }

    private static boolean isForever(String text) {
        return text.isEmpty() || isZero(text);
    }

    private static boolean isLower(String before, String after) {
        Optional<BigDecimal> old = AttributePath.number(before);
        Optional<BigDecimal> young = AttributePath.number(after);
        return old.isPresent() && young.isPresent() && young.get().compareTo(old.get()) < 0;
    }

    private static boolean isOff(String text) {
        return text.isEmpty() || OFF_WORDS.contains(text.toLowerCase(Locale.ROOT));
    }
}
