package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.ObjectChanges;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.facts.AccessTable.Reach;
import dev.eksplatform.internal.review.facts.Grant.Phrase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What RBAC allows in clusters: bindings of subjects to roles, and the rules of roles.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">Using RBAC authorization</a>
 */
final class RbacAccess implements AccessReader {

    private static final String AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-";

    /** More subjects of a role are only counted. */
    private static final int MOST_SUBJECTS = 3;

    private final Map<String, Reach> reaches = new LinkedHashMap<>();
    private final Map<String, Set<String>> subjects = new LinkedHashMap<>();

    RbacAccess(StackEvidence stack, ResourceNames names) {
        List<ResourceChange> objects = stack.changes().stream()
                .filter(change -> change.type().startsWith("kube"))
                .flatMap(change -> ObjectChanges.of(change).stream())
                .toList();
        for (ResourceChange change : objects) {
            for (boolean after : new boolean[] {true, false}) {
                KubernetesObject.of(new AccessSide(stack, names, change, after)).ifPresent(object -> {
                    if (isRole(object)) {
                        reaches.merge(role(object), reach(object), Reach::worst);
                    } else if (isBinding(object)) {
                        subjects(object)
                                .forEach(subject -> subjects.computeIfAbsent(bound(object), role -> new TreeSet<>())
                                        .add(subject.shown()));
                    }
                });
            }
        }
    }

    private static boolean isRole(KubernetesObject object) {
        return object.kind().equals("Role") || object.kind().equals("ClusterRole");
    }

    private static boolean isBinding(KubernetesObject object) {
        return object.kind().equals("RoleBinding") || object.kind().equals("ClusterRoleBinding");
    }

    @Override
    public void read(AccessSide side, AccessGrants into) {
        if (!side.type().startsWith("kube")) {
            return;
        }
        KubernetesObject.of(side).ifPresent(object -> {
            if (isBinding(object)) {
                binding(object, into);
            } else if (isRole(object)) {
                role(object, into);
            } else if (object.kind().endsWith("List")) {
                into.undecided(AccessGrants.ALL, "whoever the objects of " + side.name() + " name");
            }
        });
    }

    private static String where(KubernetesObject object) {
        return object.kind().startsWith("Cluster") ? "in every namespace" : "in namespace " + object.namespace();
    }

    /** The role that a binding refers to, as {@link #role} calls it. */
    private static String bound(KubernetesObject binding) {
        JsonNode reference = AccessSide.one(binding.body().path("roleRef"));
        String kind = reference.path("kind").asText("ClusterRole");
        String name = reference.path("name").asText(Difference.UNKNOWN);
        return kind.equals("Role") ? "Role " + binding.namespace() + "/" + name : kind + " " + name;
    }

    private static String role(KubernetesObject role) {
        return role.kind().equals("Role")
                ? "Role " + role.namespace() + "/" + role.name()
                : "ClusterRole " + role.name();
    }

    private void binding(KubernetesObject binding, AccessGrants into) {
        String role = bound(binding);
        String where = where(binding);
        if (binding.isUnknown("subjects")) {
            into.undecided(AccessGrants.ALL, "whoever " + binding.kind() + " " + binding.name() + " names");
        }
        boolean everywhere = binding.kind().startsWith("Cluster");
        Reach reach = Reach.worst(
                role.startsWith("ClusterRole ")
                        ? AccessTable.table().levels().clusterRoles().of(role.substring("ClusterRole ".length()))
                        : Reach.SOME,
                reaches.getOrDefault(role, Reach.SOME));
        for (Party subject : subjects(binding)) {
            into.add(Grant.plain(
                    "binding " + where + " " + subject.pattern(),
                    subject,
                    "act as " + role,
                    where,
                    binding.kind() + " " + binding.name(),
                    reach == Reach.ALL && !everywhere ? Reach.MUCH : reach));
        }
    }

    private static List<Party> subjects(KubernetesObject binding) {
        List<Party> parties = new ArrayList<>();
        for (JsonNode subject : binding.list("subjects")) {
            String name = subject.path("name").asText("");
            if (subject.path("kind").asText("").equals("ServiceAccount")) {
                String namespace = subject.path("namespace").asText("");
                parties.add(Party.named(
                        "ServiceAccount " + (namespace.isEmpty() ? binding.namespace() : namespace) + "/" + name));
            } else {
                parties.add(subject(subject.path("kind").asText("User"), name));
            }
        }
        return parties;
    }

    /** A user or a group of Kubernetes. */
    static Party subject(String kind, String name) {
        String all = AccessTable.table().everybody().get(name);
        if (all != null) {
            return new Party(kind, name, all, Party.Audience.EVERYBODY, "");
        }
        String ofNamespace = "system:serviceaccounts:";
        if (name.startsWith(ofNamespace)) {
            return new Party(
                    kind,
                    name,
                    "every ServiceAccount of namespace " + name.substring(ofNamespace.length()),
                    Party.Audience.SEVERAL,
                    "");
        }
        return new Party(kind, name, kind.toLowerCase(Locale.ROOT) + " " + name, Party.Audience.NAMED, "");
    }

    private void role(KubernetesObject role, AccessGrants into) {
        Map<String, String> holders = new TreeMap<>();
        Set<String> bound = subjects.getOrDefault(role(role), Set.of());
        holders.put(
                role(role),
                bound.isEmpty() || bound.size() > MOST_SUBJECTS
                        ? "whoever is bound to " + role(role)
                        : String.join(", ", bound));
        role.labels().forEach((label, value) -> {
            if (label.startsWith(AGGREGATE) && value.equals("true")) {
                String target = label.substring(AGGREGATE.length());
                holders.put("aggregated " + role(role) + " " + target, "whoever is bound to ClusterRole " + target);
            }
        });
        holders.forEach((area, who) -> {
            Party party = new Party("", area, who, Party.Audience.NAMED, "");
            if (role.isUnknown("rules")) {
                into.undecided("rules " + area, who);
            }
            role.list("rules").forEach(rule -> rule("rules " + area, party, role, rule, into));
            aggregation(role, party, area, into);
        });
    }

    private static void aggregation(KubernetesObject role, Party party, String area, AccessGrants into) {
        for (JsonNode rule : role.list("aggregationRule")) {
            JsonNode selectors = rule.path("clusterRoleSelectors");
            for (JsonNode selector : selectors.isObject() ? List.of(selectors) : selectors) {
                into.add(Grant.plain(
                        "rules " + area,
                        party,
                        "do what every ClusterRole allows whose labels match " + Json.compact(selector),
                        "",
                        role(role),
                        Reach.MUCH));
            }
        }
    }

    private static void rule(String area, Party who, KubernetesObject role, JsonNode rule, AccessGrants into) {
        List<Clause> names = new ArrayList<>();
        List<String> named = Json.texts(rule.path("resourceNames"));
        if (!named.isEmpty()) {
            names.add(Clause.of("the name", named));
        }
        for (String verb : Json.texts(rule.path("verbs"))) {
            for (Element object : objects(rule)) {
                into.add(new Grant(
                                area,
                                false,
                                who,
                                Element.of(verb, verb.equals("*") ? "do everything with" : verb),
                                object,
                                Set.of(),
                                where(role),
                                role(role),
                                Phrase.RULE,
                                reach(verb, object.patterns().get(0)),
                                "")
                        .when(names));
            }
        }
    }

    /** The resources of a rule as {@code resource.group}, the core group without a name. */
    private static List<Element> objects(JsonNode rule) {
        List<Element> objects = new ArrayList<>();
        List<String> groups = Json.texts(rule.path("apiGroups"));
        for (String resource : Json.texts(rule.path("resources"))) {
            for (String group : groups.isEmpty() ? List.of("") : groups) {
                objects.add(Element.of(resource + "." + group, shown(resource, group)));
            }
        }
        for (String field : List.of("nonResourceURLs", "nonResourceUrls", "nonResourceUrl")) {
            Json.texts(rule.path(field)).forEach(url -> objects.add(Element.of("url " + url, "URL " + url)));
        }
        return objects;
    }

    private static String shown(String resource, String group) {
        if (resource.equals("*")) {
            return group.equals("*")
                    ? "all objects"
                    : "all objects of " + (group.isEmpty() ? "the core group" : "group " + group);
        }
        return resource + (group.isEmpty() ? "" : group.equals("*") ? " of any group" : "." + group);
    }

    private static Reach reach(KubernetesObject role) {
        Reach worst = Reach.SOME;
        for (JsonNode rule : role.list("rules")) {
            for (String verb : Json.texts(rule.path("verbs"))) {
                for (Element object : objects(rule)) {
                    worst = Reach.worst(worst, reach(verb, object.patterns().get(0)));
                }
            }
        }
        return worst;
    }

    private static Reach reach(String verb, String object) {
        if (verb.equals("*") && object.equals("*.*")) {
            return Reach.ALL;
        }
        boolean much = AccessTable.table().levels().rules().stream().anyMatch(rule -> {
            String[] part = rule.split(" ");
            String named = part[1].contains(".") ? part[1] : part[1] + ".";
            return Globs.meet(part[0], verb) && Globs.meet(named, object);
        });
        return much ? Reach.MUCH : Reach.SOME;
    }
}
