/** What is wrong with an input: one type for every problem, one exception for bad input. */
@NullMarked
package dev.eksplatform.problem;

import org.jspecify.annotations.NullMarked;
