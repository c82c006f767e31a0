package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessTableTest {

    @Test
    void everyTypeExists() throws IOException {
        AccessTable table = AccessTable.table();
        List<String> types = Stream.of(
                        table.resourcePolicies().stream().flatMap(policy -> policy.types().stream()),
                        table.identityPolicies().stream().map(AccessTable.IdentityPolicy::type),
                        table.attachments().stream().map(AccessTable.Attachment::type),
                        table.grants().stream().flatMap(given -> given.types().stream()),
                        table.publicBlocks().stream().map(AccessTable.PublicBlock::type))
                .flatMap(all -> all)
                .toList();
        List<String> known =
                Files.readAllLines(Path.of("src/main/resources/dev/eksplatform/internal/guardrail/resource-types.txt"));
        assertThat(known).containsAll(types);
    }

    @Test
    void everyGrantSaysWho() {
        assertThat(AccessTable.table().grants())
                .allMatch(given -> given.who().isPresent() != given.principal().isPresent());
    }
}
