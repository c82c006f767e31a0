package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.SynthesizedFolder;
import dev.eksplatform.problem.SourcePosition;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Findings in SARIF 2.1.0, for code scanning: each at the line to fix.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class FindingsSarif {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FindingsSarif() {}

    /**
     * Writes findings.
     *
     * @param findings in the order to show
     * @param compared whether the findings belong to a change; then those that existed before it are marked as unchanged
     * @return JSON that ends with a line break
     */
    public static String render(List<PlacedFinding> findings, boolean compared) {
        StringWriter out = new StringWriter();
        try {
            write(findings, compared, out);
        } catch (IOException e) {
            throw new UncheckedIOException("findings are not JSON", e);
        }
        return out.toString();
    }

    /**
     * Writes findings, which may be many.
     *
     * @param findings in the order to show
     * @param compared whether the findings belong to a change; then those that existed before it are marked as unchanged
     * @param out where to write JSON that ends with a line break
     * @throws IOException when it cannot be written
     */
    public static void write(List<PlacedFinding> findings, boolean compared, Writer out) throws IOException {
        ObjectNode tool = MAPPER.createObjectNode();
        ObjectNode driver = tool.putObject("driver");
        driver.put("name", "eks-platform");
        ArrayNode rules = driver.putArray("rules");
        List<String> ids = new ArrayList<>();
        for (PlacedFinding placed : findings) {
            if (!ids.contains(placed.finding().rule())) {
                ids.add(placed.finding().rule());
                rule(rules.addObject(), placed.finding());
            }
        }
        JsonGenerator json = MAPPER.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        json.writeObjectField("tool", tool);
        json.writeArrayFieldStart("results");
        for (PlacedFinding placed : findings) {
            ObjectNode result = MAPPER.createObjectNode();
            result(result, placed, ids.indexOf(placed.finding().rule()));
            if (compared) {
                result.put("baselineState", placed.finding().unchanged() ? "unchanged" : "new");
            }
            json.writeTree(result);
        }
        json.writeEndArray();
        json.writeStringField("columnKind", "utf16CodeUnits");
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        out.append('\n');
    }

    private static void rule(ObjectNode rule, Finding finding) {
        rule.put("id", finding.rule());
        rule.putObject("shortDescription").put("text", finding.title());
        rule.putObject("fullDescription").put("text", finding.why());
        rule.putObject("help").put("text", finding.fix().isEmpty() ? finding.title() : finding.fix());
        rule.putObject("defaultConfiguration").put("level", level(finding.severity()));
        ObjectNode properties = rule.putObject("properties");
        ArrayNode tags = properties.putArray("tags").add("security");
        finding.aliases().forEach(tags::add);
        properties.put("security-severity", score(finding.severity()));
    }

    private static void result(ObjectNode result, PlacedFinding placed, int rule) {
        Finding finding = placed.finding();
        result.put("ruleId", finding.rule());
        result.put("ruleIndex", rule);
        result.put("level", finding.isUndecided() ? "none" : level(finding.severity()));
        if (finding.isUndecided()) {
            result.put("kind", "open");
        }
        String fix = finding.fix().isEmpty() ? "" : " " + finding.fix();
        result.putObject("message").put("text", finding.address() + ": " + finding.message() + fix);
        ObjectNode location = result.putArray("locations").addObject();
        ObjectNode physical = location.putObject("physicalLocation");
        SourcePosition position = Objects.requireNonNullElse(
                placed.position(),
                new SourcePosition(
                        SynthesizedFolder.DEFAULT.configuration(finding.stack()).toString(), 1, 1));
        physical.putObject("artifactLocation").put("uri", uri(position.file()));
        physical.putObject("region").put("startLine", position.line()).put("startColumn", position.column());
        location.putArray("logicalLocations")
                .addObject()
                .put("fullyQualifiedName", finding.stack() + "/" + finding.address())
                .put("kind", "resource");
        result.putObject("partialFingerprints")
                .put(
                        "ruleStackAddress/v1",
                        HexFormat.of()
                                .toHexDigits(hash(finding.rule() + "|" + finding.stack() + "|" + finding.address())));
        if (finding.isWaived()) {
            result.putArray("suppressions")
                    .addObject()
                    .put("kind", "external")
                    .put("status", "accepted")
                    .put("justification", finding.waiverText());
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "note";
        };
    }

    /** The middle of the ranges that GitHub shows as critical, high, medium and low. */
    private static String score(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.0";
            case INFO -> "0.0";
        };
    }

    private static String uri(String file) {
        try {
            return new URI(null, null, file.replace('\\', '/'), null).getRawPath();
        } catch (URISyntaxException e) {
            return "cdktf.out";
        }
    }

    /** FNV-1a: stable over runs and versions of Java. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
