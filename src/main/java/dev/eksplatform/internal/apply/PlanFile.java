package dev.eksplatform.internal.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a plan file says about where it may be applied. It is a zip file with the plan, the state that it was created from and the
 * lock file.
 *
 * @param workspace the workspace; empty when it is not found
 * @param state the state
 * @param lock the providers, see {@link #lock}
 * @see <a href="https://github.com/hashicorp/terraform/blob/main/internal/plans/planfile/writer.go">planfile: its entries</a>
 * @see <a href="https://github.com/hashicorp/terraform/blob/main/internal/plans/planproto/planfile.proto">planfile.proto: Plan,
 *     Backend</a>
 */
record PlanFile(Optional<String> workspace, State state, String lock) {

    private static final int LARGEST = 256 * 1024 * 1024;
    private static final int BACKEND = 13;
    private static final int WORKSPACE = 3;

    /**
     * A version of a state.
     *
     * @param lineage the same in all versions of one state; empty before the first one
     * @param serial the number of the version
     */
    record State(String lineage, long serial) {

        static State of(byte[] json) throws IOException {
            JsonNode state =
                    json.length == 0 ? new ObjectMapper().createObjectNode() : new ObjectMapper().readTree(json);
            return new State(
                    state.path("lineage").asText(""), state.path("serial").asLong());
        }
    }

    /**
     * Reads a plan file.
     *
     * @return what it says; empty when it is not such a zip file, as when it is encrypted or refers to a run of HCP Terraform
     */
    static Optional<PlanFile> read(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return Optional.of(new PlanFile(
                    workspace(content(zip, "tfplan")),
                    State.of(content(zip, "tfstate")),
                    lock(new String(content(zip, ".terraform.lock.hcl"), StandardCharsets.UTF_8))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The content of a lock file as far as it matters: its lines without comments and spaces around them. */
    static String lock(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

    private static byte[] content(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return new byte[0];
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(LARGEST);
        }
    }

    private static Optional<String> workspace(byte[] plan) {
        return field(ByteBuffer.wrap(plan), BACKEND)
                .flatMap(backend -> field(backend, WORKSPACE))
                .map(name -> StandardCharsets.UTF_8.decode(name).toString());
    }

    /**
     * A field of a message that is text or a message itself.
     *
     * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol buffers: encoding</a>
     */
    private static Optional<ByteBuffer> field(ByteBuffer message, int wanted) {
        while (message.hasRemaining()) {
            long key = varint(message);
            int length =
                    switch ((int) (key & 7)) {
                        case 0 -> {
                            varint(message);
                            yield 0;
                        }
                        case 1 -> Long.BYTES;
                        case 2 -> (int) varint(message);
                        case 5 -> Integer.BYTES;
                        default -> -1;
                    };
            if (length < 0 || length > message.remaining()) {
                return Optional.empty();
            }
            ByteBuffer value = message.slice(message.position(), length);
            if (key >> 3 == wanted) {
                return Optional.of(value);
            }
            message.position(message.position() + length);
        }
        return Optional.empty();
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; from.hasRemaining() && shift < Long.SIZE; shift += 7) {
            byte next = from.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        return value;
    }
}
