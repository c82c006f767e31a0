package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What is known about one attribute before apply: a plan answers with yes, no or "not known yet".
 *
 * @param state whether it has a value
 * @param value the value; a missing node unless the state is {@link State#KNOWN}
 */
public record Attribute(State state, JsonNode value) {

    /** Whether an attribute has a value. */
    public enum State {
        /** It has a value, and no part of it is still open. */
        KNOWN,
        /** The value, or a part of it, is decided during apply. */
        UNKNOWN,
        /** It is not there, or is null. */
        ABSENT
    }

    static final Attribute ABSENT = new Attribute(State.ABSENT, MissingNode.getInstance());

    static final Attribute UNKNOWN = new Attribute(State.UNKNOWN, MissingNode.getInstance());

    /**
     * Says whether the value is known.
     *
     * @return true for {@link State#KNOWN}
     */
    public boolean isKnown() {
        return state == State.KNOWN;
    }

    /**
     * Says whether the value is decided only during apply.
     *
     * @return true for {@link State#UNKNOWN}
     */
    public boolean isUnknown() {
        return state == State.UNKNOWN;
    }

    /**
     * The value as text.
     *
     * @return the text of a known scalar; empty for anything else
     */
    public String text() {
        return value.asText("");
    }
}
