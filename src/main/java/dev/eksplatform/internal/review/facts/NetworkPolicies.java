package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.guardrail.Consequences;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.ResourceChange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a new or changed NetworkPolicy means for the pods that it selects. A selected pod has only the connections that some
 * policy allows, in each direction of {@code policyTypes}: Ingress, and Egress where it is named or has rules.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/network-policies/">Network policies</a>
 */
final class NetworkPolicies {

    /** A policy: its directions, and the rules of each, where a rule without peers and ports is for everybody. */
    private record Policy(String selected, Set<String> directions, List<JsonNode> ingress, List<JsonNode> egress) {

        static Policy of(JsonNode manifest) {
            JsonNode spec = only(manifest.path("spec"));
            List<JsonNode> ingress = elements(spec.path("ingress"));
            List<JsonNode> egress = elements(spec.path("egress"));
            Set<String> directions = new LinkedHashSet<>(Json.texts(spec.path("policyTypes")));
            if (directions.isEmpty()) {
                directions.add("Ingress");
                if (!egress.isEmpty()) {
                    directions.add("Egress");
                }
            }
            return new Policy(selector(only(spec.path("podSelector")), manifest), directions, ingress, egress);
        }

        List<JsonNode> rules(String direction) {
            return direction.equals("Ingress") ? ingress : egress;
        }

        boolean denies(String direction) {
            return directions.contains(direction) && rules(direction).isEmpty();
        }

        boolean opens(String direction) {
            return directions.contains(direction)
                    && rules(direction).stream()
                            .anyMatch(rule -> isEverybody(rule, direction.equals("Ingress") ? "from" : "to"));
        }

        private static boolean isEverybody(JsonNode rule, String peers) {
            List<JsonNode> named = elements(rule.path(peers));
            return named.isEmpty()
                    || named.stream()
                            .anyMatch(peer -> Networks.isWorld(
                                    only(peer.path("ipBlock")).path("cidr").asText("")));
        }

        private static String selector(JsonNode podSelector, JsonNode manifest) {
            String namespace = only(manifest.path("metadata")).path("namespace").asText("default");
            boolean all = true;
            for (JsonNode part : podSelector) {
                all &= part.isEmpty() || part.isNull();
            }
            return all ? "an empty selector in namespace " + namespace : "its selector in namespace " + namespace;
        }

        private static JsonNode only(JsonNode block) {
            return block.isArray() ? block.path(0) : block;
        }

        private static List<JsonNode> elements(JsonNode list) {
            List<JsonNode> elements = new ArrayList<>();
            if (list.isArray()) {
                list.forEach(elements::add);
            }
            return elements;
        }
    }

    private NetworkPolicies() {}

    static List<Consequence> consequences(ResourceChange change) {
        if (!change.after().isObject()
                || !change.action().changes()
                || !ManifestForm.kind(change.type(), change.after()).equals("NetworkPolicy")
                || ManifestForm.group(change.type(), change.after()).contains("calico")) {
            return List.of();
        }
        JsonNode manifest = ManifestForm.manifest(change.type(), change.after());
        Policy after = Policy.of(manifest);
        JsonNode old =
                change.before().isObject() ? ManifestForm.manifest(change.type(), change.before()) : change.before();
        List<Consequence> found = new ArrayList<>();
        if (!old.isObject()) {
            say("policyDenies", after, directions(after, after::denies), found);
            say("policyRestricts", after, directions(after, way -> !after.denies(way) && !after.opens(way)), found);
            return found;
        }
        Policy before = Policy.of(old);
        if (!old.path("spec").path("podSelector").equals(manifest.path("spec").path("podSelector"))
                && !before.equals(after)) {
            say("policySelects", after, after.directions(), found);
        }
        say("policyDenies", after, directions(after, way -> after.denies(way) && !before.denies(way)), found);
        say(
                "policyRestricts",
                after,
                directions(
                        after, way -> !after.denies(way) && !before.directions().contains(way)),
                found);
        say(
                "policyNarrowed",
                after,
                directions(
                        after,
                        way -> !after.denies(way)
                                && before.directions().contains(way)
                                && !after.opens(way)
                                && !after.rules(way).containsAll(before.rules(way))),
                found);
        say(
                "policyOpened",
                after,
                directions(before, way -> !after.directions().contains(way) || after.opens(way) && !before.opens(way)),
                found);
        return found;
    }

    private static Set<String> directions(Policy policy, Predicate<String> those) {
        Set<String> directions = new LinkedHashSet<>(policy.directions());
        directions.removeIf(those.negate());
        return directions;
    }

    private static void say(String what, Policy policy, Set<String> directions, List<Consequence> to) {
        if (!directions.isEmpty()) {
            to.add(Consequences.table()
                    .ofNetwork(
                            what,
                            Map.of(
                                    "pods", policy.selected(),
                                    "directions",
                                            String.join(" and ", directions).toLowerCase(Locale.ROOT),
                                    "dns", directions.contains("Egress") ? ", DNS included" : "")));
        }
    }
}
