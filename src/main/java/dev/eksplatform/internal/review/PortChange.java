package dev.eksplatform.internal.review;

import dev.eksplatform.internal.plan.Published;
import dev.eksplatform.problem.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection that becomes possible or impossible.
 *
 * @param stack the stack
 * @param address the resource that allows it
 * @param opened true when it becomes possible, false when it is closed
 * @param inbound true for connections into {@code target}, false for those out of it
 * @param ports such as {@code tcp 9443}
 * @param target what is protected, such as {@code aws_security_group.node}
 * @param peer the other side, such as {@code 203.0.113.0/24}
 * @param world whether the other side is the internet
 * @param rules the guardrails that report it
 * @param position the line it comes from; {@code null} when that is not known
 */
public record PortChange(
        String stack,
        String address,
        boolean opened,
        boolean inbound,
        String ports,
        String target,
        String peer,
        boolean world,
        @Published List<String> rules,
        @Nullable SourcePosition position) {}
