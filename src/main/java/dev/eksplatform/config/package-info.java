/**
 * Reads an environment file into specs, with a place on every error, and writes the JSON schema of the same specs. It
 * works by reflection on records and the annotations of {@link dev.eksplatform.spec}, and knows no concrete spec.
 */
@NullMarked
package dev.eksplatform.config;

import org.jspecify.annotations.NullMarked;
