package dev.eksplatform.internal.guardrail;

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
import org.jspecify.annotations.Nullable;

/** The resources that a rule can look up: those of a stack, or of the whole review. */
final class ResourceIndex {

    /** The type of the accounts that the stacks are for. */
    static final String ACCOUNT = "terraform_account";

    private static final Pattern ID_IN_ARN = Pattern.compile("arn:[^:]*:[^:]*:[^:]*:([0-9]{12}):.*");
    private static final Pattern ID = Pattern.compile("(?<![0-9])[0-9]{12}(?![0-9])");
    private static final Pattern REFERENCE = Pattern.compile("(?<![\\w.-])[a-z][a-z0-9_]*\\.[A-Za-z_][\\w-]*");

    private final List<GuardedResource> all = new ArrayList<>();
    private final Map<String, List<GuardedResource>> byType = new HashMap<>();
    private @Nullable Map<String, Set<GuardedResource>> referrers;
    private @Nullable Set<String> accounts;

    /** Indexes resources, without deleted ones. */
    ResourceIndex(Collection<GuardedResource> subjects) {
        for (GuardedResource subject : subjects) {
            if (!subject.isDeleted()) {
                all.add(subject);
                byType.computeIfAbsent(subject.type(), type -> new ArrayList<>())
                        .add(subject);
            }
        }
    }

    List<GuardedResource> resources(String type) {
        return byType.getOrDefault(type, List.of());
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

    /** The resources that refer to a resource; unknown when none does and the configuration of some is not known. */
    Object referrers(GuardedResource resource) {
        if (referrers == null) {
            referrers = index();
        }
        Set<GuardedResource> found = referrers.getOrDefault(resource.configAddress(), Set.of());
        boolean readable = all.stream().allMatch(subject -> subject.values().hasWritten());
        return found.isEmpty() && !readable ? ConfigValue.UNKNOWN : List.copyOf(found);
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
