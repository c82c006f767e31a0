package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.evaluation.AccessDecision.Verdict;
import dev.eksplatform.internal.logic.Truth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * For which resources of a set an identity may do something: {@link AccessEvaluation} for all of them at once.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
@API(status = API.Status.INTERNAL)
public final class SetEvaluation {

    /** All resources of the set that no part before has. */
    public static final String REST = "*";

    /**
     * A part of the set.
     *
     * @param resources the patterns that its resources match, as the policies write them, {@link #REST} for all; of a resource
     *     that matches patterns of several parts, the first of them decides
     * @param decision what holds for them
     */
    public record Part(List<String> resources, AccessDecision decision) {}

    /** The order in which parts decide. */
    private enum Kind {
        DENIED,
        MAY_BE_DENIED,
        ALLOWED,
        MAY_BE_ALLOWED,
        NOT_ALLOWED
    }

    /** The bounds of a pattern in the automaton, by their numbers. */
    private record Numbers(List<Integer> least, List<Integer> most, boolean isVoid) {

        Truth matches(BitSet matched) {
            if (!least.isEmpty() && least.stream().allMatch(matched::get)) {
                return Truth.TRUE;
            }
            return most.stream().anyMatch(matched::get) ? Truth.UNKNOWN : Truth.FALSE;
        }
    }

    /** A statement about the action, with the numbers of its patterns. */
    private record Candidate(
            String name,
            Effect effect,
            StatementMatch apart,
            @Nullable Patterns resources,
            List<Numbers> numbers) {

        /** Whether it is about a resource that matches these patterns. */
        Truth of(BitSet matched, Set<Numbers> mixed) {
            return apart.truth().and(resource(matched, mixed));
        }

        private Truth resource(BitSet matched, Set<Numbers> mixed) {
            if (resources == null) {
                return Truth.TRUE;
            }
            Truth any = Truth.any(
                    numbers,
                    one -> mixed.contains(one) ? one.matches(matched).and(Truth.UNKNOWN) : one.matches(matched));
            if (!resources.except()) {
                return any;
            }
            boolean documented =
                    !numbers.isEmpty() && numbers.stream().noneMatch(one -> one.isVoid() || mixed.contains(one));
            return documented || any == Truth.TRUE ? any.not() : Truth.UNKNOWN;
        }

        /** Its patterns that match; of those that are excepted, it is about what they may match. */
        List<String> labels(BitSet matched) {
            if (resources == null) {
                return List.of(REST);
            }
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < numbers.size(); i++) {
                if (numbers.get(i).matches(matched) != Truth.FALSE) {
                    labels.add(resources.values().get(i));
                }
            }
            return resources.except() && labels.isEmpty() ? List.of(allBut(resources)) : labels;
        }

        private static String allBut(Patterns excepted) {
            return "all but " + String.join(", ", excepted.values());
        }

        List<String> inOrder(Set<String> labels) {
            List<String> ordered = new ArrayList<>();
            if (resources != null) {
                resources.values().stream().filter(labels::contains).distinct().forEach(ordered::add);
            }
            labels.stream().filter(label -> !ordered.contains(label)).forEach(ordered::add);
            return ordered;
        }

        List<String> doubts() {
            return apart.truth() == Truth.UNKNOWN ? apart.doubts() : List.of("what its resources are in this session");
        }
    }

    private final AccessRequest request;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<String> looked = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final PatternAutomaton automaton = new PatternAutomaton();
    /** Patterns that match some resources of the set for certain and others perhaps: a part cannot be named by them. */
    private final Set<Numbers> mixed = new HashSet<>();

    private final Map<Kind, Map<Candidate, Set<String>>> resources = new TreeMap<>();

    private SetEvaluation(AccessRequest request) {
        this.request = request;
    }

    /**
     * Decides a request for a set of resources.
     *
     * @param action the action
     * @param context the context keys
     * @param set the resources
     * @param policies the identity's policies, inline and attached
     * @return the parts of the set, none of them empty; empty when the patterns are too many to compare
     */
    public static Optional<List<Part>> decide(
            String action, RequestContext context, ArnSet set, List<AttachedPolicy> policies) {
        SetEvaluation evaluation = new SetEvaluation(new AccessRequest(action, REST, context));
        policies.forEach(evaluation::add);
        return set.members(evaluation.automaton).map(members -> {
            evaluation.findMixed(members);
            members.forEach(evaluation::member);
            return evaluation.parts();
        });
    }

    /**
     * Decides a request for a set of resources by policies that other policies limit, such as a permissions boundary.
     *
     * @param action the action
     * @param context the context keys
     * @param set the resources
     * @param policies the identity's policies, inline and attached
     * @param limits policies each of which must allow the request as well
     * @return the parts of the set, none of them empty; empty when the patterns are too many to compare
     */
    public static Optional<List<Part>> decide(
            String action,
            RequestContext context,
            ArnSet set,
            List<AttachedPolicy> policies,
            List<AttachedPolicy> limits) {
        Optional<List<Part>> decided = decide(action, context, set, policies);
        for (AttachedPolicy limit : limits) {
            decided = decided.flatMap(parts -> decide(action, context, set, List.of(limit))
                    .map(limiting -> limited(parts, limiting, limit.name())));
        }
        return decided;
    }

    /** Where both divide the set, what is allowed is not certain for all of a part. */
    private static List<Part> limited(List<Part> parts, List<Part> limiting, String limit) {
        if (limiting.size() == 1) {
            AccessDecision all = limiting.get(0).decision();
            return all.verdict() == Verdict.DENIED
                    ? limiting
                    : parts.stream()
                            .map(part ->
                                    new Part(part.resources(), part.decision().orWorse(all)))
                            .toList();
        }
        if (parts.size() == 1) {
            AccessDecision all = parts.get(0).decision();
            return all.verdict() == Verdict.DENIED
                    ? parts
                    : limiting.stream()
                            .map(part -> new Part(part.resources(), all.orWorse(part.decision())))
                            .toList();
        }
        return parts.stream()
                .map(part -> part.decision().verdict() == Verdict.DENIED
                        ? part
                        : new Part(
                                part.resources(),
                                new AccessDecision(
                                        Verdict.CANNOT_DECIDE,
                                        part.decision().because() + ", but " + limit + " does not allow it everywhere",
                                        List.of("for which of them it does; ask about one of them"))))
                .toList();
    }

    private void add(AttachedPolicy policy) {
        looked.add(policy.name());
        if (!(policy instanceof AttachedPolicy.Known known)) {
            unknown.add("the content of " + policy.name());
            return;
        }
        PolicyDocument document = known.document();
        for (int i = 0; i < document.statements().size(); i++) {
            Statement statement = document.statements().get(i);
            StatementMatch apart = StatementMatch.of(
                    new Statement(
                            statement.sid(),
                            statement.effect(),
                            statement.principals(),
                            statement.actions(),
                            null,
                            statement.conditions()),
                    request,
                    document.version());
            if (apart.truth() != Truth.FALSE) {
                add(known.name() + ", " + document.nameOf(i), statement, apart, document.version());
            }
        }
    }

    private void add(String name, Statement statement, StatementMatch apart, String version) {
        List<Numbers> numbers = new ArrayList<>();
        Patterns patterns = statement.resources();
        if (patterns != null) {
            for (String value : patterns.values()) {
                ResourcePattern pattern = ResourcePattern.of(value, version, request.context());
                ResourcePattern.Bounds bounds = pattern.bounds();
                numbers.add(new Numbers(
                        bounds.least().stream().map(automaton::add).toList(),
                        bounds.most().stream().map(automaton::add).toList(),
                        pattern.isVoid()));
            }
        }
        candidates.add(new Candidate(name, statement.effect(), apart, patterns, numbers));
    }

    private void findMixed(List<BitSet> members) {
        for (Candidate candidate : candidates) {
            for (Numbers one : candidate.numbers()) {
                if (Stream.of(Truth.TRUE, Truth.UNKNOWN)
                        .allMatch(truth -> members.stream().anyMatch(matched -> one.matches(matched) == truth))) {
                    mixed.add(one);
                }
            }
        }
    }

    private void member(BitSet matched) {
        List<Candidate> deny = about(Effect.DENY, Truth.TRUE, matched);
        List<Candidate> mayDeny = about(Effect.DENY, Truth.UNKNOWN, matched);
        List<Candidate> allow = about(Effect.ALLOW, Truth.TRUE, matched);
        List<Candidate> mayAllow = about(Effect.ALLOW, Truth.UNKNOWN, matched);
        if (!deny.isEmpty()) {
            note(Kind.DENIED, deny, matched);
        } else if (allow.isEmpty() && mayAllow.isEmpty() && unknown.isEmpty()) {
            resources.computeIfAbsent(Kind.NOT_ALLOWED, kind -> new LinkedHashMap<>());
        } else if (!unknown.isEmpty()) {
            resources.computeIfAbsent(Kind.MAY_BE_ALLOWED, kind -> new LinkedHashMap<>());
        } else if (!mayDeny.isEmpty()) {
            note(Kind.MAY_BE_DENIED, mayDeny, matched);
        } else if (!allow.isEmpty()) {
            note(Kind.ALLOWED, allow, matched);
        } else {
            note(Kind.MAY_BE_ALLOWED, mayAllow, matched);
        }
    }

    private List<Candidate> about(Effect effect, Truth truth, BitSet matched) {
        return candidates.stream()
                .filter(one -> one.effect() == effect && one.of(matched, mixed) == truth)
                .toList();
    }

    private void note(Kind kind, List<Candidate> deciding, BitSet matched) {
        for (Candidate one : deciding) {
            resources
                    .computeIfAbsent(kind, any -> new LinkedHashMap<>())
                    .computeIfAbsent(one, any -> new LinkedHashSet<>())
                    .addAll(one.labels(matched));
        }
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        resources.forEach((kind, labels) -> {
            candidates.forEach(candidate -> {
                Set<String> patterns = labels.get(candidate);
                if (patterns != null) {
                    parts.add(new Part(candidate.inOrder(patterns), decision(kind, candidate)));
                }
            });
            if (labels.isEmpty()) {
                parts.add(new Part(List.of(REST), rest(kind)));
            }
        });
        return parts;
    }

    private static AccessDecision decision(Kind kind, Candidate candidate) {
        String name = candidate.name();
        List<String> doubts = candidate.doubts();
        return switch (kind) {
            case DENIED -> AccessDecision.denied(name + " denies it");
            case ALLOWED -> AccessDecision.allowed(name + " allows it");
            case MAY_BE_DENIED -> new AccessDecision(Verdict.CANNOT_DECIDE, name + " may deny it", doubts);
            default -> new AccessDecision(Verdict.CANNOT_DECIDE, name + " may allow it", doubts);
        };
    }

    private AccessDecision rest(Kind kind) {
        return kind == Kind.NOT_ALLOWED
                ? AccessDecision.denied(DecisionBuilder.noneAllows(looked) + "it")
                : new AccessDecision(Verdict.CANNOT_DECIDE, "it depends on what is not known", unknown);
    }
}
