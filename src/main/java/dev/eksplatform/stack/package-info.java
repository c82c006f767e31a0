/** The stacks of one environment, and how they are put together. */
@API(status = API.Status.STABLE)
@NullMarked
package dev.eksplatform.stack;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
