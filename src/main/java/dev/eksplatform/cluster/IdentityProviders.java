package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.eks_identity_provider_config.EksIdentityProviderConfig;
import com.hashicorp.cdktf.providers.aws.eks_identity_provider_config.EksIdentityProviderConfigConfig;
import com.hashicorp.cdktf.providers.aws.eks_identity_provider_config.EksIdentityProviderConfigOidc;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.constructs.Construct;

/** The OIDC identity providers of a cluster, which EKS associates one after the other. */
final class IdentityProviders {

    /** The form of the name of an association. */
    static final String NAME = "^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$";

    private static final Pattern NAME_FORM = Pattern.compile(NAME);

    /**
     * The first version with more than one. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html">external OIDC
     * provider</a>.
     */
    private static final int SEVERAL_SINCE = 32;

    private static final int MOST = 10;

    private IdentityProviders() {}

    /** The id of a provider's resource in the cluster. */
    static String id(String name) {
        return "identity-provider-" + name;
    }

    static void create(Construct scope, String clusterName, Map<String, IdentityProviderSpec> providers) {
        List<ITerraformDependable> before = List.of();
        for (Map.Entry<String, IdentityProviderSpec> provider : providers.entrySet()) {
            EksIdentityProviderConfigConfig.Builder config = EksIdentityProviderConfigConfig.builder()
                    .clusterName(clusterName)
                    .oidc(oidc(provider.getKey(), provider.getValue()));
            if (!before.isEmpty()) {
                config.dependsOn(before);
            }
            before = List.of(new EksIdentityProviderConfig(scope, id(provider.getKey()), config.build()));
        }
    }

    private static EksIdentityProviderConfigOidc oidc(String name, IdentityProviderSpec spec) {
        EksIdentityProviderConfigOidc.Builder oidc = EksIdentityProviderConfigOidc.builder()
                .identityProviderConfigName(name)
                .issuerUrl(TerraformText.escape(spec.issuerUrl()))
                .clientId(TerraformText.escape(spec.clientId()));
        spec.usernameClaim().map(TerraformText::escape).ifPresent(oidc::usernameClaim);
        spec.usernamePrefix().map(TerraformText::escape).ifPresent(oidc::usernamePrefix);
        spec.groupsClaim().map(TerraformText::escape).ifPresent(oidc::groupsClaim);
        spec.groupsPrefix().map(TerraformText::escape).ifPresent(oidc::groupsPrefix);
        if (!spec.requiredClaims().isEmpty()) {
            oidc.requiredClaims(TerraformText.escapeTexts(spec.requiredClaims()));
        }
        return oidc.build();
    }

    static void check(
            Map<String, IdentityProviderSpec> providers,
            KubernetesVersion version,
            Optional<ControlPlaneEgressMode> egress,
            Problems problems) {
        int most = version.minor() >= SEVERAL_SINCE ? MOST : 1;
        if (providers.size() > most) {
            problems.add(
                    "identityProviders",
                    providers.size() + " identity providers with Kubernetes " + version,
                    most == 1 ? "one, before Kubernetes 1." + SEVERAL_SINCE : "at most " + most,
                    "remove some");
        }
        Map<String, String> byIssuer = new HashMap<>();
        providers.forEach((name, provider) -> {
            PropertyPath where = PropertyPath.of("identityProviders", name);
            problems.match(
                    where,
                    name,
                    NAME_FORM,
                    "the name of an identity provider",
                    "1 to 100 letters, digits, - and _, beginning with a letter or digit",
                    "rename it, such as to company");
            String other = byIssuer.putIfAbsent(provider.issuerUrl(), name);
            if (other != null) {
                problems.add(
                        where.key("issuerUrl"),
                        "the issuer of " + other + ": EKS associates an issuer once, whatever its client",
                        "remove one of the two");
            }
            if (provider.isPrivate() && egress.orElse(null) != ControlPlaneEgressMode.CUSTOMER_ROUTED) {
                problems.add(
                        where.key("issuerUrl"),
                        provider.issuerUrl() + " cannot be reached from the internet, where EKS reads its keys",
                        "an issuer on the internet",
                        "publish it, or set controlPlaneEgressMode: customer-routed");
            }
        });
    }
}
