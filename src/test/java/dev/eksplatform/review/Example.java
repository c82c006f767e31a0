package dev.eksplatform.review;

import dev.eksplatform.plan.PlanFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Reviews that several tests look at. */
final class Example {

    private Example() {}

    /** The replaced cluster, with findings, a waiver, source lines and a binding. */
    static Review replacedCluster() {
        Sources sources = new Sources(Map.of(
                "aws_eks_cluster.c", new Position("stacks/shop.yaml", 12, 3),
                "aws_eks_node_group.n", new Position("stacks/shop.yaml", 20, 5)));
        StackInput infrastructure = StackInput.planned("shop-infrastructure", PlanFiles.recorded("a-replace-cluster"))
                .withSources(sources)
                .withBinding(
                        new ReviewBinding("shop-infrastructure", "ab".repeat(32), "cd".repeat(32), "0123456789abcdef"));
        StackInput platform = StackInput.planned("shop-platform", PlanFiles.recorded("b-update-charts"));
        StackInput workloads = StackInput.planned("shop-workloads", PlanFiles.recorded("c-bucket-replaced"));
        return Review.of(List.of(infrastructure, platform, workloads), findings());
    }

    static List<Finding> findings() {
        return List.of(
                new Finding(
                        "nodes-imds-hop-limit",
                        "Metadata service within reach of pods",
                        Severity.MEDIUM,
                        "shop-infrastructure",
                        "aws_launch_template.n",
                        "http_put_response_hop_limit is 2",
                        "set it to 1",
                        List.of("CKV_AWS_341"),
                        null,
                        new Waiver("a controller needs it", "team platform", "2027-01-31")),
                new Finding(
                        "eks-public-endpoint",
                        "Public endpoint open to everybody",
                        Severity.CRITICAL,
                        "shop-infrastructure",
                        "aws_eks_cluster.c",
                        "public_access_cidrs is not set, which means 0.0.0.0/0",
                        "name the networks under cluster.endpoint.public",
                        List.of("CKV_AWS_39", "AWS-0040"),
                        null,
                        null),
                new Finding(
                        "image-latest-tag",
                        "Image without a fixed version",
                        Severity.MEDIUM,
                        "shop-workloads",
                        "kubernetes_deployment_v1.web",
                        "container web runs nginx:latest",
                        "name a version or a digest",
                        List.of(),
                        null,
                        null));
    }

    static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
