/** What AWS, Kubernetes and chart repositories offer, as tables with the day on which they were right. */
@NullMarked
package dev.eksplatform.internal.release;

import org.jspecify.annotations.NullMarked;
