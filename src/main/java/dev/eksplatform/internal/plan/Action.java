package dev.eksplatform.internal.plan;

import java.util.List;
import java.util.Optional;

/**
 * What Terraform intends to do with one object.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/internals/json-format#change-representation">JSON output
 *     format: change representation</a>
 */
public enum Action {
    /** Nothing. */
    NO_OP("no-op"),
    /** A new object. */
    CREATE("create"),
    /** A data source that is read during apply. */
    READ("read"),
    /** A change in place. */
    UPDATE("update"),
    /** Destroyed, then created again: missing in between. */
    REPLACE_DELETE_FIRST("delete", "create"),
    /** Created, then the old one is destroyed. */
    REPLACE_CREATE_FIRST("create", "delete"),
    /**
     * Created; the old one stays in the account, no longer managed. OpenTofu forgets the old one first and writes {@code
     * [forget, create]}.
     */
    REPLACE_FORGET_OLD("create", "forget"),
    /** Destroyed. */
    DELETE("delete"),
    /** Left in the account, no longer managed by Terraform. */
    FORGET("forget"),
    /** An ephemeral resource of OpenTofu is opened for the time of the apply; it is in no state. */
    OPEN("open"),
    /** An open ephemeral resource is renewed. */
    RENEW("renew"),
    /** An open ephemeral resource is closed. */
    CLOSE("close"),
    /** An {@code action} block of Terraform is invoked: never among the actions of a resource. */
    INVOKE("invoke");

    private static final List<String> FORGET_FIRST = List.of("forget", "create");

    private final List<String> words;

    Action(String... words) {
        this.words = List.of(words);
    }

    /**
     * The action with this spelling in plan JSON.
     *
     * @param words the {@code actions} array, such as {@code [create, delete]}
     * @return the action, or empty when this spelling is not known
     */
    public static Optional<Action> of(List<String> words) {
        if (words.equals(FORGET_FIRST)) {
            return Optional.of(REPLACE_FORGET_OLD);
        }
        for (Action action : values()) {
            if (action.words.equals(words) && action != INVOKE) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    /**
     * Its spelling in plan JSON.
     *
     * @return one or two words, such as {@code [delete, create]}
     */
    public List<String> words() {
        return words;
    }

    /**
     * Says whether a new object takes the place of an old one.
     *
     * @return true for the three kinds of replacement
     */
    public boolean replaces() {
        return words.size() == 2;
    }

    /**
     * Says whether an object in the account is destroyed.
     *
     * @return true for a deletion and for a replacement that deletes the old object
     */
    public boolean destroys() {
        return words.contains("delete");
    }

    /**
     * Says whether applying it writes to the account or to the state.
     *
     * @return false for {@link #NO_OP}, {@link #READ} and the actions of ephemeral resources
     */
    public boolean changes() {
        return this != NO_OP && !reads();
    }

    /**
     * Says whether applying it only reads.
     *
     * @return true for {@link #READ} and the actions of ephemeral resources
     */
    public boolean reads() {
        return this == READ || this == OPEN || this == RENEW || this == CLOSE;
    }
}
