package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the static factory of a value type that is written as a mapping of its own grammar, such as a policy of IAM. Its
 * parameter is the mapping with the place of each value. The factory throws nothing: it leaves problems to a later check.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MappingFactory {

    /**
     * The mapping may be in a file, named relative to the file that is read.
     *
     * @return true when the name of a {@code .json}, {@code .yaml} or {@code .yml} file is allowed too
     */
    boolean file() default false;

    /**
     * The JSON schema (draft-07) of the mapping, for editors.
     *
     * @return the name of a resource beside the type
     */
    String schema();
}
