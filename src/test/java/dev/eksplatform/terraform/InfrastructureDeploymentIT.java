package dev.eksplatform.terraform;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.internal.release.VersionRange;
import dev.eksplatform.network.NatMode;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.stack.Synthesis;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The infrastructure of every shipped environment goes through Terraform with the real AWS provider: it is valid, is made in one go, needs no
 * change afterwards, takes a third zone without a change of what is there, and is taken away without a trace. Each environment has an account of its own; some are deployed at the same time.
 */
@RequiresPrograms({"terraform", "python3", "node"})
class InfrastructureDeploymentIT {

    private static final Path OUTPUT = Path.of("target", "infrastructure-deployment");
    private static final Path THIRD_ZONE = Path.of("target", "infrastructure-deployment-third-zone");
    private static final Map<String, Future<?>> DEPLOYMENTS = new TreeMap<>();

    /** A good part of a deployment is waiting, so more run than there are processors on a small machine. */
    private static final ExecutorService POOL = Executors.newFixedThreadPool(4);

    /** The environments that ship, by file. */
    static List<String> environments() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("stacks"))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** Synthesis is not thread-safe, so it comes first, for all. */
    @BeforeAll
    static void deployAll() throws IOException {
        Map<String, Environment> byFile = new TreeMap<>();
        TerraformRunner.delete(OUTPUT);
        TerraformRunner.delete(THIRD_ZONE);
        for (String file : environments()) {
            byFile.put(file, read(OUTPUT, file, text -> text));
        }
        Synthesis.write(List.copyOf(byFile.values()), OUTPUT);
        synthesizeWithThirdZone();
        byFile.forEach((file, environment) -> DEPLOYMENTS.put(file, POOL.submit(() -> {
            deploy(environment.resolved().spec());
            return file;
        })));
    }

    /**
     * An environment as a user would edit it. The protection of EKS against deletion is off: it needs a newer provider than the one
     * of these tests, and refuses the destroy. The bucket of states has no name in DNS.
     */
    private static Environment read(Path output, String file, UnaryOperator<String> edit) throws IOException {
        Path edited = output.resolve("environments");
        try (Stream<Path> files = Files.walk(Path.of("stacks"))) {
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                Path copy = edited.resolve(Path.of("stacks").relativize(one));
                Files.createDirectories(copy.resolveSibling(""));
                Files.writeString(
                        copy,
                        edit.apply(Files.readString(one)
                                .replace("deletionProtection: eks", "deletionProtection: false")
                                .replace("s3: {bucket", "s3: {usePathStyle: true, bucket")));
            }
        }
        return Environment.read(edited.resolve(Path.of("stacks").relativize(Path.of(file))));
    }

    /** Those with two zones get one more at the end of the list. */
    private static void synthesizeWithThirdZone() throws IOException {
        List<Environment> environments = new ArrayList<>();
        for (String file : environments()) {
            Environment environment = read(
                    THIRD_ZONE,
                    file,
                    text -> text.replaceFirst("(?m)^(  zones: \\[([a-z0-9-]+)[a-z], [a-z0-9-]+)\\]", "$1, $2d]"));
            if (hasTwoZones(Environment.read(Path.of(file)).resolved().spec())) {
                environments.add(environment);
            }
        }
        Synthesis.write(environments, THIRD_ZONE);
    }

    private static boolean hasTwoZones(EnvironmentSpec spec) {
        return spec.network()
                .filter(network -> ((NetworkSpec) network).zones().size() == 2)
                .isPresent();
    }

    @AfterAll
    static void stop() {
        POOL.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void isValidAppliesPlansNoChangeAfterwardsAndIsDestroyed(String file) throws Throwable {
        try {
            requireNonNull(DEPLOYMENTS.get(file)).get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static void deploy(EnvironmentSpec spec) throws IOException {
        String name = spec.environment() + "-infrastructure";
        Path stack = stackIn(OUTPUT, name);
        try (Moto aws = Moto.start(spec.account().digits())) {
            takeForGranted(stack, aws, spec.region());
            SortedSet<String> before = aws.inventory(spec.region());
            TerraformRunner terraform = TerraformRunner.of(name, stack, aws);
            terraform.init();
            runsWithAnAllowedProvider(terraform, stack);
            terraform.validate();
            terraform.apply();
            assertThat(aws.inventory(spec.region())).as("made").hasSizeGreaterThan(before.size());

            assertThat(terraform.planDetailed()).as("the plan after the apply").isEmpty();

            if (hasTwoZones(spec)) {
                terraform.replaceStack(stackIn(THIRD_ZONE, name));
                assertThat(terraform.planDetailed())
                        .as("the plan of a third zone")
                        .isPresent();
                onlyAddsToTheNetwork(terraform.showJson(), hasNatPerZone(spec));
            }

            terraform.destroy();
            assertThat(terraform.state()).as("the state after the destroy").isEmpty();
            assertThat(aws.inventory(spec.region())).as("left behind").isEqualTo(before);
        }
    }

    /** That the arguments exist in this version is what {@code terraform validate} checks. */
    private static void runsWithAnAllowedProvider(TerraformRunner terraform, Path stack) {
        String allowed = TestJson.read(stack)
                .at("/terraform/required_providers/aws/version")
                .asText();
        String version = requireNonNull(terraform.providers().get("aws"), "aws in the lock file");
        assertThat(VersionRange.parse(allowed).and(VersionRange.parse(version)).isEmpty())
                .as(version + " is one of " + allowed)
                .isFalse();
    }

    private static Path stackIn(Path output, String name) {
        return output.resolve("stacks").resolve(name).resolve("cdk.tf.json");
    }

    private static boolean hasNatPerZone(EnvironmentSpec spec) {
        return spec.network().orElseThrow() instanceof NetworkSpec network && network.nat() == NatMode.PER_ZONE;
    }

    private static void onlyAddsToTheNetwork(JsonNode plan, boolean natPerZone) {
        Set<String> added = new TreeSet<>();
        for (JsonNode change : plan.path("resource_changes")) {
            String actions = change.at("/change/actions").toString();
            if (!actions.equals("[\"no-op\"]")) {
                assertThat(actions).as(change.path("address").asText()).isEqualTo("[\"create\"]");
                added.add(change.path("type").asText());
            }
        }
        Set<String> expected =
                new TreeSet<>(Set.of("aws_subnet", "aws_route_table", "aws_route", "aws_route_table_association"));
        if (natPerZone) {
            expected.addAll(Set.of("aws_eip", "aws_nat_gateway"));
        }
        assertThat(added).isEqualTo(expected);
    }

    /** Makes what others made before: the bucket of states, and what the stack looks up: clusters, and OIDC providers of their issuers. */
    private static void takeForGranted(Path stack, Moto aws, String region) throws IOException {
        JsonNode json = TestJson.read(stack);
        JsonNode states = json.at("/terraform/backend/s3/bucket");
        if (!states.isMissingNode()) {
            aws.makeBucket(region, states.asText());
        }
        JsonNode data = json.path("data");
        Map<String, String> issuers = new TreeMap<>();
        data.path("aws_eks_cluster").properties().forEach(cluster -> {
            String issuer =
                    aws.makeCluster(region, cluster.getValue().path("name").asText());
            issuers.put("${data.aws_eks_cluster." + cluster.getKey() + ".identity[0].oidc[0].issuer}", issuer);
        });
        for (JsonNode provider : data.path("aws_iam_openid_connect_provider")) {
            String url = provider.path("url").asText();
            aws.makeOidcProvider(region, issuers.getOrDefault(url, url));
        }
    }
}
