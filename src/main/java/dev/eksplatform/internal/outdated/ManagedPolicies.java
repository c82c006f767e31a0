package dev.eksplatform.internal.outdated;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.iam.catalogue.ManagedPolicy;
import dev.eksplatform.internal.outdated.VersionItem.Kind;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;

/** The AWS managed policies of identities, by the version whose content this release knows. */
final class ManagedPolicies {

    /** In the ARN of a policy that AWS manages. */
    private static final String OF_AWS = ":iam::aws:policy/";

    private ManagedPolicies() {}

    static List<VersionItem> of(Environment environment) {
        List<VersionItem> items = new ArrayList<>();
        environment.resolved().spec().identities().forEach((account, identity) -> {
            for (int i = 0; i < identity.policies().size(); i++) {
                Place.InFile place = environment
                        .positions()
                        .at(PropertyPath.of("identities", account.toString(), "policies")
                                .index(i));
                String policy = identity.policies().get(i).reference();
                if (policy.startsWith("arn:") && !policy.contains(OF_AWS)) {
                    continue;
                }
                items.add(ManagedPolicy.find(policy, environment.resolved().partition())
                        .map(known -> VersionItem.current(
                                place,
                                Kind.MANAGED_POLICY,
                                known.name(),
                                known.version(),
                                "edited on " + known.edited() + "; AWS replaces it by itself when it edits the policy"))
                        .orElseGet(() -> VersionItem.unknown(
                                place, Kind.MANAGED_POLICY, policy, "", "its content is not known to this release")));
            }
        });
        return items;
    }
}
