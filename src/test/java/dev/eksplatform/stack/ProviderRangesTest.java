package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.eip.Eip;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.vpc.Vpc;
import com.hashicorp.cdktf.providers.aws.vpc.VpcConfig;
import dev.eksplatform.cluster.ClusterAccess;
import dev.eksplatform.cluster.ClusterAuthentication;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.testing.StackAssertions;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stacks name the versions of providers that have what is in them. */
class ProviderRangesTest {

    private static final String ENVIRONMENT = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
            addons: {cert-manager: {}}
            providers: %s
            cluster:
              version: "1.33"
              %s
            nodeGroups: {general: {instanceTypes: [m7g.large]}}
            """;

    @TempDir
    private Path folder;

    private Map<String, String> versions(String providers, String cluster) throws IOException {
        Path file = folder.resolve("shop.yaml");
        Files.writeString(file, ENVIRONMENT.formatted(providers, cluster));
        Map<String, String> versions = new TreeMap<>();
        for (Synthesis.Written stack : Synthesis.write(List.of(Environment.read(file)), folder.resolve("out"))
                .written()) {
            TestJson.read(stack.file())
                    .at("/terraform/required_providers")
                    .properties()
                    .forEach(provider -> versions.put(
                            stack.stack().replace("shop-", "") + "." + provider.getKey(),
                            provider.getValue().path("version").asText()));
        }
        return versions;
    }

    private void refused(String providers, String cluster, String problem) {
        assertThatThrownBy(() -> versions(providers, cluster))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(problem.strip()
                        .replace("FILE", folder.resolve("shop.yaml").toString()));
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void versionsBeginWithTheFirstThatHasEveryAttribute() throws IOException {
        assertThat(versions("{}", "creatorAdmin: true"))
                .containsExactly(
                        Map.entry("infrastructure.aws", ">= 5.100.0, < 7.0.0"),
                        Map.entry("platform.aws", ">= 5.100.0, < 7.0.0"),
                        Map.entry("platform.helm", ">= 3.0.0, < 4.0.0"),
                        Map.entry("platform.kubernetes", ">= 2.15.0, < 3.0.0"));
    }

    @Test
    void anAttributeOfANewerVersionCountsInAllStacksOfTheEnvironment() throws IOException {
        assertThat(versions("{}", "controlPlaneEgressMode: customer-routed"))
                .containsEntry("infrastructure.aws", ">= 6.52.0, < 7.0.0")
                .containsEntry("platform.aws", ">= 6.52.0, < 7.0.0");
        assertThat(TestJson.read(folder.resolve("out/stacks/shop-infrastructure/cdk.tf.json"))
                        .findValue("control_plane_egress_mode")
                        .asText())
                .isEqualTo("CUSTOMER_ROUTED");
    }

    private static final String WINDOWS = "version: \"1.36\"}\nnodeGroups: {general: {instanceTypes: [m7g.large]},"
            + " windows: {instanceTypes: [m7i.large], image: windows-2025}}\n#";

    @Test
    void aValueOfANewerVersionCountsToo() throws IOException {
        String environment = ENVIRONMENT.replace("cluster:\n  version: \"1.33\"", "cluster: {");
        Path file = folder.resolve("shop.yaml");
        Files.writeString(
                file, environment.substring(0, environment.indexOf("  %s")).formatted("{}") + WINDOWS);
        assertThat(Files.readString(file)).contains("windows-2025");
        Synthesis.write(List.of(Environment.read(file)), folder.resolve("out"));
        assertThat(TestJson.read(folder.resolve("out/stacks/shop-infrastructure/cdk.tf.json"))
                        .at("/terraform/required_providers/aws/version")
                        .asText())
                .isEqualTo(">= 6.33.0, < 7.0.0");

        Files.writeString(
                file, environment.substring(0, environment.indexOf("  %s")).formatted("{aws: 5.100.0}") + WINDOWS);
        assertThatThrownBy(() -> Synthesis.write(List.of(Environment.read(file)), folder.resolve("pinned")))
                .hasMessageStartingWith(
                        file + ":9:98 nodeGroups.windows.image: aws_eks_node_group.ami_type=WINDOWS_CORE_2025_x86_64"
                                + " needs provider aws 6.33.0 or newer; allowed: 5.100.0, by providers.aws; fix: change providers.aws,"
                                + " or use another value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {aws: 6.25.0}                      | 6.25.0
            {aws: '>= 6.0.0, < 6.30.0'}        | >= 6.0.0, < 6.30.0
            {aws: '~> 6.20'}                   | >= 6.20.0, < 7.0.0
            {aws: '>= 4.0.0'}                  | >= 5.100.0, < 7.0.0
            {aws: '>= 6.0.0, != 6.14.0'}       | >= 6.0.0, < 7.0.0, != 6.14.0
            """)
    void aConstraintPinsOrNarrows(String providers, String version) throws IOException {
        assertThat(versions(providers, "creatorAdmin: true"))
                .containsEntry("infrastructure.aws", version)
                .containsEntry("platform.aws", version);
    }

    @Test
    void eachProviderHasItsOwnConstraint() throws IOException {
        assertThat(versions("{kubernetes: 2.38.0, helm: ~> 3.1}", "creatorAdmin: true"))
                .containsEntry("platform.kubernetes", "2.38.0")
                .containsEntry("platform.helm", ">= 3.1.0, < 4.0.0");
    }

    @Test
    void aConstraintBelowAnAttributeIsAnErrorAtItsProperty() {
        refused("{aws: '< 6.30'}", "controlPlaneEgressMode: customer-routed", """
                FILE:9:27 cluster.controlPlaneEgressMode: aws_eks_cluster.vpc_config.control_plane_egress_mode needs provider\
                 aws 6.52.0 or newer; allowed: >= 5.100.0, < 6.30.0, by providers.aws; fix: change providers.aws, or remove the\
                 attribute
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {aws: '< 5.100'}   | 18 | aws        | < 5.100  | >= 5.100.0, < 7.0.0
            {aws: '~> 7.0'}    | 18 | aws        | ~> 7.0   | >= 5.100.0, < 7.0.0
            {helm: 2.17.0}     | 19 | helm       | 2.17.0   | >= 3.0.0, < 4.0.0
            {kubernetes: 3.0}  | 25 | kubernetes | 3.0      | >= 2.15.0, < 3.0.0
            """)
    void aConstraintWithoutASupportedVersionIsAnError(
            String providers, int column, String provider, String given, String supported) {
        refused(
                providers,
                "creatorAdmin: true",
                "FILE:6:" + column + " providers." + provider + ": \"" + given + "\" allows no version of the "
                        + provider
                        + " provider that can be used; allowed: " + supported
                        + "; fix: choose versions in this range, or remove the constraint");
    }

    @Test
    void otherTextIsAnErrorAtItsLine() {
        refused("{aws: latest}", "creatorAdmin: true", """
                FILE:6:18 providers.aws: "latest" is not a version constraint; allowed: versions of one to three numbers with =,\
                 !=, >, >=, <, <= or ~> before them, separated by commas; fix: write it like "6.25.0" or ">= 6.20.0, < 6.30.0"
                """);
    }

    private static TerraformStack program(App app) {
        TerraformStack stack = new TerraformStack(app, "shop");
        new AwsProvider(stack, "aws");
        return stack;
    }

    private static Map<String, String> write(App app) {
        Synthesis.write(app);
        return TestJson.read(Path.of(app.getOutdir(), "stacks/shop/cdk.tf.json"))
                .at("/terraform/required_providers")
                .properties()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().path("version").asText()));
    }

    @Test
    void aProgramOfOnesOwnHasRangesToo() {
        App app = StackAssertions.app();
        ClusterAccess.toEks(program(app), "access", "shop", "eu-central-1", ClusterAuthentication.EXEC)
                .provideHelm();

        assertThat(write(app))
                .containsOnly(
                        Map.entry("aws", ">= 5.100.0, < 7.0.0"),
                        Map.entry("helm", ">= 3.0.0, < 4.0.0"),
                        Map.entry("kubernetes", ">= 2.15.0, < 3.0.0"));
    }

    @Test
    void attributesOfAProgramCount() {
        App app = StackAssertions.app();
        new Vpc(
                program(app),
                "vpc",
                VpcConfig.builder().cidrBlock("10.0.0.0/16").region("eu-west-1").build());

        assertThat(write(app)).containsEntry("aws", ">= 6.0.0, < 7.0.0");
    }

    @Test
    void anAttributeThatWasRemovedEndsTheRange() {
        App app = StackAssertions.app();
        new Eip(program(app), "address").addOverride("vpc", true);

        assertThat(write(app)).containsEntry("aws", ">= 5.100.0, < 6.0.0");
    }

    @Test
    void aProgramPinsWithAnEscapeHatch() {
        App app = StackAssertions.app();
        program(app).addOverride("terraform.required_providers.aws.version", "~> 6.20");

        assertThat(write(app)).containsEntry("aws", ">= 6.20.0, < 7.0.0");
    }

    @Test
    void whatNoVersionHasIsAnErrorAtItsConstruct() {
        App app = StackAssertions.app();
        TerraformStack stack = program(app);
        stack.addOverride("terraform.required_providers.aws.version", "~> 6.20");
        new Eip(stack, "address").addOverride("vpc", true);

        assertThatThrownBy(() -> write(app))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "shop/address: aws_eip.vpc needs provider aws older than 6.0.0; allowed: >= 6.20.0, < 7.0.0; fix:"
                                + " remove the attribute");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ~> 4.0      | "~> 4.0" allows no version of the aws provider that can be used; allowed: >= 5.100.0, < 7.0.0
            6.0.0-beta1 | "6.0.0-beta1" is not a version constraint; allowed: versions of one to three numbers
            """)
    void anEscapeHatchIsChecked(String version, String problem) {
        App app = StackAssertions.app();
        program(app).addOverride("terraform.required_providers.aws.version", version);

        assertThatThrownBy(() -> write(app))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("shop: " + problem);
    }
}
