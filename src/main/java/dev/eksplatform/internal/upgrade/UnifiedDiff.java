package dev.eksplatform.internal.upgrade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Two texts with the same number of lines as a unified diff, which {@code patch} and {@code git apply} read. */
final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private final String[] before;
    private final String[] after;
    private final Paint paint;
    private final StringBuilder out = new StringBuilder();

    private UnifiedDiff(String before, String after, Paint paint) {
        this.before = before.split("(?<=\n)");
        this.after = after.split("(?<=\n)");
        this.paint = paint;
    }

    /**
     * Writes the differences.
     *
     * @param file the name of the file
     * @param paint colours the lines
     */
    static String of(String file, String before, String after, Paint paint) {
        return new UnifiedDiff(before, after, paint).render(file.replaceAll("\\p{Cntrl}", "\uFFFD"));
    }

    private String render(String file) {
        out.append(paint.bold("--- " + file)).append('\n');
        out.append(paint.bold("+++ " + file)).append('\n');
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            if (!before[i].equals(after[i])) {
                changed.add(i);
            }
        }
        int first = 0;
        for (int i = 1; i <= changed.size(); i++) {
            if (i == changed.size() || changed.get(i) - changed.get(i - 1) > 2 * CONTEXT + 1) {
                hunk(changed.get(first), changed.get(i - 1));
                first = i;
            }
        }
        return out.toString();
    }

    private void hunk(int first, int last) {
        int start = Math.max(0, first - CONTEXT);
        int end = Math.min(before.length, last + CONTEXT + 1);
        String lines = (start + 1) + "," + (end - start);
        out.append(paint.cyan("@@ -" + lines + " +" + lines + " @@")).append('\n');
        for (int i = start; i < end; ) {
            int same = i;
            while (i < end && !before[i].equals(after[i])) {
                i++;
            }
            Arrays.stream(before, same, i).forEach(line -> line("-", line));
            Arrays.stream(after, same, i).forEach(line -> line("+", line));
            if (i < end) {
                line(" ", before[i]);
                i++;
            }
        }
    }

    private void line(String sign, String line) {
        boolean ends = line.endsWith("\n");
        String shown = sign + (ends ? line.substring(0, line.length() - 1) : line);
        out.append(
                switch (sign) {
                    case "-" -> paint.red(shown);
                    case "+" -> paint.green(shown);
                    default -> shown;
                });
        out.append(ends ? "\n" : "\n\\ No newline at end of file\n");
    }
}
