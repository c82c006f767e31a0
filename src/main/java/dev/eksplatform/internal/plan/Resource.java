package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One resource or data source of a synthesized stack.
 *
 * @param mode who owns it
 * @param type its type, such as {@code aws_eks_cluster}
 * @param name the block's name
 * @param address its address in Terraform, such as {@code aws_subnet.private[0]}
 * @param values its attributes
 * @param constructPath the path of its construct, such as {@code shop-infrastructure/cluster/logs}; empty when unknown
 */
public record Resource(
        ResourceMode mode, String type, String name, String address, JsonNode values, Optional<String> constructPath) {}
