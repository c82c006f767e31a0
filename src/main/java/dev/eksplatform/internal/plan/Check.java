package dev.eksplatform.internal.plan;

import java.util.List;

/**
 * The outcome of the conditions of a resource, an output, a variable or a check block.
 *
 * @param address what was checked, such as {@code check.endpoint}
 * @param status {@code pass}, {@code fail}, {@code error} or {@code unknown}
 * @param messages what the failed conditions say
 * @see <a href="https://developer.hashicorp.com/terraform/internals/json-format#checks-representation">checks
 *     representation</a>
 */
public record Check(String address, String status, List<String> messages) {

    /**
     * Says whether a condition does not hold, or could not be evaluated.
     *
     * @return true for {@code fail} and {@code error}
     */
    public boolean failed() {
        return status.equals("fail") || status.equals("error");
    }

    /**
     * The check without secrets in its messages.
     *
     * @param secrets what must not be shown
     * @return a copy
     */
    public Check masked(Secrets secrets) {
        return new Check(
                address, status, messages.stream().map(secrets::maskedValue).toList());
    }

    /**
     * The outcome of a failed check in words.
     *
     * @return such as {@code Check check.endpoint failed: The endpoint must answer.}
     */
    public String inWords() {
        String what = status.equals("error") ? " could not be evaluated" : " failed";
        return "Check " + address + what + (messages.isEmpty() ? "." : ": " + String.join(" ", messages));
    }
}
