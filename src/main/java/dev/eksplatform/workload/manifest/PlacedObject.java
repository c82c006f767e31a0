package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.yaml.YamlNode;
import dev.eksplatform.problem.SourcePosition;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * An object that no file of manifests holds.
 *
 * @param start where it comes from; every field of it is there
 * @param body the object as in a manifest
 */
@API(status = API.Status.INTERNAL)
public record PlacedObject(SourcePosition start, Map<String, Object> body) {

    FieldValue root() {
        return FieldValue.of(new DocumentSource(new YamlNode.Mapping(start, Map.of())), body);
    }
}
