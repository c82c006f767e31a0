package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A key that a record does not have because what it would configure is gone. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface GoneKey {

    /**
     * The key.
     *
     * @return the key in YAML
     */
    String key();

    /**
     * What was found, for an error.
     *
     * @return why it is gone
     */
    String why();

    /**
     * The fix.
     *
     * @return what to use instead
     */
    String instead();
}
