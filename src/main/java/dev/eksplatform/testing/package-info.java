/** AssertJ assertions on synthesized stacks, for the tests of programs that use eks-platform as a library. */
@API(status = API.Status.STABLE)
@NullMarked
package dev.eksplatform.testing;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
