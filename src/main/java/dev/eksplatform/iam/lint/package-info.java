/** Finds trust policies that let too many in, or nobody. */
@NullMarked
package dev.eksplatform.iam.lint;

import org.jspecify.annotations.NullMarked;
