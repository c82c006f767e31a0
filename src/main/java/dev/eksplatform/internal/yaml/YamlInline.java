package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is in the component has its keys in the record's own mapping.
 *
 * <p>Of a record these are the keys of its components, none of them required: what a file leaves out is as in the defaults of the
 * record that it is in. Of a Map these are its entries. The map's values are the records of a sealed interface; the key of a record is
 * that of its {@link YamlForm}, and it may be left out. Description and example of a key are those of the record.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface YamlInline {}
