package dev.eksplatform.addon;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The AWS Private CA issuer, by which cert-manager gets certificates of private certificate authorities. Source: <a
 * href="https://github.com/cert-manager/aws-privateca-issuer/blob/v1.12.0/README.md">its documentation</a>.
 *
 * @param chart its chart
 * @param replicas the number of replicas of the controller; default 2
 * @param issuers AWSPCAClusterIssuers: certificate authorities of AWS Private CA, by the name of the issuer; default none
 * @param authorities the ARNs of other certificate authorities that it may use, for issuers that are not in this file; default none
 * @param identity its AWS permissions; {@code policies} replace the policy of the catalogue
 */
@RecordBuilder
@YamlForm(key = PrivateCaIssuerSpec.NAME)
@Example(
        "{issuers: {internal: 'arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f'}}")
public record PrivateCaIssuerSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas,

        @Example(
                "{internal: 'arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f'}")
        @Limit(keys = DnsName.LABEL_PATTERN, pattern = PrivateCaIssuerSpec.AUTHORITY)
        Map<String, String> issuers,

        @Example(
                "['arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/1a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f']")
        @Limit(pattern = PrivateCaIssuerSpec.AUTHORITY, unique = true)
        List<String> authorities,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, PrivateCaIssuerSpecBuilder.With {

    /** The release's name, which is also the name of its namespace and ServiceAccount. */
    public static final String NAME = "aws-privateca-issuer";

    private static final String REPOSITORY = "https://cert-manager.github.io/aws-privateca-issuer";
    private static final String VERSION = "v1.12.0";
    private static final String AUTHORITY =
            "^arn:aws[a-z-]*:acm-pca:[a-z0-9-]+:[0-9]{12}:certificate-authority/[0-9a-f-]{36}$";
    private static final Pattern AUTHORITY_FORM = Pattern.compile(AUTHORITY);
    private static final List<String> RESERVED =
            List.of("serviceAccount.create", "serviceAccount.name", "serviceAccount.annotations");

    /** Checks replicas, authorities and overrides. */
    public PrivateCaIssuerSpec {
        Components.required("chart", chart, "identity", identity);
        issuers = Components.map("issuers", issuers);
        authorities = Components.list("authorities", authorities);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        issuers.forEach((name, arn) -> {
            if (!DnsName.isLabel(name)) {
                problems.add(
                        PropertyPath.of("issuers", name),
                        "\"" + name + "\" is not a name",
                        DnsName.ALLOWED_LABEL,
                        "write it like internal");
            }
            check(PropertyPath.of("issuers", name), arn, problems);
        });
        for (int i = 0; i < authorities.size(); i++) {
            check(PropertyPath.of("authorities").index(i), authorities.get(i), problems);
        }
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    private static void check(PropertyPath property, String arn, Problems problems) {
        problems.match(
                property,
                arn,
                AUTHORITY_FORM,
                "the ARN of a private certificate authority",
                "arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID",
                "copy it from `aws acm-pca list-certificate-authorities`");
    }

    /**
     * The add-on with its defaults, without any authority.
     *
     * @return the spec
     */
    @Defaults
    public static PrivateCaIssuerSpec standard() {
        return new PrivateCaIssuerSpec(
                ChartSettings.of(VERSION, REPOSITORY), 2, Map.of(), List.of(), ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return List.of(new EndpointService("acm-pca"));
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAME, release -> chartValues())
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED))
                .withAfter(List.of(CertManagerSpec.NAME))
                .withControllers(
                        hasAuthority()
                                ? List.of(identity.controller(
                                        new ServiceAccountName(NAME, NAME),
                                        Map.of(),
                                        () -> policy(context.partition())))
                                : List.of())
                .withObjects(issuers.entrySet().stream()
                        .map(issuer -> new ClusterObject(
                                PropertyPath.of("addons", NAME, "issuers", issuer.getKey()),
                                object(issuer.getKey(), issuer.getValue())))
                        .toList());
    }

    /**
     * Whether it may use any certificate authority.
     *
     * @return false for one that can issue nothing
     */
    public boolean hasAuthority() {
        return !issuers.isEmpty()
                || !authorities.isEmpty()
                || !identity.policies().isEmpty();
    }

    private PolicyDocument policy(Partition partition) {
        List<String> all = Stream.concat(issuers.values().stream(), authorities.stream())
                .distinct()
                .toList();
        Problems problems = new Problems();
        issuers.forEach((name, arn) -> partition
                .problemWith(arn)
                .ifPresent(problem -> problems.add(problem.at(Place.of(PropertyPath.of("issuers", name))))));
        for (int i = 0; i < authorities.size(); i++) {
            PropertyPath property = PropertyPath.of("authorities").index(i);
            partition
                    .problemWith(authorities.get(i))
                    .ifPresent(problem -> problems.add(problem.at(Place.of(property))));
        }
        problems.throwIfAny();
        return PolicyCatalogue.of(NAME).latest().renderLists(partition, Map.of("authorities", all));
    }

    private static Map<String, Object> object(String name, String authority) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("arn", authority);
        spec.put("region", authority.split(":", 5)[3]);
        Map<String, Object> issuer = new LinkedHashMap<>();
        issuer.put("apiVersion", "awspca.cert-manager.io/v1beta1");
        issuer.put("kind", "AWSPCAClusterIssuer");
        issuer.put("metadata", Map.of("name", name));
        issuer.put("spec", spec);
        return issuer;
    }

    private Map<String, Object> chartValues() {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("replicaCount", replicas);
        own.put("serviceAccount", Map.of("create", false, "name", NAME));
        own.put("podSecurityContext", Map.of("runAsNonRoot", true, "seccompProfile", Map.of("type", "RuntimeDefault")));
        own.put("securityContext", Map.of("capabilities", Map.of("drop", List.of("ALL"))));
        return own;
    }
}
