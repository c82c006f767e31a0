package dev.eksplatform.review;

import dev.eksplatform.plan.PlanFiles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownReviewTest {

    static Review recorded(String name) {
        return Review.of(List.of(StackInput.planned(name.substring(0, 1), PlanFiles.recorded(name))), List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-create",
                "a-drift",
                "a-noop",
                "a-replace-cluster",
                "a-update",
                "b-create",
                "b-update-charts",
                "c-bucket-replaced"
            })
    void readsLikeTheApprovedOne(String name) throws IOException {
        Golden.assertSame("review/" + name + ".md", MarkdownReview.render(recorded(name), "the page"));
    }
}
