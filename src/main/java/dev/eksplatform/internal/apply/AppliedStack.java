package dev.eksplatform.internal.apply;

/**
 * What became of a stack.
 *
 * @param stack its name
 * @param outcome how it ended
 * @param said the line with which terraform sums it up; empty when there is none
 */
public record AppliedStack(String stack, Outcome outcome, String said) {

    /** How an apply ended. */
    public enum Outcome {
        /** Everything is as planned. */
        APPLIED,
        /** Terraform failed; what it did until then is in the state. */
        FAILED,
        /** Refused; nothing of it is applied. */
        REFUSED,
        /** Not reached, because a stack before it was not applied. */
        NOT_REACHED
    }
}
