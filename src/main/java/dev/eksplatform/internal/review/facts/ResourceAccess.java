package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.review.facts.AccessTable.ResourcePolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whom the policies of resources let in, such as those of buckets and keys. */
final class ResourceAccess implements AccessReader {

    private static final Map<String, ResourcePolicy> BY_TYPE = byType();

    private static Map<String, ResourcePolicy> byType() {
        Map<String, ResourcePolicy> byType = new HashMap<>();
        AccessTable.table().resourcePolicies().forEach(policy -> policy.types()
                .forEach(type -> byType.put(type, policy)));
        return byType;
    }

    @Override
    public void read(AccessSide side, AccessGrants into) {
        ResourcePolicy policy = BY_TYPE.get(side.type());
        if (policy == null || !side.exists() || !side.sets(policy.attribute())) {
            return;
        }
        String resource = policy.of().stream()
                .filter(attribute -> !Side.isUnset(side.at(attribute)) && !ownId(side, attribute))
                .findFirst()
                .map(attribute -> policy.noun() + " " + side.text(attribute))
                .orElseGet(() -> policy.of().isEmpty()
                        ? policy.noun()
                        : policy.noun() + " " + side.names().shown(side.change().address()));
        StatementGrants.ofResource(resource, policy.restricts(), into)
                .add(side.policy(policy.attribute()), side.names());
    }

    /** An identifier that the provider gives to the resource is not known before it exists, and says less than its address. */
    private static boolean ownId(AccessSide side, String attribute) {
        boolean given = attribute.equals("key_id") && !side.type().equals("aws_kms_key_policy")
                || attribute.equals("arn") && side.type().equals("aws_sns_topic");
        return given
                || Optional.of(side.text(attribute)).filter(String::isEmpty).isPresent();
    }
}
