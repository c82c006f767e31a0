package dev.eksplatform.internal.review.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Example;
import dev.eksplatform.internal.review.Gate;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.facts.Reviewer;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class JUnitReviewTest {

    @Test
    void aFindingIsAFailureAndAWaivedOneIsSkipped() {
        assertThat(JUnitReview.render(Example.replacedCluster(), Gate.on(Severity.MEDIUM)))
                .isEqualTo("""
                        <?xml version="1.0" encoding="UTF-8"?>
                        <testsuites name="eks-platform review">
                          <testsuite name="shop-infrastructure" tests="2" failures="1" errors="0" skipped="1">
                            <testcase name="eks-public-endpoint aws_eks_cluster.c" classname="shop-infrastructure" file="stacks/shop.yaml" line="12">
                              <failure type="critical" message="public_access_cidrs is not set, which means 0.0.0.0/0">Public endpoint open to everybody
                        stacks/shop.yaml:12:3
                        fix: name the networks under cluster.endpoint.public</failure>
                            </testcase>
                            <testcase name="nodes-imds-hop-limit aws_launch_template.n" classname="shop-infrastructure">
                              <skipped message="waived: a controller needs it (team platform, until 2027-01-31)"/>
                            </testcase>
                          </testsuite>
                          <testsuite name="shop-platform" tests="1" failures="0" errors="0" skipped="0">
                            <testcase name="guardrails" classname="shop-platform"></testcase>
                          </testsuite>
                          <testsuite name="shop-workloads" tests="1" failures="1" errors="0" skipped="0">
                            <testcase name="image-latest-tag kubernetes_deployment_v1.web" classname="shop-workloads">
                              <failure type="medium" message="container web runs nginx:latest">Image without a fixed version
                        fix: name a version or a digest</failure>
                            </testcase>
                          </testsuite>
                        </testsuites>
                        """);
    }

    @Test
    void whatIsMilderThanTheGatePasses() {
        Review review = Example.replacedCluster();
        assertThat(Gate.on(Severity.HIGH).reasons(review)).isNotEmpty();
        assertThat(JUnitReview.render(review, Gate.on(Severity.HIGH)))
                .contains("<testsuite name=\"shop-workloads\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">")
                .contains("<system-out>medium: container web runs nginx:latest");
        assertThat(JUnitReview.render(review, Gate.on(Severity.CRITICAL))).containsOnlyOnce("<failure");
    }

    @Test
    void aPlanThatFailedHalfWayIsAnError() {
        Review review = MarkdownReviewTest.recorded("recorded/errored");
        assertThat(Gate.on(Severity.CRITICAL).reasons(review)).isNotEmpty();
        assertThat(JUnitReview.render(review, Gate.on(Severity.CRITICAL)))
                .contains("tests=\"2\" failures=\"1\" errors=\"1\" skipped=\"0\"")
                .contains("<error message=\"planning failed part-way: this plan cannot be applied\"/>");
    }

    @Test
    void staysXmlWhateverItHolds() throws Exception {
        String hostile = "a<b>&\"'\u0001]]>\u202e";
        Review review = Reviewer.review(
                List.of(StackEvidence.unplanned("s")),
                List.of(Example.finding(hostile, hostile, Severity.LOW, "s", hostile, hostile, hostile, hostile)));
        String xml = JUnitReview.render(review, Gate.on(Severity.LOW));
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(PlanFiles.stream(xml))
                .getDocumentElement();
        assertThat(((Element) root.getElementsByTagName("failure").item(0)).getAttribute("message"))
                .isEqualTo("a<b>&\"'\\u0001]]>\\u202e");
    }
}
