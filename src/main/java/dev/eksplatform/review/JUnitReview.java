package dev.eksplatform.review;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The findings of a review as JUnit XML, for build servers: a failure each, skipped when waived or not to be decided yet. */
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
                suite(xml, stack.name(), of(review, stack.name()));
            }
            List<PlacedFinding> aboutWaivers = of(review, "");
            if (!aboutWaivers.isEmpty()) {
                suite(xml, "waivers", aboutWaivers);
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
                .filter(finding -> finding.stack().equals(stack))
                .toList();
    }

    private static void suite(XMLStreamWriter xml, String stack, List<PlacedFinding> findings)
            throws XMLStreamException {
        long skipped = findings.stream()
                .filter(finding -> finding.waived() || finding.undecided())
                .count();
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", stack);
        xml.writeAttribute("tests", Integer.toString(Math.max(1, findings.size())));
        xml.writeAttribute("failures", Long.toString(findings.size() - skipped));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(skipped));
        if (findings.isEmpty()) {
            start(xml, "guardrails", stack);
            xml.writeEndElement();
        }
        for (PlacedFinding finding : findings) {
            start(xml, finding.rule() + " " + finding.address(), stack);
            Position position = finding.position();
            if (position != null) {
                xml.writeAttribute("file", position.file());
                xml.writeAttribute("line", Integer.toString(position.line()));
            }
            xml.writeCharacters("\n      ");
            if (finding.waived() || finding.undecided()) {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", finding.waived() ? "waived: " + finding.waiver() : finding.message());
            } else {
                xml.writeStartElement("failure");
                xml.writeAttribute("type", finding.severity().word());
                xml.writeAttribute("message", finding.message());
                String fix = finding.finding().fix();
                xml.writeCharacters(finding.finding().title() + "\n"
                        + (position == null ? "" : position + "\n")
                        + (fix.isEmpty() ? "" : "fix: " + fix));
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
