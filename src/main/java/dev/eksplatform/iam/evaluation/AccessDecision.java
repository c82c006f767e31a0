package dev.eksplatform.iam.evaluation;

import java.util.List;

/**
 * The answer to a question about access.
 *
 * @param verdict the answer
 * @param because the deciding statement or its absence, in one sentence without a full stop
 * @param doubts what is not known and would matter, each a clause; empty unless {@link Verdict#CANNOT_DECIDE}
 */
public record AccessDecision(Verdict verdict, String because, List<String> doubts) {

    /** The three answers. */
    public enum Verdict {
        /** A statement allows it, and nothing that is known or could be unknown in the given policies denies it. */
        ALLOWED("allowed"),
        /** A statement denies it for certain, or for certain none allows it. */
        DENIED("denied"),
        /** It depends on something that is not known. */
        CANNOT_DECIDE("cannot be decided");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /**
         * The verdict in words.
         *
         * @return such as {@code allowed}
         */
        public String text() {
            return text;
        }
    }

    /** Keeps a copy of the doubts. */
    public AccessDecision {
        doubts = List.copyOf(doubts);
    }

    static AccessDecision allowed(String because) {
        return new AccessDecision(Verdict.ALLOWED, because, List.of());
    }

    static AccessDecision denied(String because) {
        return new AccessDecision(Verdict.DENIED, because, List.of());
    }

    /**
     * What two policies that must both allow a request decide together.
     *
     * @param other the decision of the other policy
     * @return this decision, or the other where that allows less
     */
    public AccessDecision orWorse(AccessDecision other) {
        if (verdict == Verdict.DENIED || other.verdict == Verdict.ALLOWED) {
            return this;
        }
        return other.verdict == Verdict.DENIED || verdict == Verdict.ALLOWED ? other : this;
    }

    /** {@code allowed: <because>}, and what is not known. */
    @Override
    public String toString() {
        String text = verdict.text() + ": " + because;
        return doubts.isEmpty() ? text : text + "; not known: " + String.join("; ", doubts);
    }
}
