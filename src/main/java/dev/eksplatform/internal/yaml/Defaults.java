package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the static factory of a spec that takes the required components and fills the others with their defaults. Its
 * parameters are named like the components they set; every component that is not a parameter is optional in YAML. A
 * record without such a factory has no optional component.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Defaults {}
