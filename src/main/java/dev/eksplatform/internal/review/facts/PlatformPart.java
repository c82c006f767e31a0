package dev.eksplatform.internal.review.facts;

import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.yaml.Binder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The part of the platform that a resource belongs to. */
record PlatformPart(String name, List<String> types) {

    private static final Table TABLE = Binder.ofProgram(Table.class, "platform-parts.yaml");
    private static final Map<String, String> BY_TYPE = new ConcurrentHashMap<>();

    record Table(List<PlatformPart> parts, String other) {}

    /** The construct under the stack that contains the resource; by the resource's type when that is not known. */
    static String of(StackEvidence stack, ResourceChange change) {
        Optional<List<String>> elements =
                stack.constructPath(change.address()).map(path -> List.of(path.split("/", -1)));
        return elements.filter(path -> path.size() > 2)
                .map(path -> path.get(1))
                .orElseGet(() -> BY_TYPE.computeIfAbsent(change.type(), PlatformPart::byType));
    }

    private static String byType(String type) {
        return TABLE.parts().stream()
                .filter(part -> part.types().stream().anyMatch(pattern -> Wildcards.match(pattern, type)))
                .map(PlatformPart::name)
                .findFirst()
                .orElse(TABLE.other());
    }
}
