package dev.eksplatform.internal.review;

import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.Published;
import dev.eksplatform.problem.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one resource.
 *
 * @param address the resource
 * @param type its type
 * @param label its name in the account or the cluster, such as {@code cert-manager v1.18.2}; empty when the address says as
 *     much
 * @param action what is done
 * @param effect the effect, where the action does not say it
 * @param previousAddress its address before, when it moved; else {@code null}
 * @param importing the id or the identity by which it is imported, an empty text when that is not known; else {@code null}
 * @param constructPath its construct; {@code null} when that is not known
 * @param position the line it comes from; {@code null} when that is not known
 * @param differences the attributes that differ, without those that only the provider decides
 * @param more how many differences were left out for length
 * @param note additional information, such as why there are no differences; empty when there is none
 */
public record Change(
        String address,
        @Published String type,
        String label,
        Action action,
        Effect effect,
        @Nullable String previousAddress,
        @Nullable String importing,
        @Nullable String constructPath,
        @Nullable SourcePosition position,
        List<Difference> differences,
        int more,
        String note) {

    /** The effect of an action. */
    public enum Effect {
        /** That of the action. */
        USUAL,
        /** None: the object is updated with what it already is. */
        NONE,
        /** None: the API server of Kubernetes refuses the update. */
        REFUSED,
        /** On an object that is left over from a failed replacement; the live object stays. */
        ON_DEPOSED
    }

    /**
     * What happens to one of several objects of the resource.
     *
     * @param object the object's kind and name
     * @param done what is done with it
     * @return a copy without differences, all of which are those of the resource
     */
    public Change of(String object, Action done) {
        return new Change(
                address,
                type,
                object,
                done,
                effect,
                previousAddress,
                importing,
                constructPath,
                position,
                List.of(),
                more + differences.size(),
                note);
    }

    /**
     * What is done, in words.
     *
     * @return such as {@code replaced (create before destroy)}
     */
    public String inWords() {
        return action == Action.NO_OP
                ? importing != null ? Outcome.IMPORTED.word() : Outcome.MOVED.word()
                : inWords(action, effect);
    }

    /**
     * What is done, without details.
     *
     * @return such as {@code replaced}
     */
    public String inShort() {
        return action.replaces() ? Outcome.REPLACED.word() : inWords();
    }

    /**
     * An action in words.
     *
     * @param action the action
     * @param effect its effect
     * @return such as {@code replaced (create before destroy)}
     */
    public static String inWords(Action action, Effect effect) {
        String done =
                switch (action) {
                    case REPLACE_DELETE_FIRST -> "replaced (destroy before create)";
                    case REPLACE_CREATE_FIRST -> "replaced (create before destroy)";
                    case REPLACE_FORGET_OLD -> "replaced (the old object is forgotten)";
                    case DELETE -> Outcome.DELETED.word();
                    case FORGET -> Outcome.FORGOTTEN.word();
                    case CREATE -> Outcome.CREATED.word();
                    case UPDATE -> Outcome.UPDATED.word();
                    case READ -> Outcome.READ.word();
                    case OPEN -> "opened";
                    case RENEW -> "renewed";
                    case CLOSE -> "closed";
                    case INVOKE -> Outcome.INVOKED.word();
                    case NO_OP -> Outcome.UNCHANGED.word();
                };
        return switch (effect) {
            case REFUSED -> "refused by Kubernetes";
            case ON_DEPOSED -> "deposed object " + done;
            case USUAL, NONE -> done;
        };
    }
}
