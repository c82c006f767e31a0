package dev.eksplatform.internal.review.facts;

import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.internal.review.facts.AccessTable.Reach;
import dev.eksplatform.internal.review.facts.Grant.Phrase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The grants in the statements of a policy: one for each principal, action and resource. */
final class StatementGrants {

    /** A statement with more pairs of an action and a resource than this is one grant. */
    private static final int MANY = 400;

    private final String area;
    private final String via;
    private final AccessGrants into;

    /** What a policy of a resource protects; null for a policy of an identity. */
    private final @Nullable String resource;

    /** Whether the policy only narrows what other policies allow. */
    private final boolean restricts;

    private StatementGrants(String area, String via, @Nullable String resource, boolean restricts, AccessGrants into) {
        this.area = area;
        this.via = via;
        this.resource = resource;
        this.restricts = restricts;
        this.into = into;
    }

    /** The policy of an identity. */
    static StatementGrants ofIdentity(String area, String via, AccessGrants into) {
        return new StatementGrants(area, via, null, false, into);
    }

    /** The policy of a resource, or with {@code restricts} one that only narrows what other policies allow. */
    static StatementGrants ofResource(String resource, boolean restricts, AccessGrants into) {
        return new StatementGrants("resource " + resource, "its policy", resource, restricts, into);
    }

    /** Adds what an identity may do. */
    void add(PlannedPolicy.Read policy, Party who) {
        all(policy, who, statement -> add(statement, who));
    }

    /** Adds whom a resource lets in. */
    void add(PlannedPolicy.Read policy, ResourceNames names) {
        all(policy, Party.named("whoever the policy of " + resource + " names"), statement -> {
            Principals principals = statement.principals();
            if (principals == null) {
                add(statement, Party.everybody());
            } else if (principals.except()) {
                add(statement, Party.allBut(principals));
            } else {
                principals.each().forEach(one -> add(statement, Party.principal(one.getKey(), one.getValue(), names)));
            }
        });
    }

    private void all(PlannedPolicy.Read policy, Party who, Consumer<Statement> each) {
        policy.statements().forEach(each);
        policy.unreadable()
                .forEach(text -> into.add(Grant.plain(
                        area, who, "do what a statement says that IAM cannot read: " + text, "", via, Reach.SOME)));
        if (!policy.known()) {
            into.undecided(area, who.shown());
        }
    }

    static Set<Clause> conditions(Statement statement) {
        Set<Clause> clauses = new LinkedHashSet<>();
        statement.conditions().forEach(condition -> clauses.add(Clause.of(condition, statement.principals())));
        return clauses;
    }

    private void add(Statement statement, Party named) {
        Party who = restricts ? named.usual() : named;
        Set<Clause> conditions = conditions(statement);
        List<Element> actions = elements(statement.actions(), true);
        Patterns resources = statement.resources();
        List<Element> objects = resources == null ? List.of(itself()) : elements(resources, false);
        if ((long) actions.size() * objects.size() > MANY) {
            actions = List.of(Element.actions(
                    statement.actions().except(), statement.actions().values()));
            objects = resources == null ? objects : List.of(Element.resources(resources.except(), resources.values()));
        }
        for (Element action : actions) {
            for (Element object : objects) {
                into.add(new Grant(
                        area,
                        statement.effect() == Effect.DENY,
                        who,
                        action,
                        object,
                        conditions,
                        "",
                        via,
                        Phrase.CALL,
                        reach(who, action, object),
                        assumes(action) && object.patterns().size() == 1
                                ? Party.accountIn(object.patterns().get(0))
                                : ""));
            }
        }
    }

    /** The resource of the policy itself. */
    private Element itself() {
        return resource == null ? Element.NONE : Element.of("*", resource);
    }

    private List<Element> elements(Patterns patterns, boolean actions) {
        if (patterns.except()) {
            return List.of(
                    actions ? Element.actions(true, patterns.values()) : Element.resources(true, patterns.values()));
        }
        List<Element> elements = new ArrayList<>();
        for (String value : patterns.values()) {
            boolean all = resource != null && value.equals("*");
            elements.add(
                    actions
                            ? Element.actions(false, List.of(value))
                            : all ? itself() : Element.resources(false, List.of(value)));
        }
        return elements;
    }

    private static boolean assumes(Element action) {
        return !action.except() && action.patterns().stream().anyMatch(one -> Globs.meet(one, "sts:assumerole"));
    }

    /**
     * How much actions on resources allow. A resource lets its own account in as a rule; only everybody, with every action,
     * is remarkable there.
     */
    private Reach reach(Party who, Element action, Element object) {
        if (resource != null) {
            boolean all = action.except()
                    || action.patterns().stream().anyMatch(pattern -> pattern.equals("*") || pattern.endsWith(":*"));
            return all && who.audience() == Party.Audience.EVERYBODY ? Reach.ALL : Reach.SOME;
        }
        boolean everything = object.except() || object.patterns().contains("*");
        Reach reach = ActionReach.of(action);
        return reach == Reach.ALL && !everything ? Reach.MUCH : reach;
    }
}
