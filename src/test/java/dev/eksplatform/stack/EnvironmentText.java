package dev.eksplatform.stack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An environment of the text of a file: what it is synthesized to, or why it is refused. */
record EnvironmentText(Path folder, String text) {

    static EnvironmentText of(Path folder, String text) {
        return new EnvironmentText(folder, """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                """ + text);
    }

    private Environment read() throws IOException {
        return Environment.read(Files.writeString(folder.resolve("shop.yaml"), text));
    }

    /** Parts of what is synthesized, by name; asking for one that is not there fails. */
    record Parts(Map<String, JsonNode> all) {

        JsonNode get(String name) {
            return requireNonNull(all.get(name), name);
        }
    }

    /** The stacks by the end of their names, such as {@code infrastructure}, without the notes of CDKTF. */
    Parts stacks() throws IOException {
        Map<String, JsonNode> stacks = new TreeMap<>();
        for (Synthesis.Written stack :
                Synthesis.write(List.of(read()), folder.resolve("out")).written()) {
            JsonNode root = TestJson.read(stack.file());
            withoutNotes(root);
            stacks.put(stack.stack().substring("shop-".length()), root);
        }
        return new Parts(stacks);
    }

    /** The resources of a type in a stack, by the names of their constructs without the hash. */
    Parts resources(String stack, String type) throws IOException {
        return resources(stacks().get(stack), type);
    }

    static Parts resources(JsonNode stack, String type) {
        Map<String, JsonNode> resources = new TreeMap<>();
        stack.path("resource")
                .path(type)
                .properties()
                .forEach(one -> resources.put(one.getKey().replaceFirst("_[0-9A-F]{8}$", ""), one.getValue()));
        return new Parts(resources);
    }

    /** The objects of the workloads by kind and name. */
    Parts objects() throws IOException {
        Map<String, JsonNode> objects = new TreeMap<>();
        resources("workloads", "kubernetes_manifest").all().values().forEach(object -> {
            JsonNode manifest = object.path("manifest");
            objects.put(
                    manifest.path("kind").asText() + " "
                            + manifest.at("/metadata/name").asText(),
                    manifest);
        });
        return new Parts(objects);
    }

    /** Each problem with the line of the file. */
    List<String> problems() throws IOException {
        try {
            read();
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems().stream().map(this::withoutFolder).toList();
        }
    }

    List<String> warnings() throws IOException {
        return read().warnings().stream().map(this::withoutFolder).toList();
    }

    private String withoutFolder(Object problem) {
        return problem.toString().replace(folder + "/", "");
    }

    private static void withoutNotes(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("//");
        }
        node.forEach(EnvironmentText::withoutNotes);
    }
}
