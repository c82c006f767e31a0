package dev.eksplatform.iam;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;

/**
 * An AWS account: 12 digits, in quotes.
 *
 * @param digits twelve digits, leading zeros included
 */
@Example("\"111122223333\"")
public record AccountId(String digits) {

    /**
     * Checks the digits.
     *
     * @throws InvalidInputException when they are not twelve digits
     */
    public AccountId {
        if (!isAccountId(digits)) {
            throw new InvalidInputException(new Problem(
                    "\"" + digits + "\" is not an account id",
                    "twelve digits, quoted: \"111122223333\"",
                    digits.matches("[0-9]{1,11}")
                            ? "quote it and keep its leading zeros: \"" + "0".repeat(12 - digits.length()) + digits
                                    + "\""
                            : "copy it from `aws sts get-caller-identity`"));
        }
    }

    /**
     * Parses an account id.
     *
     * @param text twelve digits
     * @return the account id
     * @throws InvalidInputException when the text is anything else
     */
    @ScalarFactory(pattern = "^[0-9]{12}$")
    public static AccountId parse(String text) {
        return new AccountId(text);
    }

    public static boolean isAccountId(String text) {
        return text.matches("[0-9]{12}");
    }

    /** The twelve digits. */
    @Override
    public String toString() {
        return digits;
    }
}
