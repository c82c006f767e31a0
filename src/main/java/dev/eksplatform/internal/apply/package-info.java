/** Applies what was reviewed, and nothing else. */
@NullMarked
package dev.eksplatform.internal.apply;

import org.jspecify.annotations.NullMarked;
