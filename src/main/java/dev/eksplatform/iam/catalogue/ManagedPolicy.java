package dev.eksplatform.iam.catalogue;

import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyReader;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An AWS managed policy whose content is known here. AWS may publish a newer version at any time, so the content is that of
 * one version.
 *
 * @param name such as {@code AmazonS3ReadOnlyAccess}
 * @param path the path in its ARN: {@code /} or such as {@code /service-role/}
 * @param version the version of the content, such as {@code v3}
 * @param edited the day of that version, such as {@code 2023-08-10}
 * @param source the page that shows it
 * @param document the content in a partition
 */
public record ManagedPolicy(
        String name, String path, String version, String edited, String source, PolicyDocument document) {

    /**
     * The managed policies whose content is known.
     *
     * @return their names, sorted
     */
    public static List<String> names() {
        return PolicyCatalogue.strings(PolicyCatalogue.member(PolicyCatalogue.resource("managed/index.json"), "names"));
    }

    /**
     * A managed policy by its name or ARN.
     *
     * @param nameOrArn such as {@code AmazonS3ReadOnlyAccess} or {@code arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess}
     * @param partition the partition of the ARNs in its content
     * @return the policy, empty when its content is not known here
     */
    public static Optional<ManagedPolicy> find(String nameOrArn, Partition partition) {
        String name = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
        boolean arn = nameOrArn.startsWith("arn:");
        if (!names().contains(name) || (!arn && nameOrArn.contains("/"))) {
            return Optional.empty();
        }
        LocatedJson.Obj file = PolicyCatalogue.resource("managed/" + name + ".json");
        PolicyDocument document = new PolicyReader(new Problems()).policy(PolicyCatalogue.member(file, "document"));
        ManagedPolicy policy = new ManagedPolicy(
                name,
                PolicyCatalogue.string(file, "path"),
                PolicyCatalogue.string(file, "version"),
                PolicyCatalogue.string(file, "edited"),
                PolicyCatalogue.string(file, "source"),
                new PolicyTemplate(name, null, document, Map.of()).render(partition));
        return !arn || nameOrArn.equals(policy.arn(partition)) ? Optional.of(policy) : Optional.empty();
    }

    /**
     * Its ARN.
     *
     * @param partition the partition
     * @return such as {@code arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy}
     */
    public String arn(Partition partition) {
        return arn(partition.id(), path.substring(1) + name);
    }

    /**
     * The ARN of an AWS managed policy, whether its content is known or not.
     *
     * @param partition the partition, or a Terraform reference to it
     * @param name the policy's name, with its path if it has one, such as {@code service-role/AmazonEBSCSIDriverPolicy}
     * @return the ARN
     */
    public static String arn(String partition, String name) {
        return Arn.text(partition, "iam", "", "aws", "policy/" + name);
    }
}
