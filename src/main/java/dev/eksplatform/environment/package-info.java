/** One environment as its file says it: every spec together, and what follows from them. Free of CDKTF. */
@API(status = API.Status.STABLE)
@NullMarked
package dev.eksplatform.environment;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
