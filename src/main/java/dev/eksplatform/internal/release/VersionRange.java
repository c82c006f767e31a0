package dev.eksplatform.internal.release;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Versions of a provider that a constraint allows. Pre-releases are none of them: Terraform selects one only if a constraint
 * names exactly that.
 *
 * @param from the first version
 * @param before the version after the last one
 * @param except versions between them that are not allowed
 * @see <a href="https://developer.hashicorp.com/terraform/language/expressions/version-constraints">version constraints</a>
 */
public record VersionRange(ProviderVersion from, ProviderVersion before, SortedSet<ProviderVersion> except) {

    /** Terraform's syntax, without pre-releases. */
    public static final String PATTERN =
            "^\\s*(=|!=|>|>=|<|<=|~>)?\\s*\\d{1,5}(\\.\\d{1,5}){0,2}\\s*(,\\s*(=|!=|>|>=|<|<=|~>)?\\s*\\d{1,5}(\\.\\d{1,5}){0,2}\\s*)*$";

    private static final Pattern TERM = Pattern.compile("(=|!=|>|>=|<|<=|~>)?\\s*(\\d{1,5}(?:\\.\\d{1,5}){0,2})");
    private static final ProviderVersion FIRST = new ProviderVersion(0, 0, 0);
    private static final ProviderVersion END = new ProviderVersion(Integer.MAX_VALUE, 0, 0);
    private static final VersionRange ALL = between(FIRST, END);

    /** The excluded versions beside the range exclude nothing, and those at its beginning belong to the bound. */
    public VersionRange {
        while (except.contains(from)) {
            from = from.nextPatch();
        }
        ProviderVersion first = from;
        SortedSet<ProviderVersion> inside = new TreeSet<>(except);
        inside.removeIf(version -> version.compareTo(first) < 0 || version.compareTo(before) >= 0);
        except = Collections.unmodifiableSortedSet(inside);
    }

    static VersionRange between(ProviderVersion from, ProviderVersion before) {
        return new VersionRange(from, before, new TreeSet<>());
    }

    /**
     * Reads a constraint.
     *
     * @param text such as {@code 6.25.0}, {@code >= 6.0.0, < 6.30.0} or {@code ~> 6.20}
     * @return the versions that it allows
     * @throws InvalidInputException when it is not a constraint
     */
    public static VersionRange parse(String text) {
        VersionRange range = ALL;
        for (String part : text.split(",", -1)) {
            Matcher term = TERM.matcher(part.strip());
            if (!term.matches()) {
                throw new InvalidInputException(new Problem(
                        Problem.quoted(text) + " is not a version constraint",
                        "versions of one to three numbers with =, !=, >, >=, <, <= or ~> before them, separated by commas",
                        "write it like \"6.25.0\" or \">= 6.20.0, < 6.30.0\""));
            }
            range = range.and(term(Optional.ofNullable(term.group(1)).orElse("="), term.group(2)));
        }
        return range;
    }

    private static VersionRange term(String operator, String text) {
        ProviderVersion version = ProviderVersion.parse(text);
        return switch (operator) {
            case "!=" -> new VersionRange(FIRST, END, new TreeSet<>(Set.of(version)));
            case ">" -> between(version.nextPatch(), END);
            case ">=" -> between(version, END);
            case "<" -> between(FIRST, version);
            case "<=" -> between(FIRST, version.nextPatch());
            case "~>" -> between(version, afterRightmost(text, version));
            default -> between(version, version.nextPatch());
        };
    }

    /** Only the last number may rise: with one number there is no end. */
    private static ProviderVersion afterRightmost(String text, ProviderVersion version) {
        return switch (text.split("\\.").length) {
            case 1 -> END;
            case 2 -> new ProviderVersion(version.major() + 1, 0, 0);
            default -> new ProviderVersion(version.major(), version.minor() + 1, 0);
        };
    }

    /** The versions that another range allows, too. */
    public VersionRange and(VersionRange other) {
        SortedSet<ProviderVersion> excluded = new TreeSet<>(except);
        excluded.addAll(other.except);
        return new VersionRange(
                from.compareTo(other.from) < 0 ? other.from : from,
                before.compareTo(other.before) < 0 ? before : other.before,
                excluded);
    }

    /** Without the versions before one. */
    VersionRange since(ProviderVersion first) {
        return and(between(first, END));
    }

    /** Without a version and those after it. */
    VersionRange until(ProviderVersion end) {
        return and(between(FIRST, end));
    }

    /** Whether it allows no version. */
    public boolean isEmpty() {
        return from.compareTo(before) >= 0;
    }

    /** As a constraint of Terraform. */
    @Override
    public String toString() {
        if (from.nextPatch().equals(before)) {
            return from.toString();
        }
        return ">= " + from + (before.equals(END) ? "" : ", < " + before)
                + except.stream().map(version -> ", != " + version).collect(Collectors.joining());
    }
}
