/** What all constructs have in common. */
@NullMarked
package dev.eksplatform.construct;

import org.jspecify.annotations.NullMarked;
