package dev.eksplatform.cluster;

import dev.eksplatform.problem.PropertyPath;
import java.util.Map;

/**
 * A Kubernetes object that follows from a property of a cluster, such as a node pool of EKS Auto Mode.
 *
 * @param property the property in the environment
 * @param body the object as in a manifest
 */
public record ClusterObject(PropertyPath property, Map<String, Object> body) {}
