/** What Kubernetes means by a name, a label, an annotation, a quantity and a plain YAML scalar, without CDKTF. */
@NullMarked
package dev.eksplatform.internal.kubernetes;

import org.jspecify.annotations.NullMarked;
