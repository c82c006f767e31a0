package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.addon.CertManagerSpec;
import dev.eksplatform.network.NatMode;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environment files that build on others: what wins, where problems are, and what is refused. */
class IncludeTest {

    private static final String COMMON = """
            account: "111122223333"
            region: eu-central-1
            tags: {team: shop, stage: none}
            network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], nat: single}
            cluster:
              version: "1.36"
            nodeGroups:
              general: {instanceTypes: [m7g.large, m7g.xlarge]}
              spot: {instanceTypes: [m7g.large], capacity: spot}
            addons: {cert-manager: {replicas: 3}}
            """;

    @TempDir
    private Path folder;

    private Path shop;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(folder.resolve("stacks"));
        Files.createDirectories(folder.resolve("base"));
        write("base/common.yaml", COMMON);
        shop = folder.resolve("stacks/shop.yaml");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(folder.resolve(file).getParent()));
        Files.writeString(folder.resolve(file), text);
    }

    private Environment shop(String text) throws IOException {
        write("stacks/shop.yaml", text);
        return Environment.read(shop);
    }

    private List<String> problems(String text) throws IOException {
        write("stacks/shop.yaml", text);
        return ProblemsOf.making(() -> Environment.read(shop)).stream()
                .map(problem -> problem.replace(folder + "/", ""))
                .toList();
    }

    private String position(Environment environment, String... path) {
        SourcePosition position =
                environment.positions().at(PropertyPath.of(path)).position();
        return position.toString().replace(folder + "/", "");
    }

    @Test
    void aFileNeedsOnlyWhatItsBaseDoesNotHave() throws IOException {
        EnvironmentSpec spec = shop("""
                include: [../base/common.yaml]
                environment: shop
                """).resolved().spec();
        assertThat(spec.environment()).isEqualTo("shop");
        assertThat(spec.account().digits()).isEqualTo("111122223333");
        assertThat(spec.nodeGroups()).containsOnlyKeys("general", "spot");
    }

    @Test
    void mappingsAreMergedKeyByKeyAndEverythingElseIsReplaced() throws IOException {
        Environment environment = shop("""
                include: [../base/common.yaml]
                environment: shop
                tags: {stage: production}
                network: {nat: per-zone}
                nodeGroups:
                  general: {instanceTypes: [m7g.2xlarge]}
                addons:
                  cert-manager:
                """);
        EnvironmentSpec spec = environment.resolved().spec();
        assertThat(spec.tags()).isEqualTo(Map.of("team", "shop", "stage", "production"));
        NetworkSpec network = (NetworkSpec) spec.network().orElseThrow();
        assertThat(network.nat()).isEqualTo(NatMode.PER_ZONE);
        assertThat(network.zones()).hasSize(2);
        assertThat(Objects.requireNonNull(spec.nodeGroups().get("general")).instanceTypes())
                .containsExactly("m7g.2xlarge");
        assertThat(spec.addons().named().get("cert-manager"))
                .as("no value is a value: the add-on with its defaults")
                .isEqualTo(CertManagerSpec.standard());
        assertThat(position(environment, "network", "nat")).isEqualTo("stacks/shop.yaml:4:16");
        assertThat(position(environment, "network", "cidr")).isEqualTo("base/common.yaml:4:17");
        assertThat(position(environment, "nodeGroups", "spot")).isEqualTo("base/common.yaml:9:9");
    }

    @Test
    void theLaterOfTwoFilesWins_AndFilesIncludeOthers() throws IOException {
        write("base/eu/region.yaml", """
                include: [../common.yaml]
                region: eu-west-1
                network: {zones: [eu-west-1a, eu-west-1b]}
                """);
        write("base/production.yaml", "tags: {stage: production}\ncluster: {version: \"1.35\"}\n");
        Environment environment = shop("""
                include: [../base/eu/region.yaml, ../base/production.yaml]
                environment: shop
                """);
        EnvironmentSpec spec = environment.resolved().spec();
        assertThat(spec.region()).isEqualTo("eu-west-1");
        assertThat(spec.tags()).containsEntry("stage", "production").containsEntry("team", "shop");
        assertThat(spec.cluster().created().orElseThrow().version()).hasToString("1.35");
        assertThat(environment.positions().files().stream()
                        .map(file -> file.replace(folder + "/", ""))
                        .toList())
                .containsExactly("stacks/shop.yaml", "base/eu/region.yaml", "base/common.yaml", "base/production.yaml");
    }

    @Test
    void oneFileMayBeReachedInTwoWays() throws IOException {
        write("base/a.yaml", "include: [common.yaml]\ntags: {a: a}\n");
        write("base/b.yaml", "include: [common.yaml]\ntags: {b: b}\n");
        EnvironmentSpec spec = shop("include: [../base/a.yaml, ../base/b.yaml]\nenvironment: shop\n")
                .resolved()
                .spec();
        assertThat(spec.tags()).containsOnlyKeys("team", "stage", "a", "b");
    }

    @Test
    void keysOfTheBaseAreRemoved() throws IOException {
        write("base/more.yaml", "identities: {shop/orders: {policies: [AmazonS3ReadOnlyAccess]}}\n");
        EnvironmentSpec spec = shop("""
                include:
                  files: [../base/common.yaml, ../base/more.yaml]
                  remove: [nodeGroups.spot, addons.cert-manager, tags, 'identities["shop/orders"]', cluster]
                environment: shop
                cluster: {version: "1.34"}
                """).resolved().spec();
        assertThat(spec.nodeGroups()).containsOnlyKeys("general");
        assertThat(spec.addons().named()).isEmpty();
        assertThat(spec.tags()).isEmpty();
        assertThat(spec.identities()).isEmpty();
        assertThat(spec.cluster().created().orElseThrow().version()).hasToString("1.34");
    }

    @Test
    void anchorsAreThoseOfTheirFile() throws IOException {
        write("base/common.yaml", COMMON.replace("{team: shop, stage: none}", "&t {team: shop}"));
        assertThat(shop("include: [../base/common.yaml]\nenvironment: &n shop\ntags: {own: *n}\n")
                        .resolved()
                        .spec()
                        .tags())
                .isEqualTo(Map.of("team", "shop", "own", "shop"));
        assertThat(problems("include: [../base/common.yaml]\nenvironment: shop\ntags: *t\n"))
                .containsExactly("stacks/shop.yaml:3:7: not YAML: found undefined alias t;"
                        + " fix: check indentation, colons, quotes and brackets there and above");
    }

    @Test
    void filesAreRelativeToTheFileThatNamesThem() throws IOException {
        String object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: default}\ndata: {}\n";
        write("base/app/settings.yaml", object);
        write("base/policies/orders.yaml", """
                Statement: {Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::shop/*"}
                """);
        write("base/common.yaml", COMMON + """
                identities: {shop/orders: {policy: policies/orders.yaml}}
                workloads: {manifests: [app/*.yaml]}
                """);
        Environment environment = shop("include: [../base/common.yaml]\nenvironment: shop\n");
        assertThat(environment.manifests().inOrder()).hasSize(1);
        assertThat(environment.resolved().spec().identities().values())
                .allSatisfy(identity -> assertThat(identity.policy()).isPresent());

        write("stacks/own/settings.yaml", object);
        assertThat(shop("""
                include: [../base/common.yaml]
                environment: shop
                workloads: {manifests: [own/settings.yaml]}
                """)
                        .manifests()
                        .inOrder()
                        .get(0)
                        .source()
                        .place(PropertyPath.ROOT)
                        .toString())
                .contains("stacks/own/settings.yaml");
    }

    @Test
    void problemsAreInTheFileThatTheValueComesFrom() throws IOException {
        write(
                "base/common.yaml",
                COMMON.replace("10.20.0.0/16", "10.20.0.0/33") + "workloads: {manifests: [none.yaml]}\n");
        assertThat(problems("""
                        include: [../base/common.yaml]
                        environment: shop
                        network: {nat: every-zone}
                        cluster: {version: "1.29"}
                        tgas: {}
                        """))
                .satisfiesExactly(
                        nat -> assertThat(nat).startsWith("stacks/shop.yaml:3:16 network.nat: the text \"every-zone\""),
                        version -> assertThat(version).startsWith("stacks/shop.yaml:4:20 cluster.version: "),
                        tags -> assertThat(tags).startsWith("stacks/shop.yaml:5:1 tgas: unknown key \"tgas\""),
                        cidr -> assertThat(cidr).startsWith("base/common.yaml:4:17 network.cidr: \"10.20.0.0/33\""),
                        pattern -> assertThat(pattern)
                                .isEqualTo(
                                        "base/common.yaml:11:25 workloads.manifests[0]: there is no file none.yaml in"
                                                + " base; fix: create the file, or remove it here"));
    }

    @Test
    void missingKeysAreMissingInTheFileItself() throws IOException {
        write("base/common.yaml", COMMON.replace("region: eu-central-1\n", ""));
        assertThat(problems("include: [../base/common.yaml]\nenvironment: shop\n"))
                .singleElement()
                .asString()
                .startsWith("stacks/shop.yaml:1:1 region: required key \"region\" is missing");
    }

    @Test
    void filesThatCannotBeIncludedAreReportedTogether() throws IOException {
        write("base/broken.yaml", "a: [\n");
        write("base/list.yaml", "- a\n");
        write("base/empty.yaml", "# nothing yet\n");
        assertThat(problems("""
                        include:
                          - ../base/comon.yaml
                          - ../base
                          - common
                          - /etc/common.yaml
                          - ../base/broken.yaml
                          - ../base/list.yaml
                          - ../base/empty.yaml
                        environment: shop
                        """))
                .containsExactly(
                        "stacks/shop.yaml:2:5 include[0]: no file \"../base/comon.yaml\"; allowed: a .yaml, .yml or .json"
                                + " file, relative to this file; fix: did you mean ../base/common.yaml?",
                        "stacks/shop.yaml:3:5 include[1]: \"../base\"; allowed: a .yaml, .yml or .json file, relative to"
                                + " this file; fix: name a file that ends in .yaml, .yml or .json",
                        "stacks/shop.yaml:4:5 include[2]: \"common\"; allowed: a .yaml, .yml or .json file, relative to"
                                + " this file; fix: name a file that ends in .yaml, .yml or .json",
                        "stacks/shop.yaml:5:5 include[3]: the absolute path \"/etc/common.yaml\"; allowed: a .yaml, .yml or"
                                + " .json file, relative to this file; fix: write it relative to the folder of"
                                + " stacks/shop.yaml",
                        "base/broken.yaml:2:1: not YAML: expected the node content, but found '<stream end>'; fix: check"
                                + " indentation, colons, quotes and brackets there and above",
                        "base/list.yaml:1:1: a list; fix: write keys of an environment file in it");
    }

    @Test
    void theFormOfIncludeIsChecked() throws IOException {
        assertThat(problems("include: ../base/common.yaml\nenvironment: shop\n"))
                .singleElement()
                .asString()
                .startsWith("stacks/shop.yaml:1:10 include: the text \"../base/common.yaml\"; allowed: ");
        assertThat(problems("include: {files: [a.yaml, a.yaml], remove: [nodeGroups/spot]}\nenvironment: shop\n"))
                .containsExactly(
                        "stacks/shop.yaml:1:27 include.files[1]: duplicate file a.yaml; fix: remove one of them",
                        "stacks/shop.yaml:1:45 include.remove[0]: \"nodeGroups/spot\" is not the path of a key; allowed:"
                                + " keys with dots between them; other names than of letters, digits, - and _ in [\"…\"];"
                                + " fix: write it like nodeGroups.spot or identities[\"shop/orders\"]");
    }

    @Test
    void whatIsRemovedMustBeThere() throws IOException {
        assertThat(problems("""
                        include: {files: [../base/common.yaml], remove: [nodeGroups.spott, fargate.batch, cluster.version.x]}
                        environment: shop
                        """))
                .containsExactly(
                        "stacks/shop.yaml:1:50 include.remove[0]: the included files have no nodeGroups.spott; fix: did you"
                                + " mean nodeGroups.spot?",
                        "stacks/shop.yaml:1:68 include.remove[1]: the included files have no fargate.batch; fix: remove it",
                        "stacks/shop.yaml:1:83 include.remove[2]: the included files have no cluster.version.x; fix: remove"
                                + " it");
    }

    @Test
    void cyclesAreReportedWhereTheyClose() throws IOException {
        write("base/a.yaml", "include: [b.yaml]\n");
        write("base/b.yaml", "tags: {}\ninclude: [../stacks/shop.yaml, a.yaml]\n");
        assertThat(problems("include: [../base/a.yaml]\nenvironment: shop\n"))
                .containsExactly(
                        "base/b.yaml:2:11 include[0]: \"../stacks/shop.yaml\" includes this file, directly or through others;"
                                + " fix: remove it here, or the include that leads back",
                        "base/b.yaml:2:32 include[1]: \"a.yaml\" includes this file, directly or through others;"
                                + " fix: remove it here, or the include that leads back");
        assertThat(problems("include: [shop.yaml]\nenvironment: shop\n"))
                .containsExactly(
                        "stacks/shop.yaml:1:11 include[0]: \"shop.yaml\" includes this file, directly or through"
                                + " others; fix: remove it here, or the include that leads back");
    }

    @Test
    void theNumberOfFilesIsBounded() throws IOException {
        for (int i = 1; i < 12; i++) {
            write("base/" + i + ".yaml", "include: [" + (i + 1) + ".yaml, x/../" + (i + 1) + ".yaml]\n");
        }
        write("base/12.yaml", "tags: {}\n");
        assertThat(problems("include: [../base/1.yaml]\nenvironment: shop\n")).anySatisfy(problem -> assertThat(problem)
                .endsWith("more than 100 included files; fix: include fewer files, each once"));
    }
}
