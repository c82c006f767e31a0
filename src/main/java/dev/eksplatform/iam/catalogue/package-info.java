/** Policies as data: those of controllers that the product ships, and the managed policies of AWS. */
@NullMarked
package dev.eksplatform.iam.catalogue;

import org.jspecify.annotations.NullMarked;
