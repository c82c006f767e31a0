package dev.eksplatform.internal.review;

import dev.eksplatform.internal.apply.ReviewBinding;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.guardrail.Verdict;
import dev.eksplatform.internal.guardrail.Waiver;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.SourceMap;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.facts.Reviewer;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reviews that several tests look at. */
public final class Example {

    private Example() {}

    /** The replaced cluster, with findings, a waiver, source lines and a binding. */
    public static Review replacedCluster() {
        SourceMap sources = new SourceMap(new TreeMap<>(Map.of(
                "aws_eks_cluster.c", new SourcePosition("stacks/shop.yaml", 12, 3),
                "aws_eks_node_group.n", new SourcePosition("stacks/shop.yaml", 20, 5))));
        StackEvidence infrastructure = StackEvidence.planned(
                        "shop-infrastructure", PlanFiles.recorded("a-replace-cluster"))
                .withSources(sources);
        StackEvidence platform = StackEvidence.planned("shop-platform", PlanFiles.recorded("b-update-charts"));
        StackEvidence workloads = StackEvidence.planned("shop-workloads", PlanFiles.recorded("c-bucket-replaced"));
        return Reviewer.review(List.of(infrastructure, platform, workloads), findings())
                .boundTo(Map.of(
                        "shop-infrastructure",
                        new ReviewBinding(
                                "shop-infrastructure",
                                "ab".repeat(32),
                                "cd".repeat(32),
                                "0123456789abcdef",
                                null,
                                null,
                                null)));
    }

    static List<Finding> findings() {
        return List.of(
                waived(
                        finding(
                                "nodes-imds-hop-limit",
                                "Metadata service within reach of pods",
                                Severity.MEDIUM,
                                "shop-infrastructure",
                                "aws_launch_template.n",
                                "http_put_response_hop_limit is 2",
                                "set it to 1",
                                "CKV_AWS_341"),
                        "a controller needs it",
                        "team platform"),
                finding(
                        "eks-public-endpoint",
                        "Public endpoint open to everybody",
                        Severity.CRITICAL,
                        "shop-infrastructure",
                        "aws_eks_cluster.c",
                        "public_access_cidrs is not set, which means 0.0.0.0/0",
                        "name the networks under cluster.endpoint.public",
                        "CKV_AWS_39",
                        "AWS-0040"),
                finding(
                        "image-latest-tag",
                        "Image without a fixed version",
                        Severity.MEDIUM,
                        "shop-workloads",
                        "kubernetes_deployment_v1.web",
                        "container web runs nginx:latest",
                        "name a version or a digest"));
    }

    public static Finding finding(
            String rule,
            String title,
            Severity severity,
            String stack,
            String address,
            String why,
            String fix,
            String... aliases) {
        return new Finding(
                rule,
                "area",
                severity,
                Verdict.FAIL,
                title,
                why,
                "",
                fix,
                List.of(aliases),
                stack,
                address,
                false,
                Optional.empty(),
                Optional.empty());
    }

    public static Finding everywhere(String text) {
        return finding(text, text, Severity.LOW, text, text, text, text, text);
    }

    public static Finding waived(Finding finding, String reason, String owner) {
        return new Finding(
                finding.rule(),
                finding.area(),
                finding.severity(),
                finding.verdict(),
                finding.title(),
                finding.why(),
                finding.detail(),
                finding.fix(),
                finding.aliases(),
                finding.stack(),
                finding.address(),
                finding.unchanged(),
                Optional.of(new Waiver(
                        finding.rule(),
                        "*",
                        "*",
                        reason,
                        owner,
                        LocalDate.parse("2027-01-31"),
                        new Place.InFile(new SourcePosition("waivers.yaml", 2, 5), PropertyPath.ROOT))),
                finding.source());
    }

    public static Finding undecided(Finding finding, String detail) {
        return new Finding(
                finding.rule(),
                finding.area(),
                finding.severity(),
                Verdict.UNKNOWN,
                finding.title(),
                finding.why(),
                detail,
                finding.fix(),
                finding.aliases(),
                finding.stack(),
                finding.address(),
                finding.unchanged(),
                Optional.empty(),
                finding.source());
    }
}
