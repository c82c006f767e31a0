package dev.eksplatform.identity;

import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What EKS Pod Identity does for an identity.
 *
 * @param targetRoleArn the ARN of a role, usually of another account, whose credentials the pods get: EKS assumes it with the role of
 *     the identity. Default none. Needs AWS provider 6.2.0 or newer
 * @param disableSessionTags whether sessions have no tags for cluster, namespace and ServiceAccount; default false. The role
 *     trusts all associations of the cluster then, since only the tags tell its ServiceAccounts apart. Needs AWS provider 6.2.0 or
 *     newer
 * @param sessionPolicy a policy document, or the file that contains one, that limits the sessions of this identity further, such as
 *     of a shared role; default none. EKS needs {@code disableSessionTags: true} for it. Needs AWS provider 6.64.0 or newer
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html">
 *     CreatePodIdentityAssociation</a>
 */
@RecordBuilder
public record PodIdentitySettings(
        @Example("arn:aws:iam::444455556666:role/reports") @Limit(pattern = IdentitySpec.ROLE)
        Optional<String> targetRoleArn,

        @Example("true") boolean disableSessionTags,

        @Example("{Statement: [{Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::reports/*'}]}")
        Optional<InlinePolicy> sessionPolicy)
        implements PodIdentitySettingsBuilder.With {

    /** Checks the ARN, and that a session policy has no session tags beside it. */
    public PodIdentitySettings {
        Problems problems = new Problems();
        check(targetRoleArn.filter(arn -> !TerraformTemplate.isOpen(arn)), problems);
        if (sessionPolicy.isPresent() && !disableSessionTags) {
            problems.add(
                    PropertyPath.of("sessionPolicy"),
                    "a session policy beside session tags, which EKS refuses",
                    "set disableSessionTags: true");
        }
        sessionPolicy
                .flatMap(document -> document.policy().sizeProblem(PolicyUse.SESSION))
                .ifPresent(problem -> problems.add(problem.at(Place.of(PropertyPath.of("sessionPolicy")))));
        problems.throwIfAny();
    }

    private static void check(Optional<String> arn, Problems problems) {
        arn.ifPresent(given -> problems.match(
                "targetRoleArn",
                given,
                IdentitySpec.ROLE_ARN,
                "the ARN of an IAM role",
                "arn:aws:iam::ACCOUNT:role/NAME",
                "copy it from `aws iam get-role`"));
    }

    /** Terraform references, which only programs can use. */
    Stream<Problem> references() {
        Problems problems = new Problems();
        check(targetRoleArn.filter(TerraformTemplate::isOpen), problems);
        List<Problem> found = problems.found();
        return found.stream();
    }

    /**
     * What EKS does unless asked otherwise.
     *
     * @return the defaults
     */
    @Defaults
    public static PodIdentitySettings standard() {
        return new PodIdentitySettings(Optional.empty(), false, Optional.empty());
    }
}
