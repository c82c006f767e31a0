package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.iam.document.TokenIssuer;
import dev.eksplatform.iam.document.TrustPolicy;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names in the {@code Principal} of a trust policy that nobody has.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal</a>
 */
final class PrincipalName {

    private static final Pattern PROVIDER =
            Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:(saml-provider/.+|oidc-provider/[^\\s/*?]+(/[^\\s/*?]+)*)");

    /** Providers that IAM knows by their names. */
    private static final List<String> BUILT_IN =
            List.of("cognito-identity.amazonaws.com", "accounts.google.com", "www.amazon.com", "graph.facebook.com");

    private static final Pattern SERVICE =
            Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.(amazonaws\\.com(\\.cn)?|amazon\\.com|aws\\.internal)");

    private static final Pattern AWS = Pattern.compile("\\*|[0-9]{12}"
            + "|arn:aws[a-z-]*:iam::[0-9]{12}:(root|(user|role)/[^*?]+)"
            + "|arn:aws[a-z-]*:sts::[0-9]{12}:(assumed-role/[^/*?]+/[^/*?]+|federated-user/[^*?]+)");

    /** What IAM shows in the place of a deleted user or role. */
    private static final Pattern UNIQUE_ID = Pattern.compile("A[A-Z]{3}[A-Z0-9]{12,}");

    private PrincipalName() {}

    static boolean isImpossible(String kind, String name) {
        boolean open = TerraformTemplate.isOpen(name);
        return switch (kind) {
            case "Federated" -> open ? name.contains("oidc-provider/http") : isNoProvider(name);
            case "Service" -> !open && isNoService(name);
            case "AWS" ->
                !open
                        && !AWS.matcher(name).matches()
                        && !UNIQUE_ID.matcher(name).matches();
            default -> false;
        };
    }

    private static boolean isNoProvider(String name) {
        if (!PROVIDER.matcher(name).matches()) {
            return !BUILT_IN.contains(name);
        }
        String issuer = OidcIssuer.inArn(name);
        return name.contains(":oidc-provider/")
                && (!TokenIssuer.of(issuer).map(kind -> kind.isComplete(issuer)).orElse(true)
                        || isOfAnotherPartition(name, issuer));
    }

    /** The issuers of EKS belong to regions, a region belongs to one partition. */
    private static boolean isOfAnotherPartition(String arn, String issuer) {
        if (!issuer.startsWith("oidc.eks")) {
            return false;
        }
        String partition = arn.split(":", 3)[1];
        return partition.equals("aws-cn") != issuer.contains(".amazonaws.com.cn/")
                || partition.equals("aws-us-gov") != issuer.contains(".us-gov-");
    }

    private static boolean isNoService(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean almostPodIdentity = !name.equals(TrustPolicy.POD_IDENTITY_SERVICE)
                && !name.startsWith("eks-fargate-pods.")
                && lower.contains("pod")
                && lower.contains("eks");
        return almostPodIdentity || !SERVICE.matcher(name).matches();
    }
}
