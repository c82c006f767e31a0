package dev.eksplatform.stack;

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

    /** The stacks by the end of their names, such as {@code infrastructure}, without the notes of CDKTF. */
    Map<String, JsonNode> stacks() throws IOException {
        Map<String, JsonNode> stacks = new TreeMap<>();
        for (Synthesis.Written stack :
                Synthesis.write(List.of(read()), folder.resolve("out")).written()) {
            JsonNode root = TestJson.read(stack.file());
            withoutNotes(root);
            stacks.put(stack.stack().substring("shop-".length()), root);
        }
        return stacks;
    }

    /** The resources of a type in a stack, by the names of their constructs without the hash. */
    Map<String, JsonNode> resources(String stack, String type) throws IOException {
        return resources(stacks().get(stack), type);
    }

    static Map<String, JsonNode> resources(JsonNode stack, String type) {
        Map<String, JsonNode> resources = new TreeMap<>();
        stack.path("resource")
                .path(type)
                .properties()
                .forEach(one -> resources.put(one.getKey().replaceFirst("_[0-9A-F]{8}$", ""), one.getValue()));
        return resources;
    }

    /** The objects of the workloads by kind and name. */
    Map<String, JsonNode> objects() throws IOException {
        Map<String, JsonNode> objects = new TreeMap<>();
        resources("workloads", "kubernetes_manifest").values().forEach(object -> {
            JsonNode manifest = object.path("manifest");
            objects.put(
                    manifest.path("kind").asText() + " "
                            + manifest.at("/metadata/name").asText(),
                    manifest);
        });
        return objects;
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
