package dev.eksplatform.internal.review.render;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Check;
import dev.eksplatform.internal.review.Gate;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
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
 * or undecided; the others pass with their text as output. A risk that fails the gate is a failure, too, and so is a failed check
 * of the configuration; a plan that cannot be applied is an error.
 */
public final class JUnitReview {

    private JUnitReview() {}

    /**
     * Writes the findings of a review.
     *
     * @param review the review
     * @param gate what fails the change
     * @return XML that ends with a line break
     */
    public static String render(Review review, Gate gate) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "eks-platform review");
            for (StackReport stack : review.stacks()) {
                suite(xml, stack.name(), stack, of(review, stack.name()), risks(review, stack, gate), gate);
            }
            List<PlacedFinding> aboutWaivers = of(review, "");
            if (!aboutWaivers.isEmpty()) {
                suite(xml, "waivers", null, aboutWaivers, List.of(), gate);
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

    /** The risks that fail the gate. */
    private static List<Risk> risks(Review review, StackReport stack, Gate gate) {
        return review.risks().stream()
                .filter(risk -> risk.stack().equals(stack.name()) && gate.failsOn(risk))
                .toList();
    }

    private static void suite(
            XMLStreamWriter xml,
            String stack,
            @Nullable StackReport report,
            List<PlacedFinding> findings,
            List<Risk> risks,
            Gate gate)
            throws XMLStreamException {
        boolean refused = report != null && (report.errored() || !report.applyable());
        List<Check> checks = report == null ? List.of() : report.checks();
        long skipped = findings.stream().filter(JUnitReview::isSkipped).count();
        long failures = risks.size()
                + findings.stream()
                        .filter(placed -> gate.failsOn(placed.finding()))
                        .count();
        int tests = findings.size() + risks.size() + checks.size() + (refused ? 1 : 0);
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
            start(xml, "guardrails", stack, null);
            xml.writeEndElement();
        }
        for (PlacedFinding placed : findings) {
            test(xml, stack, placed, gate);
        }
        for (Risk risk : risks) {
            start(xml, "risk " + risk.address(), stack, risk.position());
            failure(xml, risk.severity(), risk.meaning(), risk.summary() + "\n" + risk.advice());
            xml.writeCharacters("\n    ");
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void result(XMLStreamWriter xml, String name, String stack, String element, String message)
            throws XMLStreamException {
        start(xml, name, stack, null);
        xml.writeCharacters("\n      ");
        xml.writeEmptyElement(element);
        xml.writeAttribute("message", message);
        xml.writeCharacters("\n    ");
        xml.writeEndElement();
    }

    private static void test(XMLStreamWriter xml, String stack, PlacedFinding placed, Gate gate)
            throws XMLStreamException {
        Finding finding = placed.finding();
        SourcePosition position = placed.position();
        start(xml, finding.rule() + " " + finding.address(), stack, position);
        String fix = finding.fix();
        String text = finding.title() + "\n"
                + (position == null ? "" : position + "\n")
                + (fix.isEmpty() ? "" : "fix: " + fix);
        if (isSkipped(placed)) {
            xml.writeCharacters("\n      ");
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", finding.isWaived() ? "waived: " + finding.waiverText() : finding.message());
        } else if (gate.failsOn(finding)) {
            failure(xml, finding.severity(), finding.message(), text);
        } else {
            xml.writeCharacters("\n      ");
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

    private static void failure(XMLStreamWriter xml, Severity severity, String message, String text)
            throws XMLStreamException {
        xml.writeCharacters("\n      ");
        xml.writeStartElement("failure");
        xml.writeAttribute("type", severity.word());
        xml.writeAttribute("message", message);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, String name, String stack, @Nullable SourcePosition position)
            throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", name);
        xml.writeAttribute("classname", stack);
        if (position != null) {
            xml.writeAttribute("file", position.file());
            xml.writeAttribute("line", Integer.toString(position.line()));
        }
    }
}
