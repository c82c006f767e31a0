package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stack as CDKTF synthesizes it: {@code cdktf.out/stacks/<stack>/cdk.tf.json}.
 *
 * @param name the stack's name
 * @param resources its resources and data sources in the file's order
 * @param providerVersions the constraint by provider, such as {@code aws -> >= 5.100.0, < 7.0.0}
 * @param lockedVersions the version by provider in the lock file beside the file, such as {@code aws -> 6.25.0}; empty without one
 * @param accounts the accounts that the AWS provider may be used with; empty when it does not say
 * @param secrets what is secret by nature in it, such as the data of a Secret
 */
public record SynthesizedStack(
        String name,
        List<Resource> resources,
        Map<String, String> providerVersions,
        Map<String, String> lockedVersions,
        List<String> accounts,
        Secrets secrets) {

    /**
     * Reads a synthesized stack, and the lock file beside it.
     *
     * @param file a {@code cdk.tf.json}; its folder's name is the stack's name when the file does not say it
     * @return the stack
     * @throws InvalidInputException when it cannot be read or is not such a file
     */
    public static SynthesizedStack read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(new Problem(
                    Place.file(file),
                    "no such file",
                    "run `cdktf synth`, then name cdktf.out/stacks/<stack>/cdk.tf.json"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            Path folder = file.toAbsolutePath().resolveSibling("");
            SynthesizedStack stack = parse(in, file.toString(), String.valueOf(folder.getFileName()));
            return new SynthesizedStack(
                    stack.name,
                    stack.resources,
                    stack.providerVersions,
                    LockFile.versions(folder),
                    stack.accounts,
                    stack.secrets);
        } catch (IOException e) {
            throw BoundedJson.unreadable(file.toString(), e);
        }
    }

    /**
     * Reads a synthesized stack.
     *
     * @param json the text of a {@code cdk.tf.json}
     * @param source how to call it in an error
     * @param fallback the stack's name when the file does not say it
     * @return the stack
     * @throws InvalidInputException when it is not such a file
     */
    public static SynthesizedStack parse(InputStream json, String source, String fallback) {
        JsonNode root = BoundedJson.tree(json, source, "a cdk.tf.json that CDKTF synthesized");
        if (!root.isObject() || !(root.has("resource") || root.has("terraform") || root.has("data"))) {
            throw new InvalidInputException(new Problem(
                    Place.file(source),
                    "JSON without terraform, resource and data",
                    "name cdktf.out/stacks/<stack>/cdk.tf.json"));
        }
        Secrets.Collector secrets = new Secrets.Collector();
        List<Resource> resources = new ArrayList<>();
        blocks(root.path("resource"), ResourceMode.MANAGED, resources, secrets);
        blocks(root.path("data"), ResourceMode.DATA, resources, secrets);
        root.path("variable").forEach(variable -> {
            if (variable.path("sensitive").asBoolean()
                    || variable.path("ephemeral").asBoolean()) {
                secrets.add(variable.path("default"));
            }
        });
        root.path("provider").properties().forEach(provider -> secrets.addByNature("provider", provider.getValue()));
        secrets.addByNature("locals", root.path("locals"));
        root.path("output").forEach(output -> {
            if (output.path("sensitive").asBoolean()
                    && ValueMarks.ofExpressions(output.path("value")).equals(ValueMarks.NONE)) {
                secrets.add(output.path("value"));
            }
        });
        Map<String, String> versions = new LinkedHashMap<>();
        root.path("terraform").path("required_providers").properties().forEach(entry -> {
            String version = entry.getValue().path("version").asText("");
            if (!version.isEmpty()) {
                versions.put(entry.getKey(), version);
            }
        });
        String name = root.path("//").path("metadata").path("stackName").asText(fallback);
        return new SynthesizedStack(
                name, List.copyOf(resources), versions, Map.of(), accounts(root), secrets.collected());
    }

    private static List<String> accounts(JsonNode root) {
        JsonNode providers = root.path("provider").path("aws");
        List<String> accounts = new ArrayList<>();
        for (JsonNode provider : providers.isArray() ? providers : List.of(providers)) {
            accounts.addAll(Json.texts(provider.path("allowed_account_ids")));
        }
        return accounts.stream().distinct().toList();
    }

    private static void blocks(JsonNode types, ResourceMode mode, List<Resource> into, Secrets.Collector secrets) {
        types.properties().forEach(type -> type.getValue().properties().forEach(block -> {
            JsonNode body = block.getValue();
            String path = body.path("//").path("metadata").path("path").asText("");
            JsonNode values =
                    body instanceof ObjectNode object ? object.deepCopy().without("//") : body;
            secrets.addByNature(type.getKey(), values);
            into.add(new Resource(
                    mode,
                    type.getKey(),
                    block.getKey(),
                    (mode == ResourceMode.DATA ? "data." : "") + type.getKey() + "." + block.getKey(),
                    values,
                    path.isEmpty() ? Optional.empty() : Optional.of(path)));
        }));
    }

    /** The version of a provider in the lock file, or else its constraint. */
    String provider(String name) {
        return lockedVersions.getOrDefault(name, providerVersions.getOrDefault(name, ""));
    }

    /**
     * The resources by their addresses.
     *
     * @return in the file's order
     */
    Map<String, Resource> byAddress() {
        Map<String, Resource> byAddress = new LinkedHashMap<>();
        resources.forEach(resource -> byAddress.put(resource.address(), resource));
        return byAddress;
    }
}
