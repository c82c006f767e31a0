/** Which AWS permissions a Kubernetes ServiceAccount has, and how it gets them. */
@NullMarked
package dev.eksplatform.identity;

import org.jspecify.annotations.NullMarked;
