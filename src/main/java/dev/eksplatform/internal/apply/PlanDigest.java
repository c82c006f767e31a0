package dev.eksplatform.internal.apply;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.eksplatform.internal.plan.PlanInput;
import dev.eksplatform.internal.plan.SynthesizedFolder;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Digests that stay the same when nothing that matters differs.
 *
 * <p>White space, the order of an object's properties and the order of {@code relevant_attributes}, which Terraform
 * writes in any order, do not matter. Everything else does, the time stamp included: it is part of the
 * plan file, not of the moment it is shown.
 */
public final class PlanDigest {

    /** Shorter containers stay as they are: a digest of each would cost more than it saves. */
    private static final int SHORT = 2_000;

    private static final String UNORDERED = "relevant_attributes";

    private PlanDigest() {}

    /**
     * The digest of a plan.
     *
     * @param planJson the output of {@code terraform show -json PLANFILE}
     * @return SHA-256 in 64 hex digits
     * @throws InvalidInputException when the file is not JSON, compressed by gzip or not
     */
    public static String ofPlan(Path planJson) {
        try (InputStream in = Files.newInputStream(planJson);
                JsonParser parser = new JsonFactory().createParser(PlanInput.json(in, planJson.toString()))) {
            parser.nextToken();
            return hex(sha256(value(parser, "")));
        } catch (JsonProcessingException e) {
            throw unreadable(planJson, "not JSON, or cut off");
        } catch (IOException e) {
            throw unreadable(planJson, "cannot be read");
        }
    }

    /**
     * The digest of a stack's configuration.
     *
     * @param folder {@code cdktf.out/stacks/<stack>}: {@code cdk.tf.json} and the files under {@code assets} count
     * @return SHA-256 in 64 hex digits
     * @throws InvalidInputException when there is no {@code cdk.tf.json}
     */
    public static String ofConfiguration(Path folder) {
        Path main = folder.resolve(SynthesizedFolder.CONFIGURATION);
        if (!Files.isRegularFile(main)) {
            throw unreadable(main, "no such file");
        }
        try (Stream<Path> assets =
                Files.isDirectory(folder.resolve("assets")) ? Files.walk(folder.resolve("assets")) : Stream.empty()) {
            List<Path> files = new ArrayList<>();
            files.add(main);
            assets.filter(Files::isRegularFile).sorted().forEach(files::add);
            StringBuilder list = new StringBuilder();
            for (Path file : files) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                list.append(name)
                        .append(' ')
                        .append(hex(sha256(Files.readAllBytes(file))))
                        .append('\n');
            }
            return hex(sha256(list.toString()));
        } catch (IOException e) {
            throw unreadable(folder, "cannot be read");
        }
    }

    /** The digest of a text. */
    static String ofText(String text) {
        return hex(sha256(text));
    }

    /** A scalar as it is written; a container by its digest, so that nothing large is held. */
    private static String value(JsonParser parser, String name) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, String> parts = new TreeMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                parts.put(field, value(parser, field));
            }
            StringBuilder text = new StringBuilder("{");
            parts.forEach((key, part) ->
                    text.append(quoted(key)).append(':').append(part).append(','));
            return container(text);
        }
        if (token == JsonToken.START_ARRAY) {
            List<String> parts = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parts.add(value(parser, ""));
            }
            if (name.equals(UNORDERED)) {
                parts.sort(null);
            }
            StringBuilder text = new StringBuilder("[");
            parts.forEach(part -> text.append(part).append(','));
            return container(text);
        }
        return token == JsonToken.VALUE_STRING ? quoted(parser.getText()) : String.valueOf(parser.getText());
    }

    private static String container(StringBuilder text) {
        return text.length() <= SHORT ? text.append('.').toString() : "#" + hex(sha256(text.toString()));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static byte[] sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static InvalidInputException unreadable(Path file, String found) {
        return new InvalidInputException(
                new Problem(Place.file(file), found, "check the path, or create the file again"));
    }
}
