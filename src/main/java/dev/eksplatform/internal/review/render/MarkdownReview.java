package dev.eksplatform.internal.review.render;

import dev.eksplatform.internal.apply.ReviewBinding;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.FindingGroup;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.review.About;
import dev.eksplatform.internal.review.AccessChange;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.ChangeGroup;
import dev.eksplatform.internal.review.ConstructNames;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.internal.review.PortChange;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import dev.eksplatform.internal.review.RiskGroup;
import dev.eksplatform.internal.review.StackReport;
import dev.eksplatform.problem.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A review as a comment on a pull request: GitHub-flavoured Markdown of at most {@value #LIMIT} characters, the riskiest
 * first. What does not fit is left out whole, never cut, and it says what was left out and where it is.
 */
public final class MarkdownReview {

    /** The most characters of a comment on GitHub. */
    public static final int LIMIT = 65_536;

    /** The first line, by which a comment can be found again and updated. */
    public static final String MARKER = "<!-- eks-platform review -->";

    /** An address of a resource, as a word of the headline. */
    static final Pattern ADDRESS = Pattern.compile("(module\\.\\S+|data\\.)?[a-z0-9]+_\\w+\\.\\S+");

    /** Room for the end of a section: what was left out, closing tags. */
    private static final int RESERVE = 400;

    private static final String FINDINGS =
            "| | Violated rule | Where | Why it matters, **how to fix it** |\n|---|---|---|---|";

    /** More resources that break the same rule are counted only. */
    private static final int MOST_PLACES = 6;

    private final Review review;
    private final ConstructNames constructs;
    private final String rest;
    private int carried;

    private MarkdownReview(Review review, String rest) {
        this.review = review;
        this.constructs = new ConstructNames(review.constructs());
        this.rest = rest;
    }

    /**
     * Writes a review.
     *
     * @param review the review
     * @param rest where everything is that does not fit, such as {@code review.html in the run's artifacts}
     * @return Markdown that ends with a line break
     */
    public static String render(Review review, String rest) {
        return new MarkdownReview(review, rest).render();
    }

    private String render() {
        if (review.isEmpty()) {
            int waived = review.waived().size();
            int undecided = review.undecided().size();
            return MARKER + "\n✅ **" + headline() + "**"
                    + (waived == 0 ? "" : " " + waived + " waived " + (waived == 1 ? "finding." : "findings."))
                    + (undecided == 0 ? "" : " " + undecided + " cannot be decided before apply.")
                    + "\n"
                    + about();
        }
        return MARKER + "\n## " + icon(review.seriousness()) + " " + headline() + "\n\n"
                + verdict()
                + section(4_000, this::stacks)
                + Section.of(review).stream().map(this::bySeverity).collect(Collectors.joining())
                + section(4_000, this::picture)
                + section(14_000, this::changes)
                + footer();
    }

    private String bySeverity(Section section) {
        return switch (section) {
            case RISKS -> section(11_000, this::risks);
            case FINDINGS -> section(11_000, this::findings);
            case ACCESS -> section(7_000, this::access);
            case PORTS -> section(5_000, this::ports);
            case DRIFTS -> section(5_000, this::drifts);
        };
    }

    /** Addresses in it are code. */
    private String headline() {
        StringBuilder out = new StringBuilder();
        for (String word : review.headline().split(" ", -1)) {
            String bare = word.endsWith(":") || word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
            boolean address = ADDRESS.matcher(bare).matches()
                    || review.constructs().stream()
                            .anyMatch(name -> name.construct().equals(bare));
            out.append(out.isEmpty() ? "" : " ");
            out.append(address ? MarkdownText.code(bare) + word.substring(bare.length()) : MarkdownText.text(word));
        }
        return out.toString();
    }

    private static String icon(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "🔴";
            case HIGH -> "🟠";
            case MEDIUM -> "🟡";
            case LOW -> "⚪";
            case INFO -> "🔵";
        };
    }

    /** What a section does not need is there for those after it. */
    private String section(int budget, Function<Integer, String> write) {
        int room = budget + carried;
        String text = write.apply(room);
        carried = room - text.length();
        return text;
    }

    private String stacks(int room) {
        StringBuilder out = new StringBuilder();
        if (review.stacks().size() > 1) {
            List<String> rows = new ArrayList<>();
            for (StackReport stack : review.stacks()) {
                rows.add("| " + MarkdownText.code(stack.name()) + " | "
                        + (stack.planned() ? stack.counts() : stack.counts() + " (no plan yet)") + " |");
            }
            out.append(table("| Stack | What happens |\n|---|---|", rows, room, "stacks"));
        }
        List<String> lines = new ArrayList<>();
        for (StackReport stack : review.stacks()) {
            String name = review.stacks().size() > 1 ? MarkdownText.code(stack.name()) + ": " : "";
            stack.warnings().forEach(warning -> lines.add("> ⚠️ " + name + MarkdownText.text(warning) + "\n>"));
        }
        if (!lines.isEmpty()) {
            out.append(list(lines, room - out.length(), "warnings"));
        }
        return out.toString();
    }

    private String risks(int room) {
        List<Risk> main = review.risks().stream().filter(MarkdownReview::isMain).toList();
        Map<String, List<Risk>> followers = new LinkedHashMap<>();
        review.risks().stream().filter(risk -> !isMain(risk)).forEach(risk -> followers
                .computeIfAbsent(risk.follows() == null ? "" : risk.follows(), key -> new ArrayList<>())
                .add(risk));
        if (review.risks().isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("### Risks\n\n");
        List<String> rows = new ArrayList<>();
        for (RiskGroup group : RiskGroup.of(main)) {
            Risk risk = group.first();
            rows.add("| " + icon(risk.severity()) + " | " + places(group, "<br>")
                    + "<br>" + MarkdownText.text(risk.inWords()) + rules(risk.rules()) + " | "
                    + because(risk) + " | "
                    + MarkdownText.text(risk.meaning())
                    + (risk.advice().isEmpty() ? "" : " **" + MarkdownText.text(risk.advice()) + "**") + " |");
        }
        if (!rows.isEmpty()) {
            out.append(table(
                    "| | What | Because | What it means, **what to do** |\n|---|---|---|---|",
                    rows,
                    room - 2_000,
                    "more"));
        }
        List<Risk> little = followers.remove("");
        if (little != null) {
            followers.put("", little);
        }
        followers.forEach((cause, risks) -> {
            List<String> lines = new ArrayList<>();
            for (RiskGroup group : RiskGroup.of(risks)) {
                Risk risk = group.first();
                lines.add("- " + icon(risk.severity()) + " " + places(group, ", ") + " "
                        + MarkdownText.text(risk.inWords()) + ": " + MarkdownText.text(risk.meaning()));
            }
            String summary = cause.isEmpty()
                    ? risks.size() + " of little consequence"
                    : risks.size() + (risks.size() == 1 ? " more follows from <code>" : " more follow from <code>")
                            + MarkdownText.html(constructs.name(risks.get(0).stack(), cause)) + "</code>";
            out.append(details(summary, lines, room - out.length(), "more"));
        });
        return out.toString();
    }

    /** The resources of equal risks, with their number where there are several. */
    private String places(RiskGroup group, String separator) {
        List<Risk> risks = group.risks();
        int shown = risks.size() <= MOST_PLACES ? risks.size() : MOST_PLACES - 1;
        List<String> places = new ArrayList<>();
        if (risks.size() > 1) {
            places.add(MarkdownText.text(group.what()) + ":");
        }
        boolean rows = separator.startsWith("<");
        risks.subList(0, shown)
                .forEach(risk -> places.add(
                        place(risk.stack(), risk.address(), risk.position()) + (rows ? label(risk.label()) : "")));
        if (shown < risks.size()) {
            places.add("and " + (risks.size() - shown) + " more");
        }
        return risks.size() > 1 && !rows
                ? places.get(0) + " " + String.join(separator, places.subList(1, places.size()))
                : String.join(separator, places);
    }

    private static boolean isMain(Risk risk) {
        return risk.severity().atLeast(Severity.HIGH)
                || (risk.follows() == null && risk.severity().atLeast(Severity.MEDIUM));
    }

    private String because(Risk risk) {
        List<String> reasons = new ArrayList<>();
        for (Difference difference : risk.because()) {
            reasons.add(MarkdownText.code(difference.path()) + ": " + value(difference.before()) + " → "
                    + value(difference.after()));
        }
        if (risk.follows() != null) {
            reasons.add("follows from " + MarkdownText.code(constructs.name(risk.stack(), risk.follows())));
        }
        return String.join("<br>", reasons.subList(0, Math.min(4, reasons.size())))
                + (reasons.size() > 4 ? "<br>and " + (reasons.size() - 4) + " more" : "");
    }

    private static String value(@Nullable String text) {
        return text == null ? "nothing" : text.equals(Difference.UNKNOWN) ? text : MarkdownText.code(text);
    }

    /** The guardrails that report something, beside it. */
    private static String rules(List<String> rules) {
        return rules.isEmpty()
                ? ""
                : "<br>"
                        + rules.stream()
                                .map(rule -> "rule " + MarkdownText.code(rule))
                                .collect(Collectors.joining("<br>"));
    }

    /** Why the guardrails that report the rows of a table do so, and how to fix it. */
    private String reported(Set<String> rules) {
        return FindingGroup.of(review.open()).stream()
                .map(group -> group.first().finding())
                .filter(finding -> rules.contains(finding.rule()))
                .map(finding -> icon(finding.severity()) + " " + MarkdownText.code(finding.rule()) + ": "
                        + MarkdownText.text(finding.message()) + " **" + MarkdownText.text(finding.fix()) + "**\n\n")
                .collect(Collectors.joining());
    }

    private static String label(String label) {
        return label.isEmpty() ? "" : " (" + MarkdownText.text(label) + ")";
    }

    private String place(String stack, String address, @Nullable SourcePosition position) {
        List<String> more = new ArrayList<>();
        constructs.of(stack, address).ifPresent(construct -> more.add(construct.type()));
        if (position != null) {
            more.add(position.toString());
        }
        return MarkdownText.code(constructs.name(stack, address))
                + (more.isEmpty() ? "" : " " + MarkdownText.text("(" + String.join(", ", more) + ")"));
    }

    private String findings(int room) {
        StringBuilder out = new StringBuilder();
        List<PlacedFinding> open = review.unreported();
        if (!open.isEmpty()) {
            out.append("### Findings: ").append(open.size()).append("\n\n");
            List<PlacedFinding> main = new ArrayList<>();
            List<PlacedFinding> slight = new ArrayList<>();
            List<PlacedFinding> unchanged = new ArrayList<>();
            open.forEach(placed -> (!Review.concerns(placed)
                            ? unchanged
                            : placed.finding().severity().atLeast(Severity.MEDIUM) ? main : slight)
                    .add(placed));
            if (!main.isEmpty()) {
                out.append(table(FINDINGS, rows(main), room - out.length() - 3_000, "rules"));
            }
            String more = main.isEmpty() ? "" : " more";
            out.append(foldedFindings(slight, more + " of low severity", room - out.length() - 2_000));
            out.append(
                    foldedFindings(unchanged, more + " that existed before this change", room - out.length() - 1_500));
        }
        Map<String, List<PlacedFinding>> undecided = new LinkedHashMap<>();
        review.undecided().forEach(placed -> undecided
                .computeIfAbsent(place(placed) + "\n" + placed.finding().message(), key -> new ArrayList<>())
                .add(placed));
        List<String> openQuestions = new ArrayList<>();
        undecided
                .values()
                .forEach(same ->
                        openQuestions.add("- " + icon(same.get(0).finding().severity()) + " "
                                + place(same.get(0)) + ": "
                                + same.stream()
                                        .map(placed -> MarkdownText.code(
                                                placed.finding().rule()))
                                        .collect(Collectors.joining(", "))
                                + ". " + MarkdownText.text(same.get(0).finding().message())));
        if (!openQuestions.isEmpty()) {
            out.append(details(
                    review.undecided().size() + " cannot be decided before apply",
                    openQuestions,
                    room - out.length() - 1_000,
                    "undecided"));
        }
        List<String> waived = review.waived().stream()
                .map(placed -> "- " + MarkdownText.code(placed.finding().rule()) + " on " + place(placed) + ": "
                        + MarkdownText.text(placed.finding().waiverText()))
                .toList();
        if (!waived.isEmpty()) {
            out.append(details(
                    waived.size() + (waived.size() == 1 ? " waived finding" : " waived findings"),
                    waived,
                    room - out.length(),
                    "waived findings"));
        }
        return out.toString();
    }

    private String foldedFindings(List<PlacedFinding> findings, String what, int room) {
        return findings.isEmpty()
                ? ""
                : "<details><summary>" + findings.size() + what + "</summary>\n\n"
                        + table(FINDINGS, rows(findings), room - 100, "rules") + "</details>\n\n";
    }

    /** A row for each rule. */
    private List<String> rows(List<PlacedFinding> findings) {
        List<String> rows = new ArrayList<>();
        for (FindingGroup group : FindingGroup.of(findings)) {
            Finding first = group.first().finding();
            rows.add("| " + icon(first.severity()) + " | "
                    + MarkdownText.text(first.title()) + "<br>" + MarkdownText.code(first.rule())
                    + aliases(first) + " | " + places(group.findings()) + " | "
                    + MarkdownText.text(first.message()) + " **"
                    + MarkdownText.text(first.fix()) + "** |");
        }
        return rows;
    }

    private String places(List<PlacedFinding> findings) {
        int shown = findings.size() <= MOST_PLACES ? findings.size() : MOST_PLACES - 1;
        String places = findings.stream().limit(shown).map(this::place).collect(Collectors.joining("<br>"));
        return shown == findings.size() ? places : places + "<br>and " + (findings.size() - shown) + " more";
    }

    private static String aliases(Finding finding) {
        return finding.aliases().isEmpty() ? "" : " " + MarkdownText.text(String.join(", ", finding.aliases()));
    }

    /** A finding about a waiver has only a place. */
    private String place(PlacedFinding placed) {
        Finding finding = placed.finding();
        return place(finding.stack(), finding.address(), finding.stack().isEmpty() ? null : placed.position())
                + (Review.isExistingConcern(placed) ? " existed before this change" : "");
    }

    private String access(int room) {
        if (review.access().isEmpty()) {
            return "";
        }
        List<String> rows = new ArrayList<>();
        for (AccessChange change : review.access()) {
            rows.add("| " + (change.isSevere() ? "⚠️ " : "") + MarkdownText.text(change.who()) + marks(change)
                    + rules(change.rules())
                    + " | " + right(change.before()) + " | " + right(change.after()) + " |");
        }
        return "### Access changes\n\n"
                + folded("| Who | Access now | Access after apply |\n|---|---|---|", rows, room - 540, "changes")
                + reported(review.access().stream()
                        .flatMap(change -> change.rules().stream())
                        .collect(Collectors.toSet()));
    }

    private static String marks(AccessChange change) {
        return change.marks().isEmpty() ? "" : "<br>**" + MarkdownText.text(String.join(", ", change.marks())) + "**";
    }

    private static String right(@Nullable String right) {
        return right == null ? "–" : MarkdownText.text(right);
    }

    private String ports(int room) {
        if (review.ports().isEmpty()) {
            return "";
        }
        List<String> rows = new ArrayList<>();
        for (PortChange port : review.ports()) {
            String sign = port.opened() ? (port.world() && port.inbound() ? "⚠️ opened" : "opened") : "closed";
            rows.add("| " + sign + rules(port.rules()) + " | " + MarkdownText.text(port.ports()) + " | "
                    + (port.inbound() ? "into " : "out of ") + MarkdownText.code(port.target()) + " | "
                    + (port.inbound() ? "from " : "to ") + MarkdownText.code(port.peer()) + " |");
        }
        return "### Network exposure\n\n"
                + folded("| | Ports | Target | Peer |\n|---|---|---|---|", rows, room - 540, "ports")
                + reported(review.ports().stream()
                        .flatMap(port -> port.rules().stream())
                        .collect(Collectors.toSet()));
    }

    private String drifts(int room) {
        if (review.drifts().isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("### Drift\n\n");
        List<String> blocks = new ArrayList<>();
        for (Drift drift : review.drifts()) {
            String differences = fence(drift.differences(), 0);
            blocks.add(place(drift.stack(), drift.address(), drift.position()) + " " + drift.inWords()
                    + (differences.isEmpty() ? ".\n" : ":\n\n" + differences));
        }
        return out.append(list(blocks, room - out.length(), "resources")).toString();
    }

    private String changes(int room) {
        if (review.groups().isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("### Changes\n\n");
        boolean several = review.stacks().size() > 1;
        int left = review.groups().size();
        int dropped = 0;
        for (ChangeGroup group : review.groups()) {
            int share = Math.max(900, (room - out.length() - RESERVE) / left--);
            String text = group(group, several, share);
            if (out.length() + text.length() > room - RESERVE) {
                dropped++;
            } else {
                out.append(text);
            }
        }
        return out.append(leftOut(dropped, "parts")).toString();
    }

    private String group(ChangeGroup group, boolean several, int room) {
        List<String> blocks = new ArrayList<>();
        for (Change change : group.changes()) {
            StringBuilder block = new StringBuilder("- ")
                    .append(place(group.stack(), change.address(), change.position()))
                    .append(label(change.label()))
                    .append(' ')
                    .append(change.inWords());
            if (change.previousAddress() != null) {
                block.append(", was ").append(MarkdownText.code(change.previousAddress()));
            }
            if (change.importing() != null) {
                block.append(change.action() == Action.NO_OP ? "" : ", imported");
                block.append(change.importing().isEmpty() ? "" : " from " + MarkdownText.code(change.importing()));
            }
            if (!change.note().isEmpty()) {
                block.append(" (").append(MarkdownText.text(change.note())).append(')');
            }
            boolean telling =
                    change.action().replaces() || change.action() == Action.UPDATE || change.action() == Action.INVOKE;
            String fence = telling ? fence(change.differences(), change.more()) : "";
            if (!fence.isEmpty()) {
                block.append("\n\n").append(fence.indent(2));
            }
            blocks.add(block.toString());
        }
        String title = (several ? MarkdownText.html(group.stack()) + " / " : "") + MarkdownText.html(group.part());
        return details("<b>" + title + "</b>: " + group.summary(), blocks, room, "changes");
    }

    private static String fence(List<Difference> differences, int more) {
        List<String> lines = DiffText.lines(differences);
        if (lines.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("```diff\n");
        int shown = 0;
        for (String line : lines) {
            if (shown == 40 || out.length() + line.length() > 4_000) {
                break;
            }
            out.append(line).append('\n');
            shown++;
        }
        if (shown < lines.size() || more > 0) {
            out.append("! … ").append(lines.size() - shown + more).append(" more lines\n");
        }
        return out.append("```\n").toString();
    }

    private String picture(int room) {
        String drawing = MermaidPicture.draw(review.picture());
        boolean fits = drawing.length() + 60 <= room;
        return drawing.isEmpty() || !fits ? "" : "### Platform\n\n```mermaid\n" + drawing + "```\n\n";
    }

    private String verdict() {
        About about = review.about();
        return about == null
                ? ""
                : (about.reasons().isEmpty() ? "✅ " : "❌ ") + MarkdownText.text(about.verdict()) + "\n\n";
    }

    /** Where the review comes from. */
    private String about() {
        About about = review.about();
        if (about == null) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (about.commit() != null) {
            parts.add("commit " + MarkdownText.code(about.commit()));
        }
        if (about.planned() != null) {
            parts.add("planned " + MarkdownText.text(about.planned()));
        }
        parts.add("eks-platform " + MarkdownText.text(about.version()));
        if (about.run() != null) {
            parts.add("<a href=\"" + MarkdownText.html(about.run()) + "\">run</a>");
        }
        return "\n<sub>" + String.join(" · ", parts) + "</sub>\n";
    }

    private String footer() {
        List<String> bound = new ArrayList<>();
        for (StackReport stack : review.stacks()) {
            ReviewBinding binding = stack.binding();
            if (binding != null) {
                String commit = binding.commit() == null ? "" : " of commit " + MarkdownText.code(binding.commit());
                bound.add(MarkdownText.code(stack.name()) + " plan "
                        + MarkdownText.code(binding.planDigest().substring(0, 12)) + commit);
            }
        }
        return (bound.isEmpty()
                        ? ""
                        : "<sub>This review holds for " + String.join(", ", bound.subList(0, Math.min(8, bound.size())))
                                + ".</sub>\n")
                + about();
    }

    // blocks that fit or are left out whole

    /** A table whose rows beyond a dozen are folded away. */
    private String folded(String header, List<String> rows, int room, String what) {
        int first = rows.size() <= 14 ? rows.size() : 12;
        String out = table(header, rows.subList(0, first), room, what);
        if (first == rows.size()) {
            return out;
        }
        List<String> others = rows.subList(first, rows.size());
        String summary = others.size() + " more " + what;
        int left = room - out.length();
        String start = "<details><summary>" + summary + "</summary>\n\n";
        String end = "</details>\n\n";
        return left < RESERVE * 3
                ? out + leftOut(others.size(), what)
                : out + start + table(header, others, left - start.length() - end.length(), what) + end;
    }

    private String table(String header, List<String> rows, int room, String what) {
        StringBuilder out = new StringBuilder(header).append('\n');
        int shown = 0;
        for (String row : rows) {
            if (out.length() + row.length() > room - RESERVE) {
                break;
            }
            out.append(row).append('\n');
            shown++;
        }
        String left = leftOut(rows.size() - shown, what);
        return shown == 0 ? left : out.append('\n').append(left).toString();
    }

    private String list(List<String> blocks, int room, String what) {
        StringBuilder out = new StringBuilder();
        int left = 0;
        for (String block : blocks) {
            if (left > 0 || out.length() + block.length() > room - RESERVE) {
                left++;
            } else {
                out.append(block).append('\n');
            }
        }
        return out.append('\n').append(leftOut(left, what)).toString();
    }

    private String details(String summary, List<String> blocks, int room, String what) {
        String start = "<details><summary>" + summary + "</summary>\n\n";
        String end = "</details>\n\n";
        if (room < start.length() + end.length() + RESERVE) {
            return "";
        }
        return start + list(blocks, room - start.length() - end.length(), what) + end;
    }

    private String leftOut(int number, String what) {
        return number == 0
                ? ""
                : "_… " + number + " " + what + " left out for length: see " + MarkdownText.text(rest) + "._\n\n";
    }
}
