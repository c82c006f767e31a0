package dev.eksplatform.internal.guardrail;

import java.util.ArrayList;
import java.util.List;

/** Findings as text for a terminal, each at the line to fix. */
public final class FindingsText {

    private static final String BOLD = "1";

    private FindingsText() {}

    /**
     * Writes findings.
     *
     * @param findings in the order to show
     * @param all whether to list what cannot be decided before apply, which is always counted
     * @param color whether to colour severities and places, for a terminal
     * @return lines, each with a line break at its end; the last one counts
     */
    public static String render(List<PlacedFinding> findings, boolean all, boolean color) {
        StringBuilder out = new StringBuilder();
        List<PlacedFinding> open = new ArrayList<>();
        List<PlacedFinding> undecided = new ArrayList<>();
        List<PlacedFinding> waived = new ArrayList<>();
        for (PlacedFinding placed : findings) {
            (placed.finding().isWaived() ? waived : placed.finding().isUndecided() ? undecided : open).add(placed);
        }
        open.forEach(placed -> out.append(block(placed, color)));
        if (all) {
            undecided.forEach(placed -> out.append(block(placed, color)));
        }
        waived.forEach(placed -> out.append("waived: " + placed.finding().rule() + " on "
                + placed.finding().address() + ": " + placed.finding().waiverText() + "\n"));
        List<String> counts = new ArrayList<>();
        counts.add(number(open.size(), "finding") + bySeverity(open));
        if (!undecided.isEmpty()) {
            counts.add(undecided.size() + " cannot be decided before apply" + (all ? "" : " (--all lists them)"));
        }
        if (!waived.isEmpty()) {
            counts.add(waived.size() + " waived");
        }
        return out.append(String.join(", ", counts)).append('\n').toString();
    }

    private static String block(PlacedFinding placed, boolean color) {
        Finding finding = placed.finding();
        String place =
                placed.position() != null ? placed.position().toString() : finding.stack() + "/" + finding.address();
        StringBuilder out = new StringBuilder(paint(color, BOLD, place) + ": "
                + paint(color, code(finding.severity()), finding.severity().word()) + ": " + finding.rule() + "\n");
        line(out, "rule", finding.title());
        if (!finding.stack().isEmpty()) {
            line(
                    out,
                    finding.isUndecided() ? "undecided for" : "violated by",
                    finding.address() + " in " + finding.stack());
        }
        line(out, "why", finding.message());
        line(out, "fix", finding.fix());
        return out.append('\n').toString();
    }

    /** In the eight colours that every terminal has. */
    private static String code(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "1;31";
            case HIGH -> "31";
            case MEDIUM -> "33";
            case LOW, INFO -> "36";
        };
    }

    private static String paint(boolean color, String code, String text) {
        return color ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }

    private static void line(StringBuilder out, String name, String text) {
        out.append("    " + name + ": " + text.strip().replaceAll("\\s*\\n\\s*", " ") + "\n");
    }

    private static String bySeverity(List<PlacedFinding> findings) {
        List<String> parts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long number = findings.stream()
                    .filter(placed -> placed.finding().severity() == severity)
                    .count();
            if (number > 0) {
                parts.add(number + " " + severity.word());
            }
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private static String number(int number, String what) {
        return number == 0 ? "no " + what + "s" : number + " " + what + (number == 1 ? "" : "s");
    }
}
