package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Keys that a record does not have because their values are secrets, and the environment variables to set instead. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SecretKeys {

    /**
     * The keys.
     *
     * @return such as {@code password=TF_HTTP_PASSWORD}
     */
    String[] value();
}
