package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.files.InputFiles;
import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.BindingResult;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.YamlDocument;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.nio.file.Path;
import java.time.LocalDate;
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

    /** The id of findings about expired waivers. */
    public static final String EXPIRED = "waiver-expired";

    /** The id of findings about waivers that cover no finding. */
    public static final String UNUSED = "waiver-unused";

    private static final long MOST_BYTES = 1 << 20;

    private final List<Waiver> all;

    private Waivers(List<Waiver> all) {
        this.all = List.copyOf(all);
    }

    /**
     * No waivers.
     *
     * @return no waivers
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
     * @throws InvalidInputException with every problem, among them unknown rules
     */
    public static Waivers read(Path file, Collection<Rule> rules) {
        return parse(file.toString(), InputFiles.text(file, MOST_BYTES), rules);
    }

    static Waivers parse(String file, String text, Collection<Rule> rules) {
        BindingResult<WaiverFile> result = Binder.bind(YamlDocument.parse(file, text), WaiverFile.class);
        List<Entry> entries =
                result.value() == null ? List.of() : result.value().waivers();
        List<String> ids = rules.stream().map(Rule::id).toList();
        List<Waiver> waivers = new ArrayList<>();
        for (Entry entry : entries) {
            PropertyPath path = PropertyPath.of("waivers").index(waivers.size());
            if (!ids.contains(entry.rule()) && !result.unreadable().touches(path.key("rule"))) {
                result.problems()
                        .add(new Problem(
                                result.positions().at(path.key("rule")),
                                "no rule \"" + entry.rule() + "\"",
                                Suggestion.fix(entry.rule(), ids, "list the rules with: policies test --verbose")));
            }
            waivers.add(new Waiver(
                    entry.rule(),
                    entry.stack(),
                    entry.address(),
                    entry.reason(),
                    entry.owner(),
                    entry.expires().date(),
                    result.positions().at(path)));
        }
        result.problems().throwIfAny();
        return new Waivers(waivers);
    }

    /** A waiver file; the keys are those of {@code docs/guardrails.md}. */
    private record WaiverFile(List<Entry> waivers) {

        @Defaults
        static WaiverFile none() {
            return new WaiverFile(List.of());
        }
    }

    private record Entry(
            @Example("endpoint-not-open-to-world") String rule,

            @Example("aws_eks_cluster.*") String address,

            String stack,

            @Example("A demo for a fair") String reason,

            @Example("ada@example.org") String owner,

            @Example("2026-12-31") Day expires) {

        @Defaults
        static Entry of(String rule, String address, String reason, String owner, Day expires) {
            return new Entry(rule, address, "*", reason, owner, expires);
        }
    }

    /** Marks waived findings, and adds one for each waiver that has expired or is unused in the reviewed stacks. */
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
                "A waiver has not expired",
                "The finding that it accepted counts again.",
                "the waiver of " + waiver.rule() + " for " + waiver.address() + " (" + waiver.owner() + ") expired on "
                        + waiver.expires(),
                "fix the finding, or decide again and set a later day");
    }

    private static Finding unused(Waiver waiver) {
        return about(
                waiver,
                UNUSED,
                Severity.LOW,
                "A waiver covers a finding",
                "It would hide the next finding at the same address.",
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
                waiver.source().toString(),
                false,
                Optional.empty(),
                Optional.of(waiver.source().position()));
    }
}
