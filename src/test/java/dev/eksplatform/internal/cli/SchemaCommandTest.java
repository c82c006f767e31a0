package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaCommandTest {

    private static List<String> errors(String schema, String document) {
        Schema read =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schema, InputFormat.JSON);
        return read.validate(document, InputFormat.YAML).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void printsTheSchemaOfWholeFiles() throws Exception {
        assertThat(CommandRun.of("schema").out())
                .isEqualTo(Files.readString(Path.of("stacks/environment.schema.json")));
    }

    @Test
    void partsOfAnEnvironmentNeedNoKeyAndAreCheckedOtherwise() {
        String schema = CommandRun.of("schema", "--partial").out();
        String part = "include: [../base/common.yaml]\nnetwork: {nat: none}\nnodeGroups: {general: {size: {max: 9}}}\n";
        assertThat(errors(CommandRun.of("schema").out(), part)).isNotEmpty();
        assertThat(errors(schema, part)).isEmpty();
        assertThat(errors(schema, "network: {nat: none}\n")).isEmpty();
        assertThat(errors(schema, "state: {s3: {prefix: shop}}\n")).isEmpty();
        assertThat(errors(schema, "network: {nat: always}\n")).isNotEmpty();
        assertThat(errors(schema, "nodeGroups: {general: {sizes: {max: 9}}}\n")).isNotEmpty();
        assertThat(errors(schema, "state: {s4: {}}\n")).isNotEmpty();
        assertThat(errors(schema, "include: ../base/common.yaml\n")).isNotEmpty();
        assertThat(errors(schema, "include: {files: [a.yaml], remove: [nodeGroups/spot]}\n"))
                .isNotEmpty();
    }
}
