package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the static factory of a type that is written as the name of a file with free YAML, relative to the file that is read. Its
 * parameter is the content of that file, a {@link YamlNode.Mapping}. The factory throws nothing.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FileFactory {

    /**
     * How plain scalars of the file are read.
     *
     * @return the way
     */
    FreeYaml.Reading value();
}
