package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.IngressClasses;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.ObjectChanges;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Counts;
import dev.eksplatform.internal.review.Outcome;
import dev.eksplatform.internal.review.PlatformPicture;
import dev.eksplatform.internal.review.PlatformPicture.Box;
import dev.eksplatform.internal.review.PlatformPicture.Cluster;
import dev.eksplatform.internal.review.PlatformPicture.Kind;
import dev.eksplatform.internal.review.PlatformPicture.Namespace;
import dev.eksplatform.internal.review.PlatformPicture.Network;
import dev.eksplatform.internal.review.PlatformPicture.Nodes;
import dev.eksplatform.internal.review.PlatformPicture.Platform;
import dev.eksplatform.internal.review.PlatformPicture.Subnet;
import dev.eksplatform.internal.review.PlatformPicture.Zone;
import dev.eksplatform.internal.yaml.Binder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the resources of one environment into the boxes of its picture. */
final class PictureBuilder {

    private static final Table TABLE = Binder.ofProgram(Table.class, "platform-picture.yaml");

    private static final int MOST_PLATFORMS = 6;
    private static final int MOST_NAMESPACES = 16;
    private static final int MOST_IN_A_BOX = 12;
    private static final int MOST_OTHERS = 24;

    /** More resources of one type share a box. */
    private static final int MOST_OF_A_TYPE = 3;

    private static final Pattern ENVIRONMENT = Pattern.compile("(.+)-(?:infrastructure|platform|workloads)");
    private static final Pattern SUBJECT = Pattern.compile("system:serviceaccount:([^:\"]+):([^\"]+)");
    private static final Pattern INDEX = Pattern.compile("\\[[^\\]]*\\]$");

    private static final Set<String> WORKLOADS =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod", "ReplicaSet", "Rollout");
    private static final Set<String> ENTRIES = Set.of("Ingress", "Gateway", "Service");

    /**
     * The table.
     *
     * @param attached types counted to the resource that an attribute refers to
     * @param network parts of a network
     * @param cluster parts of a cluster
     * @param icons the icons of others
     */
    record Table(List<Attached> attached, List<Part> network, List<Part> cluster, List<Icon> icons) {}

    record Attached(List<String> types, String attribute) {}

    record Part(String title, List<String> types) {}

    record Icon(Kind kind, List<String> types) {}

    /** A resource with its stack. */
    private record Item(
            StackEvidence stack,
            ResourceNames names,
            ResourceChange change,
            Map<String, List<ResourceChange>> targets) {

        Item(StackEvidence stack, ResourceNames names, ResourceChange change) {
            this(stack, names, change, new HashMap<>());
        }

        JsonNode values() {
            return change.after().isObject() ? change.after() : change.before();
        }

        /** The text of an attribute; as it was, when it will be known after apply only. */
        String text(String attribute) {
            JsonNode value = values().path(attribute);
            JsonNode known =
                    value.isMissingNode() || value.isNull() ? change.before().path(attribute) : value;
            return known.isValueNode() && !known.isNull() ? known.asText("") : "";
        }

        String title() {
            String tag = values().path("tags").path("Name").asText("");
            String name = text("name");
            return !name.isEmpty()
                    ? name
                    : !tag.isEmpty() ? tag : names.construct(change.address()).orElse(change.name());
        }

        Counts counts() {
            return Counts.of(Outcome.of(change));
        }

        /** The resources that an attribute refers to. */
        List<ResourceChange> targets(String attribute) {
            return targets.computeIfAbsent(attribute, this::found);
        }

        private List<ResourceChange> found(String attribute) {
            List<ResourceChange> found = new ArrayList<>();
            Set<String> references = new LinkedHashSet<>(stack.references(change.block(), attribute));
            references.add(names.targetAddress(change, attribute, change.after().isObject()));
            for (String reference : references) {
                stack.at(reference)
                        .ifPresentOrElse(
                                found::add,
                                () -> found.addAll(
                                        stack.instances(INDEX.matcher(reference).replaceFirst(""))));
            }
            return found;
        }
    }

    private final IngressClasses classes;
    private final List<Item> items = new ArrayList<>();
    private final Map<String, Counts> attached = new LinkedHashMap<>();
    private final List<Box> entries = new ArrayList<>();
    private final Map<String, Counts> networkParts = new LinkedHashMap<>();
    private final Map<String, Counts> clusterParts = new LinkedHashMap<>();
    private final List<Box> addons = new ArrayList<>();
    private final Map<String, Contents> namespaces = new TreeMap<>();
    private final List<Item> others = new ArrayList<>();

    /** What is in a namespace. */
    private static final class Contents {
        private Counts own = Counts.NONE;
        private final List<Box> boxes = new ArrayList<>();
        private final Map<String, List<Item>> objects = new TreeMap<>();
        private final List<Box> roles = new ArrayList<>();
    }

    private PictureBuilder(List<StackEvidence> stacks) {
        classes = IngressClasses.of(stacks, true);
        for (StackEvidence stack : stacks) {
            ResourceNames names = new ResourceNames(stack);
            stack.changes().stream()
                    .filter(change -> change.mode() == ResourceMode.MANAGED)
                    .flatMap(change -> ObjectChanges.of(change).stream())
                    .forEach(change -> items.add(new Item(stack, names, change)));
        }
    }

    /** The picture of all stacks, unchanged resources included. */
    static PlatformPicture of(List<StackEvidence> stacks) {
        Map<String, List<StackEvidence>> environments = new LinkedHashMap<>();
        for (StackEvidence stack : stacks) {
            Matcher name = ENVIRONMENT.matcher(stack.name());
            environments
                    .computeIfAbsent(name.matches() ? name.group(1) : "", key -> new ArrayList<>())
                    .add(stack);
        }
        boolean several = environments.size() > 1;
        List<Platform> platforms = new ArrayList<>();
        environments.forEach((name, parts) -> {
            if (platforms.size() < MOST_PLATFORMS) {
                platforms.add(new PictureBuilder(parts).platform(several ? name : ""));
            }
        });
        return new PlatformPicture(platforms, environments.size() - platforms.size());
    }

    private Platform platform(String name) {
        List<Item> vpcs = new ArrayList<>();
        List<Item> subnets = new ArrayList<>();
        List<Item> gateways = new ArrayList<>();
        List<Item> nodes = new ArrayList<>();
        List<Item> clusters = new ArrayList<>();
        List<Item> roles = new ArrayList<>();
        List<Item> rest = new ArrayList<>();
        for (Item item : items) {
            List<Item> kind =
                    switch (item.change().type()) {
                        case "aws_vpc" -> vpcs;
                        case "aws_subnet" -> subnets;
                        case "aws_nat_gateway" -> gateways;
                        case "aws_eks_node_group", "aws_eks_fargate_profile" -> nodes;
                        case "aws_eks_cluster", "rhcs_cluster_rosa_hcp" -> clusters;
                        case "aws_iam_role" -> roles;
                        default -> rest;
                    };
            kind.add(item);
        }
        Map<String, Set<String>> accounts = accounts(roles, rest);
        for (Item group : nodes) {
            group.targets("launch_template").stream()
                    .filter(target -> target.type().equals("aws_launch_template"))
                    .forEach(target -> attach(group.change().address(), target));
        }
        Set<String> templates = nodes.stream()
                .flatMap(group -> group.targets("launch_template").stream())
                .map(ResourceChange::address)
                .collect(Collectors.toSet());
        rest.stream()
                .filter(item -> !templates.contains(item.change().address()))
                .forEach(this::place);
        roles(roles, accounts);
        List<Network> networks = networks(vpcs, subnets, gateways, nodes);
        List<Cluster> drawn = clusters(clusters, networks.isEmpty() ? nodes : List.of());
        return new Platform(
                name, PlatformPicture.limited(entries, MOST_IN_A_BOX), networks, drawn, others(networks, drawn));
    }

    private void attach(String owner, ResourceChange change) {
        attached.merge(owner, Counts.of(Outcome.of(change)), Counts::plus);
    }

    private Counts counts(Item item) {
        return item.counts().plus(attached.getOrDefault(item.change().address(), Counts.NONE));
    }

    private Contents namespace(String name) {
        return namespaces.computeIfAbsent(name, key -> new Contents());
    }

    // one resource

    private void place(Item item) {
        String type = item.change().type();
        String kind = ManifestForm.kind(type, item.values());
        if (type.equals("helm_release")) {
            String chart = (item.text("chart") + " " + item.text("version")).strip();
            namespace(item.text("namespace").isEmpty() ? "default" : item.text("namespace"))
                    .boxes
                    .add(new Box(Kind.ADDON, item.text("name"), "chart " + chart, item.counts(), false));
        } else if (!kind.isEmpty()) {
            object(item, kind);
        } else if (!attachedToOwner(item)) {
            ofAccount(item);
        }
    }

    private boolean attachedToOwner(Item item) {
        for (Attached entry : TABLE.attached()) {
            if (matches(entry.types(), item.change().type())) {
                Optional<ResourceChange> owner = item.targets(entry.attribute()).stream()
                        .filter(target -> target.mode() == ResourceMode.MANAGED)
                        .findFirst();
                owner.ifPresent(target -> attach(target.address(), item.change()));
                return owner.isPresent();
            }
        }
        return false;
    }

    private void ofAccount(Item item) {
        String type = item.change().type();
        switch (type) {
            case "aws_internet_gateway", "aws_egress_only_internet_gateway" ->
                entries.add(new Box(
                        Kind.GATEWAY,
                        type.contains("egress") ? "Egress-only gateway" : "Internet gateway",
                        "",
                        item.counts(),
                        false));
            case "aws_eks_addon" ->
                addons.add(new Box(Kind.ADDON, item.text("addon_name"), "EKS add-on", item.counts(), false));
            case "aws_lb", "aws_alb", "aws_elb" -> {
                if (item.values().path("internal").asBoolean()) {
                    others.add(item);
                } else {
                    entries.add(new Box(Kind.LOAD_BALANCER, item.title(), "load balancer", item.counts(), false));
                }
            }
            default -> {
                Optional<String> network = part(TABLE.network(), type);
                Optional<String> cluster = part(TABLE.cluster(), type);
                if (network.isPresent()) {
                    networkParts.merge(network.get(), item.counts(), Counts::plus);
                } else if (cluster.isPresent()) {
                    clusterParts.merge(cluster.get(), item.counts(), Counts::plus);
                } else {
                    others.add(item);
                }
            }
        }
    }

    private static Optional<String> part(List<Part> parts, String type) {
        return parts.stream()
                .filter(part -> matches(part.types(), type))
                .map(Part::title)
                .findFirst();
    }

    private static boolean matches(List<String> patterns, String type) {
        return patterns.stream().anyMatch(pattern -> Wildcards.match(pattern, type));
    }

    private void object(Item item, String kind) {
        JsonNode manifest = ManifestForm.manifest(item.change().type(), item.values());
        JsonNode metadata = first(manifest.path("metadata"));
        String name = metadata.path("name").asText(item.change().name());
        if (kind.equals("Namespace")) {
            Contents namespace = namespace(name);
            namespace.own = namespace.own.plus(item.counts());
            return;
        }
        String namespace = metadata.path("namespace").asText("");
        String of = kind.equals("Service") ? "LoadBalancer" : "";
        boolean entry = ENTRIES.contains(kind)
                && (of.isEmpty()
                        || first(manifest.path("spec")).path("type").asText("").equals(of));
        LoadBalancerSettings balancer =
                entry ? LoadBalancerSettings.of(kind, classes.applied(manifest)) : LoadBalancerSettings.NONE;
        if (balancer.internet()) {
            entries.add(new Box(
                    Kind.LOAD_BALANCER,
                    name,
                    kind + (namespace.isEmpty() ? "" : " in " + namespace),
                    item.counts(),
                    balancer.open()));
        } else if (WORKLOADS.contains(kind) || entry) {
            namespace(namespace)
                    .boxes
                    .add(new Box(entry ? Kind.LOAD_BALANCER : Kind.WORKLOAD, name, kind, item.counts(), false));
        } else {
            namespace(namespace)
                    .objects
                    .computeIfAbsent(kind, key -> new ArrayList<>())
                    .add(item);
        }
    }

    /** A block of a typed resource is a list of one. */
    private static JsonNode first(JsonNode block) {
        return block.isArray() ? block.path(0) : block;
    }

    // identities

    /** The namespaces and names of the ServiceAccounts that roles are for, by the role's address. */
    private static Map<String, Set<String>> accounts(List<Item> roles, List<Item> rest) {
        Map<String, Set<String>> accounts = new LinkedHashMap<>();
        for (Item role : roles) {
            StringBuilder trust = new StringBuilder(role.text("assume_role_policy"));
            String block = role.change().block();
            trust.append(
                    role.stack().arguments(block).path("assume_role_policy").asText(""));
            role.stack().references(block, "assume_role_policy").stream()
                    .flatMap(reference -> role.stack().instances(reference).stream())
                    .filter(change -> change.mode() == ResourceMode.DATA)
                    .forEach(change -> trust.append(change.after()));
            Matcher subject = SUBJECT.matcher(trust.toString().replace("\\\"", "\""));
            while (subject.find()) {
                accounts.computeIfAbsent(role.change().address(), key -> new TreeSet<>())
                        .add(subject.group(1) + "/" + subject.group(2));
            }
        }
        for (Item item : rest) {
            if (item.change().type().equals("aws_eks_pod_identity_association")) {
                item.targets("role_arn")
                        .forEach(role -> accounts.computeIfAbsent(role.address(), key -> new TreeSet<>())
                                .add(item.text("namespace") + "/" + item.text("service_account")));
            }
        }
        return accounts;
    }

    private void roles(List<Item> roles, Map<String, Set<String>> accounts) {
        for (Item role : roles) {
            Set<String> subjects = accounts.getOrDefault(role.change().address(), Set.of());
            if (subjects.isEmpty()) {
                others.add(role);
                continue;
            }
            String first = subjects.iterator().next();
            int slash = first.indexOf('/');
            String more = subjects.size() == 1 ? "" : " and " + (subjects.size() - 1) + " more";
            namespace(first.substring(0, slash))
                    .roles
                    .add(new Box(
                            Kind.IDENTITY,
                            role.title(),
                            "role of " + first.substring(slash + 1) + more,
                            counts(role),
                            false));
        }
    }

    // the network

    private List<Network> networks(List<Item> vpcs, List<Item> subnets, List<Item> gateways, List<Item> nodes) {
        if (vpcs.isEmpty() && subnets.isEmpty()) {
            return List.of();
        }
        Map<String, String> zoneOf = new LinkedHashMap<>();
        Set<String> publicOnes = new LinkedHashSet<>();
        Map<String, Item> bySubnet = new LinkedHashMap<>();
        for (Item subnet : subnets) {
            String address = subnet.change().address();
            String zone = subnet.text("availability_zone").isEmpty()
                    ? subnet.text("availability_zone_id")
                    : subnet.text("availability_zone");
            zoneOf.put(address, zone.isEmpty() ? "zone known after apply" : zone);
            if (isPublic(subnet)) {
                publicOnes.add(address);
            }
            bySubnet.put(address, subnet);
        }
        Map<String, List<Box>> inSubnets = new LinkedHashMap<>();
        for (Item gateway : gateways) {
            Box box = new Box(Kind.NAT, "NAT gateway", "", gateway.counts(), false);
            Optional<String> subnet = gateway.targets("subnet_id").stream()
                    .map(ResourceChange::address)
                    .filter(zoneOf::containsKey)
                    .findFirst();
            subnet.ifPresentOrElse(
                    found -> inSubnets
                            .computeIfAbsent(found, key -> new ArrayList<>())
                            .add(box),
                    () -> networkParts.merge("NAT gateways", gateway.counts(), Counts::plus));
        }
        List<Network> networks = new ArrayList<>();
        List<Item> owners = vpcs.isEmpty() ? subnets.subList(0, 1) : vpcs;
        for (Item vpc : owners) {
            boolean only = owners.size() == 1;
            List<String> mine = subnets.stream()
                    .filter(subnet -> only
                            || subnet.targets("vpc_id").stream().anyMatch(target -> target.address()
                                    .equals(vpc.change().address())))
                    .map(subnet -> subnet.change().address())
                    .toList();
            List<Nodes> groups = new ArrayList<>();
            for (Item group : nodes) {
                List<String> of = group.targets("subnet_ids").stream()
                        .map(ResourceChange::address)
                        .filter(mine::contains)
                        .toList();
                boolean unknown = of.isEmpty() && vpc == owners.get(0);
                if (!of.isEmpty() || (unknown && !groupElsewhere(group, zoneOf.keySet()))) {
                    groups.add(new Nodes(
                            nodeBox(group),
                            !of.isEmpty() && publicOnes.containsAll(of),
                            (of.isEmpty() ? mine : of)
                                    .stream().map(zoneOf::get).collect(Collectors.toCollection(TreeSet::new))));
                }
            }
            networks.add(new Network(
                    vpcs.isEmpty()
                            ? new Box(Kind.NETWORK, "Existing VPC", "", Counts.NONE, false)
                            : new Box(Kind.NETWORK, "VPC " + vpc.title(), vpc.text("cidr_block"), vpc.counts(), false),
                    zones(mine, zoneOf, publicOnes, bySubnet, inSubnets),
                    limited(groups),
                    vpc == owners.get(0) ? parts(networkParts, Kind.NETWORK) : List.of()));
        }
        return networks;
    }

    /** The node groups that are shown one by one, and one box for the rest in the zones of all of these. */
    private static List<Nodes> limited(List<Nodes> groups) {
        List<Box> boxes =
                PlatformPicture.limited(groups.stream().map(Nodes::box).toList(), MOST_IN_A_BOX);
        List<Nodes> rest = new ArrayList<>(groups);
        List<Nodes> shown = new ArrayList<>();
        for (Box box : boxes) {
            Optional<Nodes> same =
                    rest.stream().filter(group -> group.box() == box).findFirst();
            same.ifPresent(rest::remove);
            same.ifPresent(shown::add);
        }
        if (!rest.isEmpty()) {
            Box sum = boxes.get(boxes.size() - 1);
            shown.add(new Nodes(
                    new Box(Kind.NODES, sum.title() + " node groups", "", sum.counts(), false),
                    rest.stream().allMatch(Nodes::isPublic),
                    rest.stream()
                            .flatMap(group -> group.zones().stream())
                            .collect(Collectors.toCollection(TreeSet::new))));
        }
        return shown;
    }

    private static boolean groupElsewhere(Item group, Set<String> subnets) {
        return group.targets("subnet_ids").stream().map(ResourceChange::address).anyMatch(subnets::contains);
    }

    private static boolean isPublic(Item subnet) {
        return subnet.values().path("map_public_ip_on_launch").asBoolean()
                || subnet.values().path("tags").has("kubernetes.io/role/elb");
    }

    private Box nodeBox(Item group) {
        boolean fargate = group.change().type().equals("aws_eks_fargate_profile");
        String name = group.text(fargate ? "fargate_profile_name" : "node_group_name");
        String prefix = group.text("node_group_name_prefix");
        String shown = !prefix.isEmpty()
                ? prefix.replaceFirst("-$", "")
                : name.isEmpty() ? group.change().name() : name;
        JsonNode scaling = group.values().path("scaling_config").path(0);
        List<String> details = new ArrayList<>(Json.texts(group.values().path("instance_types")));
        if (scaling.has("min_size")) {
            details.add(scaling.path("min_size").asText() + " to "
                    + scaling.path("max_size").asText() + " nodes");
        }
        return new Box(
                Kind.NODES,
                (fargate ? "Fargate profile " : "Node group ") + shown,
                String.join(", ", details),
                counts(group),
                false);
    }

    private static List<Zone> zones(
            List<String> subnets,
            Map<String, String> zoneOf,
            Set<String> publicOnes,
            Map<String, Item> bySubnet,
            Map<String, List<Box>> contents) {
        Map<String, List<Subnet>> zones = new TreeMap<>();
        for (String address : subnets) {
            Item subnet = bySubnet.get(address);
            boolean isPublic = publicOnes.contains(address);
            if (subnet != null) {
                zones.computeIfAbsent(zoneOf.getOrDefault(address, ""), zone -> new ArrayList<>())
                        .add(new Subnet(
                                new Box(
                                        Kind.NETWORK,
                                        isPublic ? "public subnet" : "private subnet",
                                        subnet.text("cidr_block"),
                                        subnet.counts(),
                                        false),
                                isPublic,
                                contents.getOrDefault(address, List.of())));
            }
        }
        List<Zone> sorted = new ArrayList<>();
        zones.forEach((name, all) -> {
            all.sort(Comparator.comparing(subnet -> !subnet.isPublic()));
            sorted.add(new Zone(name, all));
        });
        return sorted;
    }

    private static List<Box> parts(Map<String, Counts> counts, Kind kind) {
        List<Box> boxes = new ArrayList<>();
        counts.forEach((title, sum) -> boxes.add(new Box(kind, title + number(sum), "", sum, false)));
        return boxes;
    }

    private static String number(Counts counts) {
        int all = counts.numbers().values().stream().mapToInt(Integer::intValue).sum();
        return all == 1 ? "" : " (" + all + ")";
    }

    // the cluster

    private List<Cluster> clusters(List<Item> clusters, List<Item> nodesWithoutNetwork) {
        List<Box> parts = new ArrayList<>(addons);
        nodesWithoutNetwork.forEach(group -> parts.add(nodeBox(group)));
        parts.addAll(parts(clusterParts, Kind.IDENTITY));
        List<Namespace> drawn = namespaces();
        if (clusters.isEmpty()) {
            boolean any = !parts.isEmpty() || !drawn.isEmpty();
            Box existing = new Box(Kind.CLUSTER, "Cluster", "", Counts.NONE, false);
            return any ? List.of(new Cluster(existing, null, parts, drawn)) : List.of();
        }
        List<Cluster> all = new ArrayList<>();
        for (Item cluster : clusters) {
            boolean main = all.isEmpty();
            String version = cluster.text("version");
            all.add(new Cluster(
                    new Box(
                            Kind.CLUSTER,
                            "Cluster " + cluster.title(),
                            version.isEmpty() ? "" : "Kubernetes " + version,
                            counts(cluster),
                            false),
                    endpoint(cluster),
                    main ? PlatformPicture.limited(parts, MOST_OTHERS) : List.of(),
                    main ? drawn : List.of()));
        }
        return all;
    }

    private static @Nullable Box endpoint(Item cluster) {
        JsonNode network = first(cluster.values().path("vpc_config"));
        if (!network.isObject() || !network.path("endpoint_public_access").asBoolean(true)) {
            return null;
        }
        List<String> cidrs = Json.texts(network.path("public_access_cidrs"));
        boolean open = cidrs.isEmpty() || cidrs.stream().anyMatch(Networks::isWorld);
        return new Box(
                Kind.CLUSTER,
                "Public API endpoint",
                open ? "" : cidrs.size() == 1 ? cidrs.get(0) : cidrs.size() + " networks",
                Counts.NONE,
                open);
    }

    private List<Namespace> namespaces() {
        List<Namespace> all = new ArrayList<>();
        namespaces.forEach((name, contents) -> {
            contents.objects.forEach((kind, objects) -> grouped(kind, objects, contents.boxes));
            all.add(new Namespace(
                    new Box(
                            Kind.OBJECT,
                            name.isEmpty() ? "Objects without a namespace" : "Namespace " + name,
                            "",
                            contents.own,
                            false),
                    PlatformPicture.limited(contents.boxes, MOST_IN_A_BOX),
                    PlatformPicture.limited(contents.roles, MOST_IN_A_BOX)));
        });
        if (all.size() <= MOST_NAMESPACES) {
            return all;
        }
        List<Box> rest = new ArrayList<>();
        for (Namespace namespace : all.subList(MOST_NAMESPACES - 1, all.size())) {
            Counts sum = Stream.of(List.of(namespace.box()), namespace.contents(), namespace.roles())
                    .flatMap(List::stream)
                    .map(Box::counts)
                    .reduce(Counts.NONE, Counts::plus);
            rest.add(new Box(Kind.OBJECT, namespace.box().title(), "", sum, false));
        }
        List<Namespace> limited = new ArrayList<>(all.subList(0, MOST_NAMESPACES - 1));
        limited.add(new Namespace(
                new Box(Kind.OBJECT, rest.size() + " more namespaces", "", Counts.NONE, false),
                PlatformPicture.limited(rest, MOST_OTHERS),
                List.of()));
        return limited;
    }

    private void grouped(String kind, List<Item> objects, List<Box> into) {
        if (objects.size() <= MOST_OF_A_TYPE) {
            for (Item item : objects) {
                JsonNode metadata = first(ManifestForm.manifest(item.change().type(), item.values())
                        .path("metadata"));
                String name = metadata.path("name").asText(item.change().name());
                into.add(new Box(
                        kind.equals("ServiceAccount") ? Kind.IDENTITY : Kind.OBJECT, name, kind, item.counts(), false));
            }
        } else {
            into.add(new Box(Kind.OBJECT, kind + number(sum(objects)), "", sum(objects), false));
        }
    }

    private Counts sum(List<Item> all) {
        return all.stream().map(this::counts).reduce(Counts.NONE, Counts::plus);
    }

    // everything else

    private List<Box> others(List<Network> networks, List<Cluster> clusters) {
        Map<String, List<Item>> byType = new TreeMap<>();
        others.forEach(item -> byType.computeIfAbsent(item.change().type(), type -> new ArrayList<>())
                .add(item));
        List<Box> boxes = new ArrayList<>();
        byType.forEach((type, all) -> {
            Kind kind = TABLE.icons().stream()
                    .filter(icon -> matches(icon.types(), type))
                    .map(Icon::kind)
                    .findFirst()
                    .orElse(Kind.OTHER);
            if (all.size() <= MOST_OF_A_TYPE) {
                all.forEach(item -> boxes.add(new Box(kind, item.title(), type, counts(item), false)));
            } else {
                boxes.add(new Box(kind, type + " (" + all.size() + ")", "", sum(all), false));
            }
        });
        if (networks.isEmpty()) {
            boxes.addAll(parts(networkParts, Kind.NETWORK));
        }
        if (clusters.isEmpty()) {
            boxes.addAll(addons);
            boxes.addAll(parts(clusterParts, Kind.IDENTITY));
        }
        return PlatformPicture.limited(boxes, MOST_OTHERS);
    }
}
