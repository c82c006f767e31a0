/**
 * Reads YAML into records, with a position for every error, and writes the JSON schema of the same records. It works by
 * reflection on records and the annotations of this package, and knows no concrete record.
 */
@NullMarked
package dev.eksplatform.internal.yaml;

import org.jspecify.annotations.NullMarked;
