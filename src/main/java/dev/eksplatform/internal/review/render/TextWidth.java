package dev.eksplatform.internal.review.render;

/**
 * How wide a text is at most in the sans-serif fonts of browsers. The widths are those of DejaVu Sans, rounded up, the widest
 * of the common ones.
 */
final class TextWidth {

    private static final String NARROW = "ijl.,:;'|!()[]{}ftrI/\\-· ";
    private static final String WIDE = "mwMW@%—…";
    private static final double BOLD = 1.12;

    private TextWidth() {}

    /** The width of a text in pixels. */
    static double of(String text, double size, boolean bold) {
        return text.codePoints().mapToDouble(TextWidth::em).sum() * size * (bold ? BOLD : 1);
    }

    private static double em(int character) {
        if (NARROW.indexOf(character) >= 0) {
            return 0.42;
        }
        if (WIDE.indexOf(character) >= 0) {
            return 1.02;
        }
        return character < 128 ? Character.isUpperCase(character) ? 0.78 : 0.65 : character < 0x1100 ? 0.85 : 1.4;
    }

    /** The text, or its beginning with an ellipsis; nothing when not even that fits. */
    static String fit(String text, double room, double size, boolean bold) {
        if (of(text, size, bold) <= room) {
            return text;
        }
        double left = room - of("…", size, bold);
        StringBuilder fitting = new StringBuilder();
        for (int character : text.codePoints().toArray()) {
            left -= em(character) * size * (bold ? BOLD : 1);
            if (left < 0) {
                break;
            }
            fitting.appendCodePoint(character);
        }
        return fitting.isEmpty() ? "" : fitting.append('…').toString();
    }
}
