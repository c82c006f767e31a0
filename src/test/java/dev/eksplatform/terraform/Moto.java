package dev.eksplatform.terraform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An AWS account on this machine: <a href="https://docs.getmoto.org">moto</a> behind a proxy that plays EKS itself ({@link EksService}),
 * has its public parameters ({@link SsmPublicParameters}) and corrects what moto answers wrongly about EC2 ({@link Ec2Corrections}), S3
 * ({@link S3Corrections}) and KMS ({@link KmsCorrections}).
 *
 * <pre>{@code
 * try (Moto aws = Moto.start("111122223333")) {
 *     TerraformRunner terraform = TerraformRunner.of("shop", synthesizedStack, aws);
 *     …
 * }
 * }</pre>
 *
 * Two accounts at a time are two processes; nothing is shared between them. moto's output is in {@code target/moto-<process id>.log}.
 */
public final class Moto implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final String account;
    private final Process process;
    private final WireMockServer proxy;
    private final MotoQuery query;
    private final EksService eks;

    private Moto(String account, Process process, String address) {
        this.account = account;
        this.process = process;
        this.query = new MotoQuery(address);
        this.eks = new EksService(account, query);
        this.proxy = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .gzipDisabled(true)
                .disableRequestJournal()
                .containerThreads(50)
                .extensions(
                        new EksAnswers(eks),
                        new SsmPublicParameters(),
                        new Ec2Corrections(query),
                        new S3Corrections(),
                        new KmsCorrections()));
        proxy.start();
        proxy.stubFor(any(anyUrl()).willReturn(aResponse().proxiedFrom(address)));
    }

    /**
     * Starts an empty account.
     *
     * @param account its twelve digits, which every ARN carries
     */
    public static Moto start(String account) {
        Path python = Installation.pythonWithMoto();
        try {
            Files.createDirectories(Path.of("target"));
            Path log = Files.createTempFile(Path.of("target"), "moto-", ".log");
            ProcessBuilder builder = new ProcessBuilder(python.toString(), "src/test/moto/serve.py")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("MOTO_ACCOUNT_ID", account);
            builder.environment().put("MOTO_IAM_LOAD_MANAGED_POLICIES", "true");
            builder.environment().put("PYTHONUNBUFFERED", "1");
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new Moto(account, process, addressIn(log, process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String addressIn(Path log, Process process) throws IOException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            Matcher address = LISTENING.matcher(Files.readString(log));
            if (address.find()) {
                return address.group(1);
            }
            sleep(Duration.ofMillis(50));
        }
        process.destroyForcibly();
        throw new AssertionError("moto did not start:\n" + Files.readString(log));
    }

    private static void sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The account's twelve digits. */
    public String account() {
        return account;
    }

    /** Where every service answers, {@code http://127.0.0.1:<port>}. */
    public String endpoint() {
        return "http://127.0.0.1:" + proxy.port();
    }

    /** The environment variables that lead the AWS provider, the AWS CLI and every SDK to this account and away from the user's own. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint(),
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                "AWS_EC2_METADATA_DISABLED", "true");
    }

    /**
     * Makes an EKS cluster in the region's default VPC, for a stack that expects one to be there.
     *
     * @return its OIDC issuer
     */
    public String makeCluster(String region, String name) {
        ObjectNode cluster = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("roleArn", "arn:aws:iam::" + account + ":role/" + name);
        cluster.withObject("/accessConfig").put("authenticationMode", "API");
        ArrayNode subnets = cluster.withObject("/resourcesVpcConfig").putArray("subnetIds");
        query.texts(query.xml("ec2", region, "DescribeSubnets", Map.of()), "subnetId")
                .forEach(subnets::add);
        return eks.answer(region, "POST", List.of("clusters"), Map.of(), cluster)
                .at("/cluster/identity/oidc/issuer")
                .asText();
    }

    /** Makes a bucket, for a stack whose state is in one. */
    public void makeBucket(String region, String name) {
        query.makeBucket(region, name);
    }

    /** The updates of versions that EKS was asked for, in order, see {@link EksService#updates}. */
    public List<String> eksUpdates() {
        return eks.updates();
    }

    /** Makes an IAM OIDC provider, for a stack that expects one to be there. */
    public void makeOidcProvider(String region, String url) {
        query.xml(
                "iam",
                region,
                "CreateOpenIDConnectProvider",
                Map.of(
                        "Url", url,
                        "ClientIDList.member.1", "sts.amazonaws.com",
                        "ThumbprintList.member.1", "9e99a48a9960b14926bb7f3b02e22da2b0ab7280"));
    }

    /**
     * What the account holds in a region, each as {@code <service> <id>}: to compare before a deployment with after its destruction.
     * A KMS key that waits for its deletion and a deleted NAT gateway do not count, as AWS describes both for a while; network interfaces
     * are left out, because moto keeps that of a deleted NAT gateway.
     */
    public SortedSet<String> inventory(String region) {
        SortedSet<String> all = new TreeSet<>();
        List.of(
                        "DescribeVpcs/vpcId",
                        "DescribeSubnets/subnetId",
                        "DescribeInternetGateways/internetGatewayId",
                        "DescribeAddresses/allocationId",
                        "DescribeRouteTables/routeTableId",
                        "DescribeSecurityGroups/groupId",
                        "DescribeLaunchTemplates/launchTemplateId",
                        "DescribeFlowLogs/flowLogId")
                .forEach(entry -> add(all, "ec2", region, entry, Map.of()));
        add(
                all,
                "ec2",
                region,
                "DescribeNatGateways/natGatewayId",
                Map.of("Filter.1.Name", "state", "Filter.1.Value.1", "available"));
        add(all, "iam", region, "ListRoles/Arn", Map.of());
        add(all, "iam", region, "ListPolicies/Arn", Map.of("Scope", "Local"));
        add(all, "iam", region, "ListOpenIDConnectProviders/Arn", Map.of());
        query.json("kms", region, "TrentService.ListAliases", "{}")
                .findValuesAsText("AliasName")
                .forEach(alias -> all.add("kms " + alias));
        query.json("kms", region, "TrentService.ListKeys", "{}")
                .findValuesAsText("KeyId")
                .forEach(key -> {
                    String state = query.json("kms", region, "TrentService.DescribeKey", "{\"KeyId\":\"" + key + "\"}")
                            .path("KeyMetadata")
                            .path("KeyState")
                            .asText();
                    if (!state.equals("PendingDeletion")) {
                        all.add("kms " + key);
                    }
                });
        query.json("logs", region, "Logs_20140328.DescribeLogGroups", "{}")
                .findValuesAsText("logGroupName")
                .forEach(group -> all.add("logs " + group));
        eks.clusters(region).forEach(cluster -> all.add("eks " + cluster));
        return all;
    }

    private void add(
            SortedSet<String> all, String service, String region, String actionAndId, Map<String, String> more) {
        int slash = actionAndId.indexOf('/');
        query.texts(query.xml(service, region, actionAndId.substring(0, slash), more), actionAndId.substring(slash + 1))
                .forEach(id -> all.add(service + " " + id));
    }

    /** Ends the account and everything in it. */
    @Override
    public void close() {
        proxy.stop();
        process.destroyForcibly();
    }
}
