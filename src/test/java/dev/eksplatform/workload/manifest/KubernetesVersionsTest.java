package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.internal.release.KubernetesReleases;
import dev.eksplatform.problem.Problem;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests are checked for the version of their cluster. */
class KubernetesVersionsTest {

    private static String object(String apiVersion, String kind, String lines) {
        return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: a}\n" + lines;
    }

    private static final String HOSTNAME = Read.deployment("hostnameOverride: a\ncontainers: []");

    @Test
    void aFieldThatComesLaterIsRefusedWithItsVersion() {
        assertThat(Read.problemsFor("1.33", HOSTNAME))
                .containsExactly("a.yaml:10:7 spec.template.spec.hostnameOverride: Kubernetes 1.33 has no field "
                        + "hostnameOverride, which exists in Kubernetes 1.34 and newer; fix: remove it, or raise "
                        + "cluster.version");
        assertThat(Read.problemsFor("1.34", HOSTNAME)).isEmpty();
        assertThat(Read.problemsFor("1.37", HOSTNAME)).isEmpty();
    }

    @Test
    void aFieldThatIsGoneIsRefusedWithItsVersion() {
        String workload = Read.deployment("workloadRef: {name: a, podGroup: b}\ncontainers: []");

        assertThat(Read.problemsFor("1.36", workload))
                .containsExactly(
                        "a.yaml:10:7 spec.template.spec.workloadRef: Kubernetes 1.36 has no field workloadRef, which "
                                + "exists in Kubernetes 1.35; fix: remove it");
        assertThat(Read.problemsFor("1.35", workload)).isEmpty();
    }

    @Test
    void withoutAKnownVersionWhatAnyVersionHasIsAccepted() {
        assertThat(Read.problems(
                        HOSTNAME,
                        Read.deployment("workloadRef: {name: a, podGroup: b}\ncontainers: []")
                                .replace("name: web\n", "name: other\n")))
                .isEmpty();
    }

    @Test
    void everyVersionThatAClusterMayHaveIsCovered() {
        Releases covered = ApiTypes.get().releases();

        assertThat(KubernetesReleases.get().supported())
                .allSatisfy(release -> assertThat(release.minor()).isBetween(covered.oldest(), covered.newest()));
    }

    @Test
    void aKindThatComesLaterIsRefusedWithItsVersion() {
        String attributes = object("storage.k8s.io/v1", "VolumeAttributesClass", "driverName: ebs.csi.aws.com\n");

        assertThat(Read.problemsFor("1.33", attributes))
                .containsExactly(
                        "a.yaml:1:13 apiVersion: Kubernetes 1.33 has no VolumeAttributesClass in storage.k8s.io/v1, "
                                + "which exists in Kubernetes 1.34 and newer; fix: use apiVersion storage.k8s.io/v1beta1 or "
                                + "storage.k8s.io/v1alpha1; fields may differ");
        assertThat(Read.problemsFor("1.34", attributes)).isEmpty();
        assertThat(Read.problems(attributes)).isEmpty();
    }

    /** Source: the lifecycle of the types in k8s.io/api. */
    @ParameterizedTest
    @CsvSource({
        "admissionregistration.k8s.io/v1alpha1, ValidatingAdmissionPolicy, 1.31, admissionregistration.k8s.io/v1",
        "admissionregistration.k8s.io/v1alpha1, ValidatingAdmissionPolicyBinding, 1.31, admissionregistration.k8s.io/v1",
        "admissionregistration.k8s.io/v1beta1, ValidatingAdmissionPolicy, 1.33, admissionregistration.k8s.io/v1",
        "admissionregistration.k8s.io/v1beta1, ValidatingAdmissionPolicyBinding, 1.33, admissionregistration.k8s.io/v1",
        "flowcontrol.apiserver.k8s.io/v1beta3, FlowSchema, 1.31, flowcontrol.apiserver.k8s.io/v1",
        "storage.k8s.io/v1alpha1, VolumeAttributesClass, 1.34, storage.k8s.io/v1",
        "certificates.k8s.io/v1alpha1, ClusterTrustBundle, 1.36, certificates.k8s.io/v1",
        "networking.k8s.io/v1beta1, ServiceCIDR, 1.36, networking.k8s.io/v1",
        "networking.k8s.io/v1beta1, IPAddress, 1.36, networking.k8s.io/v1",
        "storage.k8s.io/v1beta1, VolumeAttributesClass, 1.36, storage.k8s.io/v1"
    })
    void aPreviewThatIsGoneIsRefusedWithItsSuccessor(String apiVersion, String kind, String last, String successor) {
        int minor = Integer.parseInt(last.substring(2));
        String spec = kind.equals("VolumeAttributesClass") ? "driverName: a\n" : "";

        assertThat(Read.problemsFor(last, object(apiVersion, kind, spec))).isEmpty();
        assertThat(Read.problemsFor("1." + (minor + 1), object(apiVersion, kind, spec)))
                .containsExactly("a.yaml:1:13 apiVersion: Kubernetes 1." + (minor + 1) + " has no " + kind + " in "
                        + apiVersion + ", which exists in Kubernetes up to " + last + "; fix: use apiVersion "
                        + successor
                        + "; fields may differ");
    }

    /** Source: the lifecycle of the types in k8s.io/api: {@code removed=1.38}. */
    @ParameterizedTest
    @ValueSource(strings = {"DeviceClass", "ResourceClaim", "ResourceClaimTemplate"})
    void whatTheNextVersionRemovesIsKnown(String kind) {
        ManifestSet set = Read.all(object("resource.k8s.io/v1beta1", kind, "spec: {}\n"));

        assertThat(set.removedAfter(KubernetesVersion.parse("1.36"))).isEmpty();
        assertThat(set.removedAfter(KubernetesVersion.parse("1.37")))
                .extracting(Problem::toString)
                .containsExactly("a.yaml:1:13 apiVersion: Kubernetes 1.38 removes resource.k8s.io/v1beta1 " + kind
                        + "; fix: use apiVersion resource.k8s.io/v1; fields may differ");
    }

    @Test
    void anObjectInACustomResourceIsAWarning() {
        String release = """
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: shop}
                spec:
                  values:
                    extraObjects:
                      - apiVersion: policy/v1beta1
                        kind: PodDisruptionBudget
                        metadata: {name: shop}
                      - apiVersion: policy/v1
                        kind: PodDisruptionBudget
                        metadata: {name: other}
                    target: {apiVersion: extensions/v1beta1, kind: Deployment, name: shop}
                """;

        assertThat(Read.all(release).warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "a.yaml:7:21 spec.values.extraObjects[0].apiVersion: Kubernetes 1.25 removed policy/v1beta1"
                                + " PodDisruptionBudget; fix: use policy/v1; fields may differ");
    }

    @Test
    void theProblemsOfAnotherVersionAreThoseThatWereNotThereBefore() {
        Map<String, String> texts = Map.of(
                "a.yaml",
                object("networking.k8s.io/v1beta1", "ServiceCIDR", "spec: {cidr: [10.0.0.0/8]}\n"),
                "b.yaml",
                object("storage.k8s.io/v1beta1", "VolumeAttributesClass", "driver: ebs.csi.aws.com\n"));

        assertThat(ManifestSet.problemsOf(
                        texts,
                        "default",
                        Optional.of(KubernetesVersion.parse("1.36")),
                        KubernetesVersion.parse("1.37")))
                .extracting(problem -> problem.place().toString())
                .containsExactlyInAnyOrder("a.yaml:1:13 apiVersion", "b.yaml:1:13 apiVersion");
        assertThat(ManifestSet.problemsOf(
                        texts,
                        "default",
                        Optional.of(KubernetesVersion.parse("1.35")),
                        KubernetesVersion.parse("1.36")))
                .isEmpty();
        assertThat(ManifestSet.problemsOf(texts, "default", Optional.empty(), KubernetesVersion.parse("1.37")))
                .hasSize(2);
    }

    @Test
    void aPreviewIsCheckedByItsOwnTypes() {
        String policy =
                object("admissionregistration.k8s.io/v1beta1", "MutatingAdmissionPolicy", "spec: {mutation: []}\n");

        assertThat(Read.problemsFor("1.34", policy))
                .singleElement()
                .asString()
                .startsWith("a.yaml:4:8 spec.mutation: there is no field mutation")
                .endsWith("fix: did you mean mutations?");
        assertThat(Read.one(policy.replace("mutation: []", "mutations: []")).namespace())
                .isNull();
    }

    @Test
    void aTextOfAnEnumerationThatComesLaterIsRefused() {
        String toleration = Read.deployment("tolerations: [{key: a, operator: Gt, value: \"1\"}]\ncontainers: []");

        assertThat(Read.problemsFor("1.34", toleration))
                .containsExactly("a.yaml:10:40 spec.template.spec.tolerations[0].operator: \"Gt\" is not a value of"
                        + " operator in Kubernetes 1.34; allowed: Equal, Exists; fix: use one of them");
        assertThat(Read.problemsFor("1.35", toleration)).isEmpty();
    }

    @Test
    void aContainersRestartPolicyComesWith134() {
        String text = Read.deployment("containers: [{name: a, image: a, restartPolicy: Always}]");

        assertThat(Read.problemsFor("1.33", text))
                .singleElement()
                .asString()
                .contains("restartPolicy of a container, which Kubernetes has from 1.34");
        assertThat(Read.problemsFor("1.34", text)).isEmpty();
        assertThat(Read.problemsFor(
                        "1.33",
                        text.replace("containers:", "initContainers:") + "      containers: [{name: b, image: b}]\n"))
                .isEmpty();
    }

    @Test
    void everyTypeOfEveryKindCanBeRead() {
        ApiTypes types = ApiTypes.get();

        for (String group : types.groups()) {
            for (String version : types.versionsOfGroup(group)) {
                for (String kind : types.kindsOf(version)) {
                    ApiTypes.Kind known = Objects.requireNonNull(types.kind(version, kind));
                    assertThat(types.fields(known.type()))
                            .as(known.type())
                            .containsKeys("apiVersion", "kind", "metadata");
                    check(types, known.type(), new HashSet<>());
                }
            }
        }
    }

    private static void check(ApiTypes types, String type, Set<String> seen) {
        var fields = types.fields(type);
        if (fields == null || !seen.add(type)) {
            return;
        }
        fields.forEach((name, field) -> {
            String element = field.type().replace("[]", "").replace("{}", "");
            if (!field.values().isEmpty()) {
                assertThat(types.values(field.values(), Releases.ALL))
                        .as(type + "." + name)
                        .isNotEmpty();
            }
            if (element.contains(".")) {
                assertThat(types.fields(element)).as(element).isNotNull();
                check(types, element, seen);
            }
        });
    }
}
