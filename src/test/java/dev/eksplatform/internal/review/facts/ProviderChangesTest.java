package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.plan.PlanBuilder;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.SynthesizedStack;
import dev.eksplatform.internal.review.Review;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A review says when a change leads to another version of a provider. */
class ProviderChangesTest {

    @TempDir
    private Path folder;

    private SynthesizedStack stack(String name, String constraint, String locked) throws IOException {
        Path stack = Files.createDirectories(folder.resolve(name).resolve("shop"));
        if (!locked.isEmpty()) {
            Files.writeString(stack.resolve(".terraform.lock.hcl"), """
                    provider "registry.terraform.io/hashicorp/aws" {
                      version = "%s"
                    }
                    """.formatted(locked));
        }
        return SynthesizedStack.read(Files.writeString(stack.resolve("cdk.tf.json"), """
                {"terraform": {"required_providers": {"aws": {"source": "aws", "version": "%s"}}}}
                """.formatted(constraint)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            >= 5.100.0, < 7.0.0 | 5.100.0 | >= 5.100.0, < 7.0.0 | 6.25.0  | Provider aws is upgraded from 5.100.0 to 6.25.0.
            >= 5.100.0, < 7.0.0 | 6.25.0  | 5.100.0             | ''      | Provider aws is downgraded from 6.25.0 to 5.100.0.
            5.100.0             | ''      | >= 5.100.0, < 7.0.0 | 6.25.0  | Provider aws is upgraded from 5.100.0 to 6.25.0.
            5.100.0             | ''      | 6.25.0              | ''      | Provider aws is upgraded from 5.100.0 to 6.25.0.
            5.100.0             | ''      | >= 5.100.0, < 7.0.0 | ''      | The allowed versions of provider aws change from 5.100.0 to >= 5.100.0, < 7.0.0.
            >= 5.100.0, < 7.0.0 | ''      | >= 6.52.0, < 7.0.0  | 6.66.0  | The allowed versions of provider aws change from >= 5.100.0, < 7.0.0 to >= 6.52.0, < 7.0.0.
            5.100.0             | ''      | >= 5.100.0, < 7.0.0 | 5.100.0 | -
            >= 5.100.0, < 7.0.0 | 6.66.0  | >= 6.52.0, < 7.0.0  | 6.66.0  | -
            >= 5.100.0, < 7.0.0 | ''      | >= 5.100.0, < 7.0.0 | 6.25.0  | -
            """)
    void theLockFilesDecideAndElseTheConstraints(
            String constraintBefore, String before, String constraintAfter, String after, String warning)
            throws IOException {
        Review review = Reviewer.review(
                List.of(StackEvidence.planned("shop", PlanBuilder.empty().build())
                        .withBase(stack("base", constraintBefore, before))
                        .withHead(stack("head", constraintAfter, after))),
                List.of());

        assertThat(review.stacks().get(0).warnings().stream().filter(text -> text.contains("rovider aws")))
                .containsExactlyElementsOf(warning == null ? List.of() : List.of(warning));
        assertThat(review.headline()).isEqualTo(warning == null ? "No changes." : "Only versions of providers change.");
    }
}
