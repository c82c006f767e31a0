package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the static factory of a value type that is written as one scalar and parses itself from a string. It throws
 * {@link dev.eksplatform.problem.InvalidInputException} with an empty {@code where} for bad text.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ScalarFactory {

    /**
     * A regular expression that valid text matches, for the JSON schema.
     *
     * @return an ECMA 262 pattern, empty for none
     */
    String pattern() default "";

    /**
     * The text may be that of a file, named relative to the file that is read: <code>{file: NAME}</code>.
     *
     * @return true when that is allowed in place of a scalar
     */
    boolean file() default false;
}
