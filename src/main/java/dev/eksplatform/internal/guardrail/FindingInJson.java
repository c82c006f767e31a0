package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;

/** A finding, its place and its waiver in one object. */
final class FindingInJson extends JsonSerializer<PlacedFinding> {

    @Override
    public void serialize(PlacedFinding placed, JsonGenerator json, SerializerProvider provider) throws IOException {
        Finding finding = placed.finding();
        json.writeStartObject();
        json.writeStringField("rule", finding.rule());
        json.writeStringField("area", finding.area());
        json.writeStringField("severity", finding.severity().name());
        json.writeStringField("verdict", finding.verdict().name());
        json.writeStringField("title", finding.title());
        json.writeStringField("message", finding.message());
        json.writeStringField("fix", finding.fix());
        json.writePOJOField("aliases", finding.aliases());
        json.writeStringField("stack", finding.stack());
        json.writeStringField("address", finding.address());
        json.writeBooleanField("untouched", finding.unchanged());
        if (placed.position() != null) {
            json.writePOJOField("position", placed.position());
        }
        if (finding.waiver().isPresent()) {
            Waiver waiver = finding.waiver().get();
            json.writeObjectFieldStart("waiver");
            json.writeStringField("reason", waiver.reason());
            json.writeStringField("owner", waiver.owner());
            json.writeStringField("expires", waiver.expires().toString());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
