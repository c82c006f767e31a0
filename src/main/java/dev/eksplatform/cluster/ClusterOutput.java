package dev.eksplatform.cluster;

import org.apiguardian.api.API;

/**
 * A Terraform output about a cluster.
 *
 * @param name its name
 * @param description what it is
 * @param value a text, a list or a mapping with Terraform references
 */
@API(status = API.Status.INTERNAL)
public record ClusterOutput(String name, String description, Object value) {}
