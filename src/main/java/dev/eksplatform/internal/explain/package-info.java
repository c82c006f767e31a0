/** What an environment's ServiceAccounts may do in AWS, said before anything is deployed. */
@NullMarked
package dev.eksplatform.internal.explain;

import org.jspecify.annotations.NullMarked;
