package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * The IAM role of hybrid nodes: created for credentials of Systems Manager ({@code ssm}) or of IAM Roles Anywhere, or one that
 * exists, by its ARN. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html">credentials for hybrid nodes</a>.
 */
public sealed interface HybridNodeRoleSpec permits HybridNodeRoleSpec.Ssm, HybridNodeRoleSpec.RolesAnywhere, RoleArn {

    /** Nodes get their credentials through a hybrid activation of Systems Manager, which you create for the role. */
    @YamlForm(word = "ssm")
    record Ssm() implements HybridNodeRoleSpec {}

    /**
     * Nodes get their credentials through IAM Roles Anywhere, with a certificate whose common name is the name of the node. A
     * trust anchor and a profile are created. Sources: <a
     * href="https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateTrustAnchor.html">CreateTrustAnchor</a>, <a
     * href="https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateProfile.html">CreateProfile</a>.
     *
     * @param certificate the certificate of the authority that signs the certificates of nodes, as PEM text; default none
     * @param privateCaArn the ARN of the authority in AWS Private CA, in place of {@code certificate}; default none
     * @param sessionDurationSeconds how long credentials are valid, in seconds; default 3600
     */
    @YamlForm(key = "rolesAnywhere")
    @RecordBuilder
    record RolesAnywhere(
            @Example(HybridNodeCertificate.EXAMPLE) @Limit(pattern = HybridNodeCertificate.PEM)
            Optional<String> certificate,

            @Example(
                    "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/1234abcd-12ab-34cd-56ef-1234567890ab")
            @Limit(pattern = RolesAnywhere.CA)
            Optional<String> privateCaArn,

            @Example("7200") @Limit(min = RolesAnywhere.LEAST_DURATION, max = RolesAnywhere.MOST_DURATION)
            int sessionDurationSeconds)
            implements HybridNodeRoleSpec, HybridNodeRoleSpecRolesAnywhereBuilder.With {

        /** How long credentials are valid by default, in seconds. */
        static final int USUAL_DURATION = 3600;

        static final int MOST_DURATION = 43_200;

        private static final String CA =
                "^arn:aws[a-z-]*:acm-pca:[a-z0-9-]+:[0-9]{12}:certificate-authority/[0-9a-f-]{36}$";
        private static final int LEAST_DURATION = 900;

        /** Checks the duration and the form of the authority's ARN and certificate. */
        public RolesAnywhere {
            Components.required("certificate", certificate, "privateCaArn", privateCaArn);
            Problems problems = new Problems();
            certificate.ifPresent(text -> HybridNodeCertificate.check(text, problems));
            privateCaArn
                    .filter(arn -> !HybridNodeCertificate.isOpen(arn) && !arn.matches(CA))
                    .ifPresent(arn -> problems.add(
                            "privateCaArn",
                            "\"" + arn + "\" is not the ARN of a certificate authority",
                            "arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID",
                            "copy it from `aws acm-pca list-certificate-authorities`"));
            Ranges.check(
                    problems,
                    PropertyPath.of("sessionDurationSeconds"),
                    sessionDurationSeconds,
                    "seconds",
                    LEAST_DURATION,
                    MOST_DURATION);
            problems.throwIfAny();
        }

        /**
         * With neither a certificate nor an authority, which a remote network refuses: the start for one with them.
         *
         * @return the defaults
         */
        @Defaults
        public static RolesAnywhere standard() {
            return new RolesAnywhere(Optional.empty(), Optional.empty(), USUAL_DURATION);
        }

        void check(PropertyPath where, Problems problems) {
            if (certificate.isPresent() == privateCaArn.isPresent()) {
                problems.add(
                        where,
                        certificate.isPresent() ? "two certificate authorities" : "no certificate authority",
                        "certificate, or privateCaArn",
                        certificate.isPresent() ? "remove one of the two" : "add the one that signs the nodes");
            }
        }
    }
}
