package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.plan.IngressClasses;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ValueMarks;
import java.util.Optional;
import java.util.Set;

/** The load balancers that controllers create for the objects of a stack, before and after the change. */
record LoadBalancers(ResourceNames names, IngressClasses before, IngressClasses after) {

    private static final Set<String> KINDS = Set.of("Ingress", "Gateway", "Service");

    static boolean isIngress(ResourceChange change) {
        return change.type().startsWith("kube")
                && ManifestForm.kind(change.type(), change.after().isObject() ? change.after() : change.before())
                        .equals("Ingress");
    }

    /** The load balancer of an object; empty where there is none. */
    Optional<LoadBalancerSettings> of(ResourceChange change, boolean later) {
        JsonNode values = later ? change.after() : change.before();
        if (!change.type().startsWith("kube") || !values.isObject()) {
            return Optional.empty();
        }
        String kind = ManifestForm.kind(change.type(), values);
        if (!KINDS.contains(kind)) {
            return Optional.empty();
        }
        // an annotation that is known after apply is set
        JsonNode known = AccessSide.known(values, later ? change.unknown() : ValueMarks.NONE);
        JsonNode manifest = ManifestForm.manifest(change.type(), known);
        return Optional.of(LoadBalancerSettings.of(kind, (later ? after : before).applied(manifest)));
    }

    /** What the load balancer of an object is called. */
    String shown(ResourceChange change, boolean later) {
        String group = of(change, later).map(LoadBalancerSettings::group).orElse("");
        return group.isEmpty() ? "load balancer of " + names.shown(change) : "load balancer of group " + group;
    }
}
