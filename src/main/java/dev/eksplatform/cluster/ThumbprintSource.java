package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;

/**
 * Where the certificate thumbprint of an OIDC issuer comes from.
 *
 * <p>IAM trusts the issuers of EKS through its own store of root certificates and does not use the thumbprint for them.
 * Source: <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html">Obtain
 * the thumbprint for an OIDC identity provider</a>.
 */
public sealed interface ThumbprintSource {

    /** IAM fetches the thumbprint when the provider is created: nothing has to be renewed. */
    @YamlForm(word = "omit")
    record Omit() implements ThumbprintSource {}

    /** Terraform reads the certificate chain that the issuer serves, through the {@code tls} provider, at each plan. */
    @YamlForm(word = "computed")
    record Computed() implements ThumbprintSource {}

    /**
     * Pinned thumbprints.
     *
     * @param thumbprints one to five of them: the limit of IAM
     */
    @YamlForm(sequence = true)
    record Pinned(List<Thumbprint> thumbprints) implements ThumbprintSource {

        /** Checks their number. */
        public Pinned {
            thumbprints = List.copyOf(thumbprints);
            Problems problems = new Problems();
            if (thumbprints.isEmpty() || thumbprints.size() > 5) {
                problems.add(
                        PropertyPath.ROOT, thumbprints.size() + " given", "one to five thumbprints", Thumbprint.FIX);
            }
            problems.throwIfAny();
        }
    }
}
