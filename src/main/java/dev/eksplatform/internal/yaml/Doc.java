package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One or two sentences for the author of a file; becomes the description in the JSON schema. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Doc {

    /**
     * The description.
     *
     * @return one or two sentences
     */
    String value();

    /**
     * An example of the value, in YAML.
     *
     * @return the example, empty for none
     */
    String example() default "";
}
