package dev.eksplatform.internal.guardrail;

import dev.cel.runtime.CelUnknownSet;
import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.internal.logic.Truth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The resources that a rule can look up: those of a stack, or of the whole review. */
final class ResourceIndex {

    /** The type of the accounts that the stacks are for. */
    static final String ACCOUNT = "terraform_account";

    private static final Pattern ID_IN_ARN = Pattern.compile("arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):.*");
    private static final Pattern ID = Pattern.compile("(?<![0-9])[0-9]{12}(?![0-9])");
    private static final Pattern REFERENCE = Pattern.compile("(?<![\\w.-])[a-z][a-z0-9_]*\\.[A-Za-z_][\\w-]*");

    private static final String UNKNOWN_KIND = "";

    private final List<GuardedResource> all = new ArrayList<>();
    private final List<GuardedResource> unseen = new ArrayList<>();
    private final Map<String, List<GuardedResource>> byType = new HashMap<>();
    private @Nullable Map<String, Set<GuardedResource>> referrers;
    private @Nullable Set<String> accounts;
    private @Nullable Map<String, List<Object>> objects;

    /** Indexes resources, without deleted ones. */
    ResourceIndex(Collection<GuardedResource> subjects) {
        for (GuardedResource subject : subjects) {
            if (subject.isUnseen()) {
                unseen.add(subject);
            } else if (!subject.isDeleted()) {
                all.add(subject);
                byType.computeIfAbsent(subject.type(), type -> new ArrayList<>())
                        .add(subject);
            }
        }
    }

    /**
     * The resources of a type, or of several.
     *
     * @param type a type, with {@code *} and {@code ?} for several
     * @return the resources, among them {@link GuardedResource#unseen} when there may be more than those indexed
     */
    List<GuardedResource> resources(String type) {
        List<GuardedResource> seen = byType.computeIfAbsent(type, pattern -> all.stream()
                .filter(resource -> Wildcards.match(pattern, resource.type()))
                .toList());
        return unseen.isEmpty()
                ? seen
                : Stream.concat(seen.stream(), unseen.stream()).toList();
    }

    /** Whether a text, such as a principal, has the id of an account that none of the resources belongs to. */
    Truth namesOtherAccount(String text) {
        if (accounts == null) {
            accounts = ownAccounts();
        }
        Set<String> own = accounts;
        List<String> named = ID.matcher(text).results().map(MatchResult::group).toList();
        return named.isEmpty() || own.containsAll(named) ? Truth.FALSE : own.isEmpty() ? Truth.UNKNOWN : Truth.TRUE;
    }

    private Set<String> ownAccounts() {
        Set<String> own = new LinkedHashSet<>();
        for (GuardedResource resource : all) {
            if (resource.type().equals(ACCOUNT)) {
                own.add(resource.values().at("id").node().asText());
            }
            Matcher arn = ID_IN_ARN.matcher(resource.values().at("arn").node().asText(""));
            if (arn.matches()) {
                own.add(arn.group(1));
            }
        }
        return own;
    }

    /** The Kubernetes objects of a kind as manifests, and an unknown one for each whose kind is not known. */
    List<Object> objects(String kind) {
        if (objects == null) {
            objects = objectsByKind();
        }
        List<Object> found = new ArrayList<>(objects.getOrDefault(kind, List.of()));
        found.addAll(objects.getOrDefault(UNKNOWN_KIND, List.of()));
        return found;
    }

    private Map<String, List<Object>> objectsByKind() {
        Map<String, List<Object>> byKind = new HashMap<>();
        for (GuardedResource subject : all) {
            Object manifests = RuleFunctions.objects(subject);
            for (Object object : manifests instanceof List<?> list ? list : List.of(manifests)) {
                Object kind = object instanceof ConfigValue manifest
                        ? manifest.at("kind").toCel()
                        : object;
                boolean unknown = kind instanceof CelUnknownSet;
                byKind.computeIfAbsent(unknown ? UNKNOWN_KIND : kind.toString(), key -> new ArrayList<>())
                        .add(unknown ? ConfigValue.UNKNOWN : object);
            }
        }
        unseen.forEach(other ->
                byKind.computeIfAbsent(UNKNOWN_KIND, key -> new ArrayList<>()).add(ConfigValue.UNKNOWN));
        return byKind;
    }

    /**
     * The resources that refer to a resource, and an unknown one when there may be more than those indexed; unknown when
     * none does and the configuration of some is not known.
     */
    Object referrers(GuardedResource resource) {
        if (referrers == null) {
            referrers = index();
        }
        Set<GuardedResource> found = referrers.getOrDefault(resource.configAddress(), Set.of());
        boolean readable = all.stream().allMatch(subject -> subject.values().hasWritten());
        if (found.isEmpty() && !readable) {
            return ConfigValue.UNKNOWN;
        }
        List<Object> list = new ArrayList<>(found);
        unseen.forEach(other -> list.add(ConfigValue.UNKNOWN));
        return list;
    }

    private Map<String, Set<GuardedResource>> index() {
        Map<String, Set<GuardedResource>> index = new HashMap<>();
        for (GuardedResource subject : all) {
            String text = subject.values().writtenNode().toString();
            if (TerraformText.hasExpression(text)) {
                Matcher matcher = REFERENCE.matcher(text);
                while (matcher.find()) {
                    index.computeIfAbsent(matcher.group(), address -> new LinkedHashSet<>())
                            .add(subject);
                }
            }
        }
        return index;
    }
}
