/** One environment as its file says it: every spec together, and what follows from them. Free of CDKTF. */
@NullMarked
package dev.eksplatform.environment;

import org.jspecify.annotations.NullMarked;
