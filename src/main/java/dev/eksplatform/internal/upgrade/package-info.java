/** What another Kubernetes version requires, as findings. */
@NullMarked
package dev.eksplatform.internal.upgrade;

import org.jspecify.annotations.NullMarked;
