package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the plain scalars of a component with free YAML are read, where that is not by the core schema of YAML 1.2. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface FreeYaml {

    /** Ways to read a plain scalar. */
    enum Reading {
        /**
         * As Helm and Kubernetes do, by most of YAML 1.1: {@code no} is false, {@code 0644} is octal. What is copied from a
         * values file so keeps its meaning.
         */
        AS_HELM,
        /** By the core schema; a scalar that YAML 1.1 reads as something else is an error. */
        UNAMBIGUOUS
    }

    /**
     * The way.
     *
     * @return how its scalars are read
     */
    Reading value();
}
