package dev.eksplatform.workload.manifest;

/**
 * When an object that was applied counts as ready: the {@code wait} block of {@code kubernetes_manifest}. When the wait
 * fails, the provider does not put the object into the state although it is in the cluster, and the next apply says
 * {@code Cannot create resource that already exists}; so wait only for what is expected to come.
 *
 * @see <a href="https://registry.terraform.io/providers/hashicorp/kubernetes/2.38.0/docs/resources/manifest#wait">wait</a>
 */
public sealed interface Wait {

    /** The rollout of a Deployment, StatefulSet or DaemonSet is complete: {@code rollout = true}. */
    record Rollout() implements Wait {}

    /**
     * A field has a value: {@code fields = {path = pattern}}.
     *
     * @param path the field, such as {@code status.loadBalancer.ingress[0].hostname}
     * @param pattern the regular expression that its text matches
     */
    record Field(String path, String pattern) implements Wait {}

    /**
     * A condition is in the object's status: a {@code condition} block.
     *
     * @param type the condition, such as {@code Established}
     * @param status its status, such as {@code True}
     */
    record Condition(String type, String status) implements Wait {}
}
