package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.release.EksAddonFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ServiceAccounts of EKS add-ons, from {@link EksAddonFacts}. */
final class AddOnServiceAccounts {

    private AddOnServiceAccounts() {}

    /** The ServiceAccount that an add-on needs first, as {@code namespace/name}; empty when it is not known. */
    static Optional<String> of(ConfigValue addOn) {
        return accounts(addOn).stream().findFirst();
    }

    private static List<String> accounts(ConfigValue addOn) {
        Object name = addOn.at("addon_name").toCel();
        Object moved = addOn.at("namespace_config.namespace").toCel();
        return name instanceof String known
                ? EksAddonFacts.of(known).stream()
                        .flatMap(facts -> facts.accounts().stream()
                                .map(account -> (moved instanceof String other ? other : facts.namespace()) + "/"
                                        + account.name()))
                        .toList()
                : List.of();
    }

    /**
     * The pod identity associations of a resource: itself, or those of an add-on, with the attributes of {@code
     * aws_eks_pod_identity_association}.
     *
     * @return blocks, or unknown
     */
    static Object podIdentities(GuardedResource resource) {
        ConfigValue values = resource.values();
        if (resource.type().equals("aws_eks_pod_identity_association")) {
            return List.of(values);
        }
        ConfigValue blocks = values.at("pod_identity_association");
        if (!resource.type().equals("aws_eks_addon") || blocks.isLeftToProvider()) {
            return List.of();
        }
        if (blocks.isUnknown()) {
            return ConfigValue.UNKNOWN;
        }
        List<Object> associations = new ArrayList<>();
        for (ConfigValue block : blocks.elements()) {
            ConfigValue named = block.at("service_account");
            ConfigValue namespace = accounts(values).stream()
                    .map(account -> account.split("/"))
                    .filter(account -> account[1].equals(named.toCel()))
                    .findFirst()
                    .map(account -> known(TextNode.valueOf(account[0])))
                    .orElse(ConfigValue.unseen());
            associations.add(block.with(Map.of("cluster_name", values.at("cluster_name"), "namespace", namespace))
                    .toCel());
        }
        return associations;
    }

    private static ConfigValue known(JsonNode text) {
        return ConfigValue.planned(text, ValueMarks.NONE, MissingNode.getInstance());
    }
}
