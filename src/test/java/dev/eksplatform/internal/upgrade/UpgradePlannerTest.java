package dev.eksplatform.internal.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.internal.yaml.YamlDocument;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UpgradePlannerTest {

    private static final Path FILE = Path.of("shop.yaml");
    private static final LocalDate DAY = LocalDate.parse("2026-11-26");

    /** Where a decoration may be between lines, and after one; {@code §} is the version. */
    private static final List<String> LINES = List.of(
            "environment: shop",
            "region: ap-northeast-2",
            "account: \"111122223333\"",
            "tags: {kubernetes: \"1.36\", team: 'shop'}",
            "network:",
            "  cidr: 10.20.0.0/16",
            "  zones: [ap-northeast-2a, ap-northeast-2c]",
            "cluster:",
            "  name: shop-136",
            "  version: §",
            "  logs: {retentionDays: 90}",
            "nodeGroups:",
            "  general: {instanceTypes: [m7g.large],",
            "    size: {min: 2, desired: 2, max: 6}}");

    private static EnvironmentSpec spec(String text) {
        return environment(text).resolved().spec();
    }

    private static Environment environment(String text) {
        return Environment.of(FILE, YamlDocument.parse(FILE.toString(), text));
    }

    /**
     * A file is written in one of the ways that YAML allows; whatever they are, the upgrade changes the version and no other
     * byte.
     */
    @Property(tries = 300)
    void everythingButTheVersionStays(@ForAll("files") String file) {
        String before = file.replace("§", "1.36");
        Upgrade upgrade =
                UpgradePlanner.plan(environment(before), Map.of(FILE, before), Optional.of("1.37"), false, DAY);
        assertThat(upgrade.edits().get(0).after()).isEqualTo(file.replace("§", "1.37"));
        ClusterSpec cluster = spec(before).cluster().created().orElseThrow();
        assertThat(spec(upgrade.edits().get(0).after()))
                .isEqualTo(spec(before).withCluster(cluster.withVersion(new KubernetesVersion(37))));
    }

    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> between = Arbitraries.of(
                "",
                "",
                "",
                "# version: \"1.36\"~",
                "  # cluster: {version: 1.36}~",
                "~",
                "   ~~",
                "#~",
                "# é \uD83D\uDE00~");
        Arbitrary<String> behind =
                Arbitraries.of("", "", "", "   ", " # 1.36", "  #", " # '\"|>&*{[", " # é \uD83D\uDE00");
        Arbitrary<String> version = Arbitraries.of(
                "§",
                "\"§\"",
                "'§'",
                "&v §",
                "&v \"§\"",
                "!!str §",
                "!!str '§'",
                "|-~    §",
                ">-~      §",
                "|2-~    §~");
        Arbitrary<String> ends = Arbitraries.of("\n", "\r\n");
        Arbitrary<String> start = Arbitraries.of("", "", "\uFEFF", "---~", "%YAML 1.2~---~", "\uFEFF# 1.36~");
        Arbitrary<Boolean> lastLineEnds = Arbitraries.of(true, false);
        return between.list().ofSize(LINES.size()).flatMap(betweens -> behind.list()
                .ofSize(LINES.size())
                .flatMap(behinds ->
                        version.flatMap(written -> ends.flatMap(end -> start.flatMap(first -> lastLineEnds.map(closed ->
                                file(betweens, behinds, written, first, closed).replace("~", end)))))));
    }

    /** With {@code ~} for the line ends. */
    private static String file(
            List<String> betweens, List<String> behinds, String version, String start, boolean lastLineEnds) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES.size(); i++) {
            boolean inFlow = i == LINES.size() - 1;
            boolean block = version.contains("~");
            boolean isVersion = LINES.get(i).contains("§");
            lines.add((inFlow ? "" : betweens.get(i))
                    + LINES.get(i).replace("§", version)
                    + (isVersion && block ? "" : behinds.get(i)));
        }
        return start + String.join("~", lines) + (lastLineEnds ? "~" : "");
    }
}
