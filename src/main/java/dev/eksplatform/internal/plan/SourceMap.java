package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.SourcePosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line of an environment file or of Java that each resource comes from: {@code sources.json} beside a stack's {@code
 * cdk.tf.json}, kept apart so that line numbers do not show up in diffs of the latter.
 *
 * @param positions position by block address, such as {@code aws_vpc.network_vpc}, and of an argument that an override sets by
 *     address and argument, such as {@code aws_vpc.network_vpc#tags}
 */
public record SourceMap(NavigableMap<String, SourcePosition> positions) {

    /** A map without positions. */
    public static final SourceMap EMPTY = new SourceMap(Collections.emptyNavigableMap());

    /** A position, which the property at that position may follow. */
    private static final Pattern POSITION = Pattern.compile("(.+):([0-9]{1,9}):([0-9]{1,9})(?: .*)?");

    /**
     * Reads a source map.
     *
     * @param file {@code {"aws_vpc.network_vpc": "stacks/shop.yaml:12:3 network", ...}}
     * @return the map; {@link #EMPTY} when there is no such file
     * @throws InvalidInputException when the file cannot be read or is not of this form
     */
    public static SourceMap read(Path file) {
        if (!Files.isRegularFile(file)) {
            return EMPTY;
        }
        NavigableMap<String, SourcePosition> positions = new TreeMap<>();
        try {
            JsonNode root = BoundedJson.MAPPER.readTree(Files.readAllBytes(file));
            for (Map.Entry<String, JsonNode> entry : root.properties()) {
                Matcher matcher = POSITION.matcher(entry.getValue().asText(""));
                if (!matcher.matches()) {
                    throw notSources(file, "no position for " + entry.getKey());
                }
                positions.put(
                        entry.getKey(),
                        new SourcePosition(
                                matcher.group(1),
                                Math.max(1, Integer.parseInt(matcher.group(2))),
                                Math.max(1, Integer.parseInt(matcher.group(3)))));
            }
        } catch (JsonProcessingException e) {
            throw notSources(file, "not JSON, or cut off");
        } catch (IOException e) {
            throw new InvalidInputException(FileFault.unreadable(Place.file(file), e));
        }
        return new SourceMap(Collections.unmodifiableNavigableMap(positions));
    }

    private static InvalidInputException notSources(Path file, String found) {
        return new InvalidInputException(new Problem(
                Place.file(file),
                found,
                "{\"<type>.<name>\": \"<file>:<line>:<column>\"}",
                "synthesize the stack again, which writes this file"));
    }

    /** The arguments of a block that overrides set. */
    Map<String, SourcePosition> overrides(String block) {
        Map<String, SourcePosition> overrides = new TreeMap<>();
        positions
                .subMap(block + "#", block + "$")
                .forEach((key, position) -> overrides.put(key.substring(block.length() + 1), position));
        return overrides;
    }

    Optional<SourcePosition> of(String block) {
        return Optional.ofNullable(positions.get(block));
    }
}
