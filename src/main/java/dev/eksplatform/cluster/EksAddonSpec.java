package dev.eksplatform.cluster;

import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.iam.TagCheck;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.FreeYaml;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An add-on that EKS itself installs and updates.
 *
 * @param version the version of the add-on: {@code default}, {@code latest} or one version; default {@code default}
 * @param configuration values of the configuration schema of the add-on ({@code aws eks
 *     describe-addon-configuration}); default none
 * @param mode how its pods get AWS permissions; default {@code identity} of the environment for an add-on that needs some, and
 *     {@code node-role} for {@code vpc-cni} and others that work with it
 * @param policies managed policies of its role, by name or ARN; default those that AWS documents for the add-on, unless it has
 *     {@code policy}. With
 *     {@code policies}, {@code policy} or {@code roleArn} the add-on has a role of its own; everything else about it is set under
 *     {@code identities}, by the ServiceAccount of the add-on
 * @param policy a policy document of its role as in IAM, or the file that contains one; default none
 * @param roleArn the ARN of an existing role to use instead of creating one; default none
 * @param serviceAccount the ServiceAccount that gets the role, as {@code namespace/name}; default the one that AWS documents for
 *     the add-on
 * @param kmsKeys the ARNs of customer managed keys that encrypt its volumes or objects, for {@code aws-ebs-csi-driver} and
 *     {@code aws-mountpoint-s3-csi-driver}: its role may use these keys and no others; default none
 * @param preserve whether its objects stay in the cluster when the add-on is removed from the file; default false
 * @param resolveConflicts what happens to fields that somebody else has set
 * @param beforeCompute whether it is installed before nodes, which then wait for it; default true for {@code vpc-cni}, {@code
 *     kube-proxy} and {@code eks-pod-identity-agent}, false for the others, whose pods need nodes
 * @param namespace the namespace that EKS installs it in; default the one of the add-on. EKS fixes it at creation: changing it
 *     replaces the add-on. Needs AWS provider 6.45.0 or newer
 * @param tags tags of the add-on, besides those of the environment; default none
 * @param timeouts how long Terraform waits for it
 * @param unlisted whether EKS has the add-on although its name is not known here and resembles another; default false
 */
@RecordBuilder
public record EksAddonSpec(
        @Example("v1.20.1-eksbuild.1") EksAddonVersion version,

        @FreeYaml(FreeYaml.Reading.UNAMBIGUOUS) @Example("{replicaCount: 2}")
        Map<String, Object> configuration,

        @Example("pod-identity") Optional<Mode> mode,

        @Example("[AmazonEKS_CNI_Policy]") List<PolicyReference> policies,

        @Example("{Statement: [{Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::reports/*'}]}")
        Optional<InlinePolicy> policy,

        @Example("arn:aws:iam::111122223333:role/reports") @Limit(pattern = EksAddonSpec.ROLE)
        Optional<String> roleArn,

        @Example("agents/agent") @Limit(pattern = EksAddonSpec.ACCOUNT)
        Optional<String> serviceAccount,

        @Example("['arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9']")
        @Limit(pattern = EksAddonSpec.KEY, unique = true)
        List<String> kmsKeys,

        @Example("true") boolean preserve,

        @Example("{update: preserve}") EksAddonConflicts resolveConflicts,

        @Example("true") Optional<Boolean> beforeCompute,

        @Example("observability") @Limit(pattern = DnsName.LABEL_PATTERN)
        Optional<String> namespace,

        @Example("{team: platform}") @Limit(keys = TagCheck.KEY, pattern = TagCheck.VALUE, maxItems = TagCheck.MOST)
        Map<String, String> tags,

        @Example("{createMinutes: 30}") AddonTimeouts timeouts,

        @Example("true") boolean unlisted)
        implements EksAddonSpecBuilder.With {

    /** How the pods of an add-on get AWS permissions. */
    public enum Mode {
        /** By a role of its own and a web identity token (IAM roles for service accounts). */
        IRSA,
        /** By a role of its own and EKS Pod Identity. */
        POD_IDENTITY,
        /** By the role of the nodes, or not at all. */
        NODE_ROLE
    }

    private static final String ROLE = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]+/)*[A-Za-z0-9+=,.@_-]{1,64}$";
    private static final String ACCOUNT = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$";
    private static final String KEY = "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$";
    private static final Pattern ROLE_ARN = Pattern.compile(ROLE);
    private static final Pattern ACCOUNT_NAME = Pattern.compile(ACCOUNT);
    private static final Pattern KEY_ARN = Pattern.compile(KEY);

    /** Checks names, ARNs, and that its permissions do not contradict each other. */
    public EksAddonSpec {
        configuration = Components.map("configuration", configuration);
        policies = Components.list("policies", policies);
        kmsKeys = Components.list("kmsKeys", kmsKeys);
        tags = Components.map("tags", tags);
        Problems problems = new Problems();
        problems.once(PropertyPath.of("policies"), policies, "policy");
        problems.once(PropertyPath.of("kmsKeys"), kmsKeys, "key");
        checkTexts(roleArn, serviceAccount, kmsKeys, problems);
        namespace.ifPresent(name -> DnsName.checkNamespace(PropertyPath.of("namespace"), name, problems));
        TagCheck.check(PropertyPath.of("tags"), tags, problems);
        boolean given = !policies.isEmpty() || policy.isPresent() || !kmsKeys.isEmpty();
        if (roleArn.isPresent() && given) {
            problems.add(
                    PropertyPath.of("roleArn"),
                    "an existing role cannot be combined with policies, policy or kmsKeys",
                    "give permissions where the role is created");
        }
        if (mode.filter(Mode.NODE_ROLE::equals).isPresent() && (given || roleArn.isPresent())) {
            problems.add(
                    PropertyPath.of("mode"),
                    "node-role with " + (roleArn.isPresent() ? "roleArn" : "policies, policy or kmsKeys")
                            + ", which are for a role of its own",
                    "use irsa or pod-identity, or give permissions in policies of the node groups");
        }
        problems.throwIfAny();
    }

    private static void checkTexts(
            Optional<String> roleArn, Optional<String> serviceAccount, List<String> kmsKeys, Problems problems) {
        roleArn.filter(arn -> !TerraformTemplate.isOpen(arn))
                .ifPresent(arn -> problems.match(
                        "roleArn",
                        arn,
                        ROLE_ARN,
                        "the ARN of an IAM role",
                        "arn:aws:iam::ACCOUNT:role/NAME",
                        "copy it from `aws iam get-role`"));
        serviceAccount.ifPresent(name -> problems.match(
                "serviceAccount",
                name,
                ACCOUNT_NAME,
                "a ServiceAccount",
                "namespace/name",
                "write it like kube-system/ebs-csi-controller-sa"));
        for (int i = 0; i < kmsKeys.size(); i++) {
            if (!TerraformTemplate.isOpen(kmsKeys.get(i))
                    && !KEY_ARN.matcher(kmsKeys.get(i)).matches()) {
                problems.add(
                        PropertyPath.of("kmsKeys").index(i),
                        "\"" + kmsKeys.get(i) + "\" is not the ARN of a key",
                        "arn:aws:kms:REGION:ACCOUNT:key/ID; policies do not know keys by their aliases",
                        "copy it from `aws kms describe-key`");
            }
        }
    }

    /**
     * The version that EKS installs by default, without configuration.
     *
     * @return the spec
     */
    @Defaults
    public static EksAddonSpec standard() {
        return new EksAddonSpec(
                EksAddonVersion.DEFAULT,
                Map.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                EksAddonConflicts.standard(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                AddonTimeouts.standard(),
                false);
    }

    /**
     * Whether it sets the permissions of the add-on.
     *
     * @return true with a mode of its own, policies or a role
     */
    public boolean setsIdentity() {
        return mode.isPresent()
                || !policies.isEmpty()
                || policy.isPresent()
                || roleArn.isPresent()
                || !kmsKeys.isEmpty();
    }

    /** Whether an add-on that works with the role of the nodes has one of its own. */
    boolean hasOwnRole() {
        return setsIdentity() && mode.filter(Mode.NODE_ROLE::equals).isEmpty();
    }
}
