package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyReader;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Optional;

/**
 * A policy as it can be read.
 *
 * @param statements one entry per statement; empty for one that cannot be read completely
 * @param document the statements that can be read
 * @param accepted whether IAM accepts it as a trust policy
 */
record ReadPolicy(List<Optional<Statement>> statements, PolicyDocument document, boolean accepted) {

    private static final ThreadLocal<Recent<JsonNode, ReadPolicy>> RECENT = ThreadLocal.withInitial(Recent::new);

    static ReadPolicy of(JsonNode node) {
        return RECENT.get().get(node, ReadPolicy::read);
    }

    private static ReadPolicy read(JsonNode node) {
        Object json = Json.values(node);
        List<Optional<Statement>> statements = PolicyReader.readable(LocatedJson.of(json));
        Problems departures = new Problems();
        PolicyDocument whole = PolicyDocument.read(json, departures);
        PolicyDocument readable = new PolicyDocument(
                whole.version(),
                null,
                statements.stream().flatMap(Optional::stream).toList());
        return new ReadPolicy(
                statements,
                readable,
                departures.isEmpty() && whole.check(PolicyUse.TRUST).isEmpty());
    }

    /** Whether every statement can be read. */
    boolean isComplete() {
        return statements.stream().allMatch(Optional::isPresent);
    }
}
