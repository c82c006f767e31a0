package dev.eksplatform.internal.plan;

/**
 * A change that this plan leaves for a later one.
 *
 * @param reason Terraform's reason, such as {@code provider_config_unknown}
 * @param change the change as far as it is known
 */
public record DeferredChange(String reason, ResourceChange change) {}
