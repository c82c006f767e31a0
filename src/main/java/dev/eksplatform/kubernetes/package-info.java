/** The grammar of Kubernetes names, labels and annotations, without CDKTF. */
@NullMarked
package dev.eksplatform.kubernetes;

import org.jspecify.annotations.NullMarked;
