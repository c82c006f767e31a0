package dev.eksplatform.environment;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyFindings;
import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.internal.yaml.UnreadablePaths;
import dev.eksplatform.network.NetworkEndpoint;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.problem.PropertyPath;
import org.jspecify.annotations.Nullable;

/** Checks the policies of VPC endpoints where they are written. */
final class EndpointPolicies {

    private EndpointPolicies() {}

    static void check(
            EnvironmentSpec spec, UnreadablePaths unreadable, PlacedProblems errors, PlacedProblems warnings) {
        @Nullable
        Partition partition = unreadable.covers(PropertyPath.of("region")) ? null : Partition.ofRegion(spec.region());
        spec.network().flatMap(NetworkSource::endpoints).stream()
                .flatMap(endpoints -> endpoints.stream().map(NetworkEndpoint::settings))
                .flatMap(endpoint -> endpoint.policy().stream())
                .forEach(policy -> {
                    PolicyFindings found = policy.findings(partition);
                    found.errors().forEach(errors::add);
                    found.warnings().forEach(warnings::add);
                });
    }
}
