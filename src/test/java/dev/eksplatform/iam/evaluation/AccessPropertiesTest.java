package dev.eksplatform.iam.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.evaluation.AccessDecision.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class AccessPropertiesTest {

    private static final List<String> KEYS = List.of("aws:a", "aws:b", "aws:c");

    @Property(tries = 500)
    void aDenyAlwaysWins(
            @ForAll("policies") List<Statement> statements, @ForAll("contexts") Map<String, List<String>> known) {
        List<Statement> all = new ArrayList<>(statements);
        all.add(Statement.deny("*").on("*"));
        assertThat(decide(all, "arn:aws:s::1:x", context(known, Set.of()))).isEqualTo(Verdict.DENIED);
    }

    @Property(tries = 500)
    void addingAnAllowNeverRemovesAccess(
            @ForAll("policies") List<Statement> statements,
            @ForAll("statements") Statement more,
            @ForAll("contexts") Map<String, List<String>> known,
            @ForAll("blurs") Set<String> unknown) {
        List<Statement> all = new ArrayList<>(statements);
        all.add(new Statement(null, Effect.ALLOW, null, more.actions(), more.resources(), more.conditions()));
        Verdict before = decide(statements, "arn:aws:s::1:x", context(known, unknown));
        Verdict after = decide(all, "arn:aws:s::1:x", context(known, unknown));
        assertThat(before != Verdict.ALLOWED || after == Verdict.ALLOWED).isTrue();
    }

    @Property(tries = 500)
    void theOrderOfStatementsNeverMatters(
            @ForAll("policies") List<Statement> statements,
            @ForAll("contexts") Map<String, List<String>> known,
            @ForAll("blurs") Set<String> unknown,
            @ForAll Random random) {
        List<Statement> shuffled = new ArrayList<>(statements);
        Collections.shuffle(shuffled, random);
        assertThat(decide(shuffled, "arn:aws:s::1:x", context(known, unknown)))
                .isEqualTo(decide(statements, "arn:aws:s::1:x", context(known, unknown)));
    }

    /** With one value a key at most: what several values mean without a set operator is not documented. */
    @Property(tries = 2_000)
    void whatIsDecidedWithoutSomeValuesIsDecidedTheSameWithThem(
            @ForAll("policies") List<Statement> statements,
            @ForAll("contexts") Map<String, List<String>> values,
            @ForAll("blurs") Set<String> unknown) {
        Map<String, List<String>> known = new TreeMap<>();
        values.forEach((key, all) -> known.put(key, all.stream().limit(1).toList()));
        Verdict blurred = decide(statements, "arn:aws:s::1:x", context(known, unknown));
        Verdict exact = decide(statements, "arn:aws:s::1:x", context(known, Set.of()));
        assertThat(blurred).isIn(exact, Verdict.CANNOT_DECIDE);
    }

    @Property(tries = 1_000)
    void whatIsDecidedForAnOpenResourceIsDecidedTheSameForTheResource(
            @ForAll("policies") List<Statement> statements,
            @ForAll("contexts") Map<String, List<String>> known,
            @ForAll("resources") String name) {
        Verdict open = decide(statements, "arn:aws:s::1:${aws_x.y.z}", context(known, Set.of()));
        Verdict exact = decide(statements, "arn:aws:s::1:" + name, context(known, Set.of()));
        assertThat(open).isIn(exact, Verdict.CANNOT_DECIDE);
    }

    @Property(tries = 1_000)
    void whatIsDecidedForASetIsDecidedTheSameForItsMembers(
            @ForAll("policies") List<Statement> statements,
            @ForAll("contexts") Map<String, List<String>> known,
            @ForAll("resources") String name) {
        Verdict set = decide(statements, "arn:aws:s::1:*", context(known, Set.of()));
        Verdict member = decide(statements, "arn:aws:s::1:" + name, context(known, Set.of()));
        assertThat(set).isIn(member, Verdict.CANNOT_DECIDE);
    }

    @Property(tries = 500)
    void aBoundaryNeverAllowsMore(
            @ForAll("policies") List<Statement> statements,
            @ForAll("policies") List<Statement> within,
            @ForAll("contexts") Map<String, List<String>> known,
            @ForAll("blurs") Set<String> unknown) {
        RequestContext context = context(known, unknown);
        AttachedPolicy own = new AttachedPolicy.Known("own", PolicyDocument.of(statements.toArray(new Statement[0])));
        AttachedPolicy boundary =
                new AttachedPolicy.Known("boundary", PolicyDocument.of(within.toArray(new Statement[0])));
        Verdict both = AccessEvaluation.decide(
                        new AccessRequest("s:Get", "arn:aws:s::1:x", context), List.of(own), boundary)
                .verdict();
        List<Verdict> each =
                List.of(decide(statements, "arn:aws:s::1:x", context), decide(within, "arn:aws:s::1:x", context));
        assertThat(both == Verdict.ALLOWED).isEqualTo(each.stream().allMatch(one -> one == Verdict.ALLOWED));
        assertThat(both == Verdict.DENIED).isEqualTo(each.contains(Verdict.DENIED));
    }

    @Property(tries = 500)
    void aPolicyOfUnknownContentNeverLeavesAnythingAllowed(
            @ForAll("policies") List<Statement> statements, @ForAll("contexts") Map<String, List<String>> known) {
        List<AttachedPolicy> policies = List.of(
                new AttachedPolicy.Known("known", PolicyDocument.of(statements.toArray(new Statement[0]))),
                new AttachedPolicy.Unknown("arn:aws:iam::111122223333:policy/theirs"));
        AccessRequest request = new AccessRequest("s:Get", "arn:aws:s::1:x", context(known, Set.of()));
        Verdict without =
                AccessEvaluation.decide(request, policies.subList(0, 1)).verdict();
        Verdict with = AccessEvaluation.decide(request, policies).verdict();
        assertThat(with).isIn(Verdict.CANNOT_DECIDE, Verdict.DENIED);
        assertThat(with != Verdict.DENIED || without == Verdict.DENIED).isTrue();
    }

    private static Verdict decide(List<Statement> statements, String resource, RequestContext context) {
        PolicyDocument policy = PolicyDocument.of(statements.toArray(new Statement[0]));
        return AccessEvaluation.decide(
                        new AccessRequest("s:Get", resource, context), List.of(new AttachedPolicy.Known("p", policy)))
                .verdict();
    }

    private static RequestContext context(Map<String, List<String>> known, Set<String> unknown) {
        RequestContext context = RequestContext.closed();
        for (String key : KEYS) {
            List<String> values = known.getOrDefault(key, List.of());
            context =
                    unknown.contains(key) ? context.withUnknown(key) : context.with(key, values.toArray(new String[0]));
        }
        return context;
    }

    @Provide
    Arbitrary<List<Statement>> policies() {
        return statements().list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<Statement> statements() {
        Arbitrary<Patterns> actions = patterns("s:Get", "s:*", "*", "s:Put", "S:g?t");
        Arbitrary<Patterns> resources = patterns(
                "arn:aws:s::1:x",
                "arn:aws:s::1:*",
                "arn:aws:s",
                "arn:aws:s:*",
                "*",
                "arn:aws:s::1:${aws:a}",
                "arn:aws:s::1:y",
                "arn:aws:s::1:?*",
                "arn:aws:s::1:${aws:b, 'x'}",
                "arn:aws:s::1:${t.u.v}");
        return Combinators.combine(
                        Arbitraries.of(Effect.class),
                        actions,
                        resources,
                        conditions().list().ofMaxSize(2))
                .as((effect, action, resource, conditions) ->
                        new Statement(null, effect, null, action, resource, conditions));
    }

    @Provide
    Arbitrary<Map<String, List<String>>> contexts() {
        Arbitrary<List<String>> values =
                Arbitraries.of("x", "y", "7", "true", "").list().ofMaxSize(2);
        return Combinators.combine(values, values, values).as((a, b, c) -> {
            Map<String, List<String>> known = new HashMap<>();
            known.put("aws:a", a);
            known.put("aws:b", b);
            known.put("aws:c", c);
            return known;
        });
    }

    @Provide
    Arbitrary<Set<String>> blurs() {
        return Arbitraries.of(KEYS).set().ofMinSize(1);
    }

    @Provide
    Arbitrary<String> resources() {
        return Arbitraries.of("x", "y", "", "x/y:z", "${*}");
    }

    private static Arbitrary<Patterns> patterns(String... values) {
        return Combinators.combine(
                        Arbitraries.of(false, false, true),
                        Arbitraries.of(values).list().ofMinSize(1).ofMaxSize(2))
                .as(Patterns::new);
    }

    private static Arbitrary<Condition> conditions() {
        Arbitrary<String> operators = Arbitraries.of(
                "StringEquals",
                "StringNotEquals",
                "StringLike",
                "StringLikeIfExists",
                "StringNotLikeIfExists",
                "ForAllValues:StringEquals",
                "ForAnyValue:StringLike",
                "ForAnyValue:StringNotEquals",
                "NumericLessThan",
                "Bool",
                "Null");
        return Combinators.combine(
                        operators,
                        Arbitraries.of(KEYS),
                        Arbitraries.of("x", "*", "true", "false", "10", "${aws:b}")
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(2))
                .as((operator, key, values) -> Tuple.of(operator, key, values))
                .map(three -> new Condition(three.get1(), three.get2(), three.get3()));
    }
}
