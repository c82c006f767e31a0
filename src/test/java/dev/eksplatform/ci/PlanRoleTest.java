package dev.eksplatform.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.iam.evaluation.AccessDecision.Verdict;
import dev.eksplatform.iam.evaluation.AssumeRequest;
import dev.eksplatform.iam.evaluation.Caller;
import dev.eksplatform.iam.evaluation.RequestContext;
import dev.eksplatform.iam.evaluation.TrustEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trust policy in {@code docs/review.md} lets in pull requests of one repository. */
class PlanRoleTest {

    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final String ISSUER = "token.actions.githubusercontent.com";

    @ParameterizedTest
    @CsvSource({
        "repo:OWNER/REPOSITORY:pull_request, sts.amazonaws.com, ALLOWED",
        "repo:OWNER/REPOSITORY:ref:refs/heads/main, sts.amazonaws.com, DENIED",
        "repo:OWNER/OTHER:pull_request, sts.amazonaws.com, DENIED",
        "repo:OWNER/REPOSITORY:pull_request, https://github.com/OWNER, DENIED"
    })
    void theDocumentedTrustPolicyLetsInPullRequestsOfOneRepository(String subject, String audience, Verdict verdict)
            throws IOException {
        PolicyDocument trust = documented();
        String provider =
                trust.statements().get(0).principals().byKind().get("Federated").get(0);

        assertThat(TrustEvaluation.decide(
                                new AssumeRequest(
                                        Caller.federated(provider),
                                        "sts:AssumeRoleWithWebIdentity",
                                        RequestContext.closed()
                                                .with(ISSUER + ":sub", subject)
                                                .with(ISSUER + ":aud", audience)),
                                trust)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void theDocumentedTrustPolicyIsATrustPolicy() throws IOException {
        assertThat(documented().check(PolicyUse.TRUST)).isEmpty();
    }

    private static PolicyDocument documented() throws IOException {
        Matcher block = JSON.matcher(Files.readString(Path.of("docs/review.md")));
        assertThat(block.find()).isTrue();
        return PolicyDocument.parse("docs/review.md", block.group(1));
    }
}
