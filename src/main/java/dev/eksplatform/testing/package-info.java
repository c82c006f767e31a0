/** AssertJ assertions on synthesized stacks, for the tests of programs that use eks-platform as a library. */
@NullMarked
package dev.eksplatform.testing;

import org.jspecify.annotations.NullMarked;
