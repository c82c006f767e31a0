/** Finds trust policies that let too many in, or nobody. */
@API(status = API.Status.INTERNAL)
@NullMarked
package dev.eksplatform.iam.lint;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
