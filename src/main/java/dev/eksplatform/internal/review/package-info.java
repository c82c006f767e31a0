/** Says what a plan means for a running platform, for a person in a minute and for a machine to gate on. */
@NullMarked
package dev.eksplatform.internal.review;

import org.jspecify.annotations.NullMarked;
