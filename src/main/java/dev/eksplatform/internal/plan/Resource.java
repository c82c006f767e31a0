package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One resource or data source as it will be, whether it comes from a plan or from synthesized JSON: what guardrails look
 * at.
 *
 * @param mode who owns it
 * @param type its type, such as {@code aws_eks_cluster}
 * @param name the block's name
 * @param address its address in Terraform, such as {@code aws_subnet.private[0]}
 * @param values its attributes; unknown ones are absent here and marked in {@code unknown}
 * @param unknown which attributes are decided only during apply
 * @param sensitive which attributes must not be shown
 * @param action what a plan does with it; empty for synthesized JSON
 * @param constructPath the path of its construct, such as {@code shop-infrastructure/cluster/logs}; empty when unknown
 */
public record Resource(
        ResourceMode mode,
        String type,
        String name,
        String address,
        JsonNode values,
        ValueMarks unknown,
        ValueMarks sensitive,
        Optional<Action> action,
        Optional<String> constructPath) {}
