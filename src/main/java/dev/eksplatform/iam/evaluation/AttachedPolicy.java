package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.catalogue.ManagedPolicy;
import dev.eksplatform.iam.document.PolicyDocument;

/** A policy of an identity, its content known or not. */
public sealed interface AttachedPolicy {

    /**
     * How it is called in explanations.
     *
     * @return its name or ARN
     */
    String name();

    /**
     * A policy whose content is known.
     *
     * @param name its name
     * @param document its content
     */
    record Known(String name, PolicyDocument document) implements AttachedPolicy {}

    /**
     * A policy of which only the ARN is known. It may allow and deny anything.
     *
     * @param name its name or ARN
     */
    record Unknown(String name) implements AttachedPolicy {}

    /**
     * A managed policy by its name or ARN.
     *
     * @param nameOrArn such as {@code AmazonS3ReadOnlyAccess}
     * @param partition the partition
     * @return with its content when {@link ManagedPolicy} knows it; the name has the version and its date then, such as {@code
     *     AmazonS3ReadOnlyAccess (v3, 2023-08-10)}
     */
    static AttachedPolicy managed(String nameOrArn, Partition partition) {
        return ManagedPolicy.find(nameOrArn, partition)
                .<AttachedPolicy>map(policy -> new Known(
                        policy.name() + " (" + policy.version() + ", " + policy.edited() + ")", policy.document()))
                .orElseGet(() -> new Unknown(nameOrArn));
    }
}
