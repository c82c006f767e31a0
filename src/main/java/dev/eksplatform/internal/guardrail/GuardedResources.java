package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.ValueMarks;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The resources of a stack as rules see them. Most can be decided with a plan and a configuration: the plan has defaults and
 * real values, the configuration has the expressions of values that are not known yet.
 */
final class GuardedResources {

    private GuardedResources() {}

    /**
     * Managed resources, the versions of providers as resources of type {@code terraform_provider}, and the accounts that
     * they are for as {@code terraform_account}. A plan that is limited by {@code -target}, deferred in part or ended by an
     * error leaves resources out: one {@link GuardedResource#unseen} is added for them.
     */
    static List<GuardedResource> of(StackEvidence stack) {
        boolean partial =
                stack.plan().filter(plan -> !plan.complete() || plan.errored()).isPresent();
        return Stream.of(
                        stack.changes().stream()
                                .filter(change -> change.mode() == ResourceMode.MANAGED)
                                .map(change ->
                                        stack.plan().isPresent() ? planned(stack, change) : configured(stack, change)),
                        stack.providerVersions().stream().map(version -> provider(stack, version)),
                        stack.accounts().stream().map(account -> account(stack, account)),
                        partial ? Stream.of(GuardedResource.unseen(stack.name())) : Stream.<GuardedResource>empty())
                .flatMap(resources -> resources)
                .toList();
    }

    private static GuardedResource account(StackEvidence stack, String account) {
        return new GuardedResource(
                stack.name(),
                ResourceIndex.ACCOUNT,
                ResourceIndex.ACCOUNT + "." + account,
                ConfigValue.written(JsonNodeFactory.instance.objectNode().put("id", account)),
                ConfigValue.nothing(),
                List.of("no-op"));
    }

    private static GuardedResource provider(StackEvidence stack, StackEvidence.ProviderVersion version) {
        return new GuardedResource(
                stack.name(),
                "terraform_provider",
                "terraform_provider." + version.provider(),
                version(version.after()),
                version(version.before()),
                List.of(version.changes() ? "update" : "no-op"));
    }

    private static ConfigValue version(String version) {
        return ConfigValue.written(JsonNodeFactory.instance.objectNode().put("version", version));
    }

    /** Without a base, the change of the resource is unknown. */
    private static GuardedResource configured(StackEvidence stack, ResourceChange change) {
        return new GuardedResource(
                stack.name(),
                change.type(),
                change.address(),
                configured(stack, change, true),
                configured(stack, change, false),
                stack.base().isPresent() ? change.action().words() : List.of());
    }

    private static ConfigValue configured(StackEvidence stack, ResourceChange change, boolean after) {
        return stack.configured(change.block(), after)
                .map(resource -> ConfigValue.written(PolicyDataSources.resolved(stack, after, resource.values())))
                .orElse(ConfigValue.nothing());
    }

    private static GuardedResource planned(StackEvidence stack, ResourceChange change) {
        return new GuardedResource(
                stack.name(),
                change.type(),
                change.address(),
                planned(
                        stack,
                        change,
                        change.after(),
                        change.unknown(),
                        Optional.of(PolicyDataSources.resolved(stack, true, stack.arguments(change.block())))),
                planned(
                        stack,
                        change,
                        change.before(),
                        ValueMarks.NONE,
                        stack.configured(change.block(), false)
                                .map(before -> PolicyDataSources.resolved(stack, false, before.values()))),
                change.action().words());
    }

    private static ConfigValue planned(
            StackEvidence stack,
            ResourceChange change,
            JsonNode values,
            ValueMarks unknown,
            Optional<JsonNode> configured) {
        if (values.isNull()) {
            return ConfigValue.nothing();
        }
        JsonNode own = stack.mirrorsRules(change.address()) && values instanceof ObjectNode group
                ? group.deepCopy().without(List.of("ingress", "egress"))
                : values;
        return ConfigValue.planned(own, unknown, configured.orElse(MissingNode.getInstance()));
    }
}
