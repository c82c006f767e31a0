package dev.eksplatform.internal.upgrade;

import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.UpgradeBlocker;
import dev.eksplatform.environment.UpgradeBlockers;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What environments need before their clusters get a Kubernetes version. */
public final class EnvironmentUpgrade {

    private EnvironmentUpgrade() {}

    /**
     * Checks environments.
     *
     * @param environments as they are now
     * @param target the Kubernetes version of their clusters afterwards
     * @param today the day with which the days of support are compared
     * @return what blocks the upgrades, and what to know before
     * @throws InvalidInputException with each cluster that has a newer version
     */
    public static List<Finding> findings(List<Environment> environments, KubernetesVersion target, LocalDate today) {
        List<Finding> findings = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Environment environment : environments) {
            try {
                UpgradeBlockers.of(environment, target, today)
                        .forEach(blocker -> findings.add(finding(environment, blocker)));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return findings;
    }

    private static Finding finding(Environment environment, UpgradeBlocker blocker) {
        Place.InFile place = (Place.InFile) blocker.problem().place();
        String stack = environment.resolved().spec().environment() + "-"
                + switch (blocker.kind()) {
                    case MANIFEST, DEPRECATED -> "workloads";
                    case CHART, VALUES -> "platform";
                    default -> "infrastructure";
                };
        String address = place.path().toString();
        return UpgradeRule.finding(
                blocker.kind(),
                blocker.problem(),
                stack,
                address.isEmpty() ? "document" : address,
                Optional.of(place.position()));
    }
}
