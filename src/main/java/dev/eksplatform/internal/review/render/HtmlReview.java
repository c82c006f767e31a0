package dev.eksplatform.internal.review.render;

import dev.eksplatform.internal.apply.ReviewBinding;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.FindingGroup;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.review.About;
import dev.eksplatform.internal.review.AccessChange;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.ChangeGroup;
import dev.eksplatform.internal.review.ConstructNames;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.internal.review.Outcome;
import dev.eksplatform.internal.review.PortChange;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import dev.eksplatform.internal.review.RiskGroup;
import dev.eksplatform.internal.review.StackReport;
import dev.eksplatform.problem.SourcePosition;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A review as one page that needs nothing else: no network, no server. It can be filtered, unfolded and read by keyboard
 * ({@code /} filter, {@code j} and {@code k} next and previous, {@code e} and {@code c} expand and collapse all, {@code
 * ?} help), in light and dark.
 */
public final class HtmlReview {

    private final Review review;
    private final ConstructNames constructs;
    private final Html html;

    private HtmlReview(Review review, Writer out) {
        this.review = review;
        this.html = new Html(out);
        this.constructs = new ConstructNames(review.constructs());
    }

    /**
     * Writes a review, which may be large.
     *
     * @param review the review
     * @param out where to write the page
     */
    public static void write(Review review, Writer out) {
        new HtmlReview(review, out).page();
    }

    private void page() {
        String style = ProgramFile.read(HtmlReview.class, "review.css");
        String script = ProgramFile.read(HtmlReview.class, "review.js");
        html.own("<!DOCTYPE html>\n").open("html", "lang", "en").open("head").open("meta", "charset", "utf-8");
        html.open(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; img-src data:; style-src '" + hash(style) + "'; script-src '" + hash(script)
                        + "'; base-uri 'none'; form-action 'none'");
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.open("link", "rel", "icon", "href", "data:,");
        html.element("title", "Review: " + review.headline());
        html.open("style").own(style).close("style").close("head").line().open("body");
        html.element("a", "Skip to the review", "class", "skip", "href", "#review");
        header();
        html.open("main", "id", "review", "tabindex", "-1");
        if (review.isEmpty()) {
            html.element("p", "Nothing changes, nothing drifted, and there is no open finding.", "class", "empty");
        } else {
            warnings();
            Section.of(review).forEach(this::bySeverity);
            picture();
            changes();
        }
        html.element("p", "Nothing matches the filter.", "id", "nothing", "hidden", "hidden");
        html.close("main").line();
        footer();
        html.open("script")
                .own(script)
                .close("script")
                .close("body")
                .close("html")
                .line();
        html.flush();
    }

    private void bySeverity(Section section) {
        switch (section) {
            case RISKS -> risks();
            case FINDINGS -> findings();
            case ACCESS -> access();
            case PORTS -> ports();
            case DRIFTS -> drifts();
        }
    }

    private void header() {
        html.open("header", "class", review.seriousness().word());
        html.open("div", "class", "wrap");
        html.element("p", "Plan review", "class", "eyebrow");
        html.element("h1", review.headline());
        html.open("ul", "class", "chips", "aria-label", "Counts");
        review.counts().numbers().forEach((outcome, number) -> html.open("li", "class", kind(outcome))
                .element("b", Integer.toString(number))
                .text(" " + outcome.word())
                .close("li"));
        html.close("ul");
        about();
        html.close("div").close("header").line();
        if (review.isEmpty()) {
            return;
        }
        html.own(ProgramFile.read(HtmlReview.class, "filter.html"));
    }

    private void about() {
        About about = review.about();
        if (about != null) {
            boolean passes = about.reasons().isEmpty();
            html.element("p", about.verdict(), "class", passes ? "verdict passes" : "verdict fails");
        }
        html.open("dl", "class", "about");
        fact(
                review.stacks().size() == 1 ? "Stack" : "Stacks",
                review.stacks().stream().map(StackReport::name).collect(Collectors.joining(", ")));
        if (about != null) {
            fact("Commit", about.commit());
            fact("Planned", about.planned());
            fact("eks-platform", about.version());
            if (about.run() != null) {
                html.open("div").element("dt", "Run").open("dd");
                html.element("a", about.run(), "href", about.run(), "rel", "noreferrer");
                html.close("dd").close("div");
            }
        }
        html.close("dl");
    }

    private void fact(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            html.open("div").element("dt", name).element("dd", value).close("div");
        }
    }

    private static String kind(Outcome outcome) {
        return switch (outcome) {
            case REPLACED, DELETED, FORGOTTEN -> "bad";
            case UPDATED, UNDONE, INVOKED -> "warn";
            case CREATED -> "good";
            case MOVED, IMPORTED, READ, UNCHANGED -> "calm";
        };
    }

    private void section(String id, String title, int number) {
        html.open("section", "aria-labelledby", id).open("h2", "id", id).text(title);
        html.element("span", Integer.toString(number), "class", "number")
                .close("h2")
                .line();
    }

    private void warnings() {
        for (StackReport stack : review.stacks()) {
            for (String warning : stack.warnings()) {
                html.open("p", "class", "warning item");
                html.element("b", stack.name() + ": ").text(warning).close("p").line();
            }
        }
    }

    private void risks() {
        if (review.risks().isEmpty()) {
            return;
        }
        section("risks", "Risks", review.risks().size());
        for (RiskGroup group : RiskGroup.of(review.risks())) {
            Risk risk = group.first();
            boolean single = group.risks().size() == 1;
            boolean folded = risk.follows() != null && !risk.severity().atLeast(Severity.HIGH);
            item(
                    risk.severity(),
                    risk.stack(),
                    risk.address(),
                    single ? risk.label() : "and " + (group.risks().size() - 1) + " more",
                    single ? risk.position() : null,
                    single ? risk.summary() : group.what() + ": " + risk.summary(),
                    !folded && risk.severity().atLeast(Severity.MEDIUM));
            html.open("p")
                    .element("b", sentence(risk.inWords()))
                    .text(" " + risk.meaning())
                    .close("p");
            advice("Do: ", risk.advice());
            if (risk.follows() != null) {
                paragraph("Follows from ", constructs.name(risk.stack(), risk.follows()), ".");
            }
            differences(risk.because(), 0);
            if (!single) {
                html.open("ul", "class", "places");
                for (Risk one : group.risks()) {
                    html.open("li");
                    name(one.stack(), one.address(), one.label());
                    place(one.position());
                    html.close("li");
                }
                html.close("ul");
            }
            ids(risk.rules());
            end();
        }
        html.close("section").line();
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private void paragraph(String start, String code, String end) {
        html.open("p").text(start).element("code", code).text(end).close("p");
    }

    private void advice(String word, String advice) {
        if (!advice.isEmpty()) {
            html.open("p", "class", "advice").element("b", word).text(advice).close("p");
        }
    }

    /** A foldable entry: how bad, where, in a few words. */
    private void item(
            Severity severity,
            String stack,
            String address,
            String label,
            @Nullable SourcePosition position,
            String summary,
            boolean open) {
        if (open) {
            html.open("details", "class", "item card " + severity.word(), "open", "open");
        } else {
            html.open("details", "class", "item card " + severity.word());
        }
        html.open("summary").element("span", severity.word(), "class", "badge");
        name(stack, address, label);
        html.element("span", summary, "class", "short");
        place(position);
        html.close("summary").open("div", "class", "body");
    }

    /** The construct before the address, where it is known. */
    private void name(String stack, String address, String label) {
        String name = constructs.name(stack, address);
        html.element("code", name, "class", "address");
        if (!name.equals(address)) {
            html.element("code", address, "class", "label");
        }
        if (!label.isEmpty()) {
            html.element("span", label, "class", "label");
        }
    }

    private void end() {
        html.close("div").close("details").line();
    }

    private void place(@Nullable SourcePosition position) {
        if (position != null) {
            html.element("span", position.toString(), "class", "place");
        }
    }

    private void findings() {
        List<PlacedFinding> open = review.unreported();
        if (open.isEmpty() && review.undecided().isEmpty() && review.waived().isEmpty()) {
            return;
        }
        section("findings", "Findings", open.size());
        findings(open.stream().filter(Review::concerns).toList());
        folded(open.stream().filter(placed -> !Review.concerns(placed)).toList(), "that existed before this change");
        folded(review.undecided(), "cannot be decided before apply");
        folded(review.waived(), "waived");
        html.close("section").line();
    }

    private void folded(List<PlacedFinding> findings, String what) {
        if (!findings.isEmpty()) {
            html.open("details", "class", "fold");
            html.element("summary", findings.size() + " " + what);
            findings(findings);
            html.close("details");
        }
    }

    private void findings(List<PlacedFinding> findings) {
        FindingGroup.of(findings).forEach(this::finding);
    }

    private void finding(FindingGroup group) {
        PlacedFinding first = group.first();
        Finding finding = first.finding();
        boolean single = group.findings().size() == 1;
        item(
                finding.severity(),
                finding.stack(),
                finding.address(),
                single ? finding.stack() : "and " + (group.findings().size() - 1) + " more",
                single ? first.position() : null,
                finding.title(),
                finding.isOpen() && finding.severity().atLeast(Severity.MEDIUM));
        html.element("p", finding.message());
        if (single && Review.isExistingConcern(first)) {
            html.element("p", "Existed before this change.", "class", "label");
        }
        advice("Fix: ", finding.fix());
        if (!single || finding.isWaived()) {
            html.open("ul", "class", "places");
            for (PlacedFinding placed : group.findings()) {
                Finding one = placed.finding();
                html.open("li");
                name(one.stack(), one.address(), one.stack());
                place(placed.position());
                if (Review.isExistingConcern(placed)) {
                    html.element("span", "existed before this change", "class", "label");
                }
                if (one.isWaived()) {
                    html.element("span", "Waived: " + one.waiverText());
                }
                html.close("li");
            }
            html.close("ul");
        }
        ids(Stream.concat(Stream.of(finding.rule()), finding.aliases().stream()).toList());
        end();
    }

    private void ids(List<String> ids) {
        if (!ids.isEmpty()) {
            html.open("p", "class", "ids");
            ids.forEach(id -> html.element("code", id).text(" "));
            html.close("p");
        }
    }

    /** The findings of the guardrails that report the rows of a table. */
    private void reported(Stream<String> rules) {
        Set<String> ids = rules.collect(Collectors.toSet());
        findings(review.open().stream()
                .filter(placed -> ids.contains(placed.finding().rule()))
                .toList());
    }

    private void access() {
        if (review.access().isEmpty()) {
            return;
        }
        section("access", "Access changes", review.access().size());
        table("Who", "Access now", "Access after apply");
        for (AccessChange change : review.access()) {
            html.open("tr", "class", "item " + (change.isSevere() ? "wide" : ""));
            html.open("th", "scope", "row").text(change.who());
            change.marks().forEach(mark -> html.element("span", mark, "class", "badge"));
            ids(change.rules());
            html.close("th");
            cell(change.before(), "minus");
            cell(change.after(), "plus");
            html.close("tr").line();
        }
        html.close("tbody").close("table").close("div");
        reported(review.access().stream().flatMap(change -> change.rules().stream()));
        html.close("section").line();
    }

    private void table(String... heads) {
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (String head : heads) {
            html.element("th", head, "scope", "col");
        }
        html.close("tr").close("thead").open("tbody").line();
    }

    private void cell(@Nullable String text, String kind) {
        html.element("td", text == null ? "–" : text, "class", text == null ? "none" : kind);
    }

    private void ports() {
        if (review.ports().isEmpty()) {
            return;
        }
        section("ports", "Network exposure", review.ports().size());
        table("", "Ports", "Target", "Peer");
        for (PortChange port : review.ports()) {
            boolean wide = port.opened() && port.world() && port.inbound();
            html.open("tr", "class", "item " + (wide ? "wide" : ""));
            html.open("td", "class", port.opened() ? "plus" : "minus").text(port.opened() ? "opened" : "closed");
            if (wide) {
                html.text(" ").element("span", "everybody", "class", "badge");
            }
            html.close("td").element("td", port.ports());
            html.open("td")
                    .text(port.inbound() ? "into " : "out of ")
                    .element("code", port.target())
                    .close("td");
            html.open("td")
                    .text(port.inbound() ? "from " : "to ")
                    .element("code", port.peer())
                    .close("td");
            html.close("tr").line();
        }
        html.close("tbody").close("table").close("div");
        reported(review.ports().stream().flatMap(port -> port.rules().stream()));
        html.close("section").line();
    }

    private void drifts() {
        if (review.drifts().isEmpty()) {
            return;
        }
        section("drift", "Drift", review.drifts().size());
        for (Drift drift : review.drifts()) {
            item(
                    Severity.MEDIUM,
                    drift.stack(),
                    drift.address(),
                    drift.stack(),
                    drift.position(),
                    drift.inWords(),
                    true);
            differences(drift.differences(), 0);
            end();
        }
        html.close("section").line();
    }

    private void picture() {
        if (!review.picture().worthDrawing()) {
            return;
        }
        html.open("section", "aria-labelledby", "picture").element("h2", "Platform", "id", "picture");
        html.open("div", "class", "picture");
        SvgPicture.draw(review.picture(), html);
        html.own(ProgramFile.read(HtmlReview.class, "legend.html"));
        html.close("div").close("section").line();
    }

    private void changes() {
        if (review.groups().isEmpty()) {
            return;
        }
        int number = review.groups().stream()
                .mapToInt(group -> group.changes().size())
                .sum();
        section("changes", "Changes", number);
        boolean several = review.stacks().size() > 1;
        for (ChangeGroup group : review.groups()) {
            html.open("details", "class", "group").open("summary");
            html.element("b", (several ? group.stack() + " / " : "") + group.part());
            html.element("span", group.summary(), "class", "short")
                    .close("summary")
                    .line();
            for (Change change : group.changes()) {
                change(group.stack(), change);
            }
            html.close("details").line();
        }
        html.close("section").line();
    }

    private void change(String stack, Change change) {
        String kind =
                switch (change.action()) {
                    case CREATE -> "create";
                    case UPDATE -> "update";
                    case DELETE, FORGET -> "delete";
                    case NO_OP, READ, OPEN, RENEW, CLOSE -> "calm";
                    case INVOKE -> "update";
                    default -> "replace";
                };
        html.open("details", "class", "item change " + kind).open("summary");
        html.element("span", change.inShort(), "class", "badge");
        name(stack, change.address(), change.label());
        place(change.position());
        html.close("summary").open("div", "class", "body");
        if (change.previousAddress() != null) {
            paragraph("Was ", change.previousAddress(), "");
        }
        if (change.importing() != null) {
            paragraph("Imported from ", change.importing().isEmpty() ? "an existing object" : change.importing(), "");
        }
        if (!change.note().isEmpty()) {
            html.element("p", change.note());
        }
        differences(change.differences(), change.more());
        end();
    }

    private void differences(List<Difference> differences, int more) {
        if (differences.isEmpty()) {
            return;
        }
        html.open("div", "class", "scroll").open("table", "class", "diff").open("tbody");
        for (Difference difference : differences) {
            html.open("tr").open("th", "scope", "row").element("code", difference.path());
            if (difference.forcesReplacement()) {
                html.element("span", "forces replacement", "class", "badge");
            }
            html.close("th");
            value(difference.before(), "minus", "before");
            value(difference.after(), "plus", "after");
            html.close("tr");
        }
        html.close("tbody").close("table").close("div");
        if (more > 0) {
            html.element("p", more + " more differences, in the JSON of the plan only.");
        }
    }

    private void value(@Nullable String text, String kind, String name) {
        if (text == null) {
            html.element("td", "–", "class", "none", "aria-label", "nothing " + name);
        } else {
            html.open("td", "class", kind).element("pre", text).close("td");
        }
    }

    private void footer() {
        html.open("footer").open("div", "class", "wrap");
        for (StackReport stack : review.stacks()) {
            ReviewBinding binding = stack.binding();
            if (binding != null) {
                html.open("p").text("Holds for ").element("code", stack.name());
                html.text(", plan ").element("code", binding.planDigest());
                if (binding.commit() != null) {
                    html.text(", commit ").element("code", binding.commit());
                }
                html.close("p");
            }
        }
        html.element("p", "Sensitive values are masked.")
                .close("div")
                .close("footer")
                .line();
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
