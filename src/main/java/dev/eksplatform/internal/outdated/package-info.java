/** What an environment has, compared with what AWS, Kubernetes and charts offer. */
@NullMarked
package dev.eksplatform.internal.outdated;

import org.jspecify.annotations.NullMarked;
