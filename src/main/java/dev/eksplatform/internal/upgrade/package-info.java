/** Upgrades of Kubernetes: what is in their way, and the edits of environment files. */
@NullMarked
package dev.eksplatform.internal.upgrade;

import org.jspecify.annotations.NullMarked;
