package dev.eksplatform.cluster;

import dev.eksplatform.internal.release.EksAddonFacts;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.util.Locale;
import java.util.Optional;

/** Checks the settings of an EKS add-on by what is known of it. */
final class EksAddonChecks {

    private final EksAddonName name;
    private final EksAddonSpec spec;
    private final PropertyPath where;
    private final Problems problems;

    private EksAddonChecks(EksAddonName name, EksAddonSpec spec, Problems problems) {
        this.name = name;
        this.spec = spec;
        this.problems = problems;
        where = PropertyPath.of("addons", name.id());
    }

    static void check(EksAddonName name, EksAddonSpec spec, Problems problems) {
        EksAddonChecks checks = new EksAddonChecks(name, spec, problems);
        EksAddonConfiguration.check(name, spec.configuration(), problems);
        checks.name();
        checks.order();
        name.facts().ifPresentOrElse(checks::permissions, checks::account);
    }

    private void name() {
        Optional<String> meant = name.probablyMeant();
        if (meant.isPresent() && !spec.unlisted()) {
            problems.add(
                    where,
                    "\"" + name + "\" is not a known EKS add-on",
                    Suggestion.didYouMean(meant.get()) + " If EKS has added it since, set unlisted: true");
        } else if (meant.isEmpty() && spec.unlisted()) {
            problems.add(
                    where.key("unlisted"),
                    name + (name.isKnown() ? " is known" : " resembles no known name"),
                    "remove unlisted");
        }
    }

    /** Nodes that boot before them stay NotReady, and the pods of CoreDNS need nodes. */
    private void order() {
        boolean nodesNeedIt = name.beforeCompute();
        if (spec.beforeCompute().filter(before -> before != nodesNeedIt).isPresent()
                && (nodesNeedIt || name.equals(EksAddonName.COREDNS))) {
            problems.add(
                    where.key("beforeCompute"),
                    nodesNeedIt
                            ? "nodes do not become ready before " + name + " is there"
                            : name + " does not become active before there are nodes",
                    "remove beforeCompute");
        }
    }

    private void permissions(EksAddonFacts facts) {
        if (facts.accounts().isEmpty()) {
            account();
        }
        if (!spec.kmsKeys().isEmpty() && facts.kms().isEmpty()) {
            problems.add(
                    where.key("kmsKeys"),
                    name + " uses no customer managed keys itself",
                    String.join(
                            ", ",
                            EksAddonFacts.all().values().stream()
                                    .filter(one -> one.kms().isPresent())
                                    .map(EksAddonFacts::name)
                                    .toList()),
                    "remove kmsKeys");
        }
        spec.mode()
                .filter(mode -> mode != EksAddonSpec.Mode.NODE_ROLE)
                .map(mode -> mode.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .filter(mode -> !facts.modes().isEmpty() && !facts.modes().contains(mode))
                .ifPresent(mode -> problems.add(
                        where.key("mode"),
                        name + " does not support " + mode,
                        String.join(", ", facts.modes()),
                        "set mode: " + facts.modes().get(0)));
    }

    /** Without a known ServiceAccount neither trust nor association can be written. */
    private void account() {
        if (spec.hasOwnRole() && spec.serviceAccount().isEmpty()) {
            problems.add(new Problem(
                    Place.of(where),
                    "the ServiceAccount of " + name + " is not known, but it gets a role",
                    "add serviceAccount: namespace/name, see `aws eks describe-addon-configuration`"));
        }
    }
}
