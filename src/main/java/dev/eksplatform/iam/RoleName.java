package dev.eksplatform.iam;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * The name of an IAM role, up to 64 characters.
 *
 * @param text 1 to 64 of letters, digits and {@code + = , . @ _ -}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM name requirements</a>
 */
@Example("shop-orders")
public record RoleName(String text) {

    /** The longest name, in characters. */
    public static final int MAX_LENGTH = 64;

    /** The form of a managed policy's name. */
    public static final String POLICY_PATTERN = "^[A-Za-z0-9+=,.@_-]{1,128}$";

    private static final String LEGAL = "[A-Za-z0-9+=,.@_-]*";

    /**
     * Checks the name.
     *
     * @throws InvalidInputException for a name that IAM refuses
     */
    public RoleName {
        Problems problems = new Problems();
        if (text.isEmpty()) {
            problems.add(new Problem("an empty role name", "1 to " + MAX_LENGTH + " characters", "name it"));
        } else if (text.length() > MAX_LENGTH) {
            problems.add(new Problem(
                    "the role name \"" + text + "\" has " + text.length() + " characters",
                    "at most " + MAX_LENGTH + " characters",
                    "shorten it by " + (text.length() - MAX_LENGTH)));
        }
        if (!text.matches(LEGAL)) {
            problems.add(new Problem(
                    "the role name \"" + text + "\" has a character that IAM refuses",
                    "letters, digits and + = , . @ _ -",
                    "use \"" + text.replaceAll("[^A-Za-z0-9+=,.@_-]+", "-") + "\""));
        }
        problems.throwIfAny();
    }

    /**
     * Parses a role's name.
     *
     * @param text the name
     * @return the role's name
     * @throws InvalidInputException for a name that IAM refuses
     */
    @ScalarFactory(pattern = "^[A-Za-z0-9+=,.@_-]{1,64}$")
    public static RoleName parse(String text) {
        return new RoleName(text);
    }

    /**
     * The name itself when it fits; else its first 55 characters, a hyphen and eight hex digits of its SHA-256, so that
     * long names that differ at the end stay different.
     *
     * @param text a name of any length, of legal characters
     * @return a name of at most 64 characters, always the same for the same text
     * @throws InvalidInputException when the text is empty or has an illegal character
     */
    public static RoleName fitting(String text) {
        if (text.length() <= MAX_LENGTH) {
            return new RoleName(text);
        }
        return new RoleName(
                text.substring(0, MAX_LENGTH - 9) + "-" + digest(text).substring(0, 8));
    }

    /**
     * The ARN of the role of this name, without a path.
     *
     * @param partition the partition, or a Terraform reference to it
     * @param account the account's id, or a Terraform reference to it
     * @return {@code arn:<partition>:iam::<account>:role/<name>}
     */
    public String arn(String partition, String account) {
        return arn(partition, account, "/");
    }

    /**
     * The ARN of the role of this name.
     *
     * @param partition the partition, or a Terraform reference to it
     * @param account the account's id, or a Terraform reference to it
     * @param path its path, such as {@code /platform/}
     * @return {@code arn:<partition>:iam::<account>:role<path><name>}
     */
    public String arn(String partition, String account, String path) {
        return Arn.text(partition, "iam", "", account, "role" + path + text);
    }

    /**
     * Checks a managed policy's name.
     *
     * @param property the property that holds it
     * @param name the name
     * @param problems collects what is wrong
     */
    @API(status = API.Status.INTERNAL)
    public static void checkPolicyName(String property, String name, Problems problems) {
        problems.match(
                property,
                name,
                Pattern.compile(POLICY_PATTERN),
                "a policy's name",
                "1 to 128 letters, digits and + = , . @ _ -",
                "write it like shop-orders");
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The name. */
    @Override
    public String toString() {
        return text;
    }
}
