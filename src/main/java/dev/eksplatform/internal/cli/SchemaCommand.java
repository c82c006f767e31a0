package dev.eksplatform.internal.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.internal.files.ProgramFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the JSON schema of environment files. */
@Command(
        name = "schema",
        description = "Prints the JSON schema of environment files, for editors.",
        exitCodeList = {"0:printed", ExitStatus.BAD_INPUT_HELP, ExitStatus.INTERNAL_ERROR_HELP},
        footer = {
            "  eks-platform schema > stacks/environment.schema.json",
            "  eks-platform schema --partial > stacks/environment-partial.schema.json"
        })
final class SchemaCommand extends Subcommand {

    private static final String REQUIRED = "required";

    @Option(
            names = "--partial",
            description = "The schema without required keys, for files that include others or are included.")
    private boolean partial;

    @Override
    public Integer call() {
        String schema = ProgramFile.read(EnvironmentSpec.class, "environment.schema.json");
        out().print(partial ? partial(schema) : schema);
        out().flush();
        return ExitStatus.SUCCESS;
    }

    /** What a key needs may be in another file; the forms of a value are distinguished by their keys in every file. */
    private static String partial(String schema) {
        try {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode root = (ObjectNode) mapper.readTree(schema);
            root.put("$id", root.path("$id").asText().replace(".schema.json", "-partial.schema.json"));
            root.remove(REQUIRED);
            root.path("definitions").forEach(definition -> ((ObjectNode) definition).remove(REQUIRED));
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
