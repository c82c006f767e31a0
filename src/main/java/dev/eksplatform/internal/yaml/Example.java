package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An example of a component's value, or of the text that a value type is parsed from, for errors and the JSON schema. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Example {

    /**
     * The example.
     *
     * @return a value in YAML
     */
    String value();
}
