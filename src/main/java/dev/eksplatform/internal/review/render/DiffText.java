package dev.eksplatform.internal.review.render;

import dev.eksplatform.internal.plan.Masking;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Excerpt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes differences as lines that begin with {@code -} or {@code +}. */
final class DiffText {

    private static final int LONGEST_LINE = 700;
    private static final int MOST_LINES = 40;

    private DiffText() {}

    static List<String> lines(List<Difference> differences) {
        List<String> lines = new ArrayList<>();
        for (Difference difference : differences) {
            String before = difference.before();
            String after = difference.after();
            if (isLong(before) || isLong(after)) {
                block(difference.path(), before == null ? "" : before, after == null ? "" : after, lines);
                continue;
            }
            if (before != null) {
                lines.add(line("- ", difference.path() + ": " + before));
            }
            if (after != null) {
                lines.add(line(
                        "+ ",
                        difference.path() + ": " + after
                                + (difference.forcesReplacement() ? "   (forces replacement)" : "")));
            } else if (difference.forcesReplacement()) {
                lines.add(line("! ", difference.path() + " (forces replacement)"));
            }
        }
        return lines;
    }

    private static boolean isLong(@Nullable String text) {
        return text != null && text.strip().contains("\n");
    }

    /** Only the lines between the common beginning and the common end. */
    private static void block(String path, String before, String after, List<String> lines) {
        List<String> old = before.isEmpty() ? List.of() : before.lines().toList();
        List<String> young = after.isEmpty() ? List.of() : after.lines().toList();
        int start = 0;
        while (start < Math.min(old.size(), young.size()) && old.get(start).equals(young.get(start))) {
            start++;
        }
        int end = 0;
        while (end < Math.min(old.size(), young.size()) - start
                && old.get(old.size() - 1 - end).equals(young.get(young.size() - 1 - end))) {
            end++;
        }
        lines.add(line(
                "! ",
                path + ":" + (start > 0 && !old.get(0).startsWith(Excerpt.CUT) ? " from line " + (start + 1) : "")));
        part("-   ", old.subList(start, old.size() - end), lines);
        part("+   ", young.subList(start, young.size() - end), lines);
    }

    private static void part(String sign, List<String> texts, List<String> lines) {
        texts.stream().limit(MOST_LINES).forEach(text -> lines.add(line(sign, text)));
        if (texts.size() > MOST_LINES) {
            lines.add(sign + "… " + (texts.size() - MOST_LINES) + " more lines");
        }
    }

    private static String line(String sign, String text) {
        return sign
                + Excerpt.shortened(
                        Masking.printable(text).strip().replace("\n", "⏎").replace("\t", "  "), LONGEST_LINE);
    }
}
