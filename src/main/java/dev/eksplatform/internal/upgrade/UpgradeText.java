package dev.eksplatform.internal.upgrade;

import dev.eksplatform.problem.Problem;
import java.util.List;

/** An upgrade as text for a terminal. */
public final class UpgradeText {

    private UpgradeText() {}

    /**
     * Writes the diff of the files and the report.
     *
     * @param upgrade the upgrade
     * @param outcome the last line: what was done
     * @param color whether to colour it, for a terminal
     * @return lines, each with a line break at its end
     */
    public static String render(Upgrade upgrade, String outcome, boolean color) {
        Paint paint = new Paint(color);
        StringBuilder out = new StringBuilder();
        upgrade.edits()
                .forEach(
                        edit -> out.append(UnifiedDiff.of(edit.file().toString(), edit.before(), edit.after(), paint)));
        section(out, paint.red("Blocks the upgrade"), upgrade.blockers());
        section(out, paint.bold("To know"), upgrade.notes());
        out.append('\n').append(paint.bold("Not checked")).append(":\n");
        upgrade.unchecked().forEach(one -> out.append("  ")
                .append(one.what())
                .append(":\n    ")
                .append(one.command())
                .append('\n'));
        return out.append('\n').append(outcome).append('\n').toString();
    }

    private static void section(StringBuilder out, String title, List<Problem> problems) {
        if (!problems.isEmpty()) {
            out.append('\n').append(title).append(":\n");
            problems.forEach(problem -> out.append("  ").append(problem).append('\n'));
        }
    }
}
