package dev.eksplatform.internal.yaml;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The entries of a Map are keys of the record's own mapping. The map's values are the records of a sealed interface; the
 * key of a record is that of its {@link YamlForm}, and it may be left out. Description and example of a key are those of
 * the record.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface YamlInline {}
