/** What Terraform was told (synthesized JSON) and what it intends to do (plan JSON), as one model free of CDKTF. */
@NullMarked
package dev.eksplatform.internal.plan;

import org.jspecify.annotations.NullMarked;
