package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
 * @param node the document
 * @param statements one entry per statement; empty for one that cannot be read completely
 * @param document the statements that can be read
 * @param accepted whether IAM accepts it as a trust policy
 */
record ReadPolicy(JsonNode node, List<Optional<Statement>> statements, PolicyDocument document, boolean accepted) {

    /** What was read last: several rules ask for one policy after the other. */
    private static final ThreadLocal<ReadPolicy> LAST = ThreadLocal.withInitial(() -> read(MissingNode.getInstance()));

    static ReadPolicy of(JsonNode node) {
        ReadPolicy known = LAST.get();
        if (!known.node.equals(node)) {
            known = read(node);
            LAST.set(known);
        }
        return known;
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
                node,
                statements,
                readable,
                departures.isEmpty() && whole.check(PolicyUse.TRUST).isEmpty());
    }

    /** Whether every statement can be read. */
    boolean isComplete() {
        return statements.stream().allMatch(Optional::isPresent);
    }
}
