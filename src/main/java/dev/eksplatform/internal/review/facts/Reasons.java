package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.yaml.Binder;
import java.util.Map;
import java.util.Optional;

/** Why Terraform and OpenTofu plan a change, or leave it for a later plan, in their words: {@code reasons.yaml}. */
final class Reasons {

    private static final Table TABLE = Binder.ofProgram(Table.class, "reasons.yaml");

    record Table(Map<String, String> actions, Map<String, String> deferred) {}

    private Reasons() {}

    /** The reason for a change; empty when there is none, or when its differences are the reason. */
    static Optional<String> of(ResourceChange change) {
        return change.reason().map(reason -> action(reason, change)).filter(text -> !text.isEmpty());
    }

    private static String action(String reason, ResourceChange change) {
        String index = index(change);
        String known = reason.equals("delete_because_wrong_repetition")
                ? reason + (index.isEmpty() ? "" : index.startsWith("\"") ? "_key" : "_index")
                : reason;
        return TABLE.actions()
                .getOrDefault(known, reason.replace('_', ' '))
                .replace("{block}", change.type() + "." + change.name())
                .replace("{address}", change.address())
                .replace("{previous}", change.previousAddress().orElse(""))
                .replace("{module}", change.module())
                .replace("{index}", index);
    }

    /** The key of the instance, such as {@code 0} or {@code "a"}; empty for a resource with one instance. */
    private static String index(ResourceChange change) {
        String address = change.address();
        String block = change.block();
        return address.startsWith(block + "[") ? address.substring(block.length() + 1, address.length() - 1) : "";
    }

    /** Why a change is left for a later plan. */
    static String deferred(String reason) {
        return TABLE.deferred().getOrDefault(reason, "for an unknown reason");
    }
}
