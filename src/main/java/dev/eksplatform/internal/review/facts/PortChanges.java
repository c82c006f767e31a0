package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.RuleResources;
import dev.eksplatform.internal.review.PortChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds what can be reached after apply that cannot be reached now, and the reverse. */
final class PortChanges {

    private static final Set<String> WORLD = Set.of("0.0.0.0/0", "::/0", "the internet");

    private final StackView stack;
    private final Set<String> repeating;

    private PortChanges(StackView stack) {
        this.stack = stack;
        Plan plan = stack.input().plan();
        this.repeating = plan == null ? Set.of() : RuleResources.groups(plan);
    }

    static List<PortChange> of(StackView stack) {
        PortChanges ports = new PortChanges(stack);
        List<PortChange> found = new ArrayList<>();
        Set<Door> before = new LinkedHashSet<>();
        Set<Door> after = new LinkedHashSet<>();
        List<ResourceChange> changes = stack.changes().stream()
                .filter(change -> change.mode() == ResourceMode.MANAGED)
                .toList();
        for (ResourceChange change : changes) {
            before.addAll(ports.doors(change, false));
            after.addAll(ports.doors(change, true));
        }
        // a door that another resource opens or keeps open is neither opened nor closed
        for (ResourceChange change : changes) {
            if (!change.action().changes() || change.action() == Action.FORGET) {
                continue;
            }
            ports.doors(change, true).stream()
                    .filter(door -> !before.contains(door))
                    .forEach(door -> found.add(ports.change(change, door, true)));
            ports.doors(change, false).stream()
                    .filter(door -> !after.contains(door))
                    .forEach(door -> found.add(ports.change(change, door, false)));
        }
        found.sort(Comparator.comparing((PortChange change) -> !(change.opened() && change.world() && change.inbound()))
                .thenComparing(change -> !change.opened())
                .thenComparing(change -> !change.inbound())
                .thenComparing(PortChange::address)
                .thenComparing(PortChange::peer));
        return found;
    }

    /** One possible connection. */
    private record Door(boolean inbound, String ports, String target, String peer) {}

    private PortChange change(ResourceChange change, Door door, boolean opened) {
        return new PortChange(
                stack.name(),
                change.address(),
                opened,
                door.inbound(),
                door.ports(),
                door.target(),
                door.peer(),
                WORLD.contains(door.peer()),
                stack.position(change.address()).orElse(null));
    }

    private Set<Door> doors(ResourceChange change, boolean after) {
        JsonNode values = after ? change.after() : change.before();
        if (!values.isObject()) {
            return Set.of();
        }
        Set<Door> doors = new LinkedHashSet<>();
        switch (change.type()) {
            case "aws_vpc_security_group_ingress_rule" -> rule(change, values, after, true, doors);
            case "aws_vpc_security_group_egress_rule" -> rule(change, values, after, false, doors);
            case "aws_security_group_rule" -> oldRule(change, values, after, doors);
            case "aws_security_group" -> inline(change, values, doors);
            case "aws_eks_cluster" -> endpoint(change, values, after, doors);
            default -> kubernetes(change, values, doors);
        }
        return doors;
    }

    private void rule(ResourceChange change, JsonNode values, boolean after, boolean inbound, Set<Door> doors) {
        String ports = ports(values, "ip_protocol");
        String target = stack.target(change, "security_group_id", after);
        for (String attribute : List.of("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")) {
            boolean unknown = after
                    && change.unknown().at(attribute).any()
                    && !stack.references(change.block(), attribute).isEmpty();
            if (unknown
                    || !values.path(attribute).asText("").isEmpty()
                            && !values.path(attribute).isNull()) {
                doors.add(new Door(inbound, ports, target, stack.target(change, attribute, after)));
            }
        }
    }

    private void oldRule(ResourceChange change, JsonNode values, boolean after, Set<Door> doors) {
        boolean inbound = !values.path("type").asText().equals("egress");
        String target = stack.target(change, "security_group_id", after);
        peers(values, target).forEach(peer -> doors.add(new Door(inbound, ports(values, "protocol"), target, peer)));
        String source = stack.target(change, "source_security_group_id", after);
        if (!source.isEmpty() && !source.equals("null")) {
            doors.add(new Door(inbound, ports(values, "protocol"), target, source));
        }
    }

    /** What a group repeats of rule resources is told of those. */
    private void inline(ResourceChange change, JsonNode values, Set<Door> doors) {
        if (repeating.contains(change.address())) {
            return;
        }
        for (String direction : List.of("ingress", "egress")) {
            for (JsonNode rule : values.path(direction)) {
                String group = stack.shown(change.address());
                peers(rule, group)
                        .forEach(peer ->
                                doors.add(new Door(direction.equals("ingress"), ports(rule, "protocol"), group, peer)));
            }
        }
    }

    private List<String> peers(JsonNode rule, String self) {
        List<String> peers = new ArrayList<>();
        for (String attribute : List.of("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups")) {
            Json.texts(rule.path(attribute)).forEach(peer -> peers.add(stack.label(peer)));
        }
        if (rule.path("self").asBoolean()) {
            peers.add(self);
        }
        return peers;
    }

    private void endpoint(ResourceChange change, JsonNode values, boolean after, Set<Door> doors) {
        JsonNode config = only(values.path("vpc_config"));
        boolean open = config.path("endpoint_public_access").asBoolean(true);
        if (!open) {
            return;
        }
        boolean unknown = after
                && change.unknown()
                        .at("vpc_config")
                        .at(0)
                        .at("public_access_cidrs")
                        .any();
        List<String> networks = Json.texts(config.path("public_access_cidrs"));
        // EKS allows everybody when no network is named
        List<String> peers = networks.isEmpty() || unknown ? List.of("0.0.0.0/0") : networks;
        peers.forEach(peer ->
                doors.add(new Door(true, "tcp 443", "Kubernetes API of " + stack.shown(change.address()), peer)));
    }

    private void kubernetes(ResourceChange change, JsonNode values, Set<Door> doors) {
        switch (ManifestForm.kind(change.type(), values)) {
            case "Service" -> service(change, ManifestForm.manifest(change.type(), values), doors);
            case "Ingress" -> ingress(change, ManifestForm.manifest(change.type(), values), doors);
            default -> {}
        }
    }

    private void service(ResourceChange change, JsonNode manifest, Set<Door> doors) {
        JsonNode spec = only(manifest.path("spec"));
        if (!spec.path("type").asText().equals("LoadBalancer") || internal(annotations(manifest), spec)) {
            return;
        }
        JsonNode ranges = spec.path("loadBalancerSourceRanges");
        List<String> peers = ranges.isEmpty() ? List.of("the internet") : Json.texts(ranges);
        for (JsonNode port : spec.path("ports")) {
            String text = port.path("protocol").asText("TCP").toLowerCase(Locale.ROOT) + " "
                    + port.path("port").asText();
            peers.forEach(
                    peer -> doors.add(new Door(true, text, "load balancer of " + stack.shown(change.address()), peer)));
        }
    }

    /** What stands once is a list of one in a typed resource. */
    private static JsonNode only(JsonNode block) {
        return block.isArray() ? block.path(0) : block;
    }

    private static JsonNode annotations(JsonNode manifest) {
        return only(manifest.path("metadata")).path("annotations");
    }

    /**
     * A Service that names the AWS Load Balancer Controller by its class or type is internal unless its scheme says otherwise; any
     * other is on the internet unless it says that it is internal.
     *
     * <p>Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
     */
    private static boolean internal(JsonNode annotations, JsonNode spec) {
        String prefix = "service.beta.kubernetes.io/aws-load-balancer-";
        boolean ofController = spec.path("loadBalancerClass").asText("").equals("service.k8s.aws/nlb")
                || List.of("external", "nlb-ip")
                        .contains(annotations.path(prefix + "type").asText(""));
        String scheme = annotations.path(prefix + "scheme").asText(ofController ? "internal" : "internet-facing");
        return scheme.equals("internal")
                || annotations.path(prefix + "internal").asText("").equals("true");
    }

    /** Load balancers of an Ingress are internal unless the scheme says internet-facing. */
    private void ingress(ResourceChange change, JsonNode manifest, Set<Door> doors) {
        JsonNode annotations = annotations(manifest);
        if (annotations.path("alb.ingress.kubernetes.io/scheme").asText("").equals("internet-facing")) {
            String networks =
                    annotations.path("alb.ingress.kubernetes.io/inbound-cidrs").asText("");
            List<String> peers = networks.isBlank() ? List.of("the internet") : List.of(networks.split("\\s*,\\s*"));
            peers.forEach(peer -> doors.add(
                    new Door(true, "tcp 80 and 443", "load balancer of " + stack.shown(change.address()), peer)));
        }
    }

    private static String ports(JsonNode values, String protocolName) {
        String protocol = values.path(protocolName).asText("");
        if (protocol.equals("-1") || protocol.equals("all")) {
            return "everything";
        }
        String from = values.path("from_port").asText("");
        String to = values.path("to_port").asText("");
        return protocol + " " + (from.equals(to) ? from : from + "-" + to);
    }
}
