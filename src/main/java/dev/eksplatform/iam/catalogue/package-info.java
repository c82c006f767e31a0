/** Policies as data: those of controllers that the product ships, and the managed policies of AWS. */
@API(status = API.Status.EXPERIMENTAL)
@NullMarked
package dev.eksplatform.iam.catalogue;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
