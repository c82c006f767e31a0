package dev.eksplatform.addon;

import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * The CRDs of the Gateway API, which its project publishes without a chart: Terraform applies them, updates them with a new release, and
 * removes them, with every Gateway and route. They are there before all charts, some of which look for them only when they start. Source:
 * <a href="https://gateway-api.sigs.k8s.io/concepts/versioning/">versioning</a>.
 *
 * @param channel {@code standard}, or {@code experimental}, whose kinds and fields may change or go
 */
@RecordBuilder
@Example("{}")
public record GatewayApiSpec(@Example("standard") Channel channel) implements GatewayApiSpecBuilder.With {

    /** Its key in {@code addons}. */
    public static final String NAME = "gateway-api";

    /** Channels of the Gateway API. */
    public enum Channel {
        /** What is stable. */
        STANDARD,
        /** Everything. */
        EXPERIMENTAL
    }

    /**
     * The stable kinds.
     *
     * @return the defaults
     */
    @Defaults
    public static GatewayApiSpec standard() {
        return new GatewayApiSpec(Channel.STANDARD);
    }

    /**
     * The CustomResourceDefinitions, without descriptions.
     *
     * @return objects by name
     */
    @API(status = API.Status.INTERNAL)
    public Map<String, Map<String, Object>> definitions() {
        String file = "gateway-api-" + channel.name().toLowerCase(Locale.ROOT) + ".json";
        Map<String, Map<String, Object>> definitions = new TreeMap<>();
        for (Object each : (List<?>) Json.read(ProgramFile.read(GatewayApiSpec.class, file))) {
            Map<String, Object> definition = new LinkedHashMap<>();
            ((Map<?, ?>) each).forEach((key, value) -> definition.put((String) key, value));
            Map<?, ?> metadata = (Map<?, ?>) Objects.requireNonNull(definition.get("metadata"));
            definitions.put((String) Objects.requireNonNull(metadata.get("name")), definition);
        }
        return definitions;
    }
}
