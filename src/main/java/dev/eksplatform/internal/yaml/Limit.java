package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component's value may be, for the JSON schema. The record itself checks the same with the same constants, and has
 * its own messages.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface Limit {

    /**
     * The least number.
     *
     * @return the number itself, or each number of a list
     */
    long min() default Long.MIN_VALUE;

    /**
     * The greatest number.
     *
     * @return the number itself, or each number of a list
     */
    long max() default Long.MAX_VALUE;

    /**
     * The only numbers.
     *
     * @return numbers with a space between them; empty for any
     */
    String oneOf() default "";

    /**
     * The fewest items of a list or a set.
     *
     * @return how many
     */
    int minItems() default 0;

    /**
     * The most items of a list or a set, or keys of a mapping.
     *
     * @return how many
     */
    int maxItems() default Integer.MAX_VALUE;

    /**
     * Whether the items of a list must differ.
     *
     * @return true when duplicates are refused
     */
    boolean unique() default false;

    /**
     * A regular expression that the text matches, or each item of a list, or each value of a mapping.
     *
     * @return an ECMA 262 pattern; empty for any text
     */
    String pattern() default "";

    /**
     * A regular expression that each key of a mapping matches.
     *
     * @return an ECMA 262 pattern; empty for any key
     */
    String keys() default "";
}
