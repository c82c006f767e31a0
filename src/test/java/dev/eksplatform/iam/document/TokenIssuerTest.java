package dev.eksplatform.iam.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenIssuerTest {

    private static final String GITHUB = "token.actions.githubusercontent.com";

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "repo:org/repo:ref:refs/heads/main => branch main of org/repo (GitHub)",
                "repo:org/repo:ref:refs/tags/v1 => tag v1 of org/repo (GitHub)",
                "repo:org/repo:environment:prod => environment prod of org/repo (GitHub)",
                "repo:org/repo:pull_request => any pull request of org/repo (GitHub)",
                "repo:org/repo:* => any branch, tag, environment or pull request of org/repo (GitHub)",
                "repo:org/repo:ref:refs/heads/* => any branch of org/repo (GitHub)",
                "repo:org/repo:ref:refs/heads/release-* => any branch release-* of org/repo (GitHub)",
                "repo:org/* => any repository of org (GitHub)",
                "repo:org/*:ref:refs/heads/main => branch main of any repository of org (GitHub)",
                "repo:org/app-*:* => any repository like org/app-* (GitHub)",
                "repo:org* => any repository of an owner like org* (GitHub)",
                "repo:* => any repository of GitHub (GitHub)",
                "* => anyone with a token of GitHub",
                "repository_owner:org => subject repository_owner:org",
            })
    void subjectsOfGitHubAreInWords(String subject, String words) {
        boolean pattern = subject.contains("*");
        String expected = words.startsWith("subject") && pattern ? "any " + words : words;
        assertThat(TokenIssuer.subjectInWords(GITHUB, subject, pattern)).isEqualTo(expected);
    }

    @Test
    void otherSubjectsAreInWords() {
        assertThat(TokenIssuer.subjectInWords("gitlab.com", "project_path:g/p:ref_type:branch:ref:main", false))
                .isEqualTo("branch main of g/p (GitLab)");
        assertThat(TokenIssuer.subjectInWords("oidc.example", "system:serviceaccount:shop:orders", false))
                .isEqualTo("ServiceAccount shop/orders");
        assertThat(TokenIssuer.subjectInWords("oidc.example", "somebody", false))
                .isEqualTo("subject somebody");
        assertThat(TokenIssuer.subjectInWords("oidc.eks.eu-central-1.amazonaws.com/id/A", "*", true))
                .isEqualTo("any ServiceAccount of the issuer");
    }

    @Test
    void aStarInAnExactSubjectIsNoWildcard() {
        assertThat(TokenIssuer.subjectInWords(GITHUB, "repo:org/repo:*", false)).isEqualTo("* of org/repo (GitHub)");
    }

    @Test
    void conditionsSayWhoseTokenItIs() {
        Condition condition = Condition.of("StringLike", GITHUB + ":sub", "repo:org/*", "repo:a/b:environment:prod");
        Principals principals = Principals.federated("arn:aws:iam::111122223333:oidc-provider/" + GITHUB);
        assertThat(condition.inWords(principals))
                .isEqualTo("the token belongs to any repository of org (GitHub) or environment prod of a/b (GitHub)");
        assertThat(Condition.of("ForAllValues:StringLike", GITHUB + ":sub", "repo:org/*")
                        .inWords(principals))
                .isEqualTo("every value of the token's subject is like repo:org/*, or it is missing");
    }

    @Test
    void clustersHaveAnId() {
        TokenIssuer eks = TokenIssuer.of("oidc.eks.eu-central-1.amazonaws.com").orElseThrow();
        assertThat(eks.isKubernetes()).isTrue();
        assertThat(List.of(
                        "oidc.eks.eu-central-1.amazonaws.com/id/AB12", "oidc.eks.cn-north-1.amazonaws.com.cn/id/AB12"))
                .allMatch(eks::isComplete);
        assertThat(List.of("oidc.eks.eu-central-1.amazonaws.com", "oidc.eks.eu-central-1.amazonaws.com/AB12"))
                .noneMatch(eks::isComplete);
        assertThat(TokenIssuer.of("oidc.example")).isEmpty();
    }
}
