package dev.eksplatform.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HtmlReviewTest {

    @Test
    void isWritten() throws IOException {
        Files.writeString(Path.of("target/review.html"), HtmlReview.render(Example.replacedCluster()));
        Files.writeString(Path.of("target/create.html"), HtmlReview.render(MarkdownReviewTest.recorded("a-create")));
    }
}
