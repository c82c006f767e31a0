/** Applies what was reviewed, and nothing else. */
@NullMarked
package dev.eksplatform.apply;

import org.jspecify.annotations.NullMarked;
