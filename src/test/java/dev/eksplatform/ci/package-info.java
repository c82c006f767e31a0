/** What runs in pull requests: the scripts in {@code ci/}, the workflow, and the role that it plans with. */
@NullMarked
package dev.eksplatform.ci;

import org.jspecify.annotations.NullMarked;
