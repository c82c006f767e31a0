/** Creates the bucket of states, and compares one that exists with what a bucket of states needs. */
@NullMarked
package dev.eksplatform.internal.bucket;

import org.jspecify.annotations.NullMarked;
