package dev.eksplatform.internal.apply;

import dev.eksplatform.internal.files.TemporaryPath;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The commit that is checked out. Git says which one; what the user says counts where there is no git.
 *
 * @param head the full hash; empty when git does not know it
 * @param why why git does not know it; empty when it does
 * @param branch the branch; empty when the head is detached
 * @param changed the files that differ from the commit, without those that git does not track
 * @param superproject the checkout whose submodule this is; empty when it is none
 * @param given the commit that the user names; empty when there is none
 */
public record Checkout(
        Optional<String> head,
        String why,
        String branch,
        List<String> changed,
        Optional<String> superproject,
        Optional<String> given) {

    private static final int SHOWN = 5;
    private static final String ABBREVIATED = "[0-9a-f]{7,}";
    private static final String AS_REVIEWED = "check out the reviewed commit, or review this one";

    /** Keeps a copy. */
    public Checkout {
        changed = List.copyOf(changed);
    }

    /** A commit where there is no git. */
    static Checkout given(@Nullable String commit) {
        return without("git is not asked", Optional.ofNullable(commit));
    }

    private static Checkout without(String why, Optional<String> given) {
        return new Checkout(Optional.empty(), why, "", List.of(), Optional.empty(), given);
    }

    /**
     * Asks git.
     *
     * @param folder in a checkout
     * @param given the commit that the user names; {@code null} when there is none
     * @return what is checked out there
     */
    public static Checkout of(Path folder, @Nullable String given) {
        Optional<String> named = Optional.ofNullable(given);
        try {
            Answer inside = git(folder, "rev-parse", "--is-inside-work-tree");
            if (inside.status() != 0) {
                return without(inside.said().isEmpty() ? "git knows no checkout here" : inside.said(), named);
            }
            Answer head = git(folder, "rev-parse", "--verify", "--quiet", "HEAD");
            if (head.status() != 0) {
                return without("the branch has no commit yet", named);
            }
            String superproject =
                    git(folder, "rev-parse", "--show-superproject-working-tree").out();
            return new Checkout(
                    Optional.of(head.out()),
                    "",
                    git(folder, "branch", "--show-current").out(),
                    git(folder, "status", "--porcelain", "--untracked-files=no").lines(),
                    superproject.isEmpty() ? Optional.empty() : Optional.of(superproject),
                    named);
        } catch (InvalidInputException e) {
            return without("git cannot be run", named);
        }
    }

    /** What git said: its output, and its first complaint. */
    private record Answer(int status, String out, String said) {
        List<String> lines() {
            return out.lines()
                    .map(line -> line.replaceFirst("^\\s*\\S+\\s+", ""))
                    .toList();
        }
    }

    private static Answer git(Path folder, String... arguments) {
        try (TemporaryPath output = TemporaryPath.file("git-", ".txt")) {
            ExternalProgram.Ended ended = new ExternalProgram("git", folder).runInto(output.path(), List.of(arguments));
            String said = ended.said().lines().findFirst().orElse("").replaceFirst("^fatal: ", "");
            return new Answer(ended.status(), Files.readString(output.path()).strip(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How it differs from the commit that was reviewed, each without a place; nothing when no commit was. */
    List<Problem> verify(@Nullable String reviewed) {
        List<Problem> problems = new ArrayList<>();
        if (reviewed == null) {
            return problems;
        }
        String allowed = "the reviewed commit " + reviewed;
        if (head.isEmpty()) {
            given.ifPresentOrElse(
                    commit -> {
                        if (!isSame(commit, reviewed)) {
                            problems.add(new Problem("commit " + commit, allowed, AS_REVIEWED));
                        }
                    },
                    () -> problems.add(new Problem(
                            "no commit is known: " + why,
                            allowed,
                            "run this in the checkout of that commit; where there is none, give --commit")));
            return problems;
        }
        String commit = head.get();
        if (given.isPresent() && !isSame(commit, given.get())) {
            problems.add(new Problem(
                    "--commit " + given.get() + ", but git has checked out " + commit,
                    allowed,
                    "leave --commit out, and check out the reviewed commit"));
        } else if (!isSame(commit, reviewed)) {
            problems.add(new Problem(
                    "commit " + commit + (branch.isEmpty() ? " (detached HEAD)" : " (branch " + branch + ")")
                            + superproject
                                    .map(of -> ", that of a submodule of " + of)
                                    .orElse(""),
                    allowed,
                    superproject.isPresent()
                            ? "run this in the checkout that was reviewed; this folder is in a submodule"
                            : AS_REVIEWED));
        } else if (!changed.isEmpty()) {
            problems.add(new Problem(
                    "files that differ from the reviewed commit: "
                            + String.join(", ", changed.subList(0, Math.min(SHOWN, changed.size())))
                            + (changed.size() > SHOWN ? " and " + (changed.size() - SHOWN) + " more" : ""),
                    "the files of commit " + reviewed,
                    "restore them, or commit them and review again"));
        }
        return problems;
    }

    private static boolean isSame(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        return a.equals(b)
                || (a.matches(ABBREVIATED) && b.startsWith(a))
                || (b.matches(ABBREVIATED) && a.startsWith(b));
    }
}
