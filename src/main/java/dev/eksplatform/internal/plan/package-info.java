/** The configuration of stacks (synthesized JSON) and their plans (plan JSON), as one model free of CDKTF. */
@NullMarked
package dev.eksplatform.internal.plan;

import org.jspecify.annotations.NullMarked;
