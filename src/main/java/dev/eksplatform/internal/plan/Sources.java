package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eksplatform.internal.review.Position;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which line of an environment file each resource comes from: {@code sources.json} beside a stack's {@code cdk.tf.json},
 * a side file so that differences of the latter stay free of line numbers.
 *
 * @param positions position by block address, such as {@code aws_vpc.network_vpc}
 */
public record Sources(Map<String, Position> positions) {

    /** Nothing is known about places. */
    public static final Sources NONE = new Sources(Map.of());

    /**
     * Reads a source map.
     *
     * @param file {@code {"aws_vpc.network_vpc": "stacks/shop.yaml:12:3", ...}}
     * @return the map; {@link #NONE} when there is no such file
     * @throws InvalidInputException when the file is there and is not of this form
     */
    public static Sources read(Path file) {
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        Map<String, Position> positions = new TreeMap<>();
        try {
            JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(file));
            for (Map.Entry<String, JsonNode> entry : root.properties()) {
                Optional<Position> position = Position.parse(entry.getValue().asText(""));
                if (position.isEmpty()) {
                    throw notSources(file, "no position for " + entry.getKey());
                }
                positions.put(entry.getKey(), position.get());
            }
        } catch (JsonProcessingException e) {
            throw notSources(file, "not JSON, or cut off");
        } catch (IOException e) {
            throw notSources(file, "cannot be read");
        }
        return new Sources(Collections.unmodifiableMap(positions));
    }

    private static InvalidInputException notSources(Path file, String found) {
        return new InvalidInputException(new Problem(
                file.toString(),
                found,
                "{\"<type>.<name>\": \"<file>:<line>:<column>\"}",
                "synthesize the stack again, which writes this file"));
    }

    /** The position of a resource, which may be an instance of a block, such as {@code aws_eip.nat[0]}. */
    public Optional<Position> ofResource(String address) {
        return positions.isEmpty() ? Optional.empty() : of(address.replaceAll("\\[[^\\]]*\\]$", ""));
    }

    Optional<Position> of(String block) {
        return Optional.ofNullable(positions.get(block));
    }
}
