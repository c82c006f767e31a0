package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.eksplatform.problem.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one stack: its plan, its synthesized configuration before and after the change, and the lines it comes
 * from. Changes, configured values and references are derived from it once, for guardrails and for the review.
 */
public final class StackEvidence {

    private static final Pattern REFERENCE = Pattern.compile("(?:data\\.)?[a-z][a-z0-9]*_[a-z0-9_]+\\.[A-Za-z0-9_-]+");

    private final String name;
    private final Optional<Plan> plan;
    private final Optional<SynthesizedStack> head;
    private final Optional<SynthesizedStack> base;
    private final SourceMap sources;
    private @Nullable Changes changes;

    /** What is derived; deposed objects have the addresses of the live ones and are kept apart. */
    private record Changes(
            List<ResourceChange> live,
            List<ResourceChange> deposed,
            Map<String, ResourceChange> byAddress,
            Map<String, List<ResourceChange>> byBlock,
            Map<String, Resource> head,
            Map<String, Resource> base,
            Set<String> mirrors) {}

    private StackEvidence(
            String name,
            Optional<Plan> plan,
            Optional<SynthesizedStack> head,
            Optional<SynthesizedStack> base,
            SourceMap sources) {
        this.name = name;
        this.plan = plan;
        this.head = head;
        this.base = base;
        this.sources = sources;
    }

    /**
     * A stack with a plan.
     *
     * @param name the stack's name
     * @param plan its plan
     * @return evidence to add more to
     */
    public static StackEvidence planned(String name, Plan plan) {
        return new StackEvidence(name, Optional.of(plan), Optional.empty(), Optional.empty(), SourceMap.EMPTY);
    }

    /**
     * A stack that cannot be planned yet, for example because it reads resources that do not exist.
     *
     * @param name the stack's name
     * @return evidence to add the configurations to
     */
    public static StackEvidence unplanned(String name) {
        return new StackEvidence(name, Optional.empty(), Optional.empty(), Optional.empty(), SourceMap.EMPTY);
    }

    /**
     * Adds the configuration after the change.
     *
     * @param stack synthesized from the head
     * @return a copy
     */
    public StackEvidence withHead(SynthesizedStack stack) {
        return new StackEvidence(name, plan, Optional.of(stack), base, sources);
    }

    /**
     * Adds the configuration before the change.
     *
     * @param stack synthesized from the base
     * @return a copy
     */
    public StackEvidence withBase(SynthesizedStack stack) {
        return new StackEvidence(name, plan, head, Optional.of(stack), sources);
    }

    /**
     * Adds the lines that resources come from.
     *
     * @param map the source map of the head
     * @return a copy
     */
    public StackEvidence withSources(SourceMap map) {
        return new StackEvidence(name, plan, head, base, map);
    }

    /**
     * The stack's name.
     *
     * @return such as {@code shop-platform}
     */
    public String name() {
        return name;
    }

    /**
     * The plan.
     *
     * @return empty when the stack cannot be planned yet
     */
    public Optional<Plan> plan() {
        return plan;
    }

    /**
     * The configuration before the change.
     *
     * @return empty when it is not given, or the stack is new
     */
    public Optional<SynthesizedStack> base() {
        return base;
    }

    /**
     * Says whether planning failed part-way.
     *
     * @return true when the plan must not be applied
     */
    public boolean errored() {
        return plan.map(Plan::errored).orElse(false);
    }

    /**
     * The change of each resource and data source: planned, or without a plan predicted from the configurations.
     *
     * @return unchanged ones included, without deposed objects
     */
    public List<ResourceChange> changes() {
        return derived().live();
    }

    /**
     * The changes of deposed objects, which are left over from replacements that failed part-way.
     *
     * @return their changes
     */
    public List<ResourceChange> deposed() {
        return derived().deposed();
    }

    /**
     * The change of a resource.
     *
     * @param address its address, with the index of an instance
     * @return empty when the stack has no such resource
     */
    public Optional<ResourceChange> at(String address) {
        return Optional.ofNullable(derived().byAddress().get(address));
    }

    /**
     * The changes of the instances of a block.
     *
     * @param block the block's address, see {@link ResourceChange#block()}
     * @return empty when the stack has no such block
     */
    public List<ResourceChange> instances(String block) {
        return derived().byBlock().getOrDefault(block, List.of());
    }

    /**
     * The construct of a resource.
     *
     * @param address the resource's address
     * @return its path, such as {@code shop-infrastructure/cluster/logs}; empty when it is not known
     */
    public Optional<String> constructPath(String address) {
        String block = block(address);
        return configured(block, true).flatMap(Resource::constructPath).or(() -> configured(block, false)
                .flatMap(Resource::constructPath));
    }

    /**
     * The line that a resource comes from.
     *
     * @param address the resource's address
     * @return empty when it is not known
     */
    public Optional<SourcePosition> position(String address) {
        return sources.of(block(address));
    }

    /**
     * The arguments of a resource that overrides of the environment set.
     *
     * @param address the resource's address
     * @return the position of each override, by argument
     */
    public Map<String, SourcePosition> overrides(String address) {
        return sources.overrides(block(address));
    }

    /** The address without the index of an instance. */
    private static String block(String address) {
        int index = address.endsWith("]") ? address.lastIndexOf('[') : -1;
        return index < 0 ? address : address.substring(0, index);
    }

    /**
     * A resource as it is configured.
     *
     * @param block the block's address
     * @param after whether in the configuration after the change
     * @return empty when that configuration is not known or does not have the block
     */
    public Optional<Resource> configured(String block, boolean after) {
        return Optional.ofNullable((after ? derived().head() : derived().base()).get(block));
    }

    /**
     * The arguments of a block as the plan repeats them.
     *
     * @param block the block's address
     * @return expressions, see {@link Configuration}; a missing node without a plan
     */
    public JsonNode expressions(String block) {
        return plan.map(known -> known.configuration().expressions(block)).orElse(MissingNode.getInstance());
    }

    /**
     * The arguments of a block in the form of synthesized JSON: constants as they are, anything else as an expression.
     *
     * @param block the block's address
     * @return from the configuration, else from what the plan repeats of it; a missing node when neither is known
     */
    public JsonNode arguments(String block) {
        return configured(block, true).map(Resource::values).orElseGet(() -> plan.filter(
                        known -> !known.configuration().expressions(block).isMissingNode())
                .map(known -> known.configuration().arguments(block))
                .orElse(MissingNode.getInstance()));
    }

    /**
     * The addresses that an attribute refers to.
     *
     * @param block the block's address
     * @param attribute the name of a top-level attribute
     * @return such as {@code aws_vpc.main.id, aws_vpc.main}
     */
    public Set<String> references(String block, String attribute) {
        return plan.map(known -> known.configuration().references(block, attribute))
                .orElseGet(() -> referencesIn(configured(block, true)
                        .map(resource -> resource.values().path(attribute))));
    }

    private static Set<String> referencesIn(Optional<JsonNode> value) {
        Set<String> found = new LinkedHashSet<>();
        value.ifPresent(known -> collect(known, found));
        return found;
    }

    private static void collect(JsonNode value, Set<String> into) {
        if (value.isContainerNode()) {
            value.forEach(part -> collect(part, into));
        } else if (value.isTextual() && value.textValue().contains("${")) {
            Matcher matcher = REFERENCE.matcher(value.textValue());
            while (matcher.find()) {
                into.add(matcher.group());
            }
        }
    }

    /**
     * Says whether a security group merely mirrors rules that have resources of their own, see {@link RuleResources}.
     *
     * @param address the group's address
     * @return true when its inline rules are to be left out
     */
    public boolean mirrorsRules(String address) {
        return derived().mirrors().contains(address);
    }

    /**
     * A provider's version.
     *
     * @param provider its name, such as {@code aws}
     * @param before the version before the change; the same when the provider is new
     * @param after the version after the change
     */
    public record ProviderVersion(String provider, String before, String after) {

        /**
         * Says whether the change is to another version.
         *
         * @return true for an upgrade or a downgrade
         */
        public boolean changes() {
            return !before.equals(after);
        }

        /**
         * Says whether both are one version, not a range of versions.
         *
         * @return false when one of them is a range
         */
        public boolean isExact() {
            return Versions.isVersion(before) && Versions.isVersion(after);
        }
    }

    /**
     * The versions of the providers: those of the lock files, or else what the configurations allow.
     *
     * @return one for each provider of the head; empty unless both configurations are known
     */
    public List<ProviderVersion> providerVersions() {
        List<ProviderVersion> versions = new ArrayList<>();
        base.ifPresent(before -> head.ifPresent(after -> after.providerVersions()
                .forEach((provider, constraint) -> versions.add(
                        before.providerVersions().containsKey(provider)
                                ? providerVersion(provider, before, after)
                                : new ProviderVersion(provider, constraint, constraint)))));
        return versions;
    }

    private static ProviderVersion providerVersion(String provider, SynthesizedStack before, SynthesizedStack after) {
        ProviderVersion version = new ProviderVersion(provider, before.provider(provider), after.provider(provider));
        return version.isExact()
                ? version
                : new ProviderVersion(
                        provider,
                        before.providerVersions().getOrDefault(provider, ""),
                        after.providerVersions().getOrDefault(provider, ""));
    }

    /**
     * The accounts that the configuration allows.
     *
     * @return ids of accounts; empty when it allows any, or is not known
     */
    public List<String> accounts() {
        return head.map(SynthesizedStack::accounts).orElse(List.of());
    }

    /**
     * The secrets of several stacks.
     *
     * @param stacks the stacks
     * @return the secrets of their plans and configurations
     */
    public static Secrets secrets(List<StackEvidence> stacks) {
        return Secrets.of(stacks.stream()
                .flatMap(stack -> Stream.of(
                        stack.plan.map(Plan::secrets),
                        stack.head.map(SynthesizedStack::secrets),
                        stack.base.map(SynthesizedStack::secrets)))
                .flatMap(Optional::stream)
                .toList());
    }

    private Changes derived() {
        if (changes == null) {
            Map<String, Resource> before = base.map(SynthesizedStack::byAddress).orElse(Map.of());
            Map<String, Resource> after = head.map(SynthesizedStack::byAddress).orElse(Map.of());
            List<ResourceChange> all =
                    plan.map(Plan::resourceChanges).orElseGet(() -> PredictedChanges.of(before, after));
            List<ResourceChange> live = new ArrayList<>();
            List<ResourceChange> deposed = new ArrayList<>();
            all.forEach(change -> (change.deposed().isEmpty() ? live : deposed).add(change));
            Map<String, ResourceChange> byAddress = new LinkedHashMap<>();
            Map<String, List<ResourceChange>> byBlock = new HashMap<>();
            for (ResourceChange change : live) {
                byAddress.put(change.address(), change);
                byBlock.computeIfAbsent(change.block(), block -> new ArrayList<>())
                        .add(change);
            }
            changes = new Changes(
                    live,
                    deposed,
                    byAddress,
                    byBlock,
                    after,
                    before,
                    plan.map(RuleResources::groups).orElse(Set.of()));
        }
        return changes;
    }
}
