/** How an immutable record is written in an environment file: read by the binder and by the schema generator. */
@NullMarked
package dev.eksplatform.spec;

import org.jspecify.annotations.NullMarked;
