package dev.eksplatform.internal.guardrail;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The waivers of a file: {@code waivers:} and a list of {@code rule}, {@code address}, {@code stack} (default {@code *}),
 * {@code reason}, {@code owner}, {@code expires}.
 */
public final class Waivers {

    /** The id of findings about waivers whose day has passed. */
    public static final String EXPIRED = "waiver-expired";

    /** The id of findings about waivers that nothing needs. */
    public static final String UNUSED = "waiver-unused";

    private static final List<String> KEYS = List.of("rule", "address", "stack", "reason", "owner", "expires");

    private final List<Waiver> all;

    private Waivers(List<Waiver> all) {
        this.all = List.copyOf(all);
    }

    /**
     * No waivers.
     *
     * @return waivers that accept nothing
     */
    public static Waivers none() {
        return new Waivers(List.of());
    }

    /**
     * Reads a waiver file.
     *
     * @param file the file
     * @param rules the rules that can be waived
     * @return its waivers
     * @throws InvalidInputException with all problems: unknown keys and rules, missing texts, what is not a date
     */
    public static Waivers read(Path file, Collection<Rule> rules) {
        try {
            return parse(file.toString(), Files.readString(file), rules);
        } catch (IOException e) {
            throw new InvalidInputException(new Problem(
                    file.toString(), "cannot be read", "a readable waiver file", "check the path and its permissions"));
        }
    }

    static Waivers parse(String file, String text, Collection<Rule> rules) {
        Problems problems = new Problems();
        List<String> ids = rules.stream().map(Rule::id).toList();
        List<Waiver> waivers = new ArrayList<>();
        YamlMapping.read(file, text, problems, List.of("waivers")).ifPresent(root -> root.mappings("waivers", KEYS)
                .forEach(entry -> waivers.add(waiver(entry, ids, problems))));
        problems.throwIfAny();
        return new Waivers(waivers);
    }

    private static Waiver waiver(YamlMapping entry, List<String> ids, Problems problems) {
        String rule = entry.text("rule");
        if (!rule.isEmpty() && !ids.contains(rule)) {
            problems.add(
                    entry.where("rule"),
                    "no rule \"" + rule + "\"",
                    "the id of a rule",
                    Suggestion.nearest(rule, ids)
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("list the rules with: policies list"));
        }
        return new Waiver(
                rule,
                entry.has("stack") ? entry.text("stack") : "*",
                entry.text("address"),
                entry.text("reason"),
                entry.text("owner"),
                expires(entry, problems),
                entry.where());
    }

    private static LocalDate expires(YamlMapping entry, Problems problems) {
        String written = entry.text("expires");
        try {
            return written.isEmpty() ? LocalDate.MIN : LocalDate.parse(written);
        } catch (DateTimeParseException e) {
            problems.add(
                    entry.where("expires"), "\"" + written + "\"", "a date, year-month-day", "write it as 2026-12-31");
            return LocalDate.MIN;
        }
    }

    /**
     * Its waivers.
     *
     * @return in the file's order
     */
    public List<Waiver> all() {
        return all;
    }

    /** Marks what is waived, and adds a finding for every waiver that is expired, or unused in the stacks reviewed. */
    List<Finding> apply(List<Finding> findings, Collection<String> stacks, LocalDate today) {
        Set<Waiver> used = new HashSet<>();
        List<Finding> result = new ArrayList<>();
        for (Finding finding : findings) {
            Optional<Waiver> accepted = Optional.empty();
            for (Waiver waiver : all) {
                if (waiver.covers(finding)) {
                    used.add(waiver);
                    if (accepted.isEmpty() && !waiver.isExpired(today)) {
                        accepted = Optional.of(waiver);
                    }
                }
            }
            result.add(accepted.map(finding::waivedBy).orElse(finding));
        }
        for (Waiver waiver : all) {
            if (waiver.isExpired(today)) {
                result.add(expired(waiver));
            } else if (!used.contains(waiver) && stacks.stream().anyMatch(waiver::coversStack)) {
                result.add(unused(waiver));
            }
        }
        return result;
    }

    private static Finding expired(Waiver waiver) {
        return about(
                waiver,
                EXPIRED,
                Severity.MEDIUM,
                "A waiver holds until its day",
                "What was accepted for a while is accepted no longer; the finding behind it counts again.",
                "the waiver of " + waiver.rule() + " for " + waiver.address() + " (" + waiver.owner() + ") expired on "
                        + waiver.expires(),
                "fix what was waived, or decide again and write a later day");
    }

    private static Finding unused(Waiver waiver) {
        return about(
                waiver,
                UNUSED,
                Severity.LOW,
                "A waiver covers a finding",
                "A waiver without a finding would hide the next one at the same address.",
                "the waiver of " + waiver.rule() + " for " + waiver.address() + " (" + waiver.owner()
                        + ") covers nothing",
                "remove it, or correct its rule, stack or address");
    }

    private static Finding about(
            Waiver waiver, String id, Severity severity, String title, String why, String detail, String fix) {
        return new Finding(
                id,
                "waivers",
                severity,
                Verdict.FAIL,
                title,
                why,
                detail,
                fix,
                List.of(),
                "",
                waiver.source(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
