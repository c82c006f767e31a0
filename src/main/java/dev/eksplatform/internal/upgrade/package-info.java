/** Upgrading the Kubernetes version of an environment: the edits of its file, and what is in the way. */
@NullMarked
package dev.eksplatform.internal.upgrade;

import org.jspecify.annotations.NullMarked;
