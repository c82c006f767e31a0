package dev.eksplatform.internal.plan;

/**
 * What a plan does with one output value of the stack.
 *
 * @param name the output's name
 * @param action create, update, delete or nothing
 * @param value its value before and after
 */
public record OutputChange(String name, Action action, BeforeAfter value) {

    /**
     * Says whether the value or its sensitivity changes. The action may be inaccurate, the value never is.
     *
     * @return false when the output stays as it is
     * @see <a href="https://developer.hashicorp.com/terraform/internals/json-format#plan-representation">plan
     *     representation</a>
     */
    public boolean changes() {
        return action.changes()
                || !value.before().equals(value.after())
                || !value.sensitiveBefore().equals(value.sensitiveAfter());
    }
}
