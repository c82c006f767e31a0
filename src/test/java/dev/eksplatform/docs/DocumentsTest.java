package dev.eksplatform.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links in documents lead somewhere, and texts use the words of Terraform, Kubernetes and AWS. */
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    /** The terms are fix, report, recreate, override, duplicate and dependency cycle. */
    private static final Pattern OTHER_WORDS = Pattern.compile(
            "\\b(mends?|mended|told|anew|put over|taken over|stands? (for|in|at|against|twice)|a second time|which is none"
                    + "|such that say|such that says|nobody knows|of which cannot be said|a cluster to make|made here"
                    + "|whose network is its own|operator for it|that names none|a role name of its own|written so"
                    + "|the case matters|endpoint is left|without a circle|a running platform feels|who may do what"
                    + "|what can be reached|may go before|are known to force them|works on guardrails|what a pin is"
                    + "|what an environment means|need to know of|differences of the latter|is that one word"
                    + "|use omit)\\b|allowed: (each once|others|the id of a rule)",
            Pattern.CASE_INSENSITIVE);

    private static final List<String> TEXTS = List.of(
            ".github",
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "bench",
            "ci",
            "docs",
            "eks-platform",
            "examples",
            "policies",
            "stacks",
            "src/main");

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(files(file -> file.toString().endsWith(".md")).flatMap(DocumentsTest::brokenLinks))
                .isEmpty();
    }

    private static Stream<String> brokenLinks(Path document) {
        return LINK.matcher(read(document))
                .results()
                .filter(link -> !leads(document, link))
                .map(link -> document + ": " + link.group());
    }

    private static boolean leads(Path document, MatchResult link) {
        Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
        return Files.exists(target)
                && (link.group(2) == null
                        || HEADING.matcher(read(target))
                                .results()
                                .map(heading -> anchor(heading.group(1)))
                                .anyMatch(link.group(2)::equals));
    }

    /** As GitHub does it. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
    }

    @Test
    void textsUseTheWordsOfTheField() {
        assertThat(files(file -> true).flatMap(file -> read(file)
                        .lines()
                        .filter(line -> OTHER_WORDS.matcher(line).find())
                        .map(line -> file + ": " + line)))
                .isEmpty();
    }

    private static Stream<Path> files(Predicate<Path> which) {
        return TEXTS.stream().flatMap(root -> {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                return files.filter(Files::isRegularFile).filter(which).toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
