package dev.eksplatform.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.terraform.Command;
import dev.eksplatform.terraform.RequiresPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commit that is checked out must be the reviewed one, and its files too. */
@RequiresPrograms("git")
class CheckoutTest {

    @TempDir
    Path folder;

    private Path checkout;
    private String commit;

    @BeforeEach
    void repository() throws IOException {
        checkout = Files.createDirectories(folder.resolve("platform"));
        git(checkout, "init", "--quiet", "--initial-branch=main");
        Files.writeString(checkout.resolve("shop.yaml"), "a");
        commit = commit(checkout);
    }

    @Test
    void theReviewedCommitIsAcceptedFullAndShort() {
        assertThat(problems(checkout, null, commit)).isEmpty();
        assertThat(problems(checkout, null, commit.substring(0, 8))).isEmpty();
        assertThat(problems(checkout, commit.toUpperCase(Locale.ROOT), commit)).isEmpty();
        assertThat(problems(checkout, null, null)).isEmpty();
        assertThat(problems(checkout, null, commit.substring(0, 6))).hasSize(1);
    }

    @Test
    void anotherCommitIsNamedWithItsBranch() throws IOException {
        Files.writeString(checkout.resolve("shop.yaml"), "b");
        String next = commit(checkout);
        assertThat(problems(checkout, null, commit))
                .containsExactly("commit " + next + " (branch main); allowed: the reviewed commit " + commit
                        + "; fix: check out the reviewed commit, or review this one");
        git(checkout, "checkout", "--quiet", "--detach");
        assertThat(problems(checkout, null, commit))
                .first()
                .asString()
                .startsWith("commit " + next + " (detached HEAD);");
    }

    @Test
    void whatTheUserSaysDoesNotReplaceWhatGitSays() throws IOException {
        Files.writeString(checkout.resolve("shop.yaml"), "b");
        String next = commit(checkout);
        assertThat(problems(checkout, commit, commit))
                .containsExactly("--commit " + commit + ", but git has checked out " + next
                        + "; allowed: the reviewed commit " + commit
                        + "; fix: leave --commit out, and check out the reviewed commit");
    }

    @Test
    void changedFilesAreNotThoseOfTheCommit() throws IOException {
        Files.writeString(checkout.resolve("new.yaml"), "not tracked");
        assertThat(problems(checkout, null, commit)).isEmpty();
        Files.writeString(checkout.resolve("shop.yaml"), "b");
        assertThat(problems(checkout, null, commit))
                .containsExactly("files that differ from the reviewed commit: shop.yaml; allowed: the files of commit "
                        + commit + "; fix: restore them, or commit them and review again");
    }

    @Test
    void aSubmoduleIsCalledThat() throws IOException {
        Path outer = Files.createDirectories(folder.resolve("outer"));
        git(outer, "init", "--quiet", "--initial-branch=main");
        git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", checkout.toString(), "inner");
        String reviewed = commit(outer);
        assertThat(problems(outer, null, reviewed)).isEmpty();
        assertThat(problems(outer.resolve("inner"), null, reviewed))
                .containsExactly("commit " + commit + " (branch main), that of a submodule of " + outer.toRealPath()
                        + "; allowed: the reviewed commit " + reviewed
                        + "; fix: run this in the checkout that was reviewed; this folder is in a submodule");
    }

    @Test
    void withoutGitTheUserSaysIt() throws IOException {
        Path plain = Files.createDirectories(folder.resolve("plain"));
        assertThat(problems(plain, commit, commit)).isEmpty();
        assertThat(problems(plain, "def", commit))
                .containsExactly("commit def; allowed: the reviewed commit " + commit
                        + "; fix: check out the reviewed commit, or review this one");
        assertThat(problems(plain, null, commit))
                .first()
                .asString()
                .startsWith("no commit is known: not a git repository")
                .endsWith("fix: run this in the checkout of that commit; where there is none, give --commit");
        git(plain, "init", "--quiet");
        assertThat(problems(plain, null, commit))
                .first()
                .asString()
                .startsWith("no commit is known: the branch has no commit yet;");
    }

    private static List<String> problems(Path folder, @Nullable String given, @Nullable String reviewed) {
        return Checkout.of(folder, given).verify(reviewed).stream()
                .map(Problem::toString)
                .toList();
    }

    private static String commit(Path folder) {
        git(folder, "add", "--all");
        git(
                folder,
                "-c",
                "user.name=Ada",
                "-c",
                "user.email=ada@example.com",
                "commit",
                "--quiet",
                "--message",
                "Change");
        return git(folder, "rev-parse", "HEAD").strip();
    }

    private static String git(Path folder, String... arguments) {
        List<String> line = new ArrayList<>(List.of("git"));
        line.addAll(List.of(arguments));
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        return Command.run(folder, environment, line).expect(0).output();
    }
}
