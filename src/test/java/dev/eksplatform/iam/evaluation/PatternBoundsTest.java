package dev.eksplatform.iam.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.evaluation.PatternAutomaton.Element;
import dev.eksplatform.internal.logic.Truth;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A pattern gives the same answer for one resource as for all resources at the same time. */
class PatternBoundsTest {

    private static final RequestContext CONTEXT =
            RequestContext.closedExcept("unknown:").with("aws:name", "a:b");

    @Property(tries = 3000)
    void theBoundsOfAPatternAreWhatItMatches(@ForAll("patterns") String pattern, @ForAll("resources") String resource) {
        for (String version : List.of(PolicyDocument.CURRENT_VERSION, "2008-10-17")) {
            ResourcePattern read = ResourcePattern.of(pattern, version, CONTEXT);
            ResourcePattern.Bounds bounds = read.bounds();
            boolean certain =
                    !bounds.least().isEmpty() && bounds.least().stream().allMatch(least -> matches(least, resource));
            boolean possible = bounds.most().stream().anyMatch(most -> matches(most, resource));
            assertThat(read.matches(ResourcePattern.resources(resource)))
                    .as("%s of %s", pattern, resource)
                    .isEqualTo(certain ? Truth.TRUE : possible ? Truth.UNKNOWN : Truth.FALSE);
        }
    }

    private static boolean matches(List<Element> pattern, String resource) {
        PatternAutomaton automaton = new PatternAutomaton();
        int text = automaton.add(resource.chars().mapToObj(Element::of).toList());
        int number = automaton.add(pattern);
        BitSet only = new BitSet();
        only.set(text);
        return automaton.matches(List.of(only)).orElseThrow().stream().anyMatch(matched -> matched.get(number));
    }

    @Provide
    Arbitrary<String> patterns() {
        Arbitrary<String> field = Arbitraries.of(
                        "",
                        "arn",
                        "aws",
                        "s3",
                        "a",
                        "b",
                        "*",
                        "?",
                        "a*",
                        "*b",
                        "a?",
                        "a*b",
                        "a/*",
                        "${aws:name}",
                        "${unknown:x}",
                        "${missing:x}",
                        "${missing:x, 'a'}",
                        "${*}",
                        "${aws_s3_bucket.a.arn}",
                        "a/b")
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(parts -> String.join("", parts));
        Arbitrary<String> fields = field.list().ofMinSize(1).ofMaxSize(7).map(parts -> String.join(":", parts));
        return Arbitraries.oneOf(
                fields,
                fields.map(rest -> "arn:aws:s3:" + rest),
                fields.map(rest -> "arn:aws:s3:::" + rest),
                field.map(rest -> "arn:aws:" + rest));
    }

    @Provide
    Arbitrary<String> resources() {
        Arbitrary<String> field = Arbitraries.of("", "a", "b", "ab", "a/b", "a:b", "aa");
        return field.list().ofSize(3).map(parts -> "arn:aws:s3:" + String.join(":", parts));
    }
}
