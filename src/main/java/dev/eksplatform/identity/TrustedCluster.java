package dev.eksplatform.identity;

import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.OidcIssuer;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * A cluster as the trust policies of its identities name it. Everything but its name may be a Terraform reference.
 *
 * @param name the cluster's name
 * @param partition the partition of its account
 * @param region its region
 * @param account its account
 * @param issuer the issuer of its tokens; asked for only in IRSA mode
 */
public record TrustedCluster(
        String name, String partition, String region, String account, Supplier<OidcIssuer.Provider> issuer) {

    /**
     * The ARN of a cluster beside it, in the same account and region.
     *
     * @param cluster the cluster's name
     * @return its ARN
     */
    String arn(String cluster) {
        return Arn.text(partition, "eks", region, account, "cluster/" + cluster);
    }

    /** The provider in this account of the issuer of another cluster. */
    OidcIssuer.Provider provider(OidcIssuer other) {
        return new OidcIssuer.Provider(
                Arn.text(partition, "iam", "", account, "oidc-provider/" + other.hostAndPath()), other.hostAndPath());
    }

    /**
     * The cluster as a role of another account trusts it, which looks for the issuer's provider in its own account.
     *
     * @param roleAccount the account of the role
     * @return a copy whose provider is in that account
     */
    @API(status = API.Status.INTERNAL)
    public TrustedCluster withProviderIn(String roleAccount) {
        return new TrustedCluster(name, partition, region, account, () -> {
            String trusted = issuer.get().issuer();
            return new OidcIssuer.Provider(
                    Arn.text(partition, "iam", "", roleAccount, "oidc-provider/" + trusted), trusted);
        });
    }
}
