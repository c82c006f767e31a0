package dev.eksplatform.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.lint.RoleTrust;
import dev.eksplatform.iam.lint.TrustLinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The trust policy in {@code docs/review.md} lets in pull requests of one repository. */
class PlanRoleTest {

    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final String SUBJECT = "\"repo:OWNER/REPOSITORY:pull_request\"";

    @Test
    void theDocumentedTrustPolicyHasNoFinding() throws IOException {
        assertThat(documented()).contains(SUBJECT);
        assertThat(findings(documented())).isEmpty();
    }

    @Test
    void oneThatLetsInEveryRepositoryHas() throws IOException {
        assertThat(findings(documented().replace("StringEquals", "StringLike").replace(SUBJECT, "\"*\"")))
                .containsExactly("trust-matches-everything");
    }

    private static List<String> findings(String policy) {
        RoleTrust role = new RoleTrust(
                "plan-review",
                "arn:aws:iam::111122223333:role/plan-review",
                PolicyDocument.parse("docs/review.md", policy));
        return TrustLinter.lint(List.of(role), List.of(), List.of()).stream()
                .map(finding -> finding.rule().id())
                .toList();
    }

    private static String documented() throws IOException {
        Matcher block = JSON.matcher(Files.readString(Path.of("docs/review.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
