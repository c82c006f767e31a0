package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule for a type that does not exist is never asked. */
class ResourceTypesTest {

    private static final ResourceTypes TYPES = ResourceTypes.ofProviders();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws_eks_cluster",
                "kubernetes_manifest",
                "kubernetes_*",
                "*",
                "aws_iam_*_policy",
                "helm_release",
                "tls_private_key",
                "terraform_provider",
                "terraform_data",
                "google_container_cluster",
                "awscc_eks_cluster",
                "datadog_*",
                "random_id",
                "awx_job_template",
            })
    void existsOrIsOfAnotherProvider(String type) {
        assertThat(problems(type)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws_s3_buckets | no resource type \"aws_s3_buckets\"; fix: did you mean aws_s3_bucket?",
                "aws_eks_clustr_* | \"aws_eks_clustr_*\" matches no resource type"
                        + "; fix: did you mean aws_eks_cluster?",
                "asw_eks_cluster | no resource type \"asw_eks_cluster\"; fix: did you mean" + " aws_eks_cluster?",
                "eks_cluster | no resource type \"eks_cluster\"; fix: did you mean" + " aws_eks_cluster?",
                "data.aws_vpc | \"data.aws_vpc\" is not a resource type; allowed: the type of a resource, such as"
                        + " aws_eks_cluster, with * for any characters; fix: rules look at resources, not at data sources: name"
                        + " a resource type",
            })
    void doesNotExist(String type, String problem) {
        assertThat(problems(type)).hasToString("[here: " + problem + "]");
    }

    private static List<Problem> problems(String type) {
        Problems problems = new Problems();
        TYPES.check(PropertyPath.of("here"), type, problems);
        return problems.found();
    }
}
