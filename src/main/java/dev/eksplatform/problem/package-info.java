/** What is wrong with an input: one type for every problem, one exception for bad input. */
@API(status = API.Status.STABLE)
@NullMarked
package dev.eksplatform.problem;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
