package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How one permitted record of a sealed interface is distinguished from the others in YAML. A record without this annotation is
 * the plain form: a mapping of its components.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface YamlForm {

    /**
     * The record is written as a bare word and has no components.
     *
     * @return the word, such as {@code local}; empty when it is not
     */
    String word() default "";

    /**
     * The record is written as a mapping with this single key that holds its components.
     *
     * @return the key, such as {@code s3} in <code>{s3: {bucket: …}}</code>; empty when it is not
     */
    String key() default "";

    /**
     * The record is written as a sequence, which is its only component.
     *
     * @return true for a sequence
     */
    boolean sequence() default false;
}
