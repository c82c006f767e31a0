package dev.eksplatform.internal.review.render;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Check;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.StackReport;
import dev.eksplatform.problem.SourcePosition;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * The findings of a review as JUnit XML, for build servers: a failure for each that fails the gate, skipped when it is waived
 * or undecided; milder ones pass with their text as output. A failed check of the configuration is a failure, and a plan that
 * cannot be applied an error.
 */
public final class JUnitReview {

    private JUnitReview() {}

    /**
     * Writes the findings of a review.
     *
     * @param review the review
     * @param failOn the mildest severity that fails
     * @return XML that ends with a line break
     */
    public static String render(Review review, Severity failOn) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "eks-platform review");
            for (StackReport stack : review.stacks()) {
                suite(xml, stack.name(), stack, of(review, stack.name()), failOn);
            }
            List<PlacedFinding> aboutWaivers = of(review, "");
            if (!aboutWaivers.isEmpty()) {
                suite(xml, "waivers", null, aboutWaivers, failOn);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("findings are not XML", e);
        }
        return out.append('\n').toString();
    }

    private static List<PlacedFinding> of(Review review, String stack) {
        return review.findings().stream()
                .filter(placed -> placed.finding().stack().equals(stack))
                .toList();
    }

    private static void suite(
            XMLStreamWriter xml,
            String stack,
            @Nullable StackReport report,
            List<PlacedFinding> findings,
            Severity failOn)
            throws XMLStreamException {
        boolean refused = report != null && (report.errored() || !report.applyable());
        List<Check> checks = report == null ? List.of() : report.checks();
        long skipped = findings.stream().filter(JUnitReview::isSkipped).count();
        long failures =
                findings.stream().filter(placed -> fails(placed, failOn)).count();
        int tests = findings.size() + checks.size() + (refused ? 1 : 0);
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", stack);
        xml.writeAttribute("tests", Integer.toString(Math.max(1, tests)));
        xml.writeAttribute("failures", Long.toString(failures + checks.size()));
        xml.writeAttribute("errors", refused ? "1" : "0");
        xml.writeAttribute("skipped", Long.toString(skipped));
        if (report != null && refused) {
            String why = report.errored() ? "planning failed part-way" : "Terraform marks it so";
            result(xml, "plan", stack, "error", why + ": this plan cannot be applied");
        }
        for (Check check : checks) {
            result(xml, check.address(), stack, "failure", check.inWords());
        }
        if (tests == 0) {
            start(xml, "guardrails", stack);
            xml.writeEndElement();
        }
        for (PlacedFinding placed : findings) {
            test(xml, stack, placed, failOn);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void result(XMLStreamWriter xml, String name, String stack, String element, String message)
            throws XMLStreamException {
        start(xml, name, stack);
        xml.writeCharacters("\n      ");
        xml.writeEmptyElement(element);
        xml.writeAttribute("message", message);
        xml.writeCharacters("\n    ");
        xml.writeEndElement();
    }

    private static void test(XMLStreamWriter xml, String stack, PlacedFinding placed, Severity failOn)
            throws XMLStreamException {
        Finding finding = placed.finding();
        start(xml, finding.rule() + " " + finding.address(), stack);
        SourcePosition position = placed.position();
        if (position != null) {
            xml.writeAttribute("file", position.file());
            xml.writeAttribute("line", Integer.toString(position.line()));
        }
        String fix = finding.fix();
        String text = finding.title() + "\n"
                + (position == null ? "" : position + "\n")
                + (fix.isEmpty() ? "" : "fix: " + fix);
        xml.writeCharacters("\n      ");
        if (isSkipped(placed)) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", finding.isWaived() ? "waived: " + finding.waiverText() : finding.message());
        } else if (fails(placed, failOn)) {
            xml.writeStartElement("failure");
            xml.writeAttribute("type", finding.severity().word());
            xml.writeAttribute("message", finding.message());
            xml.writeCharacters(text);
            xml.writeEndElement();
        } else {
            xml.writeStartElement("system-out");
            xml.writeCharacters(finding.severity().word() + ": " + finding.message() + "\n" + text);
            xml.writeEndElement();
        }
        xml.writeCharacters("\n    ");
        xml.writeEndElement();
    }

    private static boolean isSkipped(PlacedFinding placed) {
        return placed.finding().isWaived() || placed.finding().isUndecided();
    }

    private static boolean fails(PlacedFinding placed, Severity failOn) {
        return !isSkipped(placed) && placed.finding().severity().atLeast(failOn);
    }

    private static void start(XMLStreamWriter xml, String name, String stack) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", name);
        xml.writeAttribute("classname", stack);
    }
}
