package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AddonGraphTest {

    private static HelmAddon addon(String name, boolean guards, List<String> needs, List<String> after) {
        return HelmAddon.of(
                        PropertyPath.of("helm", name),
                        name,
                        "https://charts.example.com",
                        name,
                        ChartVersion.parse("1.0.0"),
                        "system",
                        context -> Map.of())
                .withNeeds(needs)
                .withAfter(after)
                .withGuardsServices(guards);
    }

    private static HelmAddon addon(String name, String... needs) {
        return addon(name, false, List.of(needs), List.of());
    }

    private static List<String> order(HelmAddon... addons) {
        return graph(addons).inOrder().stream().map(HelmAddon::name).toList();
    }

    private static AddonGraph graph(HelmAddon... addons) {
        Problems problems = new Problems();
        AddonGraph graph = new AddonGraph(List.of(addons), Set.of(), problems);
        problems.throwIfAny();
        return graph;
    }

    @Test
    void amongEqualsByName() {
        assertThat(order(addon("b"), addon("c"), addon("a"))).containsExactly("a", "b", "c");
        assertThat(order()).isEmpty();
    }

    @Test
    void whatIsNeededComesFirst() {
        assertThat(order(addon("a", "c"), addon("b", "a"), addon("c"))).containsExactly("c", "a", "b");
    }

    @Test
    void afterCountsOnlyWhereTheOtherIsPresent() {
        HelmAddon patient = addon("a", false, List.of(), List.of("z", "absent"));

        assertThat(order(patient, addon("z"))).containsExactly("z", "a");
        assertThat(order(patient)).containsExactly("a");
    }

    @Test
    void theGuardOfServicesComesBeforeAllThatItDoesNotNeed() {
        HelmAddon guard = addon("load-balancers", true, List.of(), List.of("cert-manager"));
        HelmAddon certManager = addon("cert-manager");

        assertThat(order(addon("a"), certManager, guard, addon("b")))
                .containsExactly("cert-manager", "load-balancers", "a", "b");
        AddonGraph graph = graph(addon("a"), certManager, guard);
        assertThat(graph.before("a")).containsExactly("load-balancers");
        assertThat(graph.before("load-balancers")).containsExactly("cert-manager");
        assertThat(graph.before("cert-manager")).isEmpty();
    }

    @Test
    void anUnknownNeedIsReported() {
        assertThat(ProblemsOf.making(() -> order(addon("a", "cert-manger"), addon("cert-manager"))))
                .containsExactly("helm.a.needs: \"cert-manger\" is not an add-on of this environment; allowed: a, "
                        + "cert-manager; fix: did you mean cert-manager?");
        assertThat(ProblemsOf.making(() -> order(addon("a", "prometheus"))))
                .containsExactly(
                        "helm.a.needs: \"prometheus\" is not an add-on of this environment; allowed: a; fix: add "
                                + "it, or remove the need");
    }

    @Test
    void whatHasObjectsAfterItIsWaitedFor() {
        HelmAddon certManager = addon("a")
                .withOptions(ReleaseOptions.standard().withAtomic(false).withWaits(false));
        ClusterObject issuer = new ClusterObject(
                PropertyPath.of("issuers", "letsencrypt"),
                Map.of(
                        "apiVersion", "cert-manager.io/v1",
                        "kind", "ClusterIssuer",
                        "metadata", Map.of("name", "letsencrypt")));

        assertThat(order(certManager)).containsExactly("a");
        assertThat(ProblemsOf.making(() -> order(certManager.withObjects(List.of(issuer)))))
                .containsExactly("helm.a.wait: false, but ClusterIssuer letsencrypt is applied after a is ready; fix:"
                        + " remove it");
    }

    @Test
    void aNameTakenTwiceIsReported() {
        assertThat(ProblemsOf.making(() -> order(addon("a"), addon("a"))))
                .containsExactly(
                        "helm.a: duplicate release name a; fix: rename the release, or configure the add-on a");
    }

    @Test
    void aDependencyCycleIsReported() {
        assertThat(ProblemsOf.making(() -> order(addon("a", "b"), addon("b", "a"), addon("c"))))
                .containsExactly("helm.a.needs: dependency cycle between add-ons: a, b; fix: remove one of the needs");
        assertThat(ProblemsOf.making(() -> order(addon("a", "a"))))
                .containsExactly("helm.a.needs: dependency cycle between add-ons: a; fix: remove one of the needs");
    }

    @Property
    void theOrderKeepsEveryNeedAndDoesNotDependOnTheOrderGiven(@ForAll long seed) {
        Random random = new Random(seed);
        List<HelmAddon> addons = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            List<String> needs = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                if (random.nextInt(3) == 0) {
                    needs.add("n" + j);
                }
            }
            addons.add(addon("n" + i, false, needs, List.of()));
        }
        List<String> order = order(addons.toArray(HelmAddon[]::new));
        Collections.shuffle(addons, random);

        assertThat(order(addons.toArray(HelmAddon[]::new))).isEqualTo(order);
        addons.forEach(addon ->
                addon.needs().forEach(need -> assertThat(order.indexOf(need)).isLessThan(order.indexOf(addon.name()))));
    }
}
