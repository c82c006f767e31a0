package dev.eksplatform.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.eksplatform.testing.TestJson;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Corrects what moto answers wrongly about KMS: the rotation period of a key is lost, it is put back here. */
final class KmsCorrections implements ResponseTransformerV2 {

    private static final int DEFAULT_PERIOD = 365;

    private final Map<String, Integer> periods = new ConcurrentHashMap<>();

    @Override
    public String getName() {
        return "kms-corrections";
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
        Request request = event.getRequest();
        String target = String.valueOf(request.getHeader("X-Amz-Target"));
        if (response.getStatus() != 200 || !target.matches("TrentService\\.(EnableKeyRotation|GetKeyRotationStatus)")) {
            return response;
        }
        JsonNode asked = TestJson.parse(request.getBodyAsString());
        String key = asked.path("KeyId").asText();
        if (target.endsWith("EnableKeyRotation")) {
            periods.put(key, asked.path("RotationPeriodInDays").asInt(DEFAULT_PERIOD));
            return response;
        }
        ObjectNode status = (ObjectNode) TestJson.parse(response.getBodyAsString());
        if (status.path("KeyRotationEnabled").asBoolean()) {
            status.put("RotationPeriodInDays", periods.getOrDefault(key, DEFAULT_PERIOD));
        }
        return Ec2Corrections.with(response, status.toString());
    }
}
