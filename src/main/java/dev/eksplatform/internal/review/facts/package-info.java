/** What a change of stacks means: differences, risks, access, network exposure, drift. */
@NullMarked
package dev.eksplatform.internal.review.facts;

import org.jspecify.annotations.NullMarked;
