package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a plan does with one output value of the stack.
 *
 * @param name the output's name
 * @param action create, update, delete or nothing
 * @param before the value before; null node when there was none
 * @param after the value after; null node when there will be none or it is not known yet
 * @param unknown what is decided only during apply
 * @param sensitiveBefore what must not be shown of the value before
 * @param sensitiveAfter what must not be shown of the value after
 */
public record OutputChange(
        String name,
        Action action,
        JsonNode before,
        JsonNode after,
        ValueMarks unknown,
        ValueMarks sensitiveBefore,
        ValueMarks sensitiveAfter) {}
