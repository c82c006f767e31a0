package dev.eksplatform.iam.document;

import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The condition keys that begin with {@code aws:}, in 2026-09.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">AWS global condition
 *     context keys</a>
 */
final class GlobalConditionKeys {

    private static final String PREFIX = "aws:";

    private static final List<String> KEYS = List.of(
            "aws:AssumedRoot",
            "aws:CalledVia",
            "aws:CalledViaAWSMCP",
            "aws:CalledViaFirst",
            "aws:CalledViaLast",
            "aws:ChatbotSourceArn",
            "aws:CurrentTime",
            "aws:Ec2InstanceSourcePrivateIPv4",
            "aws:Ec2InstanceSourceVpc",
            "aws:EpochTime",
            "aws:FederatedProvider",
            "aws:IsMcpServiceAction",
            "aws:MultiFactorAuthAge",
            "aws:MultiFactorAuthPresent",
            "aws:PrincipalAccount",
            "aws:PrincipalArn",
            "aws:PrincipalIsAWSService",
            "aws:PrincipalOrgID",
            "aws:PrincipalOrgMasterAccountId",
            "aws:PrincipalOrgPaths",
            "aws:PrincipalServiceName",
            "aws:PrincipalServiceNamesList",
            "aws:PrincipalTag",
            "aws:PrincipalType",
            "aws:RequestTag",
            "aws:RequestedRegion",
            "aws:ResourceAccount",
            "aws:ResourceOrgID",
            "aws:ResourceOrgPaths",
            "aws:ResourceTag",
            "aws:SecureTransport",
            "aws:SourceAccount",
            "aws:SourceArn",
            "aws:SourceIdentity",
            "aws:SourceIp",
            "aws:SourceOrgID",
            "aws:SourceOrgPaths",
            "aws:SourceOwner",
            "aws:SourceVpc",
            "aws:SourceVpcArn",
            "aws:SourceVpce",
            "aws:TagKeys",
            "aws:TokenIssueTime",
            "aws:UserAgent",
            "aws:ViaAWSMCPService",
            "aws:ViaAWSService",
            "aws:VpcSourceIp",
            "aws:VpceAccount",
            "aws:VpceOrgID",
            "aws:VpceOrgPaths",
            "aws:referer",
            "aws:userid",
            "aws:username");

    private GlobalConditionKeys() {}

    /** Whether a key begins with {@code aws:} and is none of them, whatever the case; what follows a slash is free. */
    static boolean isUnknown(String key) {
        String name = key.split("/", 2)[0];
        return key.toLowerCase(Locale.ROOT).startsWith(PREFIX) && KEYS.stream().noneMatch(name::equalsIgnoreCase);
    }

    /** The key that was probably meant. */
    static Optional<String> nearest(String key) {
        String[] part = key.split("/", 2);
        return Suggestion.nearest(part[0], KEYS).map(near -> part.length == 1 ? near : near + "/" + part[1]);
    }
}
