package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.release.AckCharts;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identities that cannot work, or are likely not meant, are said at their place before anything is written. */
class EnvironmentIdentitiesTest {

    /** Six lines, so that what a test adds begins in line 7. */
    private static final String EKS = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            network: {cidr: 10.0.0.0/16, zones: [eu-central-1a, eu-central-1b]}
            cluster: {version: "1.36"}
            nodeGroups: {general: {instanceTypes: [m7g.large]}}
            """;

    /** Four lines. */
    private static final String ROSA = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            cluster: {rosa: {name: shop, issuer: rh-oidc.s3.us-east-1.amazonaws.com/2a1b, kubeContext: shop}}
            """;

    private static final String ORDERS = """
            identities:
              shop/orders: {policies: [AmazonS3ReadOnlyAccess]}
            workloads: {manifests: [app.yaml]}
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aServiceAccountRenamedInThePodAloneIsReported() {
        assertThat(problems(EKS + ORDERS, job("order", "")))
                .containsExactly(
                        "app.yaml:7:27 spec.template.spec.serviceAccountName: the ServiceAccount shop/order is not "
                                + "declared; allowed: default, orders; fix: did you mean orders?");
    }

    @Test
    void aServiceAccountRenamedInTheIdentityAloneIsReported() {
        assertThat(problems(EKS + ORDERS.replace("shop/orders", "shop/order"), job("orders", "")))
                .containsExactly(
                        "app.yaml:7:27 spec.template.spec.serviceAccountName: the ServiceAccount shop/orders is not "
                                + "declared; allowed: default, order; fix: did you mean order?");
    }

    @Test
    void aServiceAccountRenamedInChartValuesIsReported() {
        String values = """
                addons:
                  cert-manager: {}
                  aws-load-balancer-controller:
                    values: {serviceAccount: {name: mine}}
                  ack:
                    s3: {values: {serviceAccount: {name: mine}}}
                """;

        assertThat(problems(EKS + values, ""))
                .containsExactly(
                        "shop.yaml:10:37 addons.aws-load-balancer-controller.values.serviceAccount.name: an override of a"
                                + " value that the platform sets; allowed: values other than clusterName, region, vpcId,"
                                + " enableCertManager, serviceAccount.create, serviceAccount.name,"
                                + " serviceAccount.annotations; fix: remove it: role, trust, ServiceAccount and chart must"
                                + " agree",
                        "shop.yaml:12:42 addons.ack.s3.values.serviceAccount.name: an override of a value that the"
                                + " platform sets; allowed: values other than aws.region, deletionPolicy,"
                                + " serviceAccount.create, serviceAccount.name, serviceAccount.annotations; fix: remove it:"
                                + " role, trust, ServiceAccount and chart must agree");
    }

    @Test
    void podIdentityOnFargateIsReported() {
        String fargate = """
                fargate: {shop: {selectors: [{namespace: shop}]}}
                identity: pod-identity
                identities:
                  shop/orders: {policies: [AmazonS3ReadOnlyAccess]}
                """;

        assertThat(problems(EKS + fargate, ""))
                .containsExactly("shop.yaml:10:16 identities[\"shop/orders\"]: EKS Pod Identity for ServiceAccount "
                        + "shop/orders is not supported on Fargate, where the profile shop runs its pods; fix: set "
                        + "mode: irsa for this identity");
    }

    @Test
    void podIdentityOnWindowsIsReported() {
        String windows = "      nodeSelector: {kubernetes.io/os: windows}\n";

        assertThat(problems(EKS + "identity: pod-identity\n" + ORDERS, job("orders", windows)))
                .containsExactly("app.yaml:7:27 spec.template.spec.serviceAccountName: EKS Pod Identity for"
                        + " ServiceAccount shop/orders, whose pods run on Windows: its agent does not run there;"
                        + " allowed: irsa, or pods on Linux nodes of EKS; fix: set mode: irsa for this identity");
        assertThat(warnings(EKS + ORDERS, job("orders", windows))).isEmpty();
    }

    @Test
    void podIdentityOnWindowsNodesAloneIsReported() {
        String eks = EKS.replace("[m7g.large]", "[m7i.large], image: windows-2022")
                + "identity: pod-identity\nidentities:\n  shop/orders: {policies: [AmazonS3ReadOnlyAccess]}\n";

        assertThat(problems(eks, ""))
                .contains("shop.yaml:9:16 identities[\"shop/orders\"]: EKS Pod Identity for ServiceAccount shop/orders"
                        + " is not supported on Windows, and all node groups are Windows; fix: set mode: irsa for this"
                        + " identity, or add a node group with Linux");
    }

    @Test
    void podIdentityOnRosaIsReported() {
        String identity = """
                identities:
                  shop/orders:
                    mode: pod-identity
                    policies: [AmazonS3ReadOnlyAccess]
                """;

        assertThat(problems(ROSA + identity, ""))
                .containsExactly("shop.yaml:7:11 identities[\"shop/orders\"].mode: EKS Pod Identity for ServiceAccount "
                        + "shop/orders is not supported on ROSA; fix: set mode: irsa");
        assertThat(problems(ROSA + "identity: pod-identity\n" + identity.replace("    mode: pod-identity\n", ""), ""))
                .containsExactly("shop.yaml:5:11 identity: EKS Pod Identity for ServiceAccount shop/orders is not"
                        + " supported on ROSA; fix: set identity: irsa");
    }

    @Test
    void twoIdentitiesForOneServiceAccountAreReported() {
        String two = """
                addons: {ack: {s3: {}}}
                identities:
                  ack-system/ack-s3-controller: {policies: [AmazonS3ReadOnlyAccess]}
                """;

        assertThat(problems(EKS + two, ""))
                .containsExactly("shop.yaml:9:33 identities[\"ack-system/ack-s3-controller\"]: duplicate identity: the "
                        + "ServiceAccount ack-system/ack-s3-controller has one already at addons.ack.s3; fix: "
                        + "remove one of them");
    }

    @Test
    void oneServiceAccountWrittenTwiceIsReported() {
        String twice = """
                identities:
                  shop/orders: {policies: [AmazonS3ReadOnlyAccess]}
                  shop/orders: {policies: [AmazonS3FullAccess]}
                """;

        assertThat(problems(EKS + twice, ""))
                .containsExactly(
                        "shop.yaml:9:3 identities[\"shop/orders\"]: duplicate key \"shop/orders\", first in line 8; fix: remove one of the two");
    }

    @Test
    void aRoleOfTwoIdentitiesIsReported() {
        String shared = """
                identities:
                  shop/a: {policies: [AmazonS3ReadOnlyAccess], roleName: r}
                  shop/b: {policies: [AmazonS3ReadOnlyAccess], roleName: r}
                """;

        assertThat(problems(EKS + shared, ""))
                .containsExactly("shop.yaml:9:11 identities[\"shop/b\"]: role name r is already used by "
                        + "identities[\"shop/a\"]; fix: set roleName");
    }

    @Test
    void aRoleOfAnotherAccountCannotBePassedToEks() {
        String role = "arn:aws:iam::444455556666:role/reports";

        assertThat(problems(
                        EKS.replace("\"1.36\"", "\"1.36\", addons: {aws-ebs-csi-driver: {roleArn: \"" + role + "\"}}")
                                + "identities:\n  shop/a: {mode: pod-identity, role: \"" + role
                                + "\", serviceAccounts: [shop/b]}\n  shop/c: {role: \"" + role + "\"}\n",
                        ""))
                .containsExactly(
                        "shop.yaml:5:67 cluster.addons.aws-ebs-csi-driver.roleArn: \"" + role
                                + "\" is a role of another account than 111122223333, which EKS cannot get; fix: name a"
                                + " role of 111122223333",
                        "shop.yaml:8:38 identities[\"shop/a\"].role: \"" + role
                                + "\" is a role of another account than 111122223333, which EKS cannot get; fix: write"
                                + " podIdentity: {targetRoleArn: " + role + "} instead, or set mode: irsa");
    }

    @Test
    void aRoleNameThatIsTooLongIsReported() {
        String name = "x".repeat(65);

        assertThat(problems(
                        EKS + "identities:\n  shop/b: {policies: [AmazonS3ReadOnlyAccess], roleName: " + name + "}\n",
                        ""))
                .containsExactly("shop.yaml:8:58 identities[\"shop/b\"].roleName: the role name \"" + name
                        + "\" has 65 characters; allowed: at most 64 characters; fix: shorten it by 1");
    }

    @Test
    void aRoleNameMadeOfNamesThatAreTooLongIsReported() {
        String serviceAccount = "a-service-account-with-a-name-that-does-not-fit-into-a-role";

        assertThat(problems(
                        EKS + "identities:\n  shop/" + serviceAccount + ": {policies: [AmazonS3ReadOnlyAccess]}\n", ""))
                .containsExactly(
                        "shop.yaml:8:69 identities[\"shop/" + serviceAccount + "\"]: the role's name \"shop-shop-"
                                + serviceAccount
                                + "\" has 69 characters; allowed: at most 64 characters (IAM); fix: set roleName"
                                + " to a shorter one");
    }

    @Test
    void aNamespaceTooLongForASessionTagIsReported() {
        String name = "n".repeat(64) + "/orders";

        assertThat(problems(EKS + "identities:\n  " + name + ": {policies: [AmazonS3ReadOnlyAccess]}\n", ""))
                .containsExactly("shop.yaml:8:3 identities[\"" + name + "\"]: \"" + name + "\" is not a ServiceAccount;"
                        + " allowed: namespace/name of lower case letters, digits and -, at most 63 and 253 of them; fix:"
                        + " write it like shop/orders");
    }

    @Test
    void aClusterTooLongForASessionTagIsReported() {
        String cluster = "c".repeat(101);

        assertThat(problems(
                        EKS + "identities:\n  shop/orders: {policies: [AmazonS3ReadOnlyAccess], mode: pod-identity,"
                                + " clusters: [blue, " + cluster + "]}\n",
                        ""))
                .containsExactly("shop.yaml:8:90 identities[\"shop/orders\"].clusters[1]: \"" + cluster + "\" is not a"
                        + " cluster name; allowed: 1 to 100 letters, digits, - and _, beginning with a letter or digit;"
                        + " fix: choose another name");
    }

    @Test
    void aTrustPolicyOverTheLimitIsReported() {
        String clusters = IntStream.range(10, 35)
                .mapToObj(i -> "cluster-" + i + "-" + "c".repeat(80))
                .collect(Collectors.joining(", "));

        assertThat(problems(
                        EKS + "identities:\n  shop/orders: {policies: [AmazonS3ReadOnlyAccess], mode: pod-identity,"
                                + " clusters: [" + clusters + "]}\n",
                        ""))
                .containsExactly("shop.yaml:8:16 identities[\"shop/orders\"]: the trust policy has 2,673 characters"
                        + " without white space; allowed: at most 2,048; fix: give it fewer statements, or ask AWS to"
                        + " raise the quota to 4,096");
    }

    @Test
    void aPolicyOverTheLimitIsReported() {
        String buckets = IntStream.range(10, 50)
                .mapToObj(i -> "bucket-" + i + "-" + "b".repeat(40) + ": read")
                .collect(Collectors.joining(", "));

        assertThat(problems(EKS + "identities:\n  shop/orders:\n    buckets: {" + buckets + "}\n", ""))
                .containsExactly("shop.yaml:9:5 identities[\"shop/orders\"]: the managed policy has 10,758 characters"
                        + " without white space; allowed: at most 6,144; fix: split it into two policies or group actions"
                        + " with wildcards");
    }

    @Test
    void anAnnotationWithARoleThatTrustsAnotherIsReported() {
        assertThat(problems(EKS + ORDERS, serviceAccount("billing", "arn:aws:iam::111122223333:role/shop-shop-orders")))
                .containsExactly("app.yaml:7:33 metadata.annotations[\"eks.amazonaws.com/role-arn\"]: the role"
                        + " shop-shop-orders does not trust the ServiceAccount shop/billing, only shop/orders; fix: correct"
                        + " the annotation or the name of the ServiceAccount, or declare the identity shop/billing");
    }

    @Test
    void anAnnotationThatIsNotARoleIsReported() {
        assertThat(problems(EKS + ORDERS, serviceAccount("billing", "billing-role")))
                .containsExactly(
                        "app.yaml:7:33 metadata.annotations[\"eks.amazonaws.com/role-arn\"]: \"billing-role\" is"
                                + " not the ARN of a role; allowed: arn:<partition>:iam::<account>:role/<name>; fix: remove the"
                                + " annotation, and declare the identity shop/billing");
    }

    @Test
    void anAnnotationWithARoleOfTheAccountThatIsNotMadeHereIsAWarning() {
        assertThat(warnings(EKS + ORDERS, serviceAccount("billing", "arn:aws:iam::111122223333:role/shop-shop-order")))
                .containsExactly("app.yaml:7:33 metadata.annotations[\"eks.amazonaws.com/role-arn\"]: the role"
                        + " arn:aws:iam::111122223333:role/shop-shop-order is not a role of this environment: whether it"
                        + " trusts shop/billing is not known; allowed: arn:aws:iam::111122223333:role/shop-shop-orders;"
                        + " fix: did you mean shop-shop-orders? If so, remove the annotation, and declare the identity"
                        + " shop/billing");
    }

    @Test
    void anAnnotationWithARoleOfAnotherAccountIsTheUsersOwnAffair() {
        assertThat(warnings(EKS + ORDERS, serviceAccount("billing", "arn:aws:iam::444455556666:role/billing")))
                .isEmpty();
    }

    @Test
    void anAnnotationBesideAnIdentityIsReportedUnlessItIsTheSame() {
        String existing = EKS + ORDERS.replace("Access]", "Access], serviceAccount: existing");

        assertThat(problems(existing, serviceAccount("orders", "arn:aws:iam::111122223333:role/other")))
                .containsExactly(
                        "app.yaml:7:33 metadata.annotations[\"eks.amazonaws.com/role-arn\"]: the ServiceAccount"
                                + " shop/orders is annotated with arn:aws:iam::111122223333:role/other, but has a role of its own"
                                + " (shop.yaml:8:16 identities[\"shop/orders\"]); fix: remove the annotation, or the identity");
        assertThat(warnings(existing, serviceAccount("orders", "arn:aws:iam::111122223333:role/shop-shop-orders")))
                .isEmpty();
    }

    @Test
    void anAnnotationThatWouldWinOverPodIdentityIsReported() {
        String existing =
                EKS + "identity: pod-identity\n" + ORDERS.replace("Access]", "Access], serviceAccount: existing");

        assertThat(problems(existing, serviceAccount("orders", "arn:aws:iam::111122223333:role/shop-shop-orders")))
                .containsExactly(
                        "app.yaml:7:33 metadata.annotations[\"eks.amazonaws.com/role-arn\"]: the ServiceAccount"
                                + " shop/orders is annotated with arn:aws:iam::111122223333:role/shop-shop-orders, but uses EKS Pod"
                                + " Identity: AWS SDKs would prefer the annotation (shop.yaml:9:16 identities[\"shop/orders\"]);"
                                + " fix: remove the annotation, or the identity");
    }

    @Test
    void aRoleForTheDefaultServiceAccountIsAWarning() {
        String byDefault =
                "identities:\n  shop/default: {policies: [AmazonS3ReadOnlyAccess], serviceAccount: existing}\n";

        for (String mode : List.of("irsa", "pod-identity")) {
            assertThat(warnings(EKS + "identity: " + mode + "\n" + byDefault, ""))
                    .containsExactly("shop.yaml:9:17 identities[\"shop/default\"]: an identity of the ServiceAccount"
                            + " shop/default: every pod of the namespace without serviceAccountName gets the role; fix:"
                            + " give the workload a ServiceAccount of its own, and the identity to that one");
        }
    }

    @Test
    void anotherAckControllerWorksByItsNameOnEksAndOnRosa() {
        String dynamodb = """
                addons:
                  ack:
                    dynamodb: {chartVersion: 1.5.2, policies: [AmazonDynamoDBFullAccess], roleName: ack-dynamodb}
                """;

        for (String environment : List.of(EKS, ROSA)) {
            assertThat(read(environment + dynamodb, "").resolved().identities())
                    .singleElement()
                    .satisfies(resolved -> {
                        assertThat(resolved.identity().serviceAccount())
                                .hasToString("ack-system/ack-dynamodb-controller");
                        assertThat(resolved.identity().roleName()).hasToString("ack-dynamodb");
                        assertThat(resolved.identity().managedPolicyArns("aws"))
                                .containsExactly("arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess");
                        assertThat(resolved.property()).hasToString("addons.ack.dynamodb");
                    });
        }
    }

    @Test
    void anAddonAndTheOrderOfAddonsAreCheckedAtOnce() {
        String addons = "addons: {ack: {dynamodbs: {}}, helm: {x: {chart: x, repository: 'https://charts.example.com',"
                + " chartVersion: 1.0.0, namespace: x, needs: [nope]}}}\n";

        assertThat(problems(EKS + addons, ""))
                .containsExactly(
                        "shop.yaml:7:27 addons.ack.dynamodbs: dynamodbs is not a service whose controller this release"
                                + " knows; allowed: "
                                + String.join(
                                        ", ", AckCharts.get().controllers().keySet())
                                + "; fix: did you mean dynamodb?",
                        "shop.yaml:7:137 addons.helm.x.needs: \"nope\" is not an add-on of this environment; "
                                + "allowed: ack-dynamodbs-controller, x; fix: add it, or remove the need");
    }

    @Test
    void anAckControllerThatIsNotKnownNeedsItsVersionAndItsPolicies() {
        for (String half : List.of("policies: [AmazonFSxFullAccess]", "chartVersion: 1.5.2")) {
            assertThat(problems(EKS + "addons: {ack: {fsx: {" + half + "}}}\n", ""))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "shop.yaml:7:21 addons.ack.fsx: fsx is not a service whose controller this release knows; "
                                    + "allowed: acm, acmpca, apigateway, ");
        }
    }

    private static String job(String serviceAccount, String more) {
        return """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: report, namespace: shop}
                spec:
                  template:
                    spec:
                      serviceAccountName: %s
                %s      restartPolicy: Never
                      containers: [{name: report, image: amazon/aws-cli:2.17.0}]
                """.formatted(serviceAccount, more);
    }

    private static String serviceAccount(String name, String role) {
        return """
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: %s
                  namespace: shop
                  annotations:
                    eks.amazonaws.com/role-arn: %s
                """.formatted(name, role);
    }

    private List<String> problems(String environment, String manifest) {
        try {
            read(environment, manifest);
            return List.of();
        } catch (InvalidInputException e) {
            return texts(e.problems());
        }
    }

    private List<String> warnings(String environment, String manifest) {
        return texts(read(environment, manifest).warnings());
    }

    private List<String> texts(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    private Environment read(String environment, String manifest) {
        try {
            Files.writeString(folder.resolve("app.yaml"), manifest);
            return Environment.read(Files.writeString(folder.resolve("shop.yaml"), environment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
