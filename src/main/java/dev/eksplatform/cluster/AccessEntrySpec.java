package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one IAM principal may do in the cluster. Sources: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html">EKS access policies</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html">create access entries</a>.
 *
 * @param policies EKS access policies by name; default none
 * @param namespaces the namespaces to which policies without namespaces of their own are limited; default the whole cluster
 * @param groups Kubernetes groups of the principal, for your own RBAC rules; default none
 * @param type {@code standard} for people and programs, or the kind of nodes that have the role; default {@code standard}.
 *     EKS does not change the type: a change replaces the entry
 * @param username the name of the principal in Kubernetes, with <code>{{SessionName}}</code> for the session of a role; default
 *     the ARN, with the session
 */
@RecordBuilder
public record AccessEntrySpec(
        @Example("[AmazonEKSViewPolicy, {name: AmazonEKSEditPolicy, namespaces: [shop]}]")
        List<AccessPolicySpec> policies,

        @Example("[shop]") @Limit(pattern = AccessEntrySpec.NAMESPACE, unique = true)
        List<String> namespaces,

        @Example("[developers]") @Limit(pattern = AccessEntrySpec.GROUP, unique = true)
        List<String> groups,

        @Example("ec2-linux") AccessEntryType type,

        @Example("'developers:{{SessionName}}'") @Limit(pattern = AccessEntrySpec.USERNAME)
        Optional<String> username)
        implements AccessEntrySpecBuilder.With {

    /** A namespace, in which * is any part of a name. */
    static final String NAMESPACE = "^[a-z0-9*]([a-z0-9*-]{0,61}[a-z0-9*])?$";

    private static final String GROUP = "^(?!system:)\\S(.*\\S)?$";
    private static final String USERNAME = "^(?!system:|eks:|aws:|amazon:|iam:)[^\\s]+$";
    private static final Pattern NAMESPACE_FORM = Pattern.compile(NAMESPACE);
    private static final Pattern GROUP_FORM = Pattern.compile(GROUP);
    private static final Pattern USERNAME_FORM = Pattern.compile(USERNAME);
    private static final Pattern SESSION = Pattern.compile("\\{\\{SessionName(Raw)?}}");

    /** What nodes of Auto Mode get from their entry. */
    private static final String OF_AUTO_NODES = "AmazonEKSAutoNodePolicy";

    /** Checks policies, namespaces, groups and the name, and what an entry of its type accepts. */
    public AccessEntrySpec {
        policies = Components.list("policies", policies);
        namespaces = Components.list("namespaces", namespaces);
        groups = Components.list("groups", groups);
        Components.required("type", type);
        Problems problems = new Problems();
        problems.once(
                PropertyPath.of("policies"),
                policies.stream().map(AccessPolicySpec::policy).toList(),
                "policy");
        checkNamespaces(namespaces, problems);
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).startsWith("system:")) {
                problems.add(
                        PropertyPath.of("groups").index(i),
                        "\"" + groups.get(i) + "\" begins with system:",
                        "groups of your own: EKS refuses system: groups in access entries",
                        "use an access policy such as AmazonEKSClusterAdminPolicy");
            } else {
                problems.match(
                        PropertyPath.of("groups").index(i),
                        groups.get(i),
                        GROUP_FORM,
                        "a group",
                        "text without spaces at its ends",
                        "name a group of a RoleBinding, such as developers");
            }
        }
        problems.once(PropertyPath.of("groups"), groups, "group");
        username.ifPresent(name -> checkUsername(name, problems));
        if (type != AccessEntryType.STANDARD) {
            checkNodes(type, policies, namespaces, groups, username, problems);
        }
        problems.throwIfAny();
    }

    static void checkNamespaces(List<String> namespaces, Problems problems) {
        for (int i = 0; i < namespaces.size(); i++) {
            problems.match(
                    PropertyPath.of("namespaces").index(i),
                    namespaces.get(i),
                    NAMESPACE_FORM,
                    "a namespace",
                    "1 to 63 lower case letters, digits and -; * for any part",
                    "write it like shop");
        }
        problems.once(PropertyPath.of("namespaces"), namespaces, "namespace");
    }

    private static void checkUsername(String name, Problems problems) {
        problems.match(
                "username",
                name,
                USERNAME_FORM,
                "a username that EKS accepts",
                "text without spaces that does not begin with system:, eks:, aws:, amazon: or iam:",
                "write it like developers:{{SessionName}}, or leave it out: EKS uses the ARN");
        if (SESSION.matcher(name).results().anyMatch(session -> !name.substring(0, session.start())
                .contains(":"))) {
            problems.add(
                    PropertyPath.of("username"),
                    "\"" + name + "\" has no colon before the name of the session",
                    "write it like developers:{{SessionName}}");
        }
    }

    private static void checkNodes(
            AccessEntryType type,
            List<AccessPolicySpec> policies,
            List<String> namespaces,
            List<String> groups,
            Optional<String> username,
            Problems problems) {
        boolean isAuto = type == AccessEntryType.EC2;
        Stream.of(
                        new Given("policies", !policies.isEmpty() && !isAuto),
                        new Given("namespaces", !namespaces.isEmpty()),
                        new Given("groups", !groups.isEmpty()),
                        new Given("username", username.isPresent()))
                .filter(Given::isGiven)
                .forEach(given -> problems.add(
                        PropertyPath.of(given.property()),
                        "EKS accepts no " + given.property() + " for an entry of type " + type,
                        "remove " + given.property()));
        List<String> names =
                policies.stream().map(policy -> policy.policy().name()).toList();
        if (isAuto && !names.equals(List.of(OF_AUTO_NODES))) {
            problems.add(
                    PropertyPath.of("policies"),
                    names.isEmpty() ? "an entry of type ec2 without a policy" : names.toString(),
                    "[" + OF_AUTO_NODES + "]: without it nodes do not join the cluster",
                    "write policies: [" + OF_AUTO_NODES + "]");
        }
    }

    private record Given(String property, boolean isGiven) {}

    /**
     * No permission, which a cluster refuses: the start for an entry with policies or groups.
     *
     * @return the defaults
     */
    @Defaults
    public static AccessEntrySpec none() {
        return new AccessEntrySpec(List.of(), List.of(), List.of(), AccessEntryType.STANDARD, Optional.empty());
    }

    /**
     * An entry with access policies for the whole cluster.
     *
     * @param policies their names
     * @return the entry
     */
    public static AccessEntrySpec of(String... policies) {
        Problems problems = new Problems();
        List<AccessPolicyName> names =
                problems.collectEach(PropertyPath.of("policies"), List.of(policies), AccessPolicyName::parse);
        problems.throwIfAny();
        return none().withPolicies(List.copyOf(names));
    }

    /** Whether it gives neither permissions nor groups, and is not that of nodes. */
    boolean givesNothing() {
        return type == AccessEntryType.STANDARD && policies.isEmpty() && groups.isEmpty();
    }

    /** What is wrong with an entry of a principal. */
    void checkFor(PrincipalArn principal, PropertyPath where, Problems problems) {
        boolean isRole = principal.value().contains(":role/");
        if (givesNothing()) {
            problems.add(
                    where,
                    "an access entry that gives no permission",
                    "add policies: [AmazonEKSViewPolicy], or groups");
        }
        if (principal.value().contains(":role/aws-service-role/")) {
            problems.add(
                    where,
                    principal + " is a service-linked role, which EKS does not accept in access entries",
                    "remove it");
        }
        if (type != AccessEntryType.STANDARD && !isRole) {
            problems.add(
                    where.key("type"),
                    principal + " is a user: an entry of type " + type + " is for the role of nodes",
                    "name the role of the nodes");
        }
        if (!isRole && username.filter(name -> SESSION.matcher(name).find()).isPresent()) {
            problems.add(where.key("username"), principal + " is a user, who has no session", "remove {{SessionName}}");
        }
    }
}
