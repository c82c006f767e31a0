package dev.eksplatform.review;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The findings of a review as JUnit XML, for build servers: a failure each, skipped when waived. */
public final class JUnitReview {

    private JUnitReview() {}

    /**
     * Writes the findings of a review.
     *
     * @param review the review
     * @return XML that ends with a line break
     */
    public static String render(Review review) {
        StringWriter out = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "eks-platform review");
            for (StackReview stack : review.stacks()) {
                suite(
                        xml,
                        stack.name(),
                        review.findings().stream()
                                .filter(finding -> finding.stack().equals(stack.name()))
                                .toList());
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("findings are not XML", e);
        }
        return out.append('\n').toString();
    }

    private static void suite(XMLStreamWriter xml, String stack, List<Finding> findings) throws XMLStreamException {
        long waived = findings.stream().filter(Finding::waived).count();
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", stack);
        xml.writeAttribute("tests", Integer.toString(Math.max(1, findings.size())));
        xml.writeAttribute("failures", Long.toString(findings.size() - waived));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(waived));
        if (findings.isEmpty()) {
            start(xml, "guardrails", stack);
            xml.writeEndElement();
        }
        for (Finding finding : findings) {
            start(xml, finding.ruleId() + " " + finding.address(), stack);
            Position position = finding.position();
            if (position != null) {
                xml.writeAttribute("file", position.file());
                xml.writeAttribute("line", Integer.toString(position.line()));
            }
            xml.writeCharacters("\n      ");
            Waiver waiver = finding.waiver();
            if (waiver != null) {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute(
                        "message",
                        "waived: " + waiver.reason() + " (" + waiver.owner() + ", until " + waiver.expires() + ")");
            } else {
                xml.writeStartElement("failure");
                xml.writeAttribute("type", finding.severity().word());
                xml.writeAttribute("message", finding.message());
                xml.writeCharacters(finding.title() + "\n"
                        + (position == null ? "" : position + "\n")
                        + (finding.fix().isEmpty() ? "" : "fix: " + finding.fix()));
                xml.writeEndElement();
            }
            xml.writeCharacters("\n    ");
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, String name, String stack) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", name);
        xml.writeAttribute("classname", stack);
    }
}
