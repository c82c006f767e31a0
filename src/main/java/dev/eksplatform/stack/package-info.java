/** The stacks of one environment, and how they are put together. */
@NullMarked
package dev.eksplatform.stack;

import org.jspecify.annotations.NullMarked;
